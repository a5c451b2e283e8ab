import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { findImport } from '../../src/imports/import.queries.ts'
import { workOnImports } from '../../src/imports/import-work.ts'
import { startRunner } from '../../src/imports/runner.ts'
import { receiveUpload } from '../../src/imports/receive-upload.operations.ts'
import { resolution } from '../helpers/bodies.ts'
import { testDatabase } from '../helpers/database.ts'
import { programModule } from '../helpers/program.ts'
import { decisions, ndjson } from './importing.ts'

const { db, url } = await testDatabase(t)

/** As it is, large enough to be recorded in a process of its own. */
async function receive (first: number, count = 3_000): Promise<string> {
  const body = Buffer.from(ndjson([resolution(), ...decisions(count, first)]))
  return (await receiveUpload(db, { by: 'test', mayWaive: true, parameters: { mode: 'commit', atomic: false, strategy: 'upsert', asIssued: false } },
    (async function * () { yield { format: 'ndjson' as const, bytes: (async function * () { yield body })() } })(), { mostBytes: 1e9, keepDays: 1 })).id
}

const begin = () => workOnImports(url, error => { t.fail(String(error)) }, { leaseMs: 30_000, lookMs: 50 })

t.test('a node that is told to end as it takes an import leaves it to the next one at once', async t => {
  const id = await receive(1)
  await begin().close()
  t.match(await findImport(db, id), { state: 'running', leaseUntil: null, node: null, rowsDone: 0 })
})

t.test('a node that is told to end tells its process, which ends at its next chunk; the next node goes on behind what is stored', { timeout: 60_000 }, async t => {
  await db.execute(sql`delete from imports`)
  const id = await receive(10_001)
  const work = begin()
  while ((await findImport(db, id))!.rowsDone === 0) await sleep(5)
  await work.close()
  const left = (await findImport(db, id))!
  t.match(left, { state: 'running', leaseUntil: null, node: null })
  t.ok(left.rowsDone < 3_000 && left.created === left.rowsDone, `${left.rowsDone} rows are stored`)
  const next = begin()
  while ((await findImport(db, id))!.state === 'running') await sleep(20)
  await next.close()
  t.match(await findImport(db, id), { state: 'done', run: 2, created: 3_001, unchanged: 0, refused: 0 })
})

t.test('the process of a node that is killed ends with it', { timeout: 60_000 }, async t => {
  await db.execute(sql`delete from imports`)
  const id = await receive(20_001)
  const name = 'thac-mortal'
  const { path, execArgv } = await programModule('imports/import-work')
  const node = spawn(process.execPath, [...execArgv, join(import.meta.dirname, '..', 'hostile', 'import-node.mjs'), `${url}?application_name=${name}`, path], { stdio: ['ignore', 'ignore', 'inherit'] })
  t.teardown(() => node.kill('SIGKILL'))
  const connected = async () => (await db.execute<{ count: number }>(sql`
    select count(*)::integer as count from pg_stat_activity where datname = current_database() and application_name = ${name}`)).rows[0]!.count
  while ((await findImport(db, id))!.rowsDone === 0) await sleep(5)
  t.ok(await connected() > 1, 'the node and its process')
  node.kill('SIGKILL')
  while (await connected() > 0) await sleep(10)
  const left = (await findImport(db, id))!
  t.equal(left.state, 'running', 'nobody has ended it')
  t.ok(left.rowsDone < 3_001, `${left.rowsDone} rows are stored`)
})

t.test('a node that is told to end just as the process of its import ends has no failure to tell', { timeout: 60_000 }, async t => {
  await db.execute(sql`delete from imports`)
  const id = await receive(70_001)
  const work = begin()
  while ((await findImport(db, id))!.state !== 'done') await sleep(2)
  // The process ends meanwhile, and this one hears nothing of it.
  for (const until = performance.now() + 2_000; performance.now() < until;);
  await work.close()
  t.match(await findImport(db, id), { state: 'done', created: 3_000, unchanged: 1 })
})

t.test('small imports go on while large ones wait for one another', async t => {
  await db.execute(sql`delete from imports`)
  await receive(30_001)
  await receive(40_001)
  const over = new AbortController()
  const begun: string[] = []
  const runner = startRunner({
    db,
    lookMs: 20,
    elsewhere: async ({ id }) => {
      begun.push(id)
      while (!over.signal.aborted) await sleep(10)
    }
  })
  while (begun.length === 0) await sleep(10)
  await sleep(100)
  const small = await receive(50_001, 1)
  for (let waited = 0; waited < 500 && (await findImport(db, small))!.state !== 'done'; waited++) await sleep(20)
  t.equal((await findImport(db, small))!.state, 'done')
  t.equal(begun.length, 1, 'the register has one writer at a time')
  const closing = runner.close()
  over.abort()
  await closing
})

t.test('a node clears away what is past its time as soon as it has nothing to do', async t => {
  await db.execute(sql`delete from imports`)
  await receive(60_001, 1)
  await db.execute(sql`update imports set state = 'done', expires_at = now()`)
  const work = begin()
  for (let waited = 0; waited < 500 && (await db.execute(sql`select 1 from imports`)).rows.length > 0; waited++) await sleep(20)
  t.equal((await db.execute(sql`select 1 from imports`)).rows.length, 0)
  await work.close()
})
