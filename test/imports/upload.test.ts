import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { resolution } from '../helpers/bodies.ts'
import { bearer, testService } from '../helpers/service.ts'
import { decisions, form, importer, ndjson } from './importing.ts'

const service = await testService(t, { importLimitMiB: 2 })
const send = importer(service)
const { app, db, get, key } = service
await app.listen({ host: '127.0.0.1', port: 0 })
const { port } = app.server.address() as { port: number }

const count = async (table: 'imports' | 'import_chunks' | 'plans') =>
  (await db.execute<{ count: number }>(sql`select count(*)::integer as count from ${sql.identifier(table)}`)).rows[0]!.count

const nothingKept = async (t: Pick<Tap, 'equal'>) => {
  t.equal(await count('imports'), 0, 'no import')
  t.equal(await count('import_chunks'), 0, 'no upload')
  t.equal(await count('plans'), 0, 'no plan')
}

type Tap = typeof t

t.beforeEach(async () => {
  await db.execute(sql`delete from import_chunks; delete from import_files; delete from import_entries; delete from imports; delete from citations; delete from plans`)
})

/** Says what it will send, sends a part of it, and waits for what it is told. */
async function converse (head: string[], pieces: Iterable<string>): Promise<{ status: number, body: any, sent: number }> {
  let sent = 0
  const text = await new Promise<string>((resolve, reject) => {
    let text = ''
    let over = false
    const socket = connect(port, '127.0.0.1')
      .on('data', piece => { text += piece })
      .on('end', () => { over = true })
      .on('close', () => resolve(text))
      .on('error', (error: NodeJS.ErrnoException) => { if (['ECONNRESET', 'EPIPE'].includes(error.code ?? '')) resolve(text); else reject(error) })
    socket.write(['POST /v1/imports HTTP/1.1', 'Host: x', `Authorization: Bearer ${key}`, 'Connection: close', ...head, '', ''].join('\r\n'))
    const sending = async () => {
      for (const piece of pieces) {
        if (over || !socket.writable || text !== '') break
        sent += piece.length
        if (!socket.write(piece)) await Promise.race([new Promise(resolve => socket.once('drain', resolve)), sleep(2_000)])
      }
    }
    sending().catch(reject)
  })
  return { status: Number(text.split(' ')[1]), body: JSON.parse(text.split('\r\n\r\n').slice(1).join('\r\n\r\n')), sent }
}

t.test('413 before a byte is read, for an upload that says it is over the limit', async t => {
  const { status, body, sent } = await converse(['Content-Type: application/x-ndjson', `Content-Length: ${3 * 1024 * 1024}`], [])
  t.equal(status, 413)
  t.match(body, { code: 'payload-too-large', detail: /2 MiB/ })
  t.equal(sent, 0)
  await nothingKept(t)
})

t.test('413 soon after the limit, for an upload that says nothing of its size', async t => {
  const piece = `10000\r\n${'a'.repeat(0xffff)}\n\r\n`
  const { status, body, sent } = await converse(['Content-Type: application/x-ndjson', 'Transfer-Encoding: chunked'], (function * () { while (true) yield piece })())
  t.equal(status, 413)
  t.equal(body.code, 'payload-too-large')
  t.ok(sent < 40 * 1024 * 1024, `${sent} bytes were taken off the sender`)
  await nothingKept(t)
})

t.test('413 for files that are over the limit together', async t => {
  const { payload, headers } = form(['a', 'b'].map(name => ({ name: `${name}.ndjson`, type: 'application/x-ndjson', bytes: 'a'.repeat(1_200_000) })))
  // Without its length, which would tell already.
  const { status, body } = await converse([`Content-Type: ${headers['content-type']}`, 'Transfer-Encoding: chunked'], [`${payload.length.toString(16)}\r\n${payload.toString()}\r\n0\r\n\r\n`])
  t.match([status, body.code], [413, 'payload-too-large'])
  await nothingKept(t)
})

t.test('415 with the list of what is accepted', async t => {
  for (const [type, encoding] of [['application/pdf', undefined], ['application/vnd.ms-excel', undefined], ['text/csv', 'gzip']] as const) {
    const reply = await send('x', '', { 'content-type': type, ...(encoding !== undefined && { 'content-encoding': encoding }) })
    t.match(reply.json(), { status: 415, code: 'unsupported-media-type', detail: /application\/x-ndjson.*text\/csv/ }, type)
    t.match(reply.headers['accept-post'], 'multipart/form-data')
  }
  const { payload, headers } = form([{ name: 'a.pdf', type: 'application/pdf', bytes: 'x' }])
  t.match((await send(payload, '', headers)).json(), { status: 415, detail: /a\.pdf/ })
  await nothingKept(t)
})

