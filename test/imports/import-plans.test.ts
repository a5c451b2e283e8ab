import { sql } from 'drizzle-orm'
import t from 'tap'
import { type Entry, insertEntries } from '../../src/imports/entry.queries.ts'
import { findImport } from '../../src/imports/import.queries.ts'
import { cell, row, rowsOf, workbookOf } from '../files/xlsx/workbooks.ts'
import { brokenInvariants } from '../model/invariants.ts'
import { citeDecision, decision, department, provincial, resolution } from '../helpers/bodies.ts'
import { type TestService, bearer, testService } from '../helpers/service.ts'
import { type Send, form, importer, ndjson } from './importing.ts'

type Tap = Pick<typeof t, 'equal' | 'match' | 'notOk' | 'strictSame' | 'teardown'>

// A register that knows its history cannot be emptied: each test has one of its own.
let service: TestService
let send: Send
let mine: { authorization: string }
const get: TestService['get'] = async (url, headers) => await service.get(url, headers)

const countPlans = async () => (await service.db.execute<{ count: number }>(sql`select count(*)::integer as count from plans where status <> 'stub'`)).rows[0]!.count

/** A test with a service of its own, whose register is whole at the end. */
const test = (title: string, body: (t: Tap) => Promise<void>) => t.test(title, async t => {
  service = await testService(t)
  send = importer(service)
  mine = bearer(service.key)
  await body(t)
  t.strictSame(await brokenInvariants(service.db), [])
})

test('200 with one entry for each row, parents first whatever their order, and again nothing changes', async t => {
  const rows = [provincial(), decision(), resolution()]
  const first = await send(ndjson(rows))
  t.equal(first.statusCode, 200, first.body)
  t.match(first.json(), {
    state: 'done',
    stored: true,
    parameters: { mode: 'commit', atomic: true, strategy: 'upsert', asIssued: false },
    counts: { total: 3, created: 3, updated: 0, unchanged: 0, refused: 0 },
    entries: [
      { row: 1, outcome: 'created', place: { line: 1 }, code: '119/KH-UBND' },
      { row: 2, outcome: 'created', place: { line: 2 }, code: '666/QĐ-TTg' },
      { row: 3, outcome: 'created', place: { line: 3 }, code: '24/2021/QH15' }
    ]
  })
  t.notOk(first.json().entries.some((entry: any) => entry.withFindings), 'a child was judged against its parent')
  const again = await send(ndjson(rows))
  t.match(again.json(), { stored: true, counts: { total: 3, created: 0, updated: 0, unchanged: 3, refused: 0 } })
  const listed = await get('/v1/imports', mine)
  t.match(listed.json().imports, [{ id: again.json().id }, { id: first.json().id }], 'the newest first')
})

test('all faults of a row come at once, with line, pointer, code, both languages and the nearest value', async t => {
  const reply = await send(ndjson([{ ...resolution(), type: 'resolutoin', issuedOn: '2021-02-30', perod: {} }, decision()]))
  t.equal(reply.statusCode, 200)
  const [first, second] = reply.json().entries
  t.match(first, { row: 1, outcome: 'refused', code: '24/2021/QH15' })
  t.match(first.faults.sort((a: any, b: any) => a.at < b.at ? -1 : 1), [
    { at: '/issuedOn', code: 'not-a-date', place: { line: 1, pointer: '/issuedOn' }, message: { vi: /ngày/, en: /date/ } },
    { at: '/perod', code: 'unknown-name', near: 'period' },
    { at: '/type', code: 'not-among', near: 'resolution' }
  ])
  t.match(second.parentRefused, { row: 1, message: { vi: /24\/2021\/QH15 \(dòng 1\)/, en: /\(line 1\)/ } }, 'the row that cites it says so')
  t.equal(await countPlans(), 0)
})

test('atomic: one refused row, and nothing is stored; the report tells of every row all the same', async t => {
  const orphan = provincial({ citations: [] })
  const reply = await send(ndjson([resolution(), orphan, decision()]))
  t.match(reply.json(), { state: 'done', stored: false, counts: { created: 2, refused: 1 }, message: { vi: /không ghi gì/, en: /stored nothing/ } })
  t.match(reply.json().entries[1], { outcome: 'refused', findings: [{ rule: 'cites-parent', severity: 'error', place: { line: 2, pointer: '/citations' } }] })
  t.equal(reply.json().entries[0].planId, undefined, 'a plan that was not stored has no id')
  t.equal(await countPlans(), 0)
})

