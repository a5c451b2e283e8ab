import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { claimImport, findImport } from '../../src/imports/import.queries.ts'
import { receiveUpload } from '../../src/imports/receive-upload.operations.ts'
import { RunWatch } from '../../src/imports/run-watch.ts'
import { testDatabase } from '../helpers/database.ts'
import { decisions, ndjson } from './importing.ts'

const { db } = await testDatabase(t)

/** A quarter of it, after which a lease is renewed, is longer than a test may take. */
const LEASE_MS = 3_600_000

t.test('how far a run is can be seen while it works, however long its lease is', async t => {
  const bytes = Buffer.from(ndjson(decisions(1)))
  const { id } = await receiveUpload(db, { by: 'test', mayWaive: true, parameters: { mode: 'commit', atomic: true, strategy: 'upsert', asIssued: false } },
    (async function * () { yield { format: 'ndjson' as const, bytes: (async function * () { yield bytes })() } })(), { mostBytes: 1e9, keepDays: 1 })
  const node = randomUUID()
  const { run } = (await claimImport(db, { node, leaseMs: LEASE_MS }))!
  const watch = new RunWatch(db, { id, node, run }, LEASE_MS)
  t.teardown(() => watch.end())
  const told = async () => {
    const { phase, rowsRead, rowsDone } = (await findImport(db, id))!
    return { phase, rowsRead, rowsDone }
  }
  for (const rowsRead of [1_000, 2_000]) {
    watch.progress.rowsRead = rowsRead
    while ((await told()).rowsRead !== rowsRead) await sleep(20)
  }
  watch.begin('recording')
  watch.progress.rowsDone = 500
  while ((await told()).rowsDone !== 500) await sleep(20)
  t.strictSame(await told(), { phase: 'recording', rowsRead: 2_000, rowsDone: 500 })
})