t.test('the caller can say the format that the Content-Type does not', async t => {
  t.match((await send(ndjson([resolution()]), '?format=ndjson', { 'content-type': 'application/octet-stream' })).json(), { counts: { created: 1 } })
  t.match((await send(ndjson([resolution()]), '?format=word', {})).json(), { status: 400, code: 'invalid-request' })
})

t.test('400 for an upload of nothing, and for a form that breaks off', async t => {
  t.match((await send('')).json(), { status: 400, code: 'upload-empty' })
  const { payload, headers } = form([{ name: 'a.ndjson', type: 'application/x-ndjson', bytes: ndjson([resolution()]) }])
  t.match((await send(payload.subarray(0, -20), '', headers)).json(), { status: 400, code: 'malformed-request' })
  t.match((await send('no form at all', '', headers)).json(), { status: 400 })
  await nothingKept(t)
})

t.test('a sender who hangs up leaves nothing', async t => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(`POST /v1/imports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 2000000\r\n\r\n${'a'.repeat(1_500_000)}`)
  while (await count('import_chunks') === 0) await sleep(10)
  socket.destroy()
  for (let waited = 0; await count('imports') > 0 && waited < 200; waited++) await sleep(25)
  await nothingKept(t)
})

t.test('the same Idempotency-Key and content give the same import, also to two who come at once', async t => {
  const body = ndjson([resolution()])
  const replies = await Promise.all([1, 2, 3].map(async () => await send(body, '', { 'idempotency-key': 'a' })))
  t.equal(new Set(replies.map(reply => reply.json().id)).size, 1, replies.map(reply => reply.body).join('\n'))
  t.equal(await count('imports'), 1)
  t.match(replies[0]!.json(), { counts: { created: 1, unchanged: 0 } })
  const other = await send(body, '', { 'idempotency-key': 'a', ...bearer(await service.keyWith(['plans:write'])) })
  t.not(other.json().id, replies[0]!.json().id, 'the key of another is another key')
})

t.test('422 for an Idempotency-Key that has been used for other content or parameters', async t => {
  const first = await send(ndjson([resolution()]), '', { 'idempotency-key': 'b' })
  for (const [title, query] of [['Khác', ''], [undefined, '?mode=validate'], [undefined, '?atomic=false'], [undefined, '?strategy=create'], [undefined, '?asIssued=true']] as const) {
    const reply = await send(ndjson([resolution(title && { title })]), query, { 'idempotency-key': 'b' })
    t.match(reply.json(), { status: 422, code: 'idempotency-key-reused', links: { import: `/v1/imports/${first.json().id}` } }, `${title} ${query}`)
  }
})

t.test('a file that cannot be read on: atomic stores nothing, and the problem says the line and the import', async t => {
  const broken = ndjson(decisions(3)) + '{"code":"4/QĐ-TTg","tit'
  const reply = await send(broken, '?asIssued=true')
  t.match(reply.json(), { status: 400, code: 'file-truncated', detail: /4/, links: { import: /^\/v1\/imports\// } })
  const report = (await get(reply.json().links.import, bearer(key))).json()
  t.match(report, { state: 'failed', stored: false, problem: { code: 'file-truncated' }, message: { en: new RegExp(`${report.id}.*Nothing was stored`) } })
  t.equal(await count('plans'), 0)
})

t.test('row by row, a file that cannot be read to its end stores nothing either: its order is not known', async t => {
  const reply = await send(ndjson(decisions(3)) + '{"code":"4/QĐ-TTg","tit', '?asIssued=true&atomic=false')
  t.match(reply.json(), { status: 400, code: 'file-truncated', detail: /Không có gì được ghi/ })
  t.equal(await count('plans'), 0)
})

t.test('two clients at once: each gets the report of its own rows', async t => {
  await send(ndjson([resolution()]))
  const replies = await Promise.all([1, 101, 201, 301].map(async first => await send(ndjson(decisions(30, first)), '', { prefer: 'wait=30' })))
  t.strictSame(replies.map(reply => reply.json().counts?.created), [30, 30, 30, 30])
  t.strictSame(replies.map(reply => reply.json().entries[0].code), ['1/QĐ-TTg', '101/QĐ-TTg', '201/QĐ-TTg', '301/QĐ-TTg'])
})

t.test('409 for cancelling what has ended', async t => {
  const { id } = (await send(ndjson([resolution()]))).json()
  t.match((await app.inject({ method: 'POST', url: `/v1/imports/${id}/cancel`, headers: bearer(key) })).json(), { status: 409, code: 'import-ended' })
})

t.test('404 for the import that is not there', async t => {
  t.match((await get('/v1/imports/01890000-0000-7000-8000-000000000000', bearer(key))).json(), { status: 404, code: 'import-not-found' })
})
