import { sql } from 'drizzle-orm'
import Fastify, { type FastifyInstance } from 'fastify'
import t from 'tap'
import { connect, type Db } from '../../src/db/connect.ts'
import { faultsOfDatabase } from '../../src/health/readiness.ts'
import { healthRoutes } from '../../src/health/health.routes.ts'
import { serveHttp } from '../../src/http/serve-http.ts'
import { serverOptions } from '../../src/http/server-options.ts'
import { testDatabase, emptyDatabase } from '../helpers/database.ts'

async function aNode (test: Pick<typeof t, 'teardown'>, db: Db, closing = () => false): Promise<FastifyInstance> {
  const app = Fastify(serverOptions({ logLevel: 'silent' }))
  test.teardown(() => app.close())
  await serveHttp(app, { findKey: async () => undefined, reads: 'key', toProblem: () => undefined, version: '0.0.0' })
  await app.register(healthRoutes, { db, closing })
  return app
}

function connectionTo (test: Pick<typeof t, 'teardown'>, url: string): Db {
  const connection = connect(url, { poolSize: 2 })
  test.teardown(connection.close)
  return connection.db
}

t.test('200 for a node whose database answers and has the schema of this version', async t => {
  const { db } = await testDatabase(t)
  const app = await aNode(t, db)
  t.match(await app.inject('/readyz'), { statusCode: 200, body: '{"status":"ok"}' })
  t.match(await app.inject('/livez'), { statusCode: 200, body: '{"status":"ok"}' })
})

t.test('503 while the node closes, though it lives', async t => {
  const { db } = await testDatabase(t)
  let closing = false
  const app = await aNode(t, db, () => closing)
  t.equal((await app.inject('/readyz')).statusCode, 200)
  closing = true
  const reply = await app.inject('/readyz')
  t.match(reply.json(), { status: 503, code: 'not-ready', faults: [{ code: 'closing' }] })
  t.ok(reply.headers['retry-after'])
  t.equal((await app.inject('/livez')).statusCode, 200)
})

t.test('503 when nothing answers at the address of the database, though the node lives', async t => {
  const app = await aNode(t, connectionTo(t, 'postgres://thac@127.0.0.1:1/thac'))
  t.match((await app.inject('/readyz')).json(), { status: 503, faults: [{ code: 'database-silent' }] })
  t.equal((await app.inject('/livez')).statusCode, 200)
})

t.test('503 for a database that was never migrated', async t => {
  const app = await aNode(t, connectionTo(t, await emptyDatabase(t)))
  t.match((await app.inject('/readyz')).json(), { status: 503, faults: [{ code: 'database-silent' }] })
})

t.test('503 for a database that only reads', async t => {
  const { url } = await testDatabase(t)
  const app = await aNode(t, connectionTo(t, `${url}${url.includes('?') ? '&' : '?'}options=-c%20default_transaction_read_only%3Don`))
  t.match((await app.inject('/readyz')).json(), { status: 503, faults: [{ code: 'database-read-only' }] })
})

t.test('503 for a database with the schema of another version', async t => {
  const { db } = await testDatabase(t)
  await db.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`)
  const app = await aNode(t, db)
  t.match((await app.inject('/readyz')).json(), { status: 503, faults: [{ code: 'migrations-differ' }] })
})

t.test('a database that does not answer in time is reported as silent', async t => {
  const { db, url } = await testDatabase(t)
  const holder = connectionTo(t, url)
  await holder.transaction(async tx => {
    await tx.execute(sql`lock table drizzle.__drizzle_migrations in access exclusive mode`)
    t.match(await faultsOfDatabase(db, 100), [{ code: 'database-silent' }])
  })
  t.same(await faultsOfDatabase(db), [])
})
