import { deepStrictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import t from 'tap'
import { changedBy, consolidated } from '../../../src/domain/effect/consolidation.ts'
import type { Changes, Effect } from '../../../src/domain/effect/effect.ts'
import { aPlan } from '../../helpers/plans.ts'
import { aTarget, anyDay, anyPlan, anyWorld, anyWorldHalfKnown, effectsIn } from './worlds.ts'

const amended = (from: string | undefined, changes: Changes, over: Partial<Effect> = {}): Effect =>
  ({ relation: 'amends', by: { id: over.by?.id ?? `of ${from}`, name: 'x' }, citation: 0, ...(from !== undefined && { from }), changes, ...over })

const plan = aPlan({ targets: [aTarget('a', '1'), aTarget('b', '1')], period: { from: '2021', to: '2025' } })

const valuesOf = ({ targets }: typeof plan) => Object.fromEntries(targets.map(({ key, goal }) => [key, goal?.amount?.value]))

t.test('a plan on which nothing has an effect is itself, on every day and on none', async () => {
  fc.assert(fc.property(anyPlan, fc.option(anyDay, { nil: undefined }), (one, on) => consolidated(one, [], on).plan === one))
})

t.test('a target of the same key takes the place of the old one, another one is added at the end, a removed one ends', async t => {
  const effect = amended('2023-01-01', { targets: [aTarget('c', '3'), aTarget('a', '2')], removedTargets: ['b'] })
  t.strictSame(Object.entries(valuesOf(consolidated(plan, [effect], '2023-01-01').plan)), [['a', '2'], ['c', '3']])
  t.equal(consolidated(plan, [effect], '2022-12-31').plan, plan, 'the day before it is as it was')
})

t.test('a period that is changed is another one, whole', async t => {
  t.strictSame(consolidated(plan, [amended('2023', { period: { to: '2026' } })], '2024').plan.period, { to: '2026' })
})

t.test('a target that is removed and set by one change is set', async t => {
  t.match(valuesOf(consolidated(plan, [amended('2023', { targets: [aTarget('b', '2')], removedTargets: ['b'] })], '2024').plan), { b: '2' })
})

t.test('the later change has the last word', async t => {
  const effects = [amended('2024-01-01', { targets: [aTarget('a', '4')] }), amended('2023-01-01', { targets: [aTarget('a', '3')] })]
  t.match(valuesOf(consolidated(plan, effects, '2023-06-01').plan), { a: '3' })
  t.match(valuesOf(consolidated(plan, effects, '2025').plan), { a: '4' })
})

t.test('what is not applied is told with the reason', async t => {
  const suspension = { ...amended('2022', {}), relation: 'suspends' as const, until: '2022' }
  const effects = [amended('2025', {}), amended('2024', {}), amended(undefined, {}), suspension]
  t.strictSame(consolidated(plan, effects, '2024-06-01').leftOut.map(({ why }) => why).sort(), ['not-yet', 'over', 'unclear', 'unclear'])
})

t.test('without a day nothing is applied but what was so from the beginning', async t => {
  const effects = [amended('2020', { targets: [aTarget('a', '5')] }), { ...amended(undefined, { targets: [aTarget('b', '6')] }), relation: 'corrects' as const, sinceIssue: true as const }]
  t.strictSame(valuesOf(consolidated(plan, effects, undefined).plan), { a: '1', b: '6' })
})

t.test('an effect is seen upon those that came before it, although its own day is only half known', async t => {
  const own = amended('2024', { targets: [aTarget('c', '9')] })
  t.strictSame(valuesOf(changedBy(plan, [amended('2023-01-01', { targets: [aTarget('a', '3')] }), amended('2025', { removedTargets: ['a'] })], own)), { a: '3', b: '1', c: '9' })
})

t.test('in whatever order the effects come, the outcome is the same', async () => {
  fc.assert(fc.property(anyWorldHalfKnown, fc.infiniteStream(fc.nat()), ({ half }, keys) => {
    const effects = effectsIn(half)
    const shuffled = effects.map(effect => ({ effect, key: keys.next().value! })).sort((a, b) => a.key - b.key).map(({ effect }) => effect)
    deepStrictEqual(consolidated(half.plan, shuffled, half.on), consolidated(half.plan, effects, half.on))
  }))
})

t.test('every effect is either applied or left out, and nothing that was given is changed', async () => {
  fc.assert(fc.property(anyWorldHalfKnown, ({ half: { plan, on, citing } }) => {
    const effects = effectsIn({ plan, citing })
    const before = structuredClone({ plan, effects })
    const { applied, leftOut } = consolidated(plan, effects, on)
    deepStrictEqual({ plan, effects }, before)
    return applied.length + leftOut.length === effects.length && new Set([...applied, ...leftOut.map(({ effect }) => effect)]).size === effects.length
  }))
})

t.test('what was applied on a day is applied on every later one, suspensions alone excepted', async () => {
  fc.assert(fc.property(anyWorldHalfKnown, anyDay, ({ half, whole }, later) => {
    const effects = effectsIn(half)
    const then = new Set(consolidated(half.plan, effects, later).applied)
    return later < whole.on || half.on?.length !== 10 || consolidated(half.plan, effects, half.on).applied.every(effect => effect.relation === 'suspends' || then.has(effect))
  }))
})

t.test('on a day of whole dates the text is what the changes make of it one after the other', async () => {
  fc.assert(fc.property(anyWorld, ({ plan, citing, on }) => {
    const begun = effectsIn({ plan, citing }).filter(({ from, sinceIssue }) => sinceIssue === true || from! <= on)
      .sort((a, b) => [a.from!, a.by.issuedOn!, a.by.id, a.citation].join(' ') < [b.from!, b.by.issuedOn!, b.by.id, b.citation].join(' ') ? -1 : 1)
    const model = new Map(plan.targets.map(target => [target.key, target]))
    let period = plan.period
    for (const { changes = {} } of begun) {
      for (const key of changes.removedTargets ?? []) model.delete(key)
      for (const target of changes.targets ?? []) model.set(target.key, target)
      period = changes.period ?? period
    }
    const text = consolidated(plan, effectsIn({ plan, citing }), on)
    deepStrictEqual(text.plan.period, period)
    deepStrictEqual(byKey(text.plan.targets), byKey([...model.values()]))
    deepStrictEqual(text.contested, [], 'whole days leave nothing open')
  }))
})

const byKey = (targets: typeof plan.targets) => targets.toSorted((a, b) => a.key < b.key ? -1 : 1)

t.test('whatever the half-known dates turn out to mean, what was said to be in force, not yet or over is so', async () => {
  fc.assert(fc.property(anyWorldHalfKnown, ({ whole, half }) => {
    const [known, true_] = [consolidated(half.plan, effectsIn(half), half.on), consolidated(whole.plan, effectsIn(whole), whole.on)]
    const nameOf = ({ by, citation }: Effect) => `${by.id} ${citation}`
    const state = new Map([...true_.applied.map(effect => [nameOf(effect), 'applied'] as const), ...true_.leftOut.map(({ effect, why }) => [nameOf(effect), why] as const)])
    return known.applied.every(effect => state.get(nameOf(effect)) === 'applied') &&
      known.leftOut.every(({ effect, why }) => why === 'unclear' || state.get(nameOf(effect)) === why)
  }), { numRuns: 2000 })
})

t.test('whatever the half-known dates turn out to mean, what is not contested stands as it was said, once all effects are clear', async t => {
  let clear = 0
  fc.assert(fc.property(anyWorldHalfKnown, ({ whole, half }) => {
    const known = consolidated(half.plan, effectsIn(half), half.on)
    // What takes effect before the plan is issued is refused, and then the order tells nothing.
    if (known.leftOut.some(({ why }) => why === 'unclear') || effectsIn(whole).some(({ from }) => from! < whole.plan.issuedOn!)) return
    clear++
    const really = consolidated(whole.plan, effectsIn(whole), whole.on).plan
    if (!known.contested.includes('/period')) deepStrictEqual(known.plan.period, really.period)
    const certain = (targets: typeof plan.targets) => byKey(targets.filter(({ key }) => !known.contested.includes(`/targets/${key}`)))
    deepStrictEqual(certain(known.plan.targets), certain(really.targets))
  }), { numRuns: 3000 })
  t.ok(clear > 300, `${clear} worlds were clear enough to be held against`)
})

t.test('two changes of one target in one year, one of them of an unknown day, leave open what stands there', async t => {
  const effects = [amended('2022', { targets: [aTarget('a', '2')] }), amended('2022-06-01', { targets: [aTarget('a', '3')], period: { to: '2026' } })]
  t.strictSame(consolidated(plan, effects, '2023').contested, ['/targets/a'])
  t.strictSame(consolidated(plan, [...effects, amended('2023-01-01', { removedTargets: ['a'] })], '2024').contested, [], 'a later word settles it')
})

t.test('what has begun without saying what it changes is left out as unread; what ends or suspends the whole plan has nothing to say', async t => {
  const silent = (relation: Effect['relation'], part?: string): Effect =>
    ({ relation, by: { id: relation, name: 'x' }, citation: 0, from: '2023-01-01', ...(part !== undefined && { part }) })
  const unread = [silent('amends'), silent('supplements'), silent('corrects'), silent('repeals', 'Điều 3'), silent('suspends', 'Điều 3')]
  const whole = [silent('replaces'), silent('repeals'), silent('suspends')]
  for (const effect of unread) {
    t.strictSame(consolidated(plan, [effect], '2023'), { plan, applied: [], leftOut: [{ effect, why: 'unread' }], contested: [] })
    t.match(consolidated(plan, [effect], '2022').leftOut, [{ why: 'not-yet' }], 'before its day it is not yet')
  }
  for (const effect of whole) t.match(consolidated(plan, [effect], '2023'), { applied: [effect], leftOut: [] })
})
