import * as fc from 'fast-check'
import t from 'tap'
import { danglingLinks, inheritedBy, rowFinder } from '../../../src/domain/target/inheritance.ts'
import type { Target } from '../../../src/domain/target/target.ts'
import { aChild, aParent } from './families.ts'
import { amount, between, fallPerYear, levelBy, REAL_TARGETS } from './real-targets.ts'

const real = (number: number, index = 0): Target => REAL_TARGETS[number]![index]!

const pp = 'percentage-point'

t.test('a target is inherited by its own word, whatever it is called', async t => {
  const own: Target = { key: 'own', indicator: 'of-our-own', goal: fallPerYear(between('2', '3', pp)), inherits: [{ plan: '666/qđ-ttg', key: 'poverty', how: 'tightens' }] }
  t.match(inheritedBy(aChild([own]), aParent([real(1)]).plan), [{ binding: true, applies: true, heirs: [{ index: 0, verdict: { verdict: 'stronger' } }] }])
})

t.test('without a word it is inherited by the same indicator and scope', async t => {
  const parent = aParent([real(13), real(33)]).plan
  t.match(inheritedBy(aChild([real(12), real(33)]), parent), [{ heirs: [{ index: 0 }] }, { heirs: [{ index: 1 }] }])
  t.match(inheritedBy(aChild([{ ...real(12), scope: 'coastal' }]), parent), [{ heirs: [] }, { heirs: [] }])
})

t.test('a value asked for a sub-population has an heir in a target of that sub-population', async t => {
  const own: Target = { key: 'minorities', indicator: 'poor-household-rate', scope: 'ethnic-minorities', goal: fallPerYear(between('3', '4', pp)) }
  t.match(inheritedBy(aChild([own]), aParent([real(8)]).plan), [{ heirs: [{ index: 0, verdict: { verdict: 'conforms', arithmetic: { reference: 'override' } } }] }])
})

t.test('a target that says what it takes up of one parent still meets the same indicator of another', async t => {
  const own: Target = { ...real(13), inherits: [{ plan: '666/QĐ-TTg', key: 'poverty', how: 'tightens' }] }
  const other = aParent([{ ...real(13), key: 'p2' }], { id: 'other', code: '1/NQ-HĐND' }).plan
  t.equal(inheritedBy(aChild([own]), other)[0]?.heirs.length, 1)
  t.equal(inheritedBy(aChild([own]), aParent([{ ...real(13), key: 'poverty' }, { ...real(13), key: 'second' }]).plan)[1]?.heirs.length, 0)
})

t.test('a country rank, and a value of other levels, apply to no plan below', async t => {
  t.match(inheritedBy(aChild([]), aParent([real(25), real(21)]).plan), [{ applies: false }, { applies: true }])
  t.match(inheritedBy(aChild([], { level: 'unit' }), aParent([real(21)]).plan), [{ applies: false }])
})

t.test('what is striven for does not bind', async t => t.match(inheritedBy(aChild([]), aParent([real(4)]).plan), [{ binding: false }]))

t.test('a row of the table means the people’s committee of that place, and only that', async t => {
  for (const row of ['Sóc Trăng', 'Tỉnh Sóc Trăng', 'UBND tỉnh Sóc Trăng', 'SÓC TRĂNG']) t.ok(rowFinder([row])('UBND tỉnh Sóc Trăng'), row)
  for (const row of ['Hà Nội', 'Sở Y tế tỉnh Sóc Trăng', '']) t.notOk(rowFinder([row])('UBND tỉnh Sóc Trăng'), row)
  t.notOk(rowFinder(['Sóc Trăng'])('Sở Y tế tỉnh Sóc Trăng'))
  t.ok(rowFinder(['huyện Minh Hóa'])('UBND huyện Minh Hoá, tỉnh Quảng Bình'))
  t.ok(rowFinder(['Cơ quan X'])('Cơ quan X'))
  t.equal(rowFinder(['huyện Cai Lậy', 'thị xã Cai Lậy'])('UBND thị xã Cai Lậy, tỉnh Tiền Giang'), 'thị xã Cai Lậy', 'a town and a district of one name')
})

t.test('the periods of the plans are the deadlines of targets that print none', async t => {
  const share: Target = { key: 's', indicator: 'trained-workers-share', goal: levelBy(undefined, amount('equal', '70', 'percent')) }
  const [found] = inheritedBy(aChild([share], { period: { to: '2026' } }), aParent([share], { period: { to: '2025' } }).plan)
  t.equal(found?.heirs[0]?.verdict.verdict, 'weaker')
})

t.test('a link to a plan that is no parent, or to a key that no parent has, dangles', async t => {
  const linked = (plan: string | undefined, key: string): Target => ({ ...real(13), inherits: [{ ...(plan !== undefined && { plan }), key, how: 'adopts' }] })
  const parents = [aParent([real(1)])]
  t.match(danglingLinks(aChild([linked('1/QĐ-TTg', 'poverty')]), parents), [{ target: 0, link: 0, lacks: 'parent' }])
  t.match(danglingLinks(aChild([linked('666/QĐ-TTg', 'povrety')]), parents), [{ lacks: 'key', keys: ['poverty'] }])
  t.match(danglingLinks(aChild([linked(undefined, 'povrety')]), parents), [{ lacks: 'key' }])
  t.same(danglingLinks(aChild([linked('666/QĐ-TTg', 'poverty'), linked('parent', 'poverty')]), parents), [])
})

t.test('a link into a plan whose targets are not known does not dangle', async t => {
  const linked: Target = { ...real(13), inherits: [{ plan: '666/QĐ-TTg', key: 'anything', how: 'adopts' }] }
  t.same(danglingLinks(aChild([linked]), [aParent([], {}, true)]), [], 'a stub')
  t.same(danglingLinks(aChild([linked]), [aParent([], { targetsIncomplete: true })]), [], 'an incomplete record')
  t.same(danglingLinks(aChild([linked]), []), [], 'cited, and not yet told apart')
})

t.test('no verdict depends on the order of targets', async () => {
  const pool = [1, 2, 8, 12, 13, 16, 17, 23, 27, 31, 33].flatMap(number => REAL_TARGETS[number]!).map((target, index) => ({ ...target, key: `t${index}` }))
  const shown = (child: Target[], parent: Target[]) => inheritedBy(aChild(child), aParent(parent).plan)
    .flatMap(({ target, heirs }) => heirs.map(heir => `${target.key} ${heir.target.key} ${heir.verdict.verdict}`)).sort()
  fc.assert(fc.property(
    fc.shuffledSubarray(pool), fc.shuffledSubarray(pool), fc.nat(),
    (parent, child, turn) => {
      const turned = [...child.slice(turn % (child.length + 1)), ...child.slice(0, turn % (child.length + 1))]
      return shown(child, parent).join() === shown(turned, [...parent].reverse()).join()
    }), { numRuns: 300 })
})
