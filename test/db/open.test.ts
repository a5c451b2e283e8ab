import { createServer, connect as dial } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { connect } from '../../src/db/connect.ts'
import { checkServerVersion, openDatabase } from '../../src/db/open.ts'
import { emptyDatabase, testDatabase } from '../helpers/database.ts'

t.test('with DATABASE_URL that database is used, and migrated', async t => {
  const url = await emptyDatabase(t)
  const said: string[] = []
  const database = await openDatabase({ databaseUrl: url, poolSize: 1 }, message => said.push(message))
  t.match(database, { url, embedded: false })
  t.match(said, [/^Applied \d+ migration/])
  t.same((await database.pool.query('select from plans')).rowCount, 0)
  await database.close()
})

t.test('PostgreSQL 14 is refused by its version, 15 and newer are not', async t => {
  t.throws(() => checkServerVersion(140011), { message: 'This database is PostgreSQL 14; thac needs PostgreSQL 15 or newer.' })
  t.doesNotThrow(() => checkServerVersion(150000))
  t.doesNotThrow(() => checkServerVersion(180004))
})

t.test('a database that comes later than the service is waited for', async t => {
  const url = new URL(await emptyDatabase(t))
  const late = await proxyTo(Number(url.port))
  url.port = String(late.port)
  const said: string[] = []
  const opening = openDatabase({ databaseUrl: url.href, poolSize: 1 }, message => said.push(message))
  while (said.length === 0) await sleep(10)
  t.match(said[0], new RegExp(`^Waiting for the database at ${url.host}: .*ECONNREFUSED`))
  t.notMatch(said[0], new RegExp(url.password || 'no password'))
  const listener = await late.listen()
  const database = await opening
  await database.close()
  listener.close()
})

t.test('a wrong database name is told at once, not waited for', async t => {
  const { url } = await testDatabase(t)
  await t.rejects(openDatabase({ databaseUrl: `${url}_no`, poolSize: 1 }, message => t.fail(message)), { code: '3D000' })
})

t.test('a statement of a request ends after 5 seconds, a forgotten transaction after 10', async t => {
  const { pool } = await testDatabase(t)
  const { rows } = await pool.query(
    "select current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle")
  t.same(rows, [{ statement: '5s', idle: '10s' }])
})

t.test('a caller in the queue for a connection is told after 5 seconds at most, not never', async t => {
  const { url } = await testDatabase(t)
  const { pool, close } = connect(url, { poolSize: 1 })
  t.equal(pool.options.connectionTimeoutMillis, 5000)
  const hog = await pool.connect()
  pool.options.connectionTimeoutMillis = 50
  await t.rejects(pool.query('select 1'), { message: /timeout/ })
  hog.release()
  await close()
})

t.test('an idle connection that the server ends does not end the node, and the next query gets another', async t => {
  const { url, pool: other } = await testDatabase(t)
  const lost: Error[] = []
  const { pool, close } = connect(url, { poolSize: 1, onIdleError: error => lost.push(error) })
  const { rows } = await pool.query('select pg_backend_pid() as pid')
  await other.query('select pg_terminate_backend($1)', [rows[0].pid])
  while (lost.length === 0) await sleep(5)
  t.match(lost, [{ code: '57P01' }])
  t.same((await pool.query('select 1 as one')).rows, [{ one: 1 }])
  await close()
})

/** A port of which nobody listens until it is told to; then what comes is handed to the server. */
async function proxyTo (server: number) {
  const proxy = createServer(socket => {
    const upstream = dial(server, '127.0.0.1')
    socket.pipe(upstream).pipe(socket)
    socket.on('error', () => upstream.destroy())
    upstream.on('error', () => socket.destroy())
  })
  const start = (port: number) => new Promise<void>(resolve => proxy.listen(port, '127.0.0.1', resolve))
  await start(0)
  const { port } = proxy.address() as { port: number }
  await new Promise(resolve => proxy.close(resolve))
  return { port, listen: async () => { await start(port); return proxy } }
}
