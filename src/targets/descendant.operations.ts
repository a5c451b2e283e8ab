import type { Db, Tx } from '../db/connect.ts'
import { asKnown } from '../db/known.ts'
import { type Inherit, type Step, remembering, stepsBetween } from '../domain/target/origin.ts'
import { type PartialDate, printDate } from '../domain/partial-date.ts'
import type { Plan } from '../domain/plan.ts'
import { walk } from '../graph/walk.queries.ts'
import { toSummary } from '../plans/plan-summary.ts'
import type { StoredPlan } from '../plans/plan.queries.ts'
import { type LeftOutEdge, type PlanInForce, inForceOn, plansInForce } from '../plans/standing.operations.ts'
import { Problem } from '../problem.ts'
import { toTargetSummary, toVerdictReply } from './target-reply.operations.ts'
import type { DescendantsReply } from './target-reply.schemas.ts'
import { type Moment, describeLeftOut, toMomentReply } from './target.operations.ts'

/** How many plans of the graph one answer looks at, and how many of them are read with one set of queries. */
const MOST_PLANS = 20_000
const CHUNK = 200

/** One plan below with what became of the target there; no steps: it applies, and nobody took it up. */
interface Reached {
  distance: number
  child: StoredPlan
  of: { plan: Plan, key: string }
  steps: Step[]
  binding: boolean
}

export interface DescendantOptions extends Moment {
  /** Steps of inheritance. */
  depth: number
  limit: number
}

/** How a target spread: every target below that takes it up, transitively, and the plans that should have and did not. */
export async function descendantsOf (db: Db, id: string, key: string, options: DescendantOptions): Promise<DescendantsReply> {
  const { depth, asOf, knownAt } = options
  return await asKnown(db, knownAt, async tx => {
    const inForce = await plansInForce(tx, [id], asOf)
    const stored = inForce.get(id)?.stored
    if (stored === undefined) throw new Problem('plan-not-found')
    const target = stored.plan.targets.find(one => one.key === key)
    if (target === undefined) throw targetNotFound(stored.plan, key, asOf)

    const { reached, looked, leftOut, stoppedBy } = await spreadOf(tx, { plan: stored.plan, key }, options)
    return {
      plan: toSummary({ ...stored.plan, status: stored.status }),
      ...toMomentReply({ asOf, knownAt }),
      target: toTargetSummary(target),
      depth,
      descendants: reached.flatMap(({ distance, child, of, steps }) => steps.map(step => ({
        distance,
        plan: toSummary({ ...child.plan, status: child.status }),
        target: toTargetSummary(step.heir),
        of: { planId: of.plan.id, key: of.key },
        ...toVerdictReply(step)
      }))),
      missing: reached.filter(({ steps }) => steps.length === 0).map(({ distance, child, of, binding }) => ({
        distance,
        plan: toSummary({ ...child.plan, status: child.status }),
        of: { planId: of.plan.id, key: of.key },
        binding,
        incomplete: child.plan.targetsIncomplete === true
      })),
      verdictCounts: countVerdicts(reached),
      ...(asOf !== undefined && { leftOut: { edges: leftOut, effects: await describeLeftOut(tx, new Map([...inForce, ...looked])) } }),
      truncated: stoppedBy !== undefined,
      ...(stoppedBy !== undefined && { truncatedBy: stoppedBy })
    }
  })
}

interface Spread {
  reached: Reached[]
  /** Every plan of which it was asked whether it takes the target up. */
  looked: Map<string, PlanInForce>
  /** The edges on which the target would have gone on, had they been in force. */
  leftOut: LeftOutEdge[]
  stoppedBy?: 'depth' | 'limit'
}

