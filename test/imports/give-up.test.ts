import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { type Entry, insertEntries } from '../../src/imports/entry.queries.ts'
import { describeImport } from '../../src/imports/import.operations.ts'
import { type Import, claimImport, findImport } from '../../src/imports/import.queries.ts'
import { workOnImports } from '../../src/imports/import-work.ts'
import { receiveUpload } from '../../src/imports/receive-upload.operations.ts'
import { type RunnerOptions, startRunner } from '../../src/imports/runner.ts'
import { resolution } from '../helpers/bodies.ts'
import { testDatabase } from '../helpers/database.ts'
import { decisions, ndjson } from './importing.ts'

const { db, url } = await testDatabase(t)

t.beforeEach(async () => { await db.execute(sql`delete from import_entries; delete from import_chunks; delete from import_files; delete from imports; delete from citations; delete from plans`) })

async function receive (rows: unknown[], atomic: boolean): Promise<string> {
  const body = Buffer.from(ndjson(rows))
  return (await receiveUpload(db, { by: 'test', mayWaive: true, parameters: { mode: 'commit', atomic, strategy: 'upsert', asIssued: false } },
    (async function * () { yield { format: 'ndjson' as const, bytes: (async function * () { yield body })() } })(), { mostBytes: 1e9, keepDays: 1 })).id
}

/** As so many runs have left it, of which the last one has died. */
async function hasDied (id: string, runs: number, rowsDone = 0): Promise<void> {
  await db.execute(sql`
    update imports set state = 'running', phase = 'recording', node = 'dead', run = ${runs}, lease_until = now() - interval '1 second',
                       rows_done = ${rowsDone}, created = ${rowsDone}, stored = ${rowsDone > 0} where id = ${id}`)
}

async function ended (id: string): Promise<Import> {
  for (let waited = 0; ; waited++) {
    const job = (await findImport(db, id))!
    if (!['received', 'running'].includes(job.state) || waited > 1_500) return job
    await sleep(20)
  }
}

/** What becomes of the import when a node comes by. */
async function worked (id: string, options: Partial<RunnerOptions> = {}): Promise<Import> {
  const runner = startRunner({ db, lookMs: 20, failed: error => { t.fail(String(error)) }, ...options })
  const job = await ended(id)
  await runner.close()
  return job
}

const count = async (table: 'plans' | 'import_entries') =>
  (await db.execute<{ count: number }>(sql`select count(*)::integer as count from ${sql.identifier(table)}`)).rows[0]!.count

const TOLD: Entry = { row: 1, outcome: 'created', withFindings: false, place: { line: 1 } }

t.test('an atomic import whose node has died 50 times fails, says why in both languages, and has stored and told nothing', async t => {
  const id = await receive([resolution(), ...decisions(5)], true)
  await hasDied(id, 50, 4)
  await db.execute(sql`update imports set stored = false`)
  await insertEntries(db, id, 50, [TOLD])
  const job = await worked(id)
  t.match(job, { state: 'failed', stored: false, created: 0, rowsDone: 0, node: null, leaseUntil: null, problem: { code: 'import-given-up' } })
  t.match((await describeImport(db, job)).message, { vi: /thất bại\. Đã chạy 50 lần.*Hãy chia tệp.*Không có gì được ghi\./, en: /failed\. It was begun 50 times.*Split the file.*Nothing was stored\./ })
  t.equal(await count('plans'), 0)
  t.equal(await count('import_entries'), 0)
})

t.test('one whose node has died 49 times is begun once more', async t => {
  const id = await receive([resolution()], true)
  await hasDied(id, 49)
  t.match(await worked(id), { state: 'done', created: 1, run: 50 })
})

t.test('row by row, each 1,000 rows that are stored are worth a run, and those stay when it is given up', async t => {
  for (const [runs, rowsDone, state] of [[51, 2_000, 'done'], [51, 1_999, 'failed'], [52, 2_000, 'failed']] as const) {
    const id = await receive([resolution()], false)
    await hasDied(id, runs, rowsDone)
    await insertEntries(db, id, 0, [TOLD])
    t.match(await worked(id), { state, created: rowsDone, stored: true }, `${runs} runs, ${rowsDone} rows`)
    t.equal(await count('import_entries'), 1, 'what is stored is told')
    await db.execute(sql`delete from import_entries; delete from imports`)
  }
})

t.test('a run that ends and did not die is no death, however often: a node told to end, a database that turns it away', async t => {
  const id = await receive([resolution()], true)
  await hasDied(id, 500)
  await db.execute(sql`update imports set node = null`)
  t.match(await worked(id), { state: 'done', run: 501 })

  const other = await receive([resolution(), ...decisions(3_000)], true)
  const away = new Promise<void>(resolve => {
    const runner = startRunner({ db, lookMs: 20, leaseMs: 400, elsewhere: async () => { runner.close().then(resolve, t.fail) } })
  })
  await away
  t.match(await findImport(db, other), { state: 'running', node: null }, 'it is still to be done')
  t.equal(await claimImport(db, { node: randomUUID(), leaseMs: 1, id: other }), undefined, 'but not at once')
  await sleep(450)
  t.match(await claimImport(db, { node: randomUUID(), leaseMs: 1, id: other }), { run: 2, takenFromDead: false })
  await sleep(20)
  t.match(await claimImport(db, { node: randomUUID(), leaseMs: 1, id: other }), { run: 3, takenFromDead: true })
})

t.test('after its first death a small import takes no node with it: it is worked on in a process of its own', async t => {
  const id = await receive([resolution()], true)
  await hasDied(id, 1)
  const begun: string[] = []
  const runner = startRunner({ db, lookMs: 20, elsewhere: async run => { begun.push(run.id) } })
  for (let waited = 0; waited < 250 && begun.length === 0; waited++) await sleep(20)
  await runner.close()
  t.strictSame(begun, [id])
})

t.test('an upload that kills its process every time ends as failed, and the deaths are told to who runs the node', { timeout: 60_000 }, async t => {
  const id = await receive([resolution(), ...decisions(3_000)], true)
  await hasDied(id, 47)
  const own = process.execArgv
  // Processes of imports take over the options of their node: these die before they have read a row.
  process.execArgv = ['--import=data:text/javascript,process.kill(process.pid,"SIGKILL")', ...own]
  t.teardown(() => { process.execArgv = own })
  const told: string[] = []
  const work = workOnImports(url, error => { told.push(String(error)) }, { leaseMs: 50, lookMs: 20 })
  const job = await ended(id)
  await work.close()
  t.match(job, { state: 'failed', run: 51, problem: { code: 'import-given-up' } })
  t.equal(told.length, 3)
  t.match(told[0], new RegExp(`${id} has died \\(SIGKILL\\)`))
  t.equal(await count('plans'), 0)
})
