import { check } from '../http/faults.ts'
import { invalidRequest } from '../http/validation.ts'
import { issuedOf } from './declared.ts'
import type { IssuedPlan } from './plan.operations.ts'
import type { StoredPlan } from './plan.queries.ts'
import { type PlanBody, type PlanPatch, planBody } from './plan.schemas.ts'

/** RFC 7396 for one level of members. */
function merged (before: object, patch: object): Record<string, unknown> {
  const after: Record<string, unknown> = { ...before }
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete after[name]
    else if (value !== undefined) after[name] = value
  }
  return after
}

/** The plan with the patch applied; what comes out must be a plan that could have been recorded as it is. */
export function patched (stored: StoredPlan, { period, ...patch }: PlanPatch): IssuedPlan {
  const after = merged(issuedOf(stored), {
    ...patch,
    ...(period !== undefined && { period: period === null ? null : merged(stored.plan.period ?? {}, period) })
  })
  const checked = check(planBody, 'body', after)
  if ('faults' in checked) throw invalidRequest(checked.faults, checked.total)
  const { citations = [], targets = [], waivers: kept = [], ...rest } = checked.value as PlanBody
  return { ...rest, citations, targets, waivers: kept }
}
