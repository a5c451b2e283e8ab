import { once } from 'node:events'
import { get as httpGet, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import t from 'tap'
import { citeDecision, citeProvincial, citeResolution, decision, department, perYear, provincial, resolution } from '../helpers/bodies.ts'
import { anOrganization } from '../organizations/a-set.ts'
import { bearer, testService } from '../helpers/service.ts'

const { record, get, post, app, db, patch } = await testService(t)

const head = (await record(resolution({ type: undefined, targets: [perYear('giam-ngheo', '1', '1.5')] }))).plan
const national = (await record(decision({ waivers: [{ rule: 'targets-inherited', reason: 'Văn bản chỉ phát động phong trào' }] }))).plan
const province = (await record(provincial({ citations: [citeDecision, { relation: 'basis', code: '77/2015/QH13', issuer: 'Quốc hội' }] }), { asIssued: true })).plan
const agency = (await record(department({ draft: true, citations: [citeProvincial, { ...citeResolution, relation: 'references', note: 'nhắc tới' }] }), { asIssued: true })).plan
const other = (await record(decision({ code: '1705/QĐ-TTg', issuedOn: '2021-10-12', title: 'Văn bản khác', waivers: [{ rule: 'targets-inherited', reason: 'Không giao chỉ tiêu' }] }))).plan

await post('/v1/organizations', { organizations: [anOrganization({ id: 'ubnd-ca-mau', name: 'UBND tỉnh Cà Mau' })] })

const exported = async (query = '') => {
  const reply = await get(`/v1/exports?${query}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.body.split('\n').slice(0, -1).map(line => JSON.parse(line))
}
const ids = (rows: { id: string }[]) => rows.map(row => row.id)

t.test('everything that is registered comes in the order of ids, and no stub does', async t => {
  const rows = await exported()
  t.strictSame(ids(rows), [head, national, province, agency, other].map(plan => plan.id).sort())
})

t.test('a row holds what was declared and nothing that follows from it', async t => {
  const row = (await exported()).find(({ id }) => id === agency.id)
  t.strictSame(row, {
    id: agency.id,
    code: '55/KH-SVHTTDL',
    title: 'Tổ chức phong trào thi đua trong ngành',
    issuer: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình',
    issuedOn: '2022-10-05',
    draft: true,
    period: { from: '2021', to: '2025' },
    citations: [citeProvincial, { ...citeResolution, relation: 'references', note: 'nhắc tới' }]
  })
})

t.test('a waiver is exported with its reason, without who gave it', async t => {
  const row = (await exported()).find(({ id }) => id === national.id)
  t.strictSame(row.waivers, [{ rule: 'targets-inherited', reason: 'Văn bản chỉ phát động phong trào' }])
})

t.test('a stub that is cited by id is exported in words, since another register has no such id', async t => {
  const { plan } = (await get(`/v1/plans/${province.id}`)).json().citations[1]
  const { headers } = await get(`/v1/plans/${other.id}`)
  const pinned = await patch(`/v1/plans/${other.id}`, { citations: [citeResolution, { relation: 'basis', planId: plan.id, note: 'Luật' }] }, headers['etag'] as string)
  t.equal(pinned.statusCode, 200, pinned.body)
  const row = (await exported()).find(({ id }) => id === other.id)
  t.match(row.citations[1], { relation: 'basis', code: '77/2015/QH13', issuer: 'Quốc hội', note: 'Luật' })
  t.notOk('planId' in row.citations[1])
})

t.test('a plan that is cited by id keeps the id', async t => {
  const { headers } = await get(`/v1/plans/${other.id}`)
  await patch(`/v1/plans/${other.id}`, { citations: [{ relation: 'implements', planId: head.id }] }, headers['etag'] as string)
  const row = (await exported()).find(({ id }) => id === other.id)
  t.strictSame(row.citations, [{ relation: 'implements', planId: head.id }])
})

t.test('the cascade of a plan is what stands below it and whatever those cite, up to the heads', async t => {
  t.strictSame(ids(await exported(`plan=${national.id}`)), [head, national, province, agency].map(plan => plan.id).sort())
  t.strictSame(ids(await exported(`plan=${national.id}&direction=descendants`)), [national, province, agency].map(plan => plan.id).sort())
  t.strictSame(ids(await exported(`plan=${province.id}&direction=ancestors`)), [head, national, province].map(plan => plan.id).sort())
})

t.test('the plans of one issuer are found by its name in any spelling, within a cascade too', async t => {
  t.strictSame(ids(await exported(`issuer=${encodeURIComponent('Uỷ ban nhân dân tỉnh Thái Bình')}`)), [province.id])
  t.strictSame(ids(await exported(`plan=${province.id}&issuer=${encodeURIComponent('Quốc hội')}`)), [head.id])
})

t.test('an export that was cut off goes on after the last id that arrived', async t => {
  const all = ids(await exported())
  t.strictSame(ids(await exported(`after=${all[1]}`)), all.slice(2))
  t.strictSame(ids(await exported(`plan=${head.id}&after=${all[2]}`)), all.slice(3))
})

t.test('nothing that fits is an empty file, where the register or the directory knows the issuer', async t => {
  const empty = async (query: string) => t.match(await get(`/v1/exports?${query}`), { statusCode: 200, body: '' }, query)
  await empty(`plan=${other.id}&direction=ancestors&issuer=${encodeURIComponent('UBND tỉnh Thái Bình')}`)
  await empty(`issuer=${encodeURIComponent('UBND tỉnh Cà Mau')}`)
  await record(resolution({ code: '9/2021/QH15', title: 'Nêu một văn bản chưa đăng ký', citations: [{ relation: 'basis', code: '1/QĐ-BYT', issuer: 'Bộ Y tế' }] }))
  await empty(`issuer=${encodeURIComponent('Bộ Y tế')}`)
})

t.test('404 for an issuer that neither knows, with the names that are nearest: an empty file would pass for a backup', async t => {
  const reply = await get(`/v1/exports?issuer=${encodeURIComponent('UBND tỉnh Cà Mua')}`)
  t.equal(reply.statusCode, 404)
  t.match(reply.json(), {
    code: 'organization-not-found',
    message: { vi: /“UBND tỉnh Cà Mua”.*Gần nhất: UBND tỉnh Cà Mau\./, en: /Nearest: UBND tỉnh Cà Mau\./ },
    instead: { nearest: ['UBND tỉnh Cà Mau'] }
  })
  t.notOk(reply.headers['content-disposition'])
  t.equal((await get(`/v1/exports?plan=${head.id}&issuer=${encodeURIComponent('Hội Nowhere')}`)).statusCode, 404, 'within a cascade too')
})

t.test('the answer is a file with a name, of the type that Accept or format asks for', async t => {
  const { headers } = await get('/v1/exports')
  t.match(headers, { 'content-type': 'application/x-ndjson', 'content-disposition': 'attachment; filename="plans.ndjson"' })
  t.match((await get('/v1/exports', { accept: 'application/x-ndjson;q=0.1, */*;q=0' })).headers, { 'content-type': 'application/x-ndjson' })
})

t.test('406 names the formats when Accept takes none of them', async t => {
  const reply = await get('/v1/exports', { accept: 'application/pdf' })
  t.equal(reply.statusCode, 406)
  t.match(reply.json().message, { vi: /text\/csv/, en: /format=xlsx/ })
})

t.test('404 when the plan or the organization is not there, as a problem and not as a file', async t => {
  const reply = await get('/v1/exports?plan=01935a3e-0000-7000-8000-000000000000')
  t.equal(reply.statusCode, 404)
  t.match(reply.headers, { 'content-type': 'application/problem+json; charset=utf-8' })
  t.notOk(reply.headers['content-disposition'])
  t.match((await get('/v1/exports?organization=khong-co')).json(), { code: 'organization-not-found' })
})

t.test('HEAD says what would come and reads nothing', async t => {
  const reply = await app.inject({ method: 'HEAD', url: '/v1/exports' })
  t.equal(reply.statusCode, 200)
  t.equal(reply.body, '')
  t.match(reply.headers, { 'content-type': 'application/x-ndjson' })
})

t.test('with many plans', async t => {
  const total = 3000 + (await exported()).length
  await db.$client.query(`
    insert into plans (id, version, status, title, search_text)
    select ('01935a3e-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, 1, 'conforming', repeat('Kế hoạch số ' || n || ' ', 400), ''
    from generate_series(1, 3000) n`)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const begin = async (query = '') => {
    const request = httpGet({ port, host: '127.0.0.1', path: `/v1/exports?${query}`, agent: false })
    const [response] = await once(request, 'response') as [IncomingMessage]
    return { request, response }
  }
  const inUse = () => db.$client.totalCount - db.$client.idleCount
  const released = async () => { while (inUse() > 0) await new Promise(resolve => setTimeout(resolve, 10)) }
  const backends = async () => {
    const { rows } = await db.$client.query<{ pid: number }>(
      "select pid from pg_stat_activity where datname = current_database() and state = 'idle in transaction' and pid <> pg_backend_pid()")
    return rows.map(({ pid }) => pid)
  }

  await t.test('an export tells of one moment, whatever is recorded while it is read', async t => {
    const { response } = await begin()
    response.pause()
    await record(resolution({ code: '42/2021/QH15', title: 'Đến sau' }))
    let text = ''
    for await (const piece of response.setEncoding('utf8')) text += piece
    t.equal(text.split('\n').length - 1, total)
    t.notMatch(text, /Đến sau/)
  })

  await t.test('a reader who leaves in the middle gives the connection back at once', async t => {
    const { request, response } = await begin()
    await once(response, 'data')
    request.on('error', () => {}).destroy()
    response.on('error', () => {})
    await released()
    t.equal(inUse(), 0)
  })

  await t.test('a third export at once is told to come back, 503, and the places are free again afterwards', async t => {
    const first = await begin()
    const second = await begin()
    const third = await get('/v1/exports')
    t.equal(third.statusCode, 503)
    t.match(third.json(), { code: 'exports-busy' })
    t.equal(third.headers['retry-after'], '10')
    for (const { request, response } of [first, second]) {
      response.on('error', () => {})
      request.on('error', () => {}).destroy()
    }
    await released()
    t.equal((await get(`/v1/exports?plan=${head.id}`)).statusCode, 200)
  })

  await t.test('an export that the database cuts off is a broken answer, never a short one, and the node lives on', async t => {
    const { response } = await begin()
    response.pause()
    let pids: number[] = []
    while (pids.length === 0) pids = await backends()
    await db.$client.query('select pg_terminate_backend(pid) from unnest($1::int[]) pid', [pids])
    await t.rejects(pipeline(response, new Writable({ write: (_piece, _encoding, done) => { done() } })), { code: 'ECONNRESET' })
    await released()
    t.equal((await get(`/v1/exports?plan=${head.id}`)).statusCode, 200)
  })
})

t.test('the key that exports needs the right to read where reading takes one', async t => {
  const closed = await testService(t, { reads: 'key' })
  t.equal((await closed.get('/v1/exports')).statusCode, 401)
  t.equal((await closed.get('/v1/exports', bearer(await closed.keyWith(['plans:read'])))).statusCode, 200)
})
