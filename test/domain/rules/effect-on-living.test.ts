import t from 'tap'
import { EFFECT_RELATIONS, type Effect, type EffectRelation } from '../../../src/domain/effect/effect.ts'
import { effectOnLiving } from '../../../src/domain/rules/effect-on-living.ts'
import { aFamily } from '../../helpers/plans.ts'
import { anAmendingFamily } from './an-affected-plan.ts'

const check = (over: Parameters<typeof anAmendingFamily>[0]) => [...effectOnLiving.check(anAmendingFamily(over))]

const another = (relation: EffectRelation, from: string | undefined, over: Partial<Effect> = {}): Effect =>
  ({ relation, by: { id: 'other', name: '50/KH-UBND (UBND tỉnh Thái Bình)' }, citation: 0, ...(from !== undefined && { from }), ...over })

t.test('what is in force can be changed and ended', async t => {
  t.strictSame([...effectOnLiving.check(aFamily())], [])
  for (const relation of EFFECT_RELATIONS) t.strictSame(check({ citation: { relation } }), [], relation)
})

t.test('a repeal of what is repealed is an error that names what ended it and when', async t => {
  t.match(check({ citation: { relation: 'repeals' }, effects: [another('repeals', '2022-01-01')] }), [{
    severity: 'error',
    at: '/citations/1',
    message: { vi: /đã bị bãi bỏ bởi 50\/KH-UBND.*từ 01\/01\/2022.*lần nữa/, en: /was repealed by 50\/KH-UBND.*on 2022-01-01.*ended again/ },
    facts: { relation: 'repeals', affected: 'old', endedOn: '2022-01-01', endedAs: 'repeals' }
  }])
})

t.test('what was replaced can be neither changed, suspended nor replaced again', async t => {
  for (const relation of ['amends', 'supplements', 'suspends', 'replaces', 'repeals'] as const) {
    t.match(check({ citation: { relation }, effects: [another('replaces', '2022-01-01')] }), [{ severity: 'error', message: { vi: /đã bị thay thế/, en: /was replaced/ } }], relation)
  }
})

t.test('a correction reaches back to when the plan was in force, unless it begins after the end', async t => {
  const effects = [another('repeals', '2022-01-01')]
  t.strictSame(check({ citation: { relation: 'corrects' }, effects }), [])
  t.match(check({ citation: { relation: 'corrects', from: '2022-06-01' }, effects }), [{ severity: 'error' }])
})

t.test('only what has certainly ended before counts: not in that year, not a part', async t => {
  for (const ended of [another('repeals', '2022'), another('repeals', '2023'), another('repeals', undefined), another('repeals', '2022-01-01', { part: 'Điều 3' }), another('suspends', '2022-01-01')]) {
    t.strictSame(check({ effects: [ended] }), [], ended.from ?? 'unknown')
  }
  t.match(check({ effects: [another('repeals', '2023'), another('replaces', '2022-01-01')] }), [{ severity: 'error', facts: { endedAs: 'replaces' } }], 'each end is looked at')
})

t.test('two endings of one plan from one day are an error where one of them is a repeal', async t => {
  const [repealed, replaced] = [another('repeals', '2022-09-07'), another('replaces', '2022-09-07')]
  t.match(check({ citation: { relation: 'repeals' }, effects: [repealed] }), [{
    severity: 'error',
    at: '/citations/1',
    message: { vi: /đã bị bãi bỏ bởi 50\/KH-UBND.*từ chính ngày 07\/9\/2022.*cùng ngày/, en: /is repealed by 50\/KH-UBND.*from the very day 2022-09-07/ },
    facts: { relation: 'repeals', affected: 'old', endedOn: '2022-09-07', endedAs: 'repeals' }
  }])
  t.match(check({ citation: { relation: 'repeals' }, effects: [replaced] }), [{ severity: 'error', facts: { endedAs: 'replaces' } }])
  t.match(check({ citation: { relation: 'replaces' }, effects: [replaced, repealed] }), [{ severity: 'error', facts: { endedAs: 'repeals' } }])
  t.strictSame(check({ citation: { relation: 'replaces' }, effects: [replaced] }), [], 'two plans may replace one together')
})

t.test('an ending of that day is held neither against a change nor against the end of a part, nor is that of a part or of an unclear day', async t => {
  const repealed = another('repeals', '2022-09-07')
  for (const relation of ['amends', 'supplements', 'corrects', 'suspends'] as const) t.strictSame(check({ citation: { relation }, effects: [repealed] }), [], relation)
  t.strictSame(check({ citation: { relation: 'repeals', part: 'Điều 3' }, effects: [repealed] }), [])
  for (const other of [another('repeals', '2022-09-07', { part: 'Điều 3' }), another('repeals', '2022-09'), another('repeals', undefined)]) {
    t.strictSame(check({ citation: { relation: 'repeals' }, effects: [other] }), [], other.from ?? 'unknown')
  }
})

t.test('an effect of an unknown day is not held against anything', async t => {
  t.strictSame(check({ plan: { issuedOn: undefined }, effects: [another('repeals', '2000')] }), [])
})

t.test('to amend what is over with its period is a warning', async t => {
  const old = { period: { from: '2016', to: '2020' }, issuedOn: '2016-03-01' }
  for (const relation of ['amends', 'supplements', 'suspends'] as const) {
    t.match(check({ old, citation: { relation } }), [{ severity: 'warning', at: '/citations/1', message: { vi: /đã hết \(đến hết 2020\)/, en: /to the end of 2020/ }, facts: { periodEndedOn: '2020' } }], relation)
  }
  t.strictSame(check({ old, citation: { relation: 'corrects' } }), [])
})

t.test('to replace or repeal the plan of the last five years is how things go', async t => {
  for (const relation of ['replaces', 'repeals'] as const) t.strictSame(check({ old: { period: { to: '2020' } }, citation: { relation } }), [], relation)
})

t.test('a period that another plan has moved, or may have moved, is not over', async t => {
  const old = { period: { from: '2016', to: '2020' }, issuedOn: '2016-03-01' }
  const longer = { changes: { period: { from: '2016', to: '2025' } } }
  t.strictSame(check({ old, effects: [another('amends', '2019-01-01', longer)] }), [])
  t.strictSame(check({ old, effects: [another('amends', undefined, longer)] }), [])
  const disputed = [another('amends', '2018', longer), another('supplements', '2018-06-01', { changes: { period: { to: '2019' } } })]
  t.strictSame(check({ old, effects: disputed }), [], 'nobody knows which of the two came last')
  t.match(check({ old, effects: [another('amends', '2023', longer)] }), [{ severity: 'warning' }])
})

t.test('what has ended is told once, not also as over', async t => {
  t.equal(check({ old: { period: { to: '2020' } }, effects: [another('repeals', '2019')] }).length, 1)
})