test('row by row: what is good is stored, and the refused row is told', async t => {
  const reply = await send(ndjson([resolution(), provincial({ citations: [] }), decision()]), '?atomic=false')
  t.match(reply.json(), { state: 'done', stored: true, counts: { created: 2, refused: 1 } })
  t.equal(await countPlans(), 2)
  const refused = await get(`${reply.json().links.entries}?outcome=refused`, mine)
  t.match(refused.json().entries, [{ row: 2, outcome: 'refused' }])
  const lines = await get(reply.json().links.entries, { ...mine, accept: 'application/x-ndjson' })
  t.match(lines.headers['content-type'], 'application/x-ndjson')
  t.strictSame(lines.body.trim().split('\n').map(line => JSON.parse(line).row), [1, 2, 3])
})

test('create refuses what is held, update what is not, and a changed row updates its plan', async t => {
  await send(ndjson([resolution()]))
  const held = await send(ndjson([resolution()]), '?strategy=create')
  t.match(held.json().entries[0], { outcome: 'refused', faults: [{ code: 'identity-taken' }] })
  t.notOk(held.json().entries[0].findings?.some(({ rule }: { rule: string }) => rule === 'unique-identity'), 'it is told once')
  const unknown = await send(ndjson([decision()]), '?strategy=update')
  t.match(unknown.json().entries[0], { outcome: 'refused', faults: [{ code: 'plan-not-found' }] })
  const changed = await send(ndjson([resolution({ title: 'Trích yếu đã sửa' })]), '?strategy=update')
  t.match(changed.json(), { stored: true, counts: { updated: 1 } })
  const plan = await get(`/v1/plans/${changed.json().entries[0].planId}`)
  t.match(plan.json(), { title: 'Trích yếu đã sửa', version: 2 })
})

test('a row with an id gives the plan that id, and finds it again by it', async t => {
  const id = '01890000-0000-7000-8000-000000000001'
  t.match((await send(ndjson([{ id, ...resolution() }]))).json().entries[0], { outcome: 'created', planId: id })
  t.match((await send(ndjson([{ id, ...resolution({ code: '25/2021/QH15' }) }]))).json().entries[0], { outcome: 'updated', planId: id })
})

test('what the documents were issued with can be recorded as issued, with the right to do so', async t => {
  const orphan = ndjson([provincial({ citations: [] })])
  const reply = await send(orphan, '?asIssued=true')
  t.match(reply.json(), { counts: { created: 1, recordedWithFindings: 1 }, entries: [{ outcome: 'created', withFindings: true, findings: [{ rule: 'cites-parent' }] }] })
  const writer = await service.keyWith(['plans:write'])
  t.equal((await send(orphan, '?asIssued=true', bearer(writer))).statusCode, 403)
  t.equal((await send(orphan, '', bearer(await service.keyWith(['plans:read'])))).statusCode, 403)
})

test('a waiver in a row needs the right to waive', async t => {
  const waived = ndjson([provincial({ citations: [], waivers: [{ rule: 'cites-parent', reason: 'Văn bản gốc bị thất lạc' }] })])
  const writer = await service.keyWith(['plans:write'])
  t.match((await send(waived, '', bearer(writer))).json().entries[0], { outcome: 'refused', faults: [{ at: '/waivers', code: 'scope-missing' }] })
  t.match((await send(waived)).json(), { counts: { created: 1 } })
})

test('CSV, a JSON array, and several files in one upload, of which one cites the other', async t => {
  const csv = '\ufeffSố và ký hiệu;Loại văn bản;Trích yếu;Cơ quan ban hành;Ngày ban hành\r\n24/2021/QH15;Nghị quyết;Phê duyệt chủ trương;Quốc hội;28/7/2021\r\n'
  const { payload, headers } = form([
    { name: 'cap-duoi.json', type: 'application/octet-stream', bytes: JSON.stringify([decision({ period: undefined })]) },
    { name: 'cap-tren.csv', type: 'text/csv', bytes: csv }
  ])
  const reply = await send(payload, '', headers)
  t.match(reply.json(), {
    files: [{ name: 'cap-duoi.json', format: 'json' }, { name: 'cap-tren.csv', format: 'csv' }],
    counts: { created: 2, refused: 0 },
    entries: [{ row: 1, place: { file: 'cap-duoi.json' } }, { row: 2, place: { file: 'cap-tren.csv', line: 2 } }]
  }, reply.body)
  t.notOk(reply.json().entries[0].withFindings, 'the parent in the other file came first')
})

