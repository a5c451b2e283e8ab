import { LogController, type FastifyReply, type FastifyRequest } from 'fastify'
import { shorten } from '../text/shorten.ts'

export interface LogStream {
  write: (line: string) => void
}

/**
 * What fastify gives to pino. No body and no header is ever logged; the text of an error is cut of what the caller sent.
 * `stream` is where lines go; absent: stdout.
 */
export const loggerOptions = (level: string, stream?: LogStream) => ({
  level,
  ...(stream && { stream }),
  redact: { paths: ['authorization', 'secret', '*.authorization', '*.secret', '*.*.authorization', '*.*.secret'], censor: '[redacted]' },
  serializers: {
    req: (request: FastifyRequest) => ({ method: request.method, url: withoutKeys(shorten(request.url, 500)), from: request.ip }),
    res: (reply: { statusCode?: number }) => ({ statusCode: reply.statusCode }),
    err: (error: unknown) => errorForLog(error)
  }
})

/** One line for each request, when it is answered. */
export class OneLineEach extends LogController {
  override incomingRequest (): void {}

  override requestCompleted (error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const line = { req: request, res: reply, key: request.key?.id, responseTime: Math.round(reply.elapsedTime * 10) / 10 }
    if (error) request.log.error({ ...line, err: error }, 'answer cut short')
    else request.log.info(line, 'answered')
  }
}

const withoutKeys = (text: string) => text.replace(/(thac_[0-9a-f]{1,16}_)[0-9a-f]+/gi, '$1[redacted]')

interface LoggedError {
  [fact: string]: unknown
  type: string
  message: string
  stack: string
}

/** drizzle repeats every parameter of a failed query and pg the row that collided: neither belongs in a log. */
export function errorForLog (error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutKeys(shorten(String(error), 500)), stack: '' }
  const { code, constraint, table, cause } = error as Error & Partial<Record<'code' | 'constraint' | 'table', unknown>>
  return {
    type: error.name === 'Error' ? error.constructor.name : error.name,
    message: withoutKeys(shorten(error.message.split('\nparams: ')[0]!, 500)),
    stack: error.stack?.split('\n').filter(line => /^\s+at /.test(line)).join('\n') ?? '',
    code,
    constraint,
    table,
    ...(cause !== undefined && cause !== null && depth < 4 && { cause: errorForLog(cause, depth + 1) })
  }
}
