import { Problem, type ProblemCode } from '../problem.ts'

/**
 * What a violated constraint means to the caller who lost a race: the database decides, not a select before the insert.
 * A constraint that is not here cannot be violated by any request; if it is, that is a bug and answers 500.
 */
const CONSTRAINTS: Record<string, ProblemCode> = {
  plans_identity_key: 'identity-taken',
  // The cited plan was there when it was looked up and is gone at the insert.
  citations_cited_id_plans_id_fk: 'cited-plan-not-found',
  imports_idempotency_key: 'idempotency-key-reused'
}

const RETRY_SECONDS = { unavailable: 5, conflict: 1 }

/** SQLSTATEs after which the same transaction may well succeed: the caller lost to another one. */
const CONFLICTS = new Set(['40001', '40P01', '55P03'])

/**
 * Classes and codes that say the server cannot be used now: connections (08), resources such as disk and connections
 * (53), an operator's shutdown (57), a system error (58), a statement over its time (57014), a standby or a read-only
 * database (25006), a session that lay idle in its transaction (25P03).
 */
const UNAVAILABLE = /^(?:08|53|57|58)|^(?:25006|25P03|XX001|XX002)$/

const BROKEN_CONNECTION = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'
])

/** Errors of pg and its pool that carry no code. */
const BROKEN_WORDS = [
  'timeout exceeded when trying to connect', 'Connection terminated', 'Client has encountered a connection error',
  'timeout expired', 'Query read timeout', 'Cannot use a pool after calling end on the pool'
]

/** What a failure of the database means to the caller; undefined when it is our own fault. Its text is never passed on. */
export function databaseProblem (error: unknown): Problem | undefined {
  for (const { code, constraint, message } of causesOf(error)) {
    if (constraint !== undefined && Object.hasOwn(CONSTRAINTS, constraint)) {
      return new Problem(CONSTRAINTS[constraint]!, undefined, { cause: error })
    }
    if (code !== undefined && CONFLICTS.has(code)) {
      return new Problem('try-again', undefined, { cause: error, retryAfterSeconds: RETRY_SECONDS.conflict })
    }
    const unavailable = code === undefined
      ? BROKEN_WORDS.some(words => message.includes(words))
      : BROKEN_CONNECTION.has(code) || (code.length === 5 && UNAVAILABLE.test(code))
    if (unavailable) {
      return new Problem('database-unavailable', undefined, { cause: error, retryAfterSeconds: RETRY_SECONDS.unavailable })
    }
  }
  return undefined
}

/** drizzle wraps the error of pg, pg that of the socket, and Node several of them when a name has several addresses. */
function * causesOf (error: unknown, depth = 0): Generator<{ code?: string, constraint?: string, message: string }> {
  if (!(error instanceof Error) || depth > 5) return
  yield error
  yield * causesOf(error.cause, depth + 1)
  if (error instanceof AggregateError) {
    for (const inner of error.errors) yield * causesOf(inner, depth + 1)
  }
}
