import { eq } from 'drizzle-orm'
import Fastify, { type FastifyInstance } from 'fastify'
import t from 'tap'
import { databaseProblem } from '../../src/db/constraints.ts'
import { connect, type Db } from '../../src/db/connect.ts'
import { apiKeys, events } from '../../src/db/schema.ts'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { hashOf, parseKey } from '../../src/http/key-secret.ts'
import { SCOPES } from '../../src/http/scopes.ts'
import { serveHttp } from '../../src/http/serve-http.ts'
import { serverOptions } from '../../src/http/server-options.ts'
import { createKey, ensureFirstKey } from '../../src/keys/key.operations.ts'
import { findKey } from '../../src/keys/key.queries.ts'
import { keyRoutes } from '../../src/keys/key.routes.ts'
import { testDatabase } from '../helpers/database.ts'

const { db, url } = await testDatabase(t)

/** One node: the key routes, and a route that takes plans:write, on a database. */
async function aNode (test: Pick<typeof t, 'teardown'>, db: Db, lines: string[] = []): Promise<FastifyInstance> {
  const app = Fastify(serverOptions({ logLevel: 'trace' }, { write: (line: string) => { lines.push(line) } }))
  test.teardown(() => app.close())
  await serveHttp(app, { findKey: id => findKey(db, id), reads: 'open', toProblem: databaseProblem, version: '0.0.0' })
  app.withTypeProvider<ZodTypeProvider>().get('/writes', { schema: {}, config: { scope: 'plans:write' } }, async () => 'ok')
  await app.register(keyRoutes, { db, prefix: '/v1' })
  return app
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

t.test('four nodes that start at once on an empty database make one first key between them, with every right', async t => {
  const nodes = await Promise.all([1, 2, 3, 4].map(async () => connect(url, { poolSize: 2 })))
  const made = (await Promise.all(nodes.map(node => ensureFirstKey(node.db)))).filter(key => key !== undefined)
  await Promise.all(nodes.map(node => node.close()))
  t.equal(made.length, 1)
  t.same(made[0]!.issued.scopes, SCOPES)
  t.equal((await db.select().from(apiKeys)).length, 1)
  t.match(await db.select().from(events), [{ by: 'system', type: 'key.created', after: { id: made[0]!.issued.id, scopes: [...SCOPES] } }])
  t.equal(await ensureFirstKey(db), undefined, 'nor on the next start')
})

t.test('201 with the secret, which is never shown again and never kept', async t => {
  const admin = await createKey(db, { name: 'admin', scopes: ['keys:admin'] }, 'system')
  const lines: string[] = []
  const app = await aNode(t, db, lines)
  const reply = await app.inject({
    url: '/v1/keys',
    method: 'POST',
    headers: bearer(admin.key),
    payload: { name: 'Sở Nội vụ', scopes: ['plans:write', 'plans:read', 'plans:read'], expiresAt: '2199-01-01T00:00:00+07:00' }
  })
  t.equal(reply.statusCode, 201, reply.body)
  const { key, id, ...shown } = reply.json()
  t.match(shown, { name: 'Sở Nội vụ', scopes: ['plans:read', 'plans:write'], expiresAt: '2198-12-31T17:00:00.000Z' })
  t.match(reply.headers, { location: `/v1/keys/${id}`, 'cache-control': 'no-store' })
  t.equal((await app.inject({ url: '/writes', headers: bearer(key) })).statusCode, 200)

  const { secret } = parseKey(key)!
  const list = await app.inject({ url: '/v1/keys', headers: bearer(admin.key) })
  t.match(list.json().keys.find((one: { id: string }) => one.id === id), shown)
  const everything = JSON.stringify([await db.select().from(events), list.json(), lines])
  t.notMatch(everything, secret)
  t.notMatch(everything, hashOf(secret))
  t.notMatch(JSON.stringify(await db.select().from(apiKeys)), secret)
  t.match(await db.select().from(events).where(eq(events.by, admin.issued.id)), [{ type: 'key.created', after: { id } }])
})

t.test('200 when a key is revoked: the next request with it is refused, on every node', async t => {
  const admin = await createKey(db, { name: 'admin', scopes: ['keys:admin'] }, 'system')
  const { key, issued } = await createKey(db, { name: 'writer', scopes: ['plans:write'] }, 'system')
  const other = connect(url, { poolSize: 2 })
  t.teardown(other.close)
  const [node, otherNode] = [await aNode(t, db), await aNode(t, other.db)]
  t.equal((await otherNode.inject({ url: '/writes', headers: bearer(key) })).statusCode, 200)

  // Many clients announce JSON on every request, also where there is no body.
  const headers = { ...bearer(admin.key), 'content-type': 'application/json' }
  const revoke = () => node.inject({ url: `/v1/keys/${issued.id}`, method: 'DELETE', headers })
  const first = await revoke()
  t.equal(first.statusCode, 200)
  t.ok(first.json().revokedAt)
  for (const app of [node, otherNode]) {
    t.match((await app.inject({ url: '/writes', headers: bearer(key) })).json(), { code: 'key-invalid' })
  }
  t.same((await revoke()).json(), first.json(), 'revoking again changes nothing')
  const told = (await db.select().from(events).where(eq(events.type, 'key.revoked')))
  t.match(told, [{ by: admin.issued.id, before: { id: issued.id }, after: { revokedAt: first.json().revokedAt } }])
  t.equal(told.length, 1)
})

t.test('404 for a key that does not exist, 400 for what is no id', async t => {
  const admin = await createKey(db, { name: 'admin', scopes: ['keys:admin'] }, 'system')
  const app = await aNode(t, db)
  const revoke = (id: string) => app.inject({ url: `/v1/keys/${id}`, method: 'DELETE', headers: bearer(admin.key) })
  t.match((await revoke('0123456789abcdef')).json(), { status: 404, code: 'key-not-found' })
  t.match((await revoke(admin.key)).json(), { status: 400, faults: [{ at: '{id}' }] })
  t.notMatch((await revoke(admin.key)).body, parseKey(admin.key)!.secret)
})

t.test('400 for a key without name or scopes, with an unknown scope or an expiry that has passed; nothing is stored', async t => {
  const admin = await createKey(db, { name: 'admin', scopes: ['keys:admin'] }, 'system')
  const app = await aNode(t, db)
  const before = (await db.select().from(apiKeys)).length
  const create = async (payload: object) =>
    (await app.inject({ url: '/v1/keys', method: 'POST', headers: bearer(admin.key), payload })).json()
  t.match(await create({}), { status: 400, faults: [{ at: '/name' }, { at: '/scopes' }] })
  t.match(await create({ name: ' ', scopes: [] }), { faults: [{ at: '/name' }, { at: '/scopes' }] })
  t.match(await create({ name: 'x', scopes: ['plans:wite'] }), { faults: [{ at: '/scopes/0', near: 'plans:write' }] })
  t.match(await create({ name: 'x', scopes: ['plans:read'], expiresAt: '2020-01-01T00:00:00Z' }), { faults: [{ at: '/expiresAt', code: 'already-past' }] })
  t.match(await create({ name: 'x', scopes: ['plans:read'], expiresAt: '2020' }), { faults: [{ at: '/expiresAt', code: 'wrong-format' }] })
  t.match(await create({ name: 'x', scopes: ['plans:read'], secretHash: 'x' }), { faults: [{ at: '/secretHash', code: 'unknown-name' }] })
  t.equal((await db.select().from(apiKeys)).length, before)
})

t.test('403 for whoever is no administrator of keys', async t => {
  const { key } = await createKey(db, { name: 'all but', scopes: SCOPES.filter(scope => scope !== 'keys:admin') }, 'system')
  const app = await aNode(t, db)
  for (const [method, path] of [['POST', '/v1/keys'], ['GET', '/v1/keys'], ['DELETE', '/v1/keys/0123456789abcdef']] as const) {
    t.equal((await app.inject({ url: path, method, headers: bearer(key), ...(method === 'POST' && { payload: {} }) })).statusCode, 403)
    t.equal((await app.inject({ url: path, method })).statusCode, 401)
  }
})
