import type { Db, Tx } from '../db/connect.ts'
import { asKnown } from '../db/known.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import { type Inherit, remembering, stepsUp } from '../domain/target/origin.ts'
import type { Plan } from '../domain/plan.ts'
import { printTarget } from '../domain/target/printed-target.ts'
import { type Walk, walk } from '../graph/walk.queries.ts'
import { findCauses, toLeftOutReply } from '../plans/effect-reply.operations.ts'
import { toSummary } from '../plans/plan-summary.ts'
import { type StoredPlan, findKnownPlans } from '../plans/plan.queries.ts'
import { findShares, sharesInForce } from '../plans/share.operations.ts'
import { type PlanInForce, inForceOn, plansInForce } from '../plans/standing.operations.ts'
import type { PlanSummary } from '../plans/summary.schemas.ts'
import { Problem } from '../problem.ts'
import { allocationsOf } from './allocation.operations.ts'
import { toTargetSummary, toVerdictReply } from './target-reply.operations.ts'
import type { LeftOut, TargetsReply } from './target-reply.schemas.ts'

/** A cascade is a few steps deep; this many plans above one are no cascade any more, and the answer says that it stops. */
const MOST_ANCESTORS = { depth: 50, limit: 1000 }

export interface Moment {
  /** Plans as they are in force on this day; absent: as they are recorded. */
  asOf?: PartialDate | undefined
  /** What the register knew at this moment; absent: now. */
  knownAt?: Date | undefined
}

export const toMomentReply = ({ asOf, knownAt }: Moment): { asOf?: string, knownAt?: string } =>
  ({ ...(asOf !== undefined && { asOf }), ...(knownAt !== undefined && { knownAt: knownAt.toISOString() }) })

/** A plan with the plans above it, and the parents of each. */
export interface Ancestry {
  stored: StoredPlan
  parentsOf: (plan: Plan) => Plan[]
  /** Whether the plan is this one or one of those above it. */
  holds: (id: string) => boolean
  summaryOf: (plan: Plan) => PlanSummary
  inherit: Inherit
  /** With a day: what is not in force then and was left out of the plans and of the ways up. */
  leftOut?: LeftOut
  truncated: boolean
}

/**
 * One query a step up and a handful for the plans themselves, however many targets they have. With `asOf` every plan is as
 * it is in force on that day.
 */
export async function ancestryOf (tx: Tx, id: string, asOf?: PartialDate): Promise<Ancestry> {
  const { sift, leftOut } = inForceOn(tx, asOf)
  const { distances, edges, truncatedBy } = await walk(tx, id, {
    direction: 'ancestors', relations: ['implements'], ...MOST_ANCESTORS, ...(sift !== undefined && { sift })
  })
  const inForce = await plansInForce(tx, [...distances.keys()], asOf)
  const plans = new Map([...inForce].map(([planId, { stored }]) => [planId, stored]))
  const stored = plans.get(id)
  if (stored === undefined) throw new Problem('plan-not-found')
  const parents = linksOf(edges, plans, 'from', 'to')
  return {
    stored,
    parentsOf: plan => parents.get(plan.id) ?? [],
    holds: planId => plans.has(planId),
    summaryOf: plan => toSummary({ ...plan, status: plans.get(plan.id)!.status }),
    inherit: remembering(),
    ...(asOf !== undefined && { leftOut: { edges: leftOut, effects: await describeLeftOut(tx, inForce) } }),
    truncated: truncatedBy !== undefined
  }
}

/** What other plans do to these that was not applied to them. */
export async function describeLeftOut (tx: Tx, inForce: Map<string, PlanInForce>): Promise<LeftOut['effects']> {
  const causes = await findCauses(tx, [...inForce.values()].flatMap(({ leftOut }) => leftOut.map(({ effect }) => effect)))
  return [...inForce].flatMap(([id, { leftOut }]) => toLeftOutReply(leftOut, causes).map(effect => ({ of: id, ...effect })))
}

/** The plans at the far ends of the edges, by the near end. */
function linksOf (edges: Walk['edges'], plans: Map<string, StoredPlan>, near: 'from' | 'to', far: 'from' | 'to'): Map<string, Plan[]> {
  const links = new Map<string, Plan[]>()
  for (const edge of edges) {
    const plan = plans.get(edge[far])?.plan
    if (plan !== undefined) links.set(edge[near], [...links.get(edge[near]) ?? [], plan])
  }
  return links
}

/** Every target of a plan with where it comes from, up to the heads, what is left of what it shares out, and what is missing. */
export async function targetsOf (db: Db, id: string, { asOf, knownAt }: Moment = {}): Promise<TargetsReply> {
  return await asKnown(db, knownAt, async tx => {
    const ancestry = await ancestryOf(tx, id, asOf)
    const { stored: { plan }, parentsOf, summaryOf, inherit } = ancestry
    const shares = sharesInForce(plan, await findShares(tx, id)).counted
    const takers = await findKnownPlans(tx, shares.map(({ planId }) => planId))
    const summaries = new Map([...takers].map(([planId, known]) => [planId, toSummary(known)]))
    return {
      plan: summaryOf(plan),
      ...toMomentReply({ asOf, knownAt }),
      targets: plan.targets.map(target => ({
        target,
        printed: printTarget(target),
        origins: stepsUp(plan, target, parentsOf, inherit).map(step => ({
          distance: step.distance,
          heir: { planId: step.child.id, key: step.heir.key },
          plan: summaryOf(step.parent),
          target: toTargetSummary(step.target),
          ...toVerdictReply(step)
        })),
        allocations: allocationsOf(target, shares, summaries)
      })),
      missing: parentsOf(plan).flatMap(parent => inherit(plan, parent)
        .filter(({ applies, heirs }) => applies && heirs.length === 0)
        .map(({ target, binding }) => ({ plan: summaryOf(parent), target: toTargetSummary(target), binding }))),
      ...(ancestry.leftOut !== undefined && { leftOut: ancestry.leftOut }),
      truncated: ancestry.truncated
    }
  })
}
