import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { type Entry, insertEntries } from '../../src/imports/entry.queries.ts'
import { askToCancel, claimImport, deleteExpired, endRun, findImport, insertImport, renewLease } from '../../src/imports/import.queries.ts'
import { receiveUpload } from '../../src/imports/receive-upload.operations.ts'
import { runImport } from '../../src/imports/run-import.operations.ts'
import { resolution } from '../helpers/bodies.ts'
import { testDatabase } from '../helpers/database.ts'
import { decisions, ndjson } from './importing.ts'

const { db } = await testDatabase(t)

async function receive (rows: unknown[], atomic: boolean) {
  const body = Buffer.from(ndjson(rows))
  return await receiveUpload(db, { by: 'test', mayWaive: true, parameters: { mode: 'commit', atomic, strategy: 'create', asIssued: false } },
    (async function * () { yield { format: 'ndjson' as const, bytes: (async function * () { yield body })() } })(), { mostBytes: 1e9, keepDays: 1 })
}

const plansHeld = async () => (await db.execute<{ count: number }>(sql`select count(*)::integer as count from plans where status <> 'stub'`)).rows[0]!.count

const entriesHeld = async (id: string) => (await db.execute<{ count: number }>(sql`select count(*)::integer as count from import_entries where import_id = ${id}`)).rows[0]!.count

const claim = async (id: string, leaseMs = 5_000) => {
  const node = randomUUID()
  const job = await claimImport(db, { node, leaseMs, id })
  return job && { id, node, run: job.run }
}

/** Or done already: a fast machine may not be caught at it. */
async function isRecording (id: string, atomic: boolean): Promise<boolean> {
  const job = (await findImport(db, id))!
  return job.state === 'done' || (job.phase === 'recording' && (atomic || job.rowsDone > 0))
}

t.beforeEach(async () => { await db.execute(sql`delete from citations; delete from plans; delete from imports`) })

t.test('an import that is cancelled while it runs stores nothing if it is atomic, and keeps what it has stored row by row', { timeout: 60_000 }, async t => {
  for (const atomic of [true, false]) {
    const { id } = await receive([resolution(), ...decisions(2_500, atomic ? 1 : 10_001)], atomic)
    const run = (await claim(id))!
    const running = runImport(db, run, { leaseMs: 200 })
    while (!await isRecording(id, atomic)) await sleep(5)
    await askToCancel(db, id)
    await running
    const job = (await findImport(db, id))!
    t.equal(job.state, 'cancelled', JSON.stringify(job))
    if (atomic) t.match(job, { stored: false, created: 0, rowsDone: 0 })
    t.equal(await plansHeld(), job.created, 'it tells what it has stored')
    t.equal(await entriesHeld(id), job.rowsDone, 'and of nothing else')
  }
})

t.test('one that waits is cancelled at once', async t => {
  const { id } = await receive([resolution()], true)
  await askToCancel(db, id)
  t.match(await findImport(db, id), { state: 'cancelled', stored: false })
  t.equal(await claim(id), undefined, 'and nobody works on it')
})

t.test('one whose node has died is cancelled at once, and the dead run keeps nothing should it come back', async t => {
  for (const atomic of [true, false]) {
    const { id } = await receive([resolution(), ...decisions(20, atomic ? 1 : 20_001)], atomic)
    const run = (await claim(id, 1))!
    await sleep(20)
    t.equal(await askToCancel(db, id), true)
    t.match(await findImport(db, id), { state: 'cancelled', stored: false, rowsDone: 0, node: null })
    await runImport(db, run, { leaseMs: 5_000 })
    t.equal(await plansHeld(), 0)
    t.match(await findImport(db, id), { state: 'cancelled', stored: false })
    t.equal(await askToCancel(db, id), false, 'it has ended')
  }
})

const TOLD: Entry[] = [{ row: 1, outcome: 'created', withFindings: false, place: { line: 1 } }]

t.test('what a run has told before it lost its place is told of no import', async t => {
  const { id } = await receive([resolution(), ...decisions(20, 30_001)], true)
  const dead = (await claim(id, 1))!
  await insertEntries(db, id, dead.run, TOLD)
  await sleep(20)
  await askToCancel(db, id)
  t.equal(await entriesHeld(id), 0, 'it is cancelled for a node that has died')
  await runImport(db, dead, { leaseMs: 5_000 })
  t.equal(await entriesHeld(id), 0, 'the node was only slow, and comes back')
})

t.test('a run that fails after another took its place leaves what that one tells', async t => {
  const { id } = await receive([resolution()], true)
  const slow = (await claim(id, 1))!
  await sleep(20)
  const next = (await claim(id))!
  await insertEntries(db, id, next.run, TOLD)
  await db.execute(sql`update import_chunks set bytes = '\\xff7b'::bytea where import_id = ${id}`)
  await runImport(db, slow, { leaseMs: 5_000 })
  t.equal(await entriesHeld(id), 1)
  t.match(await findImport(db, id), { state: 'running', run: 2 })
})

t.test('only one node works on an import, until its lease ends; a run whose place was taken keeps nothing', async t => {
  const { id } = await receive([resolution()], true)
  const slow = (await claim(id, 50))!
  t.equal(await claim(id), undefined)
  await sleep(80)
  const next = (await claim(id))!
  t.equal(next.run, 2)
  await runImport(db, slow, { leaseMs: 5_000 })
  t.equal(await plansHeld(), 0, 'the slow one finds that it was given up')
  t.equal(await renewLease(db, slow, 1_000, { phase: 'recording', bytesRead: 0, rowsRead: 0 }), undefined)
  t.equal(await endRun(db, slow, { state: 'done', stored: true }), false)
  await runImport(db, next, { leaseMs: 5_000 })
  t.match(await findImport(db, id), { state: 'done', created: 1 })
})

t.test('a run that is told to stop leaves the import to the next node', async t => {
  const { id } = await receive([resolution(), ...decisions(50)], false)
  const stop = new AbortController()
  stop.abort()
  await runImport(db, (await claim(id))!, { leaseMs: 5_000, stop: stop.signal })
  t.match(await findImport(db, id), { state: 'running', leaseUntil: null })
  await runImport(db, (await claim(id))!, { leaseMs: 5_000 })
  t.match(await findImport(db, id), { state: 'done', created: 51 })
})

t.test('what is past its time is deleted with its upload and its report, and an upload that never became whole too', async t => {
  const { id } = await receive([resolution()], true)
  await runImport(db, (await claim(id))!, { leaseMs: 5_000 })
  const cut = randomUUID()
  await insertImport(db, { id: cut, uploadId: cut, by: 'test', mayWaive: false, parameters: { mode: 'commit', atomic: true, strategy: 'create', asIssued: false }, keepDays: 1, receiveMs: 60_000 })
  t.equal(await deleteExpired(db), 0)
  await db.execute(sql`update imports set lease_until = now() - interval '1 second' where id = ${cut}`)
  t.equal(await deleteExpired(db), 1, 'the upload whose sender is gone')
  await db.execute(sql`update imports set expires_at = now() - interval '1 second'`)
  t.equal(await deleteExpired(db), 1)
  const { rows: [left] } = await db.execute(sql`select (select count(*)::integer from import_chunks) as chunks, (select count(*)::integer from import_entries where import_id = ${id}) as entries`)
  t.strictSame(left, { chunks: 0, entries: 0 })
  t.equal(await plansHeld(), 1, 'the plans stay')
})
