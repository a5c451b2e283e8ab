import type { KnownPlan } from './plan.queries.ts'
import type { PlanSummary } from './summary.schemas.ts'

/** What callers see of a plan in passing; named member by member, so that no column is shown by accident. */
export const toSummary = ({ id, code, title, issuer, type, level, issuedOn, status }: Omit<KnownPlan, 'stub'>): PlanSummary => ({
  id,
  ...(code !== undefined && { code }),
  ...(title !== undefined && { title }),
  ...(issuer !== undefined && { issuer }),
  ...(type !== undefined && { type }),
  ...(level !== undefined && { level }),
  ...(issuedOn !== undefined && { issuedOn }),
  status
})
