import { ConfigError } from '../config.ts'
import { Problem } from '../problem.ts'
import { SeveralPlans } from './one-plan.ts'

/** What a script can tell from how a command ended. */
export const EXIT = {
  ok: 0,
  usage: 1,
  invalidData: 2,
  findings: 3,
  notFoundOrAmbiguous: 4,
  unauthorized: 5,
  conflict: 6,
  unavailable: 7
} as const

/** The class of a failure as an exit code. */
export function exitCodeOf (error: unknown): number {
  if (error instanceof ConfigError) return EXIT.usage
  if (error instanceof SeveralPlans) return EXIT.notFoundOrAmbiguous
  if (!(error instanceof Problem)) return EXIT.unavailable
  if (error.code === 'plan-refused') return EXIT.findings
  // Too many failed requests come of a wrong key.
  if ([401, 403, 429].includes(error.status)) return EXIT.unauthorized
  if ([300, 404].includes(error.status)) return EXIT.notFoundOrAmbiguous
  if ([409, 412, 428].includes(error.status)) return EXIT.conflict
  return error.status >= 500 || error.status === 408 ? EXIT.unavailable : EXIT.invalidData
}