test('a fault of a CSV cell names its column, also one that a rule finds', async t => {
  const csv = 'code,title,issuer,issuedOn,level\n17/KH-UBND,Kế hoạch,UBND tỉnh Thái Bình,2022-01-01,provincial\n18/KH-UBND,Kế hoạch,UBND tỉnh Thái Bình,2014/02/30,provincal\n'
  const [first, second] = (await send(csv, '', { 'content-type': 'text/csv' })).json().entries
  t.match(first, { outcome: 'refused', place: { line: 2 }, findings: [{ rule: 'cites-parent' }] })
  t.match(second.faults, [{ place: { line: 3, column: 'issuedOn' } }, { code: 'not-among', place: { line: 3, column: 'level' } }])
})

test('what a cell that cannot be read leaves over is checked in the same go', async t => {
  const csv = 'code,title,issuer,issuedOn,citations\n18/KH-UBND,Kế hoạch,UBND tỉnh Thái Bình,2014/02/30,"[{""relation"":""implement"",""code"":""1/QĐ-TTg""}]"\n'
  const { entries: [entry] } = (await send(csv, '', { 'content-type': 'text/csv' })).json()
  t.match(entry.faults, [
    { at: '/issuedOn', code: 'not-a-date', place: { line: 2, column: 'issuedOn' } },
    { at: '/citations/0/relation', code: 'not-among', near: 'implements', place: { line: 2, column: 'citations' } }
  ])
  t.equal(entry.faults.length, 2)
})

