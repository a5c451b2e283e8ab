import type { Db, Tx } from '../db/connect.ts'
import type { Consolidated } from '../domain/effect/consolidation.ts'
import type { Effect } from '../domain/effect/effect.ts'
import type { Standing } from '../domain/effect/standing.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import type { EffectReply, LeftOutReply, StandingReply } from './effect.schemas.ts'
import { toSummary } from './plan-summary.ts'
import { type KnownPlan, findKnownPlans } from './plan.queries.ts'

/** The plans that cause these effects are looked up once, for however many replies. */
export async function findCauses (db: Db | Tx, effects: Effect[]): Promise<Map<string, KnownPlan>> {
  return await findKnownPlans(db, effects.map(({ by }) => by.id))
}

export function toEffectReply ({ relation, by, from, until, part, changes }: Effect, causes: Map<string, KnownPlan>): EffectReply {
  return {
    relation,
    plan: toSummary(causes.get(by.id)!),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    ...(part !== undefined && { part }),
    ...(changes !== undefined && { changes })
  }
}

export async function describeEffects (db: Db | Tx, effects: Effect[]): Promise<EffectReply[]> {
  const causes = await findCauses(db, effects)
  return effects.map(effect => toEffectReply(effect, causes))
}

export const toStandingReply = ({ status, since, until, by, unclear }: Standing, asOf: PartialDate, causes: Map<string, KnownPlan>): StandingReply => ({
  asOf,
  status,
  ...(since !== undefined && { since }),
  ...(until !== undefined && { until }),
  by: by.map(effect => toEffectReply(effect, causes)),
  unclear: unclear.map(effect => toEffectReply(effect, causes))
})

export const toLeftOutReply = (leftOut: Consolidated['leftOut'], causes: Map<string, KnownPlan>): LeftOutReply[] =>
  leftOut.map(({ effect, why }) => ({ ...toEffectReply(effect, causes), why }))
