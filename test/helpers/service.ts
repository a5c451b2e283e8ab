import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type t from 'tap'
import { buildApp } from '../../src/app.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { readExamples } from '../../src/examples/example.operations.ts'
import { SCOPES, type Scope } from '../../src/http/scopes.ts'
import { startRunner } from '../../src/imports/runner.ts'
import { createKey } from '../../src/keys/key.operations.ts'
import { type TestDatabase, testDatabase } from './database.ts'

type Reply = LightMyRequestResponse
type Headers = NonNullable<InjectOptions['headers']>

export interface TestService {
  app: FastifyInstance
  db: TestDatabase['db']
  /** For a second service or the command line on the same database. */
  url: string
  /** Ends the looking for imports: from here on nothing but what is asked reaches the database. */
  rest: () => Promise<void>
  /** A key with every scope, as sent in the Authorization header without `Bearer `. */
  key: string
  /** A further key with these scopes only. */
  keyWith: (scopes: readonly Scope[]) => Promise<string>
  get: (url: string, headers?: Headers) => Promise<Reply>
  /** Sent with the key of every scope unless headers say otherwise. */
  post: (url: string, payload: object, headers?: Headers) => Promise<Reply>
  /** The ETag of the version read stands in If-Match. */
  patch: (url: string, payload: object, etag: string, headers?: Headers) => Promise<Reply>
  /** POST /v1/plans that must succeed; `asIssued` records past findings. */
  record: (plan: object, options?: { asIssued?: boolean }) => Promise<{ plan: any, findings: any[] }>
}

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

/** The whole service on a database of this test's own, asked without a socket. */
export async function testService (test: Pick<typeof t, 'teardown'>, config: Partial<Config> = {}): Promise<TestService> {
  const { db, url } = await testDatabase(test)
  const failures: unknown[] = []
  const imports = startRunner({ db, lookMs: 200, failed: error => { failures.push(error) } })
  const app = await buildApp({ db, config: { ...readConfig({ LOG_LEVEL: 'silent' }), ...config }, wakeImports: imports.wake })
  test.teardown(async () => {
    await app.close()
    await imports.close()
    if (failures.length > 0) throw failures[0]
  })
  const keyWith = async (scopes: readonly Scope[]) => (await createKey(db, { name: 'test', scopes }, 'test')).key
  const key = await keyWith(SCOPES)
  const post: TestService['post'] = async (url, payload, headers = bearer(key)) => await app.inject({ method: 'POST', url, payload, headers })
  return {
    app,
    db,
    url,
    rest: imports.close,
    key,
    keyWith,
    post,
    get: async (url, headers) => await app.inject({ url, ...(headers !== undefined && { headers }) }),
    patch: async (url, payload, etag, headers = bearer(key)) =>
      await app.inject({ method: 'PATCH', url, payload, headers: { 'if-match': etag, ...headers } }),
    record: async (plan, { asIssued = false } = {}) => {
      const reply = await post(`/v1/plans${asIssued ? '?asIssued=true' : ''}`, plan)
      if (reply.statusCode !== 201) throw new Error(`The plan was not recorded: ${reply.statusCode} ${reply.body}`)
      return reply.json()
    }
  }
}

/** Records the example cascades over HTTP; answers what each POST said, by code or title. */
export async function recordExamples ({ record }: Pick<TestService, 'record'>): Promise<Map<string, { plan: any, findings: any[] }>> {
  const said = new Map<string, { plan: any, findings: any[] }>()
  for (const { plans } of await readExamples()) {
    for (const { body, asIssued } of plans) said.set(body.code ?? body.title!, await record(body, { asIssued }))
  }
  return said
}
