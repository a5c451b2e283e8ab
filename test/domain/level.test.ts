import fc from 'fast-check'
import t from 'tap'
import { type Crossing, crossing, type Level, LEVELS, vietnameseLevel } from '../../src/domain/level.ts'

const CROSSINGS: { title: string, expected: Crossing, pairs: [upper: Level, lower: Level][] }[] = [
  {
    title: 'the usual step goes one level down',
    expected: 'direct',
    pairs: [
      ['decree', 'national'], ['national', 'ministry'], ['national', 'provincial'], ['provincial', 'agency'], ['provincial', 'district'],
      ['district', 'commune'], ['agency', 'unit'], ['district', 'unit'], ['commune', 'unit']
    ]
  },
  {
    title: 'crossings that real cascades make are allowed without a warning',
    expected: 'allowed',
    pairs: [['ministry', 'agency'], ['ministry', 'provincial'], ['decree', 'provincial'], ['decree', 'ministry'], ['agency', 'district']]
  },
  {
    title: 'a commune may answer the province without a district, as since 2025-07-01 every commune does',
    expected: 'allowed',
    pairs: [['provincial', 'commune']]
  },
  {
    title: 'a plan of the same level may be a parent: the council of its committee, the five-year plan of the annual one',
    expected: 'allowed',
    pairs: LEVELS.map(level => [level, level])
  },
  {
    title: 'a level passed over is a skip and not a refusal',
    expected: 'skips',
    pairs: [
      ['decree', 'district'], ['decree', 'commune'], ['national', 'district'], ['national', 'agency'], ['ministry', 'district'],
      ['ministry', 'commune']
    ]
  }
]

for (const { title, expected, pairs } of CROSSINGS) {
  t.test(title, async t => {
    for (const [upper, lower] of pairs) t.equal(crossing(upper, lower), expected, `${upper} → ${lower}`)
  })
}

const aLevel = fc.constantFrom(...LEVELS)
const rank = (level: Level) => LEVELS.indexOf(level)

t.test('whoever stands lower is never a parent', async () => {
  fc.assert(fc.property(aLevel, aLevel, (upper, lower) =>
    rank(upper) <= rank(lower) || crossing(upper, lower) === 'not-above'))
})

t.test('whoever stands higher is never refused: a level is skipped at worst', async () => {
  fc.assert(fc.property(aLevel, aLevel, (upper, lower) =>
    rank(upper) >= rank(lower) || crossing(upper, lower) !== 'not-above'))
})

t.test('every level has a Vietnamese name of its own', async t => {
  t.equal(new Set(LEVELS.map(vietnameseLevel)).size, LEVELS.length)
})
