import { type Db, SNAPSHOT, type Tx } from '../db/connect.ts'
import { type Inherit, remembering, stepsUp } from '../domain/target/origin.ts'
import type { Plan } from '../domain/plan.ts'
import { printTarget } from '../domain/target/printed-target.ts'
import { type Walk, walk } from '../graph/walk.queries.ts'
import { toSummary } from '../plans/plan-reply.operations.ts'
import { type StoredPlan, findKnownPlans, findPlans } from '../plans/plan.queries.ts'
import { sharesInForce } from '../plans/share.operations.ts'
import { findShares } from '../plans/share.queries.ts'
import type { PlanSummary } from '../plans/summary.schemas.ts'
import { Problem } from '../problem.ts'
import { allocationsOf } from './allocation.operations.ts'
import { toTargetSummary, toVerdictReply } from './target-reply.operations.ts'
import type { TargetsReply } from './target-reply.schemas.ts'

/** A cascade is a few steps deep; this many plans above one are no cascade any more, and the answer says that it stops. */
const MOST_ANCESTORS = { depth: 50, limit: 1000 }

/** A plan with the plans above it, and the parents of each. */
export interface Ancestry {
  stored: StoredPlan
  parentsOf: (plan: Plan) => Plan[]
  summaryOf: (plan: Plan) => PlanSummary
  inherit: Inherit
  truncated: boolean
}

/** One query a step up and a handful for the plans themselves, however many targets they have. */
export async function ancestryOf (tx: Tx, id: string): Promise<Ancestry> {
  const { distances, edges, truncatedBy } = await walk(tx, id, { direction: 'ancestors', relations: ['implements'], ...MOST_ANCESTORS })
  const plans = await findPlans(tx, [...distances.keys()])
  const stored = plans.get(id)
  if (stored === undefined) throw new Problem('plan-not-found')
  const parents = linksOf(edges, plans, 'from', 'to')
  return {
    stored,
    parentsOf: plan => parents.get(plan.id) ?? [],
    summaryOf: plan => toSummary({ ...plan, status: plans.get(plan.id)!.status }),
    inherit: remembering(),
    truncated: truncatedBy !== undefined
  }
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
export async function targetsOf (db: Db, id: string): Promise<TargetsReply> {
  return await db.transaction(async tx => {
    const ancestry = await ancestryOf(tx, id)
    const { stored: { plan }, parentsOf, summaryOf, inherit } = ancestry
    const shares = sharesInForce(plan, (await findShares(tx, [id])).get(id) ?? []).counted
    const takers = await findKnownPlans(tx, shares.map(({ planId }) => planId))
    const summaries = new Map([...takers].map(([planId, known]) => [planId, toSummary(known)]))
    return {
      plan: summaryOf(plan),
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
      truncated: ancestry.truncated
    }
  }, SNAPSHOT)
}
