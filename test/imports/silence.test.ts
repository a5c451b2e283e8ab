import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import Fastify from 'fastify'
import t from 'tap'
import { databaseProblem } from '../../src/db/constraints.ts'
import { SCOPES } from '../../src/http/scopes.ts'
import { serveHttp } from '../../src/http/serve-http.ts'
import { serverOptions } from '../../src/http/server-options.ts'
import { uploadRoutes } from '../../src/imports/upload.routes.ts'
import { createKey } from '../../src/keys/key.operations.ts'
import { findKey } from '../../src/keys/key.queries.ts'
import { testDatabase } from '../helpers/database.ts'
import { decisions, form, ndjson } from './importing.ts'

const SILENCE_MS = 500

const { db } = await testDatabase(t)
const { key } = await createKey(db, { name: 'test', scopes: SCOPES }, 'test')

const app = Fastify(serverOptions({ logLevel: 'silent' }))
await serveHttp(app, { findKey: id => findKey(db, id), reads: 'open', toProblem: databaseProblem, version: '0.0.0' })
await app.register(uploadRoutes, { db, limits: { mostBytes: 1e8, keepDays: 1 }, wake: () => {}, silenceMs: SILENCE_MS, prefix: '/v1' })
await app.listen({ host: '127.0.0.1', port: 0 })
t.teardown(() => app.close())
const { port } = app.server.address() as { port: number }

const kept = async (): Promise<object> => (await db.execute<{ imports: number, chunks: number }>(sql`
  select (select count(*)::integer from imports) as imports, (select count(*)::integer from import_chunks) as chunks`)).rows[0]!

/** Sends the pieces with a pause after each, and waits until the service ends the connection. */
async function upload (headers: Record<string, string>, pieces: Buffer[], pauseMs: number): Promise<{ status: number, body: any, tookMs: number }> {
  const start = performance.now()
  const text = await new Promise<string>((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1').on('data', piece => { text += piece }).on('close', () => resolve(text)).on('error', reject)
    const head = Object.entries({ Host: 'x', Authorization: `Bearer ${key}`, Prefer: 'respond-async', Connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}`)
    socket.write(['POST /v1/imports HTTP/1.1', ...head, '', ''].join('\r\n'))
    const send = async () => {
      for (const piece of pieces) {
        socket.write(piece)
        await sleep(pauseMs)
      }
    }
    send().catch(reject)
  })
  return { status: Number(text.split(' ')[1]), body: JSON.parse(text.slice(text.indexOf('\r\n\r\n'))), tookMs: performance.now() - start }
}

// Over a MiB, so that a part of it is in the database already.
const rows = Buffer.from(ndjson(decisions(6_000)))

t.test('408 for an upload whose sender falls silent, soon after, and nothing of it is kept', async t => {
  const whole = form([{ name: 'a.ndjson', type: 'application/x-ndjson', bytes: rows }])
  for (const [what, headers, bytes] of [
    ['a file', { 'Content-Type': 'application/x-ndjson' }, rows],
    ['a form', { 'Content-Type': whole.headers['content-type']! }, whole.payload]
  ] as const) {
    const uploading = upload({ ...headers, 'Content-Length': String(bytes.length) }, [bytes.subarray(0, 1_300_000)], 0)
    while ((await kept() as { chunks: number }).chunks === 0) await sleep(5)
    const { status, body, tookMs } = await uploading
    t.equal(status, 408, what)
    t.equal(body.code, 'request-timeout', what)
    t.ok(tookMs > SILENCE_MS && tookMs < SILENCE_MS + 5_000, `${what}: ${Math.round(tookMs)} ms`)
    for (let waited = 0; waited < 100 && (await kept() as { imports: number }).imports > 0; waited++) await sleep(20)
    t.strictSame(await kept(), { imports: 0, chunks: 0 }, what)
  }
})

t.test('an upload that takes longer than that, and goes on, is taken in', async t => {
  const size = Math.ceil(rows.length / 6)
  const pieces = Array.from({ length: 6 }, (_, index) => rows.subarray(index * size, (index + 1) * size))
  const { status, body, tookMs } = await upload({ 'Content-Type': 'application/x-ndjson', 'Content-Length': String(rows.length) }, pieces, SILENCE_MS / 3)
  t.match([status, body.state], [202, 'received'], JSON.stringify(body))
  t.ok(tookMs > SILENCE_MS * 5 / 3, `${Math.round(tookMs)} ms`)
})
