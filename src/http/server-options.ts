import { STATUS_CODES, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyHttpOptions, FastifyInstance } from 'fastify'
import { Problem, type ProblemCode } from '../problem.ts'
import { loggerOptions, OneLineEach, type LogStream } from './logging.ts'
import { problemReply } from './problem-reply.ts'
import { sendProblem } from './problems.ts'
import { readQuery } from './query.ts'
import { requestIdOf } from './request-id.ts'

export interface ServerConfig {
  logLevel: string
  /** Addresses of the reverse proxies whose X-Forwarded-For is believed; absent: none is. */
  trustedProxies?: string[]
}

/**
 * What fastify must be made with; `serveHttp` does the rest. Slow senders are cut off: Node looks for them only every
 * 30 s by default, which makes of a limit of 10 s one of up to 40.
 */
export const serverOptions = ({ logLevel, trustedProxies }: ServerConfig, logStream?: LogStream) => ({
  logger: loggerOptions(logLevel, logStream),
  logController: new OneLineEach(),
  genReqId: requestIdOf,
  requestIdHeader: false,
  trustProxy: trustedProxies ?? false,
  bodyLimit: 1024 * 1024,
  requestTimeout: 10_000,
  keepAliveTimeout: 72_000,
  http: { headersTimeout: 8_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 16 * 1024 },
  // The router answers requests on open connections until the last one is closed; /readyz turns callers away before.
  return503OnClosing: false,
  routerOptions: { querystringParser: readQuery, maxParamLength: 500 },
  frameworkErrors: (error, request, reply) => { sendProblem(error, request, reply, () => undefined) },
  clientErrorHandler: answerBrokenRequest
}) satisfies FastifyHttpOptions<Server>

const UNREADABLE: Record<string, ProblemCode> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  // Most often Vietnamese letters that were not percent-encoded.
  HPE_INVALID_URL: 'malformed-url'
}

/** A request that Node could not read never becomes one of fastify's; its answer is written to the socket. */
function answerBrokenRequest (this: FastifyInstance, error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const code = UNREADABLE[error.code ?? ''] ?? 'malformed-request'
  const requestId = requestIdOf({ headers: {} })
  this.log.info({ reqId: requestId, code, from: socket.remoteAddress }, 'unreadable request')
  const { status, headers, body } = problemReply(new Problem(code), requestId, undefined)
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' })
    .map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}\r\n${body}`, () => socket.destroy())
}