test('of a row with a cell that cannot be read all else that is wrong or lacking is told as well, but nothing that the cell may hold', async t => {
  const csv = [
    'code;title;issuedOn;citations;targets;Triển khai văn bản số 1;Triển khai văn bản số 1 - ngày',
    '1;;2014/02/30;"[{""code"":""2""}]";"[{""indicator"":""x""}]";;2022-13',
    ';;2014/02/30;;;1705/QĐ-TTg;12/10/2021',
    ''
  ].join('\n')
  const { entries } = (await send(csv, '', { 'content-type': 'text/csv' })).json()
  const told = (entry: any) => entry.faults.map(({ at, code, place }: any) => [at, code, place.line, place.column])
  t.strictSame(told(entries[0]), [
    ['/issuedOn', 'not-a-date', 2, 'issuedOn'],
    ['/citations/1/issuedOn', 'not-a-date', 2, 'Triển khai văn bản số 1 - ngày'],
    ['/citations/0/relation', 'missing', 2, 'citations'],
    ['/citations/1', 'citation-names-nothing', 2, 'Triển khai văn bản số 1 - ngày'],
    ['/targets/0/key', 'missing', 2, 'targets']
  ])
  t.strictSame(told(entries[1]), [['/issuedOn', 'not-a-date', 3, 'issuedOn'], ['', 'plan-names-nothing', 3, undefined]])

  const formula = (name: string) => `<c r="${name}" t="str"><f>B9</f><v>119/KH-UBND</v></c>`
  const rows = rowsOf(['issuer', 'code', 'targets', 'implements 1', 'implements 1 issuer', 'title']) +
    row(2, cell('A2', 'UBND tỉnh Thái Bình'), formula('B2'), cell('C2', '[{"indicator":"x"}]'), formula('D2'), cell('E2', 'Thủ tướng Chính phủ')) +
    row(3, formula('A3'), cell('E3', 'Thủ tướng Chính phủ'))
  const workbook = (await send(workbookOf({ rows }), '', { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' })).json()
  const cells = (entry: any) => entry.faults.map(({ at, code, place }: any) => [at, code, place.cell])
  t.strictSame(cells(workbook.entries[0]), [['/code', 'cell-formula', 'B2'], ['/citations/0/code', 'cell-formula', 'D2'], ['/targets/0/key', 'missing', 'C2']])
  t.strictSame(cells(workbook.entries[1]), [
    ['/issuer', 'cell-formula', 'A3'], ['/citations/0', 'citation-names-nothing', 'E3'], ['', 'plan-names-nothing', undefined]
  ])
})

test('400 for a cursor of the refused rows where all are asked for', async t => {
  const { links } = (await send('{}\n{}\n{}\n', '?mode=validate')).json()
  const { nextCursor } = (await get(`${links.entries}?outcome=refused&limit=1`, mine)).json()
  t.match((await get(`${links.entries}?outcome=refused&limit=1&cursor=${nextCursor}`, mine)).json(), { entries: [{ row: 2 }] })
  for (const filter of ['', 'outcome=created&']) {
    t.match((await get(`${links.entries}?${filter}limit=1&cursor=${nextCursor}`, mine)).json(), { status: 400, code: 'cursor-invalid' }, filter)
  }
})

test('as NDJSON every row is told, in order, however many there are', async t => {
  const { id, links } = (await send(ndjson([resolution()]))).json()
  const { reportedRun } = (await findImport(service.db, id))!
  await insertEntries(service.db, id, reportedRun, Array.from({ length: 2_500 }, (_, index): Entry =>
    ({ row: index + 2, outcome: index === 2_400 ? 'refused' : 'unchanged', withFindings: false, place: { line: index + 2 } })))
  const toldBy = async (query: string) =>
    (await get(links.entries + query, { ...mine, accept: 'application/x-ndjson' })).body.trim().split('\n').map(line => JSON.parse(line).row)
  t.strictSame(await toldBy(''), Array.from({ length: 2_501 }, (_, index) => index + 1))
  t.strictSame(await toldBy('?outcome=refused'), [2_402])
})

test('the workbook comes back with its bad rows marked, and the template can be imported', async t => {
  const template = await get('/v1/imports/template?language=en')
  t.equal(template.statusCode, 200)
  t.match(template.headers['content-disposition'], /attachment; filename="plan-import-template\.xlsx"/)
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  const reply = await send(template.rawPayload, '', { 'content-type': type })
  t.equal(reply.statusCode, 200, reply.body)
  const workbook = await get(`${reply.json().links.self}/workbook`, mine)
  t.equal(workbook.statusCode, 200, workbook.body)
  t.equal(workbook.rawPayload.subarray(0, 2).toString(), 'PK')
  const other = await send(ndjson([resolution()]))
  t.match((await get(`${other.json().links.self}/workbook`, mine)).json(), { status: 409, code: 'import-not-workbook' })
})

test('404 for the import of another key, except to an administrator', async t => {
  const theirs = await service.keyWith(['plans:write'])
  const reply = await send(ndjson([resolution()]), '', bearer(theirs))
  const other = await service.keyWith(['plans:write', 'plans:read'])
  for (const path of ['', '/entries', '/workbook']) t.equal((await get(`/v1/imports/${reply.json().id}${path}`, bearer(other))).statusCode, 404, path)
  t.equal((await service.app.inject({ method: 'POST', url: `/v1/imports/${reply.json().id}/cancel`, headers: bearer(other) })).statusCode, 404)
  t.strictSame((await get('/v1/imports', bearer(other))).json().imports, [])
  t.equal((await get(`/v1/imports/${reply.json().id}`, mine)).statusCode, 200)
})

test('202 at once for who says respond-async, and pages of entries', async t => {
  const rows = [resolution(), decision(), provincial(), department()]
  const reply = await send(ndjson(rows), '', { prefer: 'respond-async' })
  t.equal(reply.statusCode, 202)
  t.match(reply.headers['location'], /^\/v1\/imports\/[0-9a-f-]{36}$/)
  t.match(reply.json(), { links: { cancel: /cancel$/ } })
  const url = reply.headers['location'] as string
  while (['received', 'running'].includes((await get(url, mine)).json().state));
  t.match((await get(url, mine)).json(), { state: 'done', counts: { created: 4 } })
  const first = await get(`${url}/entries?limit=3`, mine)
  const second = await get(`${url}/entries?limit=3&cursor=${first.json().nextCursor}`, mine)
  t.strictSame([...first.json().entries, ...second.json().entries].map(entry => entry.row), [1, 2, 3, 4])
})

test('two rows of one plan: the second finds what the first has made, and may not say anything else', async t => {
  await send(ndjson([resolution()]))
  const other = decision({ title: 'Khác', citations: [citeDecision].map(({ relation }) => ({ ...decision().citations[0], relation })) })
  const reply = await send(ndjson([decision(), decision(), other]), '?atomic=false')
  t.match(reply.json().entries, [{ outcome: 'created' }, { outcome: 'unchanged' }, { outcome: 'refused', faults: [{ code: 'row-repeated' }] }])
  t.match((await send(ndjson([other]))).json().entries, [{ outcome: 'updated' }], 'a later import may')
})
