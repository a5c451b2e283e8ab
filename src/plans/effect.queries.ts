import { isAmongIds } from '../db/among.ts'
import type { Db, Tx } from '../db/connect.ts'
import { present } from '../db/present.ts'
import { plans } from '../db/schema.ts'
import { type Effect, effectOf } from '../domain/effect/effect.ts'
import type { Plan } from '../domain/plan.ts'
import { findStoredEffects } from './citation.queries.ts'

/** What other plans do to these, by the plan that is affected, in the order in which the register came to know them. */
export async function findEffects (db: Db | Tx, ids: string[]): Promise<Map<string, Effect[]>> {
  const found = new Map<string, Effect[]>()
  const stored = await findStoredEffects(db, ids)
  const affected = await findDatedPlans(db, stored.map(({ affectedId }) => affectedId))
  for (const { affectedId, citing, citation } of stored) {
    const plan = affected.get(affectedId)
    if (plan === undefined) continue
    const effects = found.get(affectedId) ?? []
    effects.push(effectOf(citing, citation, plan))
    found.set(affectedId, effects)
  }
  return found
}

/** Of each plan what tells its standing: its own dates, and neither citations nor targets. */
export async function findDatedPlans (db: Db | Tx, ids: string[]): Promise<Map<string, Plan>> {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return new Map()
  const rows = await db.select({
    id: plans.id,
    issuedOn: plans.issuedOn,
    effectiveFrom: plans.effectiveFrom,
    draft: plans.draft,
    from: plans.periodFrom,
    to: plans.periodTo
  }).from(plans).where(isAmongIds(plans.id, unique))
  return new Map(rows.map(({ from, to, draft, ...dates }) => [dates.id, {
    ...present(dates),
    ...(draft && { draft }),
    ...((from !== null || to !== null) && { period: present({ from, to }) }),
    citations: [],
    targets: []
  }]))
}
