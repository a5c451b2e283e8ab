import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import t from 'tap'
import type { Db } from '../../src/db/connect.ts'
import { SCOPES } from '../../src/http/scopes.ts'
import { deleteExpired } from '../../src/imports/import.queries.ts'
import { createKey } from '../../src/keys/key.operations.ts'
import { testDatabase } from '../helpers/database.ts'
import { bearer } from '../helpers/service.ts'
import { KILLS, ROWS, SEED, checkWhole, upload, watchImport } from './import-campaign.ts'
import { Chance } from './random.ts'
import { serving } from './serving.ts'

t.setTimeout(1_800_000)

/** By this name the database knows what belongs to a service that is killed, its import process included. */
const MORTAL = 'thac-mortal'

/** A process that has lost its service may judge a chunk to its end before it hears of it, no longer. */
const LAST_BREATH_MS = 3_000

/** So long an upload takes, at a client that is not the fastest. */
const SENDING_MS = 600

const PIECES = 12

/** The import process needs about a second to begin, and a short import some more. */
const RUNNING_MS = 3_000

// The short form is one of the two, by chance.
for (const atomic of KILLS > 2 ? [true, false] : [SEED % 2 === 0]) {
  t.test(`an ${atomic ? 'atomic import' : 'import row by row'} whose service is killed ${KILLS} times, while it is uploaded or while it runs, is done in the end, once (seed ${SEED})`, { timeout: 60_000 + KILLS * 30_000 }, async t => {
    const { db, url } = await testDatabase(t)
    const { key } = await createKey(db, { name: 'test', scopes: SCOPES }, 'test')
    const mortalUrl = `${url}?application_name=${MORTAL}`
    const chance = new Chance(SEED)
    const watch = watchImport(t, db, atomic)
    const body = upload()
    const tally = { whileSending: 0, whileRunning: 0, afterwards: 0, longestBreathMs: 0 }
    /** What the service has acknowledged: it may not be lost from then on. */
    let acknowledged: string | undefined

    const send = async (base: string) => {
      const reply = await fetch(`${base}/v1/imports?strategy=create&atomic=${atomic}`, {
        method: 'POST',
        headers: { ...bearer(key), 'content-type': 'application/x-ndjson', prefer: 'respond-async', 'idempotency-key': 'the same each time' },
        body: slowly(body) as any,
        duplex: 'half'
      } as RequestInit)
      const text = await reply.text()
      const { id } = JSON.parse(text)
      if (id === undefined || id !== (acknowledged ?? id)) throw new Error(`It was ${acknowledged}, and is ${reply.status} ${text}`)
      acknowledged = id
    }
    const stateOf = async (base: string) => (await (await fetch(`${base}/v1/imports/${acknowledged}`, { headers: bearer(key) })).json() as any)

    for (let kill = 0; kill < KILLS; kill++) {
      const { child, base } = await serving(mortalUrl)
      t.teardown(() => child.kill('SIGKILL'))
      const sending = acknowledged === undefined
      if (!sending && (await stateOf(base)).state === 'done') {
        child.kill('SIGKILL')
        break
      }
      const sent = sending ? send(base).catch(() => {}) : undefined
      if (kill >= KILLS / 5) await sent
      await sleep(chance.below(kill < KILLS / 5 ? SENDING_MS : RUNNING_MS))
      const wasSending = acknowledged === undefined
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
      await sent
      const breathMs = await untilDead(db)
      const { rows: [job] } = await db.execute<{ state: string }>(sql`select state from imports where state <> 'receiving'`)
      tally[wasSending ? 'whileSending' : job!.state === 'done' ? 'afterwards' : 'whileRunning']++
      tally.longestBreathMs = Math.max(tally.longestBreathMs, Math.round(breathMs))
      t.ok(breathMs < LAST_BREATH_MS, `no process of the dead service goes on: ${Math.round(breathMs)} ms`)
      // It would end by itself, after a quarter of a minute.
      await db.execute(sql`update imports set lease_until = now() where state = 'running'`)
    }

    const { child, base } = await serving(mortalUrl)
    t.teardown(() => child.kill('SIGKILL'))
    await send(base)
    let job = await stateOf(base)
    for (; !['done', 'failed'].includes(job.state); await sleep(100)) job = await stateOf(base)
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone

    t.strictSame(await watch.end(), [], 'nothing was half visible')
    t.match(job, { state: 'done', stored: true, counts: { created: ROWS, refused: 0, unchanged: 0 } }, JSON.stringify(job))
    await checkWhole(t, db)
    await db.execute(sql`update imports set lease_until = now() - interval '1 second' where state = 'receiving'`)
    await deleteExpired(db)
    const { rows: [left] } = await db.execute(sql`select (select count(*)::integer from imports) as imports, (select count(distinct import_id)::integer from import_chunks) as uploads`)
    t.strictSame(left, { imports: 1, uploads: 1 }, 'of the uploads that broke off nothing is left once their time is over')
    t.comment(JSON.stringify(tally))
  })
}

async function * slowly (body: Buffer): AsyncGenerator<Buffer> {
  const length = Math.ceil(body.length / PIECES)
  for (let from = 0; from < body.length; from += length) {
    yield body.subarray(from, from + length)
    await sleep(SENDING_MS / PIECES)
  }
}

/** How long until nothing of the killed service is connected to the database. */
async function untilDead (db: Db): Promise<number> {
  const since = performance.now()
  for (;; await sleep(20)) {
    const { rows: [left] } = await db.execute<{ count: number }>(sql`
      select count(*)::integer as count from pg_stat_activity where datname = current_database() and application_name = ${MORTAL}`)
    if (left!.count === 0 || performance.now() - since > 60_000) return performance.now() - since
  }
}
