import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type t from 'tap'
import { z } from 'zod'
import { databaseProblem } from '../../src/db/constraints.ts'
import type { StoredKey } from '../../src/http/auth.ts'
import { hashOf, printKey } from '../../src/http/key-secret.ts'
import { pageParameters } from '../../src/http/paging.ts'
import { listOf, queryOf } from '../../src/http/query.ts'
import type { Scope } from '../../src/http/scopes.ts'
import { serveHttp, type HttpOptions } from '../../src/http/serve-http.ts'
import { serverOptions } from '../../src/http/server-options.ts'

export interface DemoOptions extends Partial<HttpOptions> {
  keys?: StoredKey[]
  /** Gets every line of the log. */
  lines?: string[]
  server?: Partial<FastifyServerOptions> & { http?: object }
  /** Thrown by GET /fails. */
  failure?: () => unknown
}

/** The foundation with a few routes of every kind on it. */
export async function demoApp (test: Pick<typeof t, 'teardown'>, { keys = [], lines, server, failure, ...options }: DemoOptions = {}): Promise<FastifyInstance> {
  const stream = { write: (line: string) => { lines?.push(line) } }
  const app = Fastify({ ...serverOptions({ logLevel: lines ? 'trace' : 'silent' }, stream), ...server })
  test.teardown(() => app.close())
  await serveHttp(app, {
    findKey: async id => keys.find(key => key.id === id),
    reads: 'open',
    toProblem: databaseProblem,
    version: '0.0.0',
    ...options
  })
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const body = z.strictObject({
    code: z.string().min(1).max(20),
    level: z.enum(['national', 'provincial', 'district']),
    issuedOn: z.string().optional(),
    count: z.int().min(1).max(9).optional(),
    targets: z.array(z.strictObject({ unit: z.string() })).max(3).optional()
  })
  routes.post('/plans', { schema: { body }, config: { scope: 'plans:write' } }, async (request, reply) => reply.code(201).send(request.body))
  routes.post('/open', { schema: { body }, config: { scope: 'open' } }, async request => request.body)
  routes.post('/uploads', { schema: { body }, config: { scope: 'open', upload: true } }, async request => request.body)
  routes.patch('/open/:id', { schema: { params: z.object({ id: z.uuid() }) }, config: { scope: 'open' } }, async () => ({}))
  routes.get('/open/:id', { schema: { params: z.object({ id: z.uuid() }) }, config: { scope: 'open' } }, async () => ({}))
  routes.get('/plans', {
    schema: {
      querystring: queryOf({
        ...pageParameters,
        issuer: z.string().optional(),
        relations: listOf(['implements', 'basis']).optional()
      })
    },
    config: { scope: 'reads' }
  }, async request => ({ ...request.query, key: request.key?.id }))
  routes.get('/fails', { schema: {}, config: { scope: 'open' } }, async () => { throw failure?.() })
  routes.get('/leaks', { schema: { response: { 200: z.strictObject({ a: z.string() }) } }, config: { scope: 'open' } },
    async () => ({ a: 'a', secret: 'b' }))
  return app
}

let made = 0

/** A key that holds, and what a caller sends to use it. */
export function aKey (scopes: Scope[], rest: Partial<StoredKey> = {}): { stored: StoredKey, authorization: string } {
  const halves = { id: (++made).toString(16).padStart(16, '0'), secret: made.toString(16).padStart(64, 'f') }
  return {
    stored: { id: halves.id, name: 'demo', scopes, secretHash: hashOf(halves.secret), ...rest },
    authorization: `Bearer ${printKey(halves)}`
  }
}
