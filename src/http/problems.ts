import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import { allowedMethods, type RouteList } from './allowed-methods.ts'
import { problemReply } from './problem-reply.ts'
import { requestIdOf } from './request-id.ts'
import { shorten } from '../text/shorten.ts'
import { JSON_TYPES } from './strict-json.ts'

/** What a failure of some other part means to the caller; undefined when that part does not know it either. */
export type ToProblem = (error: unknown) => Problem | undefined

/** Answers every failed request as RFC 9457, the framework's own failures included. */
export function answerProblems (app: FastifyInstance, { routes, toProblem }: { routes: RouteList, toProblem: ToProblem }): void {
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, toProblem))
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!
    const methods = allowedMethods(routes, path)
    // A file that is not there is looked for by a route that is.
    if (methods.length === 0 || methods.includes(request.method)) {
      throw new Problem('route-not-found', {
        vi: `Không có địa chỉ ${shorten(path)}; xem /docs.`,
        en: `There is nothing at ${shorten(path)}; see /docs.`
      })
    }
    const allow = methods.join(', ')
    if (request.method === 'OPTIONS') return reply.code(204).header('allow', allow).send()
    throw new Problem('method-not-allowed', {
      vi: `${shorten(path)} chỉ nhận ${allow}, không nhận ${request.method}.`,
      en: `${shorten(path)} takes ${allow}, not ${request.method}.`
    }, { headers: { allow } })
  })
}

export function sendProblem (error: unknown, request: FastifyRequest, reply: FastifyReply, toProblem: ToProblem): FastifyReply {
  const problem = problemOf(error, toProblem, request)
  logFailure(problem, request.log)
  const { status, headers, body } = problemReply(problem, request.id, request.headers['accept-language'])
  return reply.code(status).headers(headers).send(body)
}

function problemOf (error: unknown, toProblem: ToProblem, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error
  return frameworkProblem(error, request) ?? toProblem(error) ?? new Problem('internal', undefined, { cause: error })
}

/** The caller's faults are answered, not logged: the line of the request tells their status. */
function logFailure (problem: Problem, log: FastifyBaseLogger): void {
  if (problem.code === 'internal') log.error({ err: problem.cause }, 'request failed')
  else if (problem.status >= 500) log.warn({ code: problem.code, err: problem.cause }, 'request refused for now')
}

function frameworkProblem (error: unknown, request: FastifyRequest): Problem | undefined {
  const { code, statusCode: status } = (error ?? {}) as { code?: unknown, statusCode?: number }
  switch (code) {
    case 'FST_ERR_BAD_URL': return new Problem('malformed-url')
    case 'FST_ERR_MAX_PARAM_LENGTH': return new Problem('url-too-long')
    case 'FST_ERR_CTP_BODY_TOO_LARGE': {
      const limit = request.routeOptions.bodyLimit ?? 0
      return new Problem('payload-too-large', {
        vi: `Nội dung vượt giới hạn ${limit} byte; hãy chia nhỏ.`,
        en: `The body is over the limit of ${limit} bytes; split it.`
      })
    }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE': {
      const sent = request.headers['content-type']
      const types = JSON_TYPES.join(', ')
      return new Problem('unsupported-media-type', {
        vi: sent === undefined ? `Thiếu tiêu đề Content-Type; nhận ${types}.` : `Không nhận Content-Type ${shorten(sent)}; nhận ${types}.`,
        en: sent === undefined ? `Content-Type is missing; accepted: ${types}.` : `Content-Type ${shorten(sent)} is not accepted; accepted: ${types}.`
      }, { headers: { 'accept-post': types } })
    }
  }
  // What else the framework or the connection blames on the request, such as a caller who hangs up in mid-body.
  return status !== undefined && status >= 400 && status < 500 ? new Problem('malformed-request') : undefined
}

/** Node answers an Expect header that it does not know by itself, and without a body. */
export function answerExpectations (app: FastifyInstance): void {
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const reply = problemReply(new Problem('expectation-failed'), requestIdOf(request), request.headers['accept-language'])
    response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) }).end(reply.body)
  })
}
