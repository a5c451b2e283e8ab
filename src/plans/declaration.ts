import { isDeepStrictEqual } from 'node:util'
import type { Waiver } from '../domain/enforcement.ts'
import type { Plan } from '../domain/plan.ts'
import { rememberedOfPair } from '../domain/remembered.ts'
import { toCitationRows, toPlanRow, toTargetRows } from './plan-row.queries.ts'
import type { StoredPlan } from './plan.queries.ts'

/** Whether recording these words would leave of the plan what the record says already. */
export const isDeclaredSame = rememberedOfPair((stored: StoredPlan, words: { plan: Omit<Plan, 'id'>, waivers: readonly Waiver[] }): boolean => {
  const { plan } = stored
  if (plan.citations.length !== words.plan.citations.length || plan.targets.length !== words.plan.targets.length) return false
  if (stored.waivers.length !== words.waivers.length) return false
  // What the register derives is the same on both sides, so only what is declared can differ.
  const given: StoredPlan = { ...stored, plan: { ...words.plan, id: plan.id } }
  return isSame(rowsOf(stored), rowsOf(given)) &&
    isSame(stored.waivers.map(({ rule, at, reason }) => [rule, at ?? null, reason]), words.waivers.map(({ rule, at, reason }) => [rule, at ?? null, reason]))
})

/** As they are stored, so that false and absent, or no period and an empty one, are one. */
const rowsOf = (stored: StoredPlan) => [toPlanRow(stored), toCitationRows(stored), toTargetRows(stored)]

const isSame = (a: unknown, b: unknown): boolean => isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)))
