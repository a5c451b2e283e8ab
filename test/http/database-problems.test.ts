import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import t from 'tap'
import { databaseProblem } from '../../src/db/constraints.ts'
import { connect } from '../../src/db/connect.ts'
import { plans } from '../../src/db/schema.ts'
import { testDatabase } from '../helpers/database.ts'
import { demoApp } from './demo-app.ts'

const { db, url } = await testDatabase(t)

/** The answer to a request whose work failed as this work does. */
async function answerTo (test: Pick<typeof t, 'teardown' | 'ok'>, work: () => Promise<unknown>) {
  const failure = await work().then(() => undefined, (error: unknown) => error)
  test.ok(failure, 'the work fails')
  const lines: string[] = []
  const app = await demoApp(test, { failure: () => failure, lines })
  const reply = await app.inject('/fails')
  return { reply, body: reply.json(), lines: lines.map(line => JSON.parse(line)) }
}

t.test('503 with Retry-After when nobody answers at the address of the database', async t => {
  const away = connect('postgres://thac:hunter2@127.0.0.1:1/thac', { poolSize: 1 })
  t.teardown(away.close)
  const { reply, body, lines } = await answerTo(t, () => away.db.execute(sql`select 1`))
  t.match(body, { status: 503, code: 'database-unavailable' })
  t.equal(reply.headers['retry-after'], '5')
  t.notMatch(reply.body, /127\.0\.0\.1|ECONNREFUSED|select/)
  t.match(lines.filter(({ level }) => level >= 40), [{ level: 40, code: 'database-unavailable' }])
  t.notMatch(JSON.stringify(lines), 'hunter2')
})

t.test('503 when the host name of the database is not known', async t => {
  const away = connect('postgres://thac@no-such-host.invalid/thac', { poolSize: 1 })
  t.teardown(away.close)
  t.match((await answerTo(t, () => away.db.execute(sql`select 1`))).body, { code: 'database-unavailable' })
})

t.test('503 when the connection is cut in mid-statement', async t => {
  const cut = connect(url, { poolSize: 1 })
  t.teardown(cut.close)
  const { body } = await answerTo(t, async () => {
    const sleeping = cut.db.execute(sql`select pg_sleep(30) /* cut me */`)
    const failed = sleeping.catch((error: unknown) => error)
    for (;;) {
      const { rowCount } = await db.execute(sql`
        select pg_terminate_backend(pid) from pg_stat_activity where query like '%cut me%' and pid <> pg_backend_pid()`)
      if (rowCount) break
    }
    throw await failed
  })
  t.match(body, { code: 'database-unavailable' })
})

t.test('503 when every connection is taken for too long', async t => {
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 100 })
  const client = await pool.connect()
  t.match((await answerTo(t, () => drizzle({ client: pool }).execute(sql`select 1`))).body, { code: 'database-unavailable' })
  client.release()
  await pool.end()
})

t.test('503 when a statement takes too long, when the database only reads, and when the disk is full', async t => {
  for (const work of [
    () => db.transaction(async tx => { await tx.execute(sql`set local statement_timeout = 1`); await tx.execute(sql`select pg_sleep(5)`) }),
    () => db.transaction(tx => tx.execute(sql`create table x ()`), { accessMode: 'read only' }),
    () => db.execute(sql`do $$ begin raise exception 'no space left on device' using errcode = '53100'; end $$`)
  ]) {
    t.match((await answerTo(t, work)).body, { status: 503, code: 'database-unavailable' })
  }
})

t.test('503 try-again for whoever lost a deadlock or a serialization conflict', async t => {
  for (const lost of [
    sql`do $$ begin raise exception 'x' using errcode = '40001'; end $$`,
    sql`do $$ begin raise exception 'x' using errcode = '40P01'; end $$`,
    sql`do $$ begin raise exception 'x' using errcode = '55P03'; end $$`
  ]) {
    const { body, reply } = await answerTo(t, () => db.execute(lost))
    t.match(body, { status: 503, code: 'try-again' })
    t.equal(reply.headers['retry-after'], '1')
  }
})

t.test('409 when two record the same identity: the unique key decides, and its text stays inside', async t => {
  const row = { version: 1, status: 'stub', identity: 'ubnd-thai-binh/2022/ke-hoach/119', searchText: '' } as const
  await db.insert(plans).values({ ...row, id: '019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50' })
  const { body, reply } = await answerTo(t, () => db.insert(plans).values({ ...row, id: '019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f51' }))
  t.match(body, { status: 409, code: 'identity-taken' })
  t.notMatch(reply.body, /plans_identity_key|duplicate/)
})

t.test('500 for a statement that is wrong: our bug, whose text and values stay out of the answer, and values out of the log', async t => {
  const { reply, body, lines } = await answerTo(t, () => db.execute(sql`select ${'value-1'}::integer from nowhere`))
  t.match(body, { status: 500, code: 'internal' })
  t.notMatch(reply.body, /nowhere|value-1/)
  t.notMatch(JSON.stringify(lines), 'value-1')
  t.match(lines.filter(({ level }) => level >= 50), [{ err: { cause: { code: '42P01' } } }])
})

t.test('what does not come from the database is not taken for its failure', async t => {
  for (const error of [new Error('x'), Object.assign(new Error('x'), { code: 'ENOENT' }), Object.assign(new Error('x'), { code: '22P02' }), undefined, 'x', new TypeError('x')]) {
    t.equal(databaseProblem(error), undefined)
  }
})
