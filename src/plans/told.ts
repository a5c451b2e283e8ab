import type { JudgedFinding } from '../domain/enforcement.ts'
import type { Plan } from '../domain/plan.ts'
import type { Status } from '../domain/status.ts'
import type { StoredPlan } from './plan.queries.ts'

/** A plan as the log tells of it: what it says, and what was said of it. From these events the register can be built again. */
export interface ToldPlan extends Plan {
  status: Status
  waivers: StoredPlan['waivers']
  findings: readonly JudgedFinding[]
}

export const toldOf = ({ plan, status, waivers }: StoredPlan, findings: readonly JudgedFinding[]): ToldPlan =>
  ({ status, waivers, findings, ...plan })