/** Follows the target down, step by step: only plans under one that takes it up are read, each pair of plans once. */
async function spreadOf (tx: Tx, from: Reached['of'], { depth, limit, asOf }: DescendantOptions): Promise<Spread> {
  const { sift, leftOut } = inForceOn(tx, asOf)
  // One step more than is shown tells whether the target goes on.
  const { edges, truncatedBy } = await walk(tx, from.plan.id, {
    direction: 'descendants', depth: depth + 1, relations: ['implements'], limit: MOST_PLANS, ...(sift !== undefined && { sift })
  })
  const childIds = new Map<string, string[]>()
  for (const { from: child, to: parent } of edges) childIds.set(parent, [...childIds.get(parent) ?? [], child])

  const inherit = remembering()
  const reached: Reached[] = []
  const looked = new Map<string, PlanInForce>()
  const followed = new Set<string>()
  const spread = (stoppedBy?: Spread['stoppedBy']): Spread => ({
    reached, looked, leftOut: leftOut.filter(({ to }) => followed.has(to)), ...(stoppedBy !== undefined && { stoppedBy })
  })
  const entered = new Set([`${from.plan.id} ${from.key}`])
  let frontier = [from]
  for (let distance = 1; frontier.length > 0; distance++) {
    const next: typeof frontier = []
    if (distance <= depth) for (const { plan } of frontier) followed.add(plan.id)
    const pairs = frontier.flatMap(of => (childIds.get(of.plan.id) ?? []).map(child => ({ of, child })))
    for (let start = 0; start < pairs.length; start += CHUNK) {
      const chunk = pairs.slice(start, start + CHUNK)
      const children = await plansInForce(tx, chunk.map(({ child }) => child), asOf)
      const found = chunk.flatMap(({ of, child }) => reachedBy(children.get(child)?.stored, of, distance, inherit))
      if (distance > depth) {
        if (found.some(({ steps }) => steps.length > 0)) return spread('depth')
        continue
      }
      for (const [child, inForce] of children) looked.set(child, inForce)
      for (const one of found) {
        if (reached.length >= limit) return spread('limit')
        reached.push(one)
        for (const { child, heir } of one.steps) {
          if (entered.has(`${child.id} ${heir.key}`)) continue
          entered.add(`${child.id} ${heir.key}`)
          next.push({ plan: child, key: heir.key })
        }
      }
    }
    frontier = distance > depth ? [] : next
  }
  return spread(truncatedBy === 'limit' ? truncatedBy : undefined)
}

/** A stub takes up nothing and misses nothing: its targets are unknown. */
function reachedBy (child: StoredPlan | undefined, of: Reached['of'], distance: number, inherit: Inherit): Reached[] {
  if (child === undefined || child.status === 'stub') return []
  const found = inherit(child.plan, of.plan).find(({ target }) => target.key === of.key)
  if (found === undefined) return []
  const steps = stepsBetween(child.plan, of.plan, distance, inherit).filter(({ target }) => target.key === of.key)
  return steps.length > 0 || found.applies ? [{ distance, child, of, steps, binding: found.binding }] : []
}

function countVerdicts (reached: Reached[]): DescendantsReply['verdictCounts'] {
  const counts = new Map<string, DescendantsReply['verdictCounts'][number]>()
  for (const { child: { plan: { level } }, steps } of reached) {
    const verdicts = steps.length === 0 ? ['missing' as const] : steps.map(({ verdict }) => verdict.verdict)
    for (const verdict of verdicts) {
      const row = counts.get(`${level} ${verdict}`)
      if (row === undefined) counts.set(`${level} ${verdict}`, { ...(level !== undefined && { level }), verdict, count: 1 })
      else row.count++
    }
  }
  return [...counts.values()]
}

function targetNotFound (plan: Plan, key: string, asOf: PartialDate | undefined): Problem {
  const keys = plan.targets.map(target => target.key)
  const [first, listed] = [keys.slice(0, 50), keys.slice(0, 50).join(', ')]
  const on = asOf === undefined ? { vi: 'Văn bản', en: 'The plan' } : { vi: `Vào ${printDate(asOf)}, văn bản`, en: `On ${asOf} the plan` }
  return new Problem('target-not-found', {
    vi: `${on.vi} không có chỉ tiêu “${key}”; các mã đang có: ${listed || 'không có'}.`,
    en: `${on.en} has no target “${key}”; it has: ${listed || 'none'}.`
  }, { instead: { keys: first } })
}
