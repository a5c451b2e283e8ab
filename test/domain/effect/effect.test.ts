import * as fc from 'fast-check'
import t from 'tap'
import { byOrderOfEffect, effectOf, effectStateOn, hasBegun, type Effect } from '../../../src/domain/effect/effect.ts'
import { firstDay, lastDay } from '../../../src/domain/partial-date.ts'
import { aPlan } from '../../helpers/plans.ts'
import { anyDay, anyWorld, effectsIn } from './worlds.ts'

const anyPartial = fc.tuple(anyDay, fc.constantFrom(4, 7, 10)).map(([day, length]) => day.slice(0, length))

const citing = (over: Parameters<typeof aPlan>[0], citation: object = {}) =>
  aPlan({ citations: [{ relation: 'references' }, { relation: 'amends', ...citation }], ...over })

t.test('an effect begins on the day that is declared, else when the citing plan takes effect, else on its day of issue', async t => {
  const from = (over: Parameters<typeof aPlan>[0], citation = {}) => effectOf(citing(over, citation), 1, {}).from
  t.equal(from({ effectiveFrom: '2022-10-01' }, { from: '2023' }), '2023')
  t.equal(from({ effectiveFrom: '2022-10-01' }), '2022-10-01')
  t.equal(from({}), '2022-09-07')
  t.equal(from({ issuedOn: undefined }), undefined)
})

t.test('an effect carries what its citation says and who causes it', async t => {
  const changes = { removedTargets: ['a'] }
  t.strictSame(effectOf(citing({ id: 'x' }, { part: 'Điều 3', changes }), 1, { issuedOn: '2020' }), {
    relation: 'amends',
    by: { id: 'x', name: '119/KH-UBND (UBND tỉnh Thái Bình)', issuedOn: '2022-09-07' },
    citation: 1,
    from: '2022-09-07',
    part: 'Điều 3',
    changes
  })
})

t.test('a correction works back to the day of issue of what it corrects, unless it says since when', async t => {
  const corrects = { relation: 'corrects' as const }
  t.match(effectOf(citing({}, corrects), 1, { issuedOn: '2020-05' }), { from: '2020-05', sinceIssue: true })
  t.match(effectOf(citing({}, corrects), 1, {}), { from: undefined, sinceIssue: true })
  t.match(effectOf(citing({}, { ...corrects, from: '2021' }), 1, { issuedOn: '2020-05' }), { from: '2021', sinceIssue: undefined })
})

t.test('what began some time in a year has certainly begun on its last day, and not before its first', async t => {
  t.equal(hasBegun('2022', '2022-12-31'), 'begun')
  t.equal(hasBegun('2022', '2022-12-30'), 'unclear')
  t.equal(hasBegun('2022', '2021-12-31'), 'not-yet')
  t.equal(hasBegun('2022-06-01', '2022-06-01'), 'begun')
  t.equal(hasBegun('2022-06-01', '2022'), 'unclear')
  t.equal(hasBegun('2022', '2022'), 'unclear')
  t.equal(hasBegun(undefined, '2022-12-31'), 'unclear')
  t.equal(hasBegun('2022', undefined), 'unclear')
})

t.test('what has begun stays begun on every later day', async () => {
  fc.assert(fc.property(anyPartial, anyPartial, anyPartial, (from, on, later) =>
    hasBegun(from, on) !== 'begun' || firstDay(later) < firstDay(on) || hasBegun(from, later) === 'begun'))
})

t.test('what begins later than a day has begun on no earlier one', async () => {
  fc.assert(fc.property(anyPartial, anyPartial, anyPartial, (from, on, earlier) =>
    hasBegun(from, on) !== 'not-yet' || lastDay(earlier) > lastDay(on) || hasBegun(from, earlier) === 'not-yet'))
})

const suspension = (from: string | undefined, until?: string): Effect =>
  ({ relation: 'suspends', by: { id: 'x', name: 'x' }, citation: 0, ...(from !== undefined && { from }), ...(until !== undefined && { until }) })

t.test('a suspension is in effect from its first day to its last, both included, and over afterwards', async t => {
  const on = (day: string | undefined) => effectStateOn(suspension('2022-03-01', '2022-06-30'), day)
  t.equal(on('2022-02-28'), 'not-yet')
  t.equal(on('2022-03-01'), 'in-effect')
  t.equal(on('2022-06-30'), 'in-effect')
  t.equal(on('2022-07-01'), 'over')
  t.equal(on('2022-06'), 'in-effect')
  t.equal(on('2022'), 'unclear')
  t.equal(on(undefined), 'unclear')
})

t.test('a suspension of half-known dates is unclear on the days that they may or may not mean', async t => {
  t.equal(effectStateOn(suspension('2022-03-01', '2022'), '2022-07-01'), 'unclear')
  t.equal(effectStateOn(suspension('2022-03-01', '2023'), '2022-07-01'), 'in-effect')
  t.equal(effectStateOn(suspension(undefined, '2022'), '2022-07-01'), 'unclear')
  t.equal(effectStateOn(suspension(undefined, '2021'), '2022-07-01'), 'over')
})

t.test('a correction from the day of issue holds on every day, also when neither is known', async t => {
  t.equal(effectStateOn({ ...suspension(undefined), relation: 'corrects', sinceIssue: true }, undefined), 'in-effect')
  t.equal(effectStateOn({ ...suspension('2022'), relation: 'corrects', sinceIssue: true }, '2022-06-01'), 'in-effect')
})

t.test('effects have one order: by the day they begin, the day of issue, the plan, the place of the citation', async t => {
  const one = (from: string, issuedOn: string, id: string, citation: number): Effect => ({ relation: 'amends', by: { id, name: id, issuedOn }, citation, from })
  const inOrder = [one('2022', '2022-05', 'b', 0), one('2022-01-02', '2021', 'z', 0), one('2022-01-02', '2022', 'a', 0), one('2022-01-02', '2022', 'a', 1), one('2022-01-02', '2022', 'b', 0)]
  t.strictSame(inOrder.toReversed().sort(byOrderOfEffect), inOrder)
  fc.assert(fc.property(anyWorld, world => {
    const effects = effectsIn(world)
    return effects.every(a => effects.every(b => Math.sign(byOrderOfEffect(a, b)) === -Math.sign(byOrderOfEffect(b, a)) && (byOrderOfEffect(a, b) !== 0 || a === b)))
  }))
})
