import { PROBLEMS, type Problem } from '../problem.ts'
import { SECURITY_HEADERS } from './headers.ts'
import { languageOf } from './negotiation.ts'

export const PROBLEM_TYPE = 'application/problem+json'

/** What the answer to a failed request consists of, whoever writes it: fastify or, before a request exists, a socket. */
export interface ProblemReply {
  status: number
  headers: Record<string, string>
  body: string
}

/**
 * RFC 9457. `title` and `detail` are plain strings, as its readers expect, in the language the caller prefers; `message`
 * holds the detail in both, in the shape that findings and faults have.
 */
export function problemReply (problem: Problem, requestId: string, acceptLanguage: string | undefined): ProblemReply {
  const language = languageOf(acceptLanguage)
  return {
    status: problem.status,
    headers: {
      ...SECURITY_HEADERS,
      'content-type': `${PROBLEM_TYPE}; charset=utf-8`,
      'content-language': language,
      vary: 'accept-language',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...(problem.retryAfterSeconds !== undefined && { 'retry-after': String(problem.retryAfterSeconds) }),
      ...problem.headers
    },
    body: JSON.stringify({
      type: `/problems/${problem.code}`,
      title: PROBLEMS[problem.code].title[language],
      status: problem.status,
      detail: problem.detail[language],
      instance: requestId,
      code: problem.code,
      message: problem.detail,
      faults: problem.faults,
      findings: problem.findings,
      links: problem.links,
      instead: problem.instead
    })
  }
}
