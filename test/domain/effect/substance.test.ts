import { deepStrictEqual, notDeepStrictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import t from 'tap'
import { differences } from '../../../src/domain/effect/difference.ts'
import { substanceOf } from '../../../src/domain/effect/substance.ts'
import { standingOn, type Standing } from '../../../src/domain/effect/standing.ts'
import type { Plan } from '../../../src/domain/plan.ts'
import type { Amount, Target } from '../../../src/domain/target/target.ts'
import { UNITS, baseOf, convert } from '../../../src/domain/target/unit.ts'
import { aCitation, aPlan } from '../../helpers/plans.ts'
import { REAL_TARGETS } from '../target/real-targets.ts'
import { aTarget, anyDay, anyWorld, effectsIn } from './worlds.ts'

const IN_FORCE: Standing = { status: 'in-force', by: [], unclear: [], unread: [] }

const of = (over: Partial<Plan>, standing: Partial<Standing> = {}) => substanceOf(aPlan(over), { ...IN_FORCE, ...standing })

const anyTargets: fc.Arbitrary<Target[]> = fc.uniqueArray(
  fc.constantFrom(...Object.values(REAL_TARGETS).flat(), aTarget('a', '1'), aTarget('b', '2')), { maxLength: 5, selector: ({ key }) => key }
)

t.test('the substance is what the plan asks, of whom and when, and nothing else', async t => {
  t.strictSame(of({ targets: [{ ...aTarget('a', '1.50'), text: 'dưới 1,5%' }], period: { from: '2021', to: '2025-06' } }), {
    level: 'provincial',
    type: 'plan',
    issuer: 'peoples-committee:thai binh',
    period: { from: '2021-01-01', to: '2025-06-30' },
    targets: { a: { indicator: 'poor-household-rate', goal: { measure: 'level', amount: { comparator: 'at-most', unit: 'percent', value: '1.5' } } } }
  })
})

t.test('title, code, programme, date, citations, printed texts, notes and the order of lists are no substance', async () => {
  fc.assert(fc.property(anyTargets, fc.string(), fc.infiniteStream(fc.nat()), (targets, words, keys) => {
    const shuffled = <T> (list: T[] | undefined): T[] | undefined => list?.map(item => ({ item, key: keys.next().value! })).sort((a, b) => a.key - b.key).map(({ item }) => item)
    const dressed = (target: Target): Target => withoutUndefined({
      ...target,
      text: words,
      equivalents: shuffled(target.equivalents),
      byLevel: shuffled(target.byLevel),
      overrides: shuffled(target.overrides),
      components: shuffled(target.components),
      assignments: shuffled(target.assignments),
      inherits: shuffled(target.inherits)?.map(link => ({ ...link, reason: words }))
    })
    deepStrictEqual(
      of({ targets: shuffled(targets.map(dressed))!, title: words, code: words, programme: words, issuedOn: '2020', citations: [aCitation(undefined, { note: words })] }),
      of({ targets })
    )
  }))
})

const withoutUndefined = (target: object): Target => Object.fromEntries(Object.entries(target).filter(([, value]) => value !== undefined)) as unknown as Target

const ofAmount = (amount: Amount, more: Partial<Target> = {}) => of({ targets: [{ key: 'a', indicator: 'x', goal: { measure: 'level', amount }, ...more }] })

t.test('one amount in another spelling or another unit of its kind is the same', async t => {
  t.strictSame(ofAmount({ comparator: 'equal', value: '1.50', unit: 'billion-vnd' }), ofAmount({ comparator: 'equal', value: '1500', unit: 'million-vnd' }))
  t.strictSame(ofAmount({ comparator: 'equal', value: '1.0' }), ofAmount({ comparator: 'equal', value: '1' }))
  t.strictSame(
    ofAmount({ comparator: 'equal', value: '1', unit: 'billion-vnd' }, { allocation: { tolerance: '0.1' } }),
    ofAmount({ comparator: 'equal', value: '1000', unit: 'million-vnd' }, { allocation: { tolerance: '100' } })
  )
  fc.assert(fc.property(fc.constantFrom(...UNITS), fc.integer({ min: -999, max: 999 }), (unit, number) => {
    deepStrictEqual(ofAmount({ comparator: 'equal', value: String(number), unit }), ofAmount({ comparator: 'equal', value: convert(String(number), unit, baseOf(unit))!, unit: baseOf(unit) }))
  }))
})

t.test('what only says the usual is as if it were not said', async t => {
  t.strictSame(of({ targets: [{ ...aTarget('a', '1'), aspirational: false, byLevel: [], equivalents: [], allocation: { cap: false, tolerance: '0.0' } }] }), of({ targets: [aTarget('a', '1')] }))
  t.strictSame(of({ period: {} }), of({ period: undefined }))
})

t.test('a period and a deadline stand for their days: 2025 is to the end of 2025', async t => {
  t.strictSame(of({ period: { from: '2021-01', to: '2025-12-31' } }), of({ period: { from: '2021', to: '2025' } }))
  const by = (by: string) => of({ targets: [{ key: 'a', indicator: 'x', goal: { measure: 'status', status: 'done', by } }] })
  t.strictSame(by('2025'), by('2025-12'))
})

t.test('the issuer is the body and not the spelling of its name', async t => {
  t.strictSame(of({ issuer: 'Ủy ban nhân dân tỉnh Thái Bình' }), of({ issuer: 'UBND tỉnh Thái Bình' }))
})

const changesOf = (target: Target): Target[] => {
  const amount: Amount = { comparator: 'more-than', value: '987654', unit: 'household' }
  const row = { organization: 'Xã Mới', amount }
  return [
    { ...target, indicator: 'another' }, { ...target, scope: 'somebody-else' }, { ...target, aspirational: target.aspirational !== true },
    { ...target, goal: { measure: 'level', amount } }, { ...target, goal: { ...target.goal, measure: 'status', status: 'another' } },
    { ...target, equivalents: [...target.equivalents ?? [], { measure: 'level', amount }] },
    { ...target, byLevel: [...target.byLevel ?? [], { level: 'unit', amount }] }, { ...target, overrides: [...target.overrides ?? [], { scope: 'new', amount }] },
    { ...target, components: [...target.components ?? [], { indicator: 'new', amount }] }, { ...target, assignments: [...target.assignments ?? [], row] },
    { ...target, allocation: { ...target.allocation, cap: target.allocation?.cap !== true } }, { ...target, inherits: [{ key: 'new', how: 'adopts' }] }
  ]
}

t.test('whatever a target asks is substance', async () => {
  for (const target of [aTarget('a', '1'), ...Object.values(REAL_TARGETS).flat()]) {
    for (const changed of changesOf(target)) notDeepStrictEqual(of({ targets: [changed] }), of({ targets: [target] }), JSON.stringify(changed))
  }
})

t.test('two rows of one name are both kept: places differ by their tones, tables by years and units', async t => {
  const row = (organization: string, value: string, year?: number) => ({ organization, amount: { comparator: 'equal' as const, value }, ...(year !== undefined && { year }) })
  const assignments = [row('xã Tân Thành', '1'), row('xã Tân Thạnh', '2'), row('xã Tân Thành', '3'), row('xã Tân Thành', '4', 2022)]
  const { assignments: kept } = of({ targets: [{ key: 'a', indicator: 'x', assignments }] }).targets['a']!
  t.strictSame(Object.values(kept as object).map(({ value }) => value).sort(), ['1', '2', '3', '4'])
  t.strictNotSame(of({ targets: [{ key: 'a', indicator: 'x', assignments: [row('xã Tân Thành', '1')] }] }), of({ targets: [{ key: 'a', indicator: 'x', assignments: [row('xã Tân Thạnh', '1')] }] }))
  t.strictSame(of({ targets: [{ key: 'a', indicator: 'x', assignments: assignments.toReversed() }] }).targets['a']!['assignments'], kept)
})

t.test('level, type, issuer and period are substance', async t => {
  for (const over of [{ level: 'district' }, { type: 'decision' }, { issuer: 'UBND tỉnh Nam Định' }, { period: { from: '2021' } }] as const) t.strictNotSame(of(over), of({}))
})

t.test('a plan that was replaced, repealed or suspended is another; one that is amended, or whose period is over, asks what it asks', async t => {
  for (const status of ['replaced', 'repealed', 'suspended'] as const) t.match(of({}, { status }), { standing: status })
  for (const status of ['draft', 'issued', 'amended', 'partly-expired', 'expired', 'unknown'] as const) t.strictSame(of({}, { status }), of({}))
})

t.test('a change that nobody has written down is one all the same', async t => {
  const by = { id: 'x', name: 'x' }
  const unread = [{ relation: 'repeals' as const, part: 'Điều 3', by, citation: 0 }, { relation: 'amends' as const, by, citation: 0 }]
  t.strictSame(of({}, { unread }).unread, [{ relation: 'amends', by: 'x' }, { relation: 'repeals', by: 'x', part: 'dieu 3' }])
  t.strictSame(of({}, { unread: unread.toReversed() }), of({}, { unread }))
  t.strictNotSame(of({}, { unread: unread.map(one => ({ ...one, by: { ...by, id: 'y' } })) }), of({}, { unread }), 'another document changes something else')
})

t.test('targets may have any key', async t => {
  for (const key of ['__proto__', 'constructor']) t.ok(Object.hasOwn(of({ targets: [aTarget(key, '1')] }).targets, key), key)
  t.strictSame(differences(of({}), of({ targets: [aTarget('constructor', '1')] })).map(({ at }) => at), ['/targets/constructor'])
})

t.test('the substance is plain JSON without anything absent', async () => {
  fc.assert(fc.property(anyWorld, anyTargets, ({ plan, citing, on }, targets) => {
    const whole = { ...plan, targets }
    const substance = substanceOf(whole, standingOn(whole, effectsIn({ plan, citing }), on))
    deepStrictEqual(JSON.parse(JSON.stringify(substance)), substance)
  }))
})

t.test('the passing of time changes nothing while no effect begins or ends', async () => {
  fc.assert(fc.property(anyWorld, anyDay, ({ plan }, later) => {
    deepStrictEqual(substanceOf(plan, standingOn(plan, [], later)), substanceOf(plan, standingOn(plan, [], plan.issuedOn!)))
  }))
})
