import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { buildApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { type Connection, connect } from '../src/db/connect.ts'
import { openEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { withSession } from '../src/db/session.ts'
import { readNdjson } from '../src/files/ndjson/read-ndjson.ts'
import { check } from '../src/http/faults.ts'
import { SCOPES } from '../src/http/scopes.ts'
import { boundHeap } from '../src/imports/bound-heap.ts'
import type { Row } from '../src/imports/record-row.operations.ts'
import { recording } from '../src/imports/row-recorder.operations.ts'
import { createKey } from '../src/keys/key.operations.ts'
import { loadReference } from '../src/organizations/reference.operations.ts'
import { type PlanBody, planBody } from '../src/plans/plan.schemas.ts'
import { cascades } from './cascades.ts'

// The whole way of a bulk import against plain COPY of the very rows it stored, and against posting one by one:
// npm run bench, with THAC_BENCH_PLANS plans.

const PLANS = Number(process.env['THAC_BENCH_PLANS'] ?? 100_000)
const POSTED = Math.min(Number(process.env['THAC_BENCH_POSTED'] ?? 1_000), PLANS)
/** Rows handed over at once, with as many announced. */
const CHUNK = 500
const TABLES = ['plans', 'substances', 'citations', 'targets', 'waivers', 'findings', 'events']

const directory = await mkdtemp(join(tmpdir(), 'thac-bench-'))
const embedded = process.env['DATABASE_URL'] === undefined ? await openEmbedded({ dataDirectory: directory, say: () => {} }) : undefined
const admin = process.env['DATABASE_URL'] ?? embedded!.url
const opened: Connection[] = []
const created: string[] = []

boundHeap()

try {
  const template = await database('template0')
  await migrate(template)
  const loading = connect(template, { poolSize: 2 })
  await loadReference(loading.db, () => {})
  const file = join(directory, 'plans.ndjson')
  await pipeline(Readable.from(lines(cascades(loading.db, PLANS))), createWriteStream(file))
  await loading.close()
  console.log(`${PLANS} plans, ${((await stat(file)).size / 2 ** 20).toFixed(1)} MiB of NDJSON, PostgreSQL ${await version()}, Node.js ${process.version}`)

  const bulk = open(await database(nameOf(template)))
  const imported = await timed(async () => await importFile(bulk, file))
  const { outcomes, peak, server, node } = imported.value
  say('import', PLANS, imported.seconds, `${JSON.stringify(outcomes)}, memory of the node at most ${(peak / 2 ** 20).toFixed(0)} MiB; processor time ${server.toFixed(1)} s of the server, ${node.toFixed(1)} s of the node`)

  const folder = join(directory, 'rows')
  await exportRows(bulk, folder)
  const plain = open(await database(nameOf(template)))
  await dropForeignKeys(plain)
  const copied = await timed(async () => await copyAll(plain, folder))
  say('COPY of the same rows', PLANS, copied.seconds, `the same tables and indexes, no foreign keys, ${(copied.value.bytes / 2 ** 20).toFixed(1)} MiB; processor time ${copied.value.cpu.toFixed(1)} s of the server`)

  if (process.env['THAC_BENCH_EDGES'] !== undefined) await compareEdges(template, folder)

  const posting = open(await database(nameOf(template)))
  const posted = await timed(async () => await postEach(posting, file))
  say('posting one by one', POSTED, posted.seconds - posted.value.before, 'one client on a kept connection')

  const [importRate, copyRate, postRate] = [PLANS / imported.seconds, PLANS / copied.seconds, POSTED / (posted.seconds - posted.value.before)]
  console.log(`ratio to COPY ${(importRate / copyRate).toFixed(3)}, to one by one ${(importRate / postRate).toFixed(1)}`)
} finally {
  await Promise.all(opened.map(({ close }) => close()))
  for (const name of created) await query(admin, `drop database if exists ${name} with (force)`)
  await embedded?.leave()
  await rm(directory, { recursive: true })
}

async function * lines (rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield JSON.stringify(row) + '\n'
}

async function importFile ({ db }: Connection, file: string): Promise<{ outcomes: Record<string, number>, peak: number, server: number, node: number }> {
  let server = 0
  const begun = nodeSeconds()
  const outcomes: Record<string, number> = {}
  let peak = 0
  await withSession(db, {}, async session => {
    await recording(session, { by: 'bench', asIssued: false }, async recorder => {
      const chunks = chunksOf(file)
      for (let { value: rows } = await chunks.next(); rows !== undefined;) {
        const { value: next } = await chunks.next()
        for (const { outcome, status } of await recorder.record(rows, 'upsert', next)) {
          const name = outcome === 'refused' ? outcome : `${outcome} ${status}`
          outcomes[name] = (outcomes[name] ?? 0) + 1
        }
        rows = next
        peak = Math.max(peak, process.memoryUsage.rss())
      }
    })
    server = await serverSeconds(session.client)
  })
  return { outcomes, peak, server, node: nodeSeconds() - begun }
}

async function * chunksOf (file: string): AsyncGenerator<Row[], undefined> {
  let rows: Row[] = []
  for await (const read of readNdjson(createReadStream(file))) {
    if (rows.push(toRow(read)) < CHUNK) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

function toRow (read: Awaited<ReturnType<typeof readNdjson>> extends AsyncGenerator<infer Read> ? Read : never): Row {
  if ('fault' in read) throw new Error(JSON.stringify(read.fault))
  const checked = check(planBody, 'body', read.row.value)
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults))
  const { citations = [], targets = [], waivers = [], ...rest } = checked.value as PlanBody
  return { number: read.row.number, issued: { citations, targets, waivers, ...rest } as Row['issued'] }
}

async function exportRows ({ pool }: Connection, folder: string): Promise<void> {
  await withClient(pool, async client => {
    for (const table of TABLES) await pipeline(client.query(copyTo(`copy (select ${await columnsOf(client, table)} from ${table}) to stdout`)), createWriteStream(`${folder}-${table}`))
  })
}

async function copyAll ({ pool }: Connection, folder: string): Promise<{ bytes: number, cpu: number }> {
  let [bytes, cpu] = [0, 0]
  await withClient(pool, async client => {
    const before = await serverSeconds(client)
    await client.query('begin')
    await client.query('set local statement_timeout = 0')
    for (const table of TABLES) {
      bytes += (await stat(`${folder}-${table}`)).size
      await pipeline(createReadStream(`${folder}-${table}`, { highWaterMark: 256 * 1024 }), client.query(copyFrom(`copy ${table} (${await columnsOf(client, table)}) from stdin`)))
    }
    await client.query('commit')
    cpu = await serverSeconds(client) - before
  })
  return { bytes, cpu }
}

/** The processor time that the server has spent on this connection, where it runs on this machine: other load does not count. */
async function serverSeconds (client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const text = await readFile(`/proc/${rows[0]!.pid}/stat`, 'utf8').catch(() => undefined)
  if (text === undefined) return NaN
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

function nodeSeconds (): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Of the tables of the import; what is computed from other columns cannot be written. */
async function columnsOf (client: pg.PoolClient, table: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(`
    select attname as name from pg_attribute where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''`)
  return rows.map(({ name }) => `"${name}"`).join(', ')
}

async function dropForeignKeys ({ pool }: Connection): Promise<void> {
  const { rows } = await pool.query<{ drop: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop from pg_constraint
     where contype = 'f' and conrelid = any(array['${TABLES.join("','")}']::regclass[])`)
  for (const { drop } of rows) await pool.query(drop)
}

/** COPY of the rows with each way of keeping edges from dangling, three times. */
async function compareEdges (template: string, folder: string): Promise<void> {
  const ways: Record<string, (connection: Connection) => Promise<void>> = {
    'nothing kept': dropForeignKeys,
    'foreign keys, checked by row as the schema is': async () => {},
    'foreign keys, deferred': deferForeignKeys
  }
  for (let round = 0; round < 3; round++) {
    for (const [way, prepare] of Object.entries(ways)) {
      const connection = open(await database(nameOf(template)))
      await prepare(connection)
      const { seconds, value: { cpu } } = await timed(async () => await copyAll(connection, folder))
      say(`COPY, ${way}`, PLANS, seconds, `processor time ${cpu.toFixed(2)} s of the server, round ${round + 1}`)
      await connection.close()
      opened.splice(opened.indexOf(connection), 1)
      await query(admin, `drop database ${created.pop()} with (force)`)
    }
  }
}

async function deferForeignKeys (connection: Connection): Promise<void> {
  await dropForeignKeys(connection)
  const deferred = 'deferrable initially deferred'
  for (const table of ['citations', 'targets', 'waivers', 'findings']) {
    await connection.pool.query(`alter table ${table} add foreign key (plan_id) references plans on delete cascade ${deferred}`)
  }
  await connection.pool.query(`alter table citations add foreign key (cited_id) references plans ${deferred}`)
  await connection.pool.query(`alter table plans add foreign key (issuer_id) references organizations ${deferred}`)
}

async function postEach ({ db }: Connection, file: string): Promise<{ before: number }> {
  const started = performance.now()
  const app = await buildApp({ db, config: readConfig({ LOG_LEVEL: 'silent' }) })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const { key } = await createKey(db, { name: 'bench', scopes: SCOPES }, 'bench')
  const before = (performance.now() - started) / 1000
  let left = POSTED
  for await (const read of readNdjson(createReadStream(file))) {
    if ('fault' in read || left-- === 0) break
    const reply = await fetch(`${url}/v1/plans`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` }, body: JSON.stringify(read.row.value)
    })
    const text = await reply.text()
    if (reply.status !== 201) throw new Error(text)
  }
  await app.close()
  return { before }
}

async function database (template: string): Promise<string> {
  const name = `thac_bench_${process.pid}_${created.length}`
  await query(admin, `create database ${name} template ${template}`)
  created.push(name)
  return new URL(name, admin).href
}

function open (url: string): Connection {
  const connection = connect(url, { poolSize: 4, timeouts: 'role' })
  opened.push(connection)
  return connection
}

function nameOf (url: string): string {
  return new URL(url).pathname.slice(1)
}

async function query (url: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return await client.query(text).finally(() => client.end())
}

async function version (): Promise<string> {
  return (await query(admin, 'show server_version')).rows[0].server_version
}

async function withClient (pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  await work(client).finally(() => client.release())
}

async function timed<T> (work: () => Promise<T>): Promise<{ value: T, seconds: number }> {
  const started = performance.now()
  const value = await work()
  return { value, seconds: (performance.now() - started) / 1000 }
}

function say (what: string, plans: number, seconds: number, more: string): void {
  console.log(`${what}: ${plans} plans in ${seconds.toFixed(1)} s, ${(plans / seconds).toFixed(0)} a second; ${more}`)
}
