import type { FastifyInstance, FastifyRequest, FastifySchemaCompiler } from 'fastify'
import type { core } from 'zod'
import { Problem, type Fault } from '../problem.ts'
import { check, type RequestPart } from './faults.ts'
import { wordsFor } from './fault-words.ts'
import { shorten } from '../text/shorten.ts'

/** Validates with zod and answers with our own faults; the rest of fastify-type-provider-zod stays in use. */
export const validatorCompiler: FastifySchemaCompiler<core.$ZodType> = ({ schema, httpPart }) => {
  const part = httpPart as RequestPart
  return sent => {
    // PostgreSQL holds no NUL in text; the JSON reader refuses it in bodies.
    const nuls = part === 'querystring' || part === 'params' ? withNul(part, sent) : []
    if (nuls.length > 0) return { error: invalidRequest(nuls) }
    const checked = check(schema, part, sent)
    return 'faults' in checked ? { error: invalidRequest(checked.faults, checked.total) } : checked
  }
}

export function invalidRequest (faults: Fault[], total = faults.length): Problem {
  const [first] = faults
  if (first === undefined) return new Problem('invalid-request')
  const place = first.at === '' ? '' : `${first.at}: `
  const others = total - 1
  return new Problem('invalid-request', {
    vi: place + first.message.vi + (others > 0 ? ` Và ${others} chỗ khác.` : ''),
    en: place + first.message.en + (others > 0 ? ` And ${others} more.` : '')
  }, { faults })
}

/** A route that declares no query parameters takes none; silence would let a misspelled filter pass as applied. */
export function refuseUndeclaredParameters (app: FastifyInstance): void {
  app.addHook('preValidation', async request => {
    const { schema } = request.routeOptions
    if (request.is404 || schema === undefined || schema.querystring || schema.hide) return
    const faults = Object.keys(request.query as object)
      .map(name => ({ at: `?${shorten(name)}`, code: 'unknown-name', message: wordsFor('unknown-name', { name }) }))
    if (faults.length > 0) throw invalidRequest(faults.slice(0, 100), faults.length)
  })
}

const withNul = (part: 'querystring' | 'params', sent: unknown): Fault[] =>
  Object.entries(sent as FastifyRequest['params'] & object)
    .filter(([name, value]) => name.includes('\0') || (typeof value === 'string' && value.includes('\0')))
    .map(([name]) => ({ at: part === 'params' ? `{${name}}` : `?${shorten(name)}`, code: 'nul', message: wordsFor('nul') }))
