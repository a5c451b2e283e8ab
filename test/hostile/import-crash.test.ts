import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import t from 'tap'
import type { Db } from '../../src/db/connect.ts'
import { receiveUpload } from '../../src/imports/receive-upload.operations.ts'
import { findImport } from '../../src/imports/import.queries.ts'
import { resolution } from '../helpers/bodies.ts'
import { testDatabase } from '../helpers/database.ts'
import { decisions, ndjson } from '../imports/importing.ts'
import { brokenInvariants } from '../model/invariants.ts'

// THAC_CRASH_KILLS and THAC_CRASH_ROWS make a long campaign of it.
const KILLS = Number(process.env['THAC_CRASH_KILLS'] ?? 3)
const ROWS = Number(process.env['THAC_CRASH_ROWS'] ?? 2_500)

t.setTimeout(900_000)

async function startNode (url: string): Promise<ChildProcess> {
  const node = spawn(process.execPath, ['--import=tsx', join(import.meta.dirname, 'import-node.ts'), url], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.teardown(() => node.kill('SIGKILL'))
  await once(node.stdout!, 'data')
  return node
}

/** The nodes may not look half done to anybody who looks, whenever that is. */
async function watch (db: Db, id: string, atomic: boolean, look: { on: boolean }, faults: string[]): Promise<void> {
  while (look.on) {
    const { rows: [seen] } = await db.execute<{ plans: number, done: number, entries: number, stored: boolean }>(sql`
      select (select count(*)::integer from plans where status <> 'stub') as plans, rows_done as done, stored,
        (select count(*)::integer from import_entries e where e.import_id = i.id and e.run = i.reported_run) as entries
      from imports i where id = ${id}`)
    if (atomic && seen!.plans !== (seen!.stored ? ROWS + 1 : 0)) faults.push(`atomic: ${JSON.stringify(seen)}`)
    if (!atomic && (seen!.plans !== seen!.done || seen!.entries !== seen!.done)) faults.push(`row by row: ${JSON.stringify(seen)}`)
    await sleep(50)
  }
}

for (const atomic of [true, false]) {
  t.test(`an ${atomic ? 'atomic import' : 'import row by row'} whose node is killed ${KILLS} times is done in the end: nothing lost, nothing twice, nothing half visible`, { timeout: 60_000 + KILLS * 30_000 }, async t => {
    const { db, url } = await testDatabase(t)
    const counted = async (what: ReturnType<typeof sql>): Promise<number> => (await db.execute<{ count: number }>(what)).rows[0]!.count
    // The parent comes last: the order of recording is found anew by each node.
    const body = Buffer.from(ndjson([...decisions(ROWS), resolution()]))
    const { id } = await receiveUpload(db, { by: 'test', mayWaive: true, parameters: { mode: 'commit', atomic, strategy: 'create', asIssued: false } },
      (async function * () { yield { format: 'ndjson' as const, bytes: (async function * () { yield body })() } })(), { mostBytes: 1e9, keepDays: 1 })

    const look = { on: true }
    const faults: string[] = []
    const watching = watch(db, id, atomic, look, faults)
    const other = await startNode(url)
    let kills = 0
    for (; kills < KILLS && (await findImport(db, id))!.state !== 'done'; kills++) {
      const node = await startNode(url)
      await sleep(200 + (kills * 617) % 2_500)
      node.kill('SIGKILL')
      if (kills === 0) other.kill('SIGKILL')
    }
    const last = await startNode(url)
    let job = (await findImport(db, id))!
    for (; job.state !== 'done' && job.state !== 'failed'; await sleep(50)) job = (await findImport(db, id))!
    look.on = false
    await watching
    const gone = once(last, 'exit')
    last.kill('SIGKILL')
    await gone

    t.match(job, { state: 'done', stored: true, created: ROWS + 1, refused: 0, unchanged: 0 }, JSON.stringify(job))
    t.strictSame(faults.slice(0, 3), [], 'nothing was half visible')
    t.equal(await counted(sql`select count(*)::integer as count from plans where status <> 'stub'`), ROWS + 1)
    t.equal(await counted(sql`select count(*)::integer as count from events where type = 'plan.recorded'`), ROWS + 1, 'each was recorded once')
    t.equal(await counted(sql`select count(distinct row)::integer as count from import_entries where import_id = ${id} and plan_id is not null`), ROWS + 1)
    t.equal(await counted(sql`select count(*)::integer as count from import_entries where import_id = ${id}`), ROWS + 1, 'and told once')
    t.strictSame(await brokenInvariants(db), [])
    t.comment(`${kills} kills, ${job.run} runs`)
  })
}
