import { deepStrictEqual } from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import t from 'tap'
import { consolidated } from '../../../src/domain/effect/consolidation.ts'
import { type Difference, differences } from '../../../src/domain/effect/difference.ts'
import { standingOn } from '../../../src/domain/effect/standing.ts'
import { type Substance, substanceOf } from '../../../src/domain/effect/substance.ts'
import { aPlan } from '../../helpers/plans.ts'
import { aTarget, anyDay, anyWorld, effectsIn } from './worlds.ts'

/** What a reader of the differences does with them; what is gone is taken away from the end, so that indexes stay. */
function applied (whole: unknown, changes: Difference[]): unknown {
  const root = { '': structuredClone(whole) } as Record<string, unknown>
  const order = [...changes.filter(change => 'after' in change), ...changes.filter(change => !('after' in change)).toReversed()]
  for (const { at, after } of order) {
    const steps = at.split('/').map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    const last = steps.pop()!
    const place = steps.reduce<Record<string, unknown>>((here, step) => here[step] as Record<string, unknown>, root)
    if (after !== undefined) place[last] = after
    else if (Array.isArray(place)) place.splice(Number(last), 1)
    else delete place[last]
  }
  return root['']
}

const anySubstances: fc.Arbitrary<[Substance, Substance]> = fc.tuple(anyWorld, anyDay).map(([world, later]) => {
  const on = (day: string) => substanceOf(consolidated(world.plan, effectsIn(world), day).plan, standingOn(world.plan, effectsIn(world), day))
  return [on(world.on), on(later)]
})

const anyJson = fc.jsonValue({ noUnicodeString: false } as fc.JsonSharedConstraints).filter(value => !JSON.stringify(value).includes('__proto__'))

const substanceOfPlan = (...targets: ReturnType<typeof aTarget>[]) => substanceOf(aPlan({ targets }), standingOn(aPlan(), [], '2023'))

t.test('a difference is told at the deepest place, targets by their key and not by their row', async t => {
  t.strictSame(differences(substanceOfPlan(aTarget('a', '1'), aTarget('b', '2')), substanceOfPlan(aTarget('c', '3'), aTarget('b', '4'))).map(({ at }) => at), ['/targets/a', '/targets/b/goal/amount/value', '/targets/c'])
  t.match(differences(substanceOfPlan(aTarget('b', '2')), substanceOfPlan(aTarget('b', '4'))), [{ before: '2', after: '4' }])
})

t.test('what is new has no before, what is gone no after', async t => {
  const [before, after] = [substanceOfPlan(), substanceOfPlan(aTarget('a', '1'))]
  t.strictSame(differences(before, after).map(change => Object.keys(change)), [['at', 'after']])
  t.strictSame(differences(after, before).map(change => Object.keys(change)), [['at', 'before']])
})

t.test('a name with a slash or a tilde is one step of the pointer', async t => {
  t.strictSame(differences({ 'a/b~c': 1 }, {}), [{ at: '/a~1b~0c', before: 1 }])
})

t.test('a list is not an object of its indexes, and items come in their order', async t => {
  t.strictSame(differences([], {}), [{ at: '', before: [], after: {} }])
  t.strictSame(differences(Array(11).fill(0), Array(11).fill(1)).map(({ at }) => at).slice(0, 3), ['/0', '/1', '/2'])
  t.strictSame(differences(undefined, { a: null }), [{ at: '', after: { a: null } }])
  t.strictSame(differences(undefined, undefined), [])
})

t.test('there is a difference exactly where two substances are not equal, in whatever order their members stand', async () => {
  fc.assert(fc.property(anySubstances, ([before, after]) => (differences(before, after).length === 0) === isDeepStrictEqual(before, after)), { numRuns: 1000 })
  fc.assert(fc.property(anySubstances, ([one]) => differences(one, structuredClone(one)).length === 0))
})

t.test('applying the differences leads from the one to the other, and back', async () => {
  fc.assert(fc.property(anySubstances, ([before, after]) => {
    deepStrictEqual(applied(before, differences(before, after)), after)
    deepStrictEqual(applied(after, differences(after, before)), before)
  }))
})

t.test('of any JSON too', async () => {
  fc.assert(fc.property(anyJson, anyJson, (before, after) => {
    deepStrictEqual(applied(before, differences(before, after)), after)
  }))
})
