import type { Db, Tx } from '../db/connect.ts'
import { type Consolidated, consolidated } from '../domain/effect/consolidation.ts'
import type { Effect } from '../domain/effect/effect.ts'
import { type EffectStatus, type Standing, standingOn } from '../domain/effect/standing.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import type { Edge } from '../graph/walk.queries.ts'
import { findDatedPlans, findEffects } from './effect.queries.ts'
import { type StoredPlan, findPlans } from './plan.queries.ts'

/** How each of these plans stands on a day, with three queries. Ids that name no plan are missing from the answer. */
export async function standingsOf (db: Db | Tx, ids: string[], on: PartialDate): Promise<Map<string, Standing>> {
  const dated = await findDatedPlans(db, ids)
  const effects = await findEffects(db, [...dated.keys()])
  return new Map([...dated].map(([id, plan]) => [id, standingOn(plan, effects.get(id) ?? [], on)]))
}

export interface PlanInForce {
  stored: StoredPlan
  leftOut: Consolidated['leftOut']
}

/** Plans as they are in force on a day; without a day as they are recorded. Ids that name no plan are missing from the answer. */
export async function plansInForce (db: Db | Tx, ids: string[], on: PartialDate | undefined): Promise<Map<string, PlanInForce>> {
  const recorded = await findPlans(db, ids)
  const effects = on === undefined ? new Map<string, Effect[]>() : await findEffects(db, [...recorded.keys()])
  return new Map([...recorded].map(([id, stored]) => {
    const { plan, leftOut } = consolidated(stored.plan, effects.get(id) ?? [], on)
    return [id, { stored: { ...stored, plan }, leftOut }]
  }))
}

/** The plans that took the place of one that was replaced. */
export const successorIdsOf = ({ status, by }: Standing): string[] =>
  status === 'replaced' ? [...new Set(by.map(effect => effect.by.id))] : []

/** An edge is in force while the plan that makes it is: a child keeps its citation of a parent that has ended. */
const NOT_IN_FORCE: readonly EffectStatus[] = ['draft', 'issued', 'suspended', 'replaced', 'repealed', 'expired']

/** An edge that is not in force on the day asked about; `why` is how its citing plan stands then. */
export interface LeftOutEdge extends Pick<Edge, 'from' | 'to' | 'relation'> {
  why: EffectStatus
  since?: PartialDate
}

/** For a walk: drops what is not in force on the day and keeps it in `leftOut` with the reason. Without a day nothing is dropped. */
export function inForceOn (db: Db | Tx, asOf: PartialDate | undefined): { sift?: (edges: Edge[]) => Promise<Edge[]>, leftOut: LeftOutEdge[] } {
  const leftOut: LeftOutEdge[] = []
  if (asOf === undefined) return { leftOut }
  return {
    leftOut,
    sift: async edges => {
      const standings = await standingsOf(db, edges.map(({ from }) => from), asOf)
      return edges.filter(({ from, to, relation }) => {
        const { status, since } = standings.get(from)!
        if (!NOT_IN_FORCE.includes(status)) return true
        leftOut.push({ from, to, relation, why: status, ...(since !== undefined && { since }) })
        return false
      })
    }
  }
}
