import { deepStrictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import t from 'tap'
import { consolidated } from '../../../src/domain/effect/consolidation.ts'
import type { Effect, EffectRelation } from '../../../src/domain/effect/effect.ts'
import { EFFECT_STATUSES, endsOf, standingOn } from '../../../src/domain/effect/standing.ts'
import { dayAfter, lastDay } from '../../../src/domain/partial-date.ts'
import type { Plan } from '../../../src/domain/plan.ts'
import { aPlan } from '../../helpers/plans.ts'
import { type World, anyWorld, anyWorldHalfKnown, effectsIn } from './worlds.ts'

const plan = aPlan({ issuedOn: '2021-06-01', effectiveFrom: '2021-07-01', period: { from: '2021', to: '2025' } })

const effect = (relation: EffectRelation, from: string | undefined, over: Partial<Effect> = {}): Effect =>
  ({ relation, by: { id: `${relation} ${from}`, name: `${relation} ${from}` }, citation: 0, ...(from !== undefined && { from }), ...over })

t.test('a plan of which nothing is told but its dates is a draft, issued, in force and expired, one after the other', async t => {
  t.match(standingOn(plan, [], '2021-05-31'), { status: 'draft', since: undefined })
  t.match(standingOn(plan, [], '2021-06-01'), { status: 'issued', since: '2021-06-01' })
  t.match(standingOn(plan, [], '2021-07-01'), { status: 'in-force', since: '2021-07-01', until: '2025' })
  t.match(standingOn(plan, [], '2025-12-31'), { status: 'in-force' })
  t.match(standingOn(plan, [], '2026-01-01'), { status: 'expired', since: '2026-01-01' })
  t.match(standingOn({ ...plan, draft: true }, [], '2022'), { status: 'draft' }, 'a draft is one on every day')
})

t.test('a plan that names no day takes effect on its day of issue', async t => {
  t.match(standingOn(aPlan({ issuedOn: '2022-09-07' }), [], '2022-09-07'), { status: 'in-force', since: '2022-09-07' })
})

t.test('dates that are missing or too coarse give an unknown status, never a guess', async t => {
  t.match(standingOn(aPlan({ issuedOn: undefined }), [], '2022'), { status: 'unknown' })
  t.match(standingOn(aPlan({ issuedOn: '2022' }), [], '2022-09-07'), { status: 'unknown' })
  t.match(standingOn(aPlan({ effectiveFrom: '2023' }), [], '2023-06-01'), { status: 'unknown' })
  t.match(standingOn(aPlan({ period: { to: '2023-06' } }), [], '2023'), { status: 'unknown' })
  t.match(standingOn(plan, [], undefined), { status: 'unknown' })
})

t.test('the whole plan is replaced or repealed since the day of the effect, by the plan that says so', async t => {
  const replacement = effect('replaces', '2023-01-01')
  t.match(standingOn(plan, [replacement], '2022-12-31'), { status: 'in-force', by: [] })
  t.strictSame(standingOn(plan, [replacement], '2023-01-01'), { status: 'replaced', since: '2023-01-01', by: [replacement], unclear: [], unread: [] })
  t.match(standingOn(plan, [effect('repeals', '2023-01-01')], '2024'), { status: 'repealed' })
})

t.test('the earliest end wins, that of the period included', async t => {
  const ends = [effect('repeals', '2024-01-01'), effect('replaces', '2023-01-01')]
  t.match(standingOn(plan, ends, '2025'), { status: 'replaced', since: '2023-01-01', unclear: [] })
  t.match(standingOn(plan, [effect('replaces', '2026-03-01')], '2027'), { status: 'expired', since: '2026-01-01' })
})

t.test('two ends of which the dates do not tell the earlier are told as unclear', async t => {
  const ends = [effect('repeals', '2023'), effect('replaces', '2023-06-01')]
  t.match(standingOn(plan, ends, '2024'), { status: 'repealed', unclear: [{ relation: 'repeals' }, { relation: 'replaces' }] })
})

t.test('of two plans that end one on the same day the one issued first does, and nobody is told which while that is not known', async t => {
  const by = (id: string, issuedOn?: string) => ({ by: { id, name: id, ...(issuedOn !== undefined && { issuedOn }) } })
  const repeals = effect('repeals', '2023-01-01', by('b', '2022-12-01'))
  t.match(standingOn(plan, [effect('replaces', '2023-01-01', by('a', '2022-12-31')), repeals], '2024'), { status: 'repealed', unclear: { length: 0 } })
  t.match(standingOn(plan, [effect('replaces', '2023-01-01', by('a')), repeals], '2024'), { status: 'replaced', unclear: [{ by: { id: 'a' } }, { by: { id: 'b' } }] })
})

t.test('a part that ends, or is suspended, makes the plan partly expired and no more', async t => {
  const part = effect('repeals', '2023-01-01', { part: 'Điều 3' })
  t.match(standingOn(plan, [part], '2023-01-01'), { status: 'partly-expired', since: '2023-01-01', by: [part] })
  t.match(standingOn(plan, [effect('suspends', '2023-01-01', { part: 'Điều 3', until: '2023-12-31' })], '2023-06-01'), { status: 'partly-expired' })
  t.match(standingOn(plan, [effect('suspends', '2023-01-01', { part: 'Điều 3', until: '2023-12-31' })], '2024-06-01'), { status: 'in-force' })
})

t.test('a suspension comes before the parts that ended, and those before amendments', async t => {
  const all = [effect('amends', '2022-01-01'), effect('supplements', '2022-02-01'), effect('replaces', '2022-03-01', { part: 'Điều 3' }), effect('suspends', '2022-04-01', { until: '2022-04-30' })]
  t.match(standingOn(plan, all, '2022-02-15'), { status: 'amended', since: '2022-01-01', by: { length: 2 } })
  t.match(standingOn(plan, all, '2022-03-15'), { status: 'partly-expired', since: '2022-03-01' })
  t.match(standingOn(plan, all, '2022-04-15'), { status: 'suspended', since: '2022-04-01', until: '2022-04-30' })
  t.match(standingOn(plan, all, '2022-05-15'), { status: 'partly-expired' }, 'it stands as before when the suspension is over')
})

t.test('of two suspensions the last day is that of the longer one, and one without an end has none', async t => {
  const two = [effect('suspends', '2022-01-01', { until: '2022-06' }), effect('suspends', '2022-02-01', { until: '2022-05-31' })]
  t.match(standingOn(plan, two, '2022-03-01'), { status: 'suspended', until: '2022-06' })
  t.match(standingOn(plan, [...two, effect('suspends', '2022-02-02')], '2022-03-01'), { until: undefined })
})

t.test('a correction makes the text right and leaves the status as it is', async t => {
  t.match(standingOn(plan, [effect('corrects', '2021-06-01', { sinceIssue: true, changes: {} })], '2022'), { status: 'in-force', by: [] })
})

t.test('a plan expires with its period as it was amended', async t => {
  const longer = effect('amends', '2024-01-01', { changes: { period: { from: '2021', to: '2027' } } })
  t.match(standingOn(plan, [longer], '2026-06-01'), { status: 'amended', until: '2027' })
  t.match(standingOn(plan, [longer], '2028'), { status: 'expired', since: '2028-01-01' })
  const disputed = [effect('amends', '2024', { changes: { period: { to: '2030' } } }), effect('amends', '2024-03-01', { changes: { period: { to: '2026' } } })]
  t.match(standingOn(plan, disputed, '2028'), { status: 'unknown' }, 'nobody knows which of the two came last')
})

t.test('what other plans have certainly done to a plan of unknown date tells that it was issued', async t => {
  const undated = aPlan({ issuedOn: undefined })
  t.match(standingOn(undated, [effect('amends', '2023-01-01')], '2023-06-01'), { status: 'amended' })
  t.match(standingOn(undated, [effect('repeals', '2023-01-01')], '2023-06-01'), { status: 'repealed' })
  t.match(standingOn(undated, [effect('corrects', undefined, { sinceIssue: true })], '2023-06-01'), { status: 'unknown' })
})

t.test('what may have begun is told and not applied', async t => {
  const unclear = effect('repeals', undefined)
  t.match(standingOn(plan, [unclear], '2023'), { status: 'in-force', unclear: [unclear] })
})

t.test('a change that nobody has written down is told, as is the part of which nobody knows the targets', async t => {
  const all = [
    effect('amends', '2022-01-01'), effect('amends', '2022-01-02', { changes: {} }), effect('repeals', '2022-01-03', { part: 'Điều 3' }),
    effect('repeals', '2022-01-04', { part: 'Điều 4', changes: { removedTargets: ['a'] } }), effect('suspends', '2022-01-05'), effect('amends', '2024-01-01')
  ]
  t.strictSame(standingOn(plan, all, '2023').unread, [all[0], all[2]])
})

t.test('endings are those of the whole plan', async t => {
  t.strictSame(endsOf([effect('replaces', '2022'), effect('repeals', undefined), effect('repeals', '2022', { part: 'Điều 3' }), effect('amends', '2022'), effect('suspends', '2022')]), [
    { relation: 'replaces', by: 'replaces 2022', on: '2022' }, { relation: 'repeals', by: 'repeals undefined' }
  ])
})

/** The same, said with whole days alone; of two ends on one day either may be named. */
function statusesOnWholeDays ({ plan, citing, on }: World & { on: string }): string[] {
  const begun = effectsIn({ plan, citing }).filter(({ from, sinceIssue }) => sinceIssue === true || from! <= on)
  if (plan.issuedOn! > on) return ['draft']
  const to = consolidated(plan, begun, on).plan.period?.to
  const ends = begun.filter(({ relation, part }) => (relation === 'replaces' || relation === 'repeals') && part === undefined)
    .map(({ from, relation }) => ({ day: from!, status: relation === 'replaces' ? 'replaced' : 'repealed' }))
  if (to !== undefined && lastDay(to) < on) ends.push({ day: dayAfter(lastDay(to)), status: 'expired' })
  const first = ends.map(({ day }) => day).sort()[0]
  if (first !== undefined) return ends.filter(({ day }) => day === first).map(({ status }) => status)
  return [statusOfLiving(plan, begun, on)]
}

function statusOfLiving (plan: Plan, begun: Effect[], on: string): string {
  if (plan.effectiveFrom !== undefined && plan.effectiveFrom > on) return 'issued'
  const now = begun.filter(({ until }) => until === undefined || until >= on)
  if (now.some(({ relation, part }) => relation === 'suspends' && part === undefined)) return 'suspended'
  if (now.some(({ relation, part }) => ['replaces', 'repeals', 'suspends'].includes(relation) && part !== undefined)) return 'partly-expired'
  return now.some(({ relation }) => relation === 'amends' || relation === 'supplements') ? 'amended' : 'in-force'
}

t.test('on whole days the status is the first that applies, and every status comes up', async t => {
  const seen = new Set<string>()
  fc.assert(fc.property(anyWorld, world => {
    const { status, unclear } = standingOn(world.plan, effectsIn(world), world.on)
    seen.add(status)
    deepStrictEqual(unclear, [])
    return statusesOnWholeDays(world).includes(status)
  }), { numRuns: 2000 })
  t.strictSame([...seen].sort(), EFFECT_STATUSES.filter(status => status !== 'unknown').toSorted())
})

t.test('a plan that was replaced some time in a year in which its period was moved back may have expired before, and it says so', async t => {
  const plan = aPlan({ id: 'affected', issuedOn: '2021-01-01', period: { from: '2021', to: '2025' } })
  const citing = (id: string, relation: 'replaces' | 'amends', to: string): Plan =>
    aPlan({ id, code: `${id}/QĐ-UBND`, issuedOn: '2021-01-01', citations: [{ relation, from: '2022', changes: { period: { from: '2021', to } } }] })
  const { status, unclear } = standingOn(plan, effectsIn({ plan, citing: [citing('1', 'replaces', '2025'), citing('2', 'amends', '2021')] }), '2023-01-01')
  t.equal(status, 'replaced')
  t.strictSame(unclear.map(({ by }) => by.id), ['2'])
})

t.test('whatever the half-known dates turn out to mean, a status with nothing unclear beside it is the true one', async t => {
  let certain = 0
  fc.assert(fc.property(anyWorldHalfKnown, ({ whole, half }) => {
    const said = standingOn(half.plan, effectsIn(half), half.on)
    // What takes effect before the plan is issued is refused: see the rule effect-in-order.
    const possible = effectsIn(whole).every(({ from }) => from! >= whole.plan.issuedOn!) && !periodEndsBeforeIssue(whole)
    if (said.status === 'unknown' || said.unclear.length > 0 || !possible) return true
    certain++
    return standingOn(whole.plan, effectsIn(whole), whole.on).status === said.status
  }), { numRuns: 10_000 })
  t.ok(certain > 500, `${certain} certain answers were held against the truth`)
})

const periodEndsBeforeIssue = (world: World): boolean =>
  [world.plan.period, ...effectsIn(world).map(({ changes }) => changes?.period)].some(period => period?.to !== undefined && period.to < world.plan.issuedOn!.slice(0, period.to.length))
