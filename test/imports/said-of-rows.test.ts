import { sql } from 'drizzle-orm'
import t from 'tap'
import { claimImport } from '../../src/imports/import.queries.ts'
import { receiveUpload } from '../../src/imports/receive-upload.operations.ts'
import { runImport } from '../../src/imports/run-import.operations.ts'
import { decision, provincial, resolution } from '../helpers/bodies.ts'
import { testDatabase } from '../helpers/database.ts'
import { testService } from '../helpers/service.ts'
import { form, importer, ndjson } from './importing.ts'

const service = await testService(t)
const send = importer(service)
const { db, get } = service

const table = async (rows: string[], query = '') => (await send(rows.join('\n'), query, { 'content-type': 'text/csv; charset=utf-8' })).json()

t.beforeEach(async () => { await db.execute(sql`delete from citations; delete from plans; delete from imports`) })

t.test('what a table has no column for stays as it is recorded', async t => {
  await send(ndjson([resolution(), decision(), provincial()]))
  const [before] = (await get('/v1/plans?code=119/KH-UBND')).json().plans
  const plan = (await get(`/v1/plans/${before.id}`)).json()
  const report = await table(['Số, ký hiệu;Cơ quan ban hành;Ngày ban hành;Trích yếu', '119/KH-UBND;UBND tỉnh Thái Bình;7/9/2022;Trích yếu đã sửa'])
  t.match(report, { stored: true, counts: { updated: 1 } }, JSON.stringify(report.entries))
  const after = (await get(`/v1/plans/${before.id}`)).json()
  t.equal(after.title, 'Trích yếu đã sửa')
  t.strictSame([after.targets, after.period, after.citations.length], [plan.targets, plan.period, plan.citations.length])
  t.strictSame(report.entries[0].changes, [{ at: '/title', before: plan.title, after: 'Trích yếu đã sửa' }], 'the report says what changed, and nothing else did')
})

t.test('a blank cell of a column takes away what the record says there, and the report tells it', async t => {
  await send(ndjson([resolution({ programme: 'Chương trình' })]))
  const report = await table(['Số, ký hiệu;Cơ quan ban hành;Ngày ban hành;Chương trình', '24/2021/QH15;Quốc hội;28/7/2021;'])
  t.match(report, { stored: true, counts: { updated: 1 } }, JSON.stringify(report.entries))
  t.strictSame(report.entries[0].changes, [{ at: '/programme', before: 'Chương trình' }])
})

t.test('a dry run tells what would change, and of many changes how many are left out', async t => {
  const targets = Array.from({ length: 25 }, (_, index) => ({ key: `t-${index}`, indicator: `t-${index}`, text: `Chỉ tiêu ${index}`, goal: { measure: 'level', amount: { comparator: 'at-least', value: '90', unit: 'percent' } } }))
  const first = (await send(ndjson([resolution({ targets })]))).json()
  t.match(first, { stored: true }, JSON.stringify(first.entries[0]))
  const report = (await send(ndjson([resolution({ targets: [] })]), '?mode=validate')).json()
  t.match(report, { stored: false, counts: { updated: 1 } })
  t.equal(report.entries[0].changes.length, 20)
  t.match(report.entries[0].changes[0], { at: '/targets/t-0', before: { text: 'Chỉ tiêu 0' } })
  t.equal(report.entries[0].changesLeftOut, 5)
  const [long] = (await send(ndjson([resolution({ targets: targets.map(target => ({ ...target, text: 'Dài '.repeat(500) })) })]), '?mode=validate')).json().entries
  t.ok(JSON.stringify(long.changes).length < 4_100, 'and of long texts so many that the report stays readable')
  t.equal(long.changes.length + long.changesLeftOut, 25)
})

t.test('a finding about the end of a period stands at its column', async t => {
  await send(ndjson([resolution(), decision()]))
  const cited = JSON.stringify(provincial().citations).replaceAll('"', '""')
  const report = await table([
    'Số, ký hiệu;Cơ quan ban hành;Ngày ban hành;Giai đoạn từ;Giai đoạn đến;Trích dẫn (JSON)',
    `119/KH-UBND;UBND tỉnh Thái Bình;7/9/2022;2021;2040;"${cited}"`
  ], '?mode=validate')
  t.match(report.entries[0].findings.find(({ rule }: { rule: string }) => rule === 'period-within'), { at: '/period/to', place: { column: 'Giai đoạn đến' } }, JSON.stringify(report.entries))
})

t.test('two rows of one plan that say different things are never both recorded: the second is refused and names the first', async t => {
  const rows = ['Số, ký hiệu;Cơ quan ban hành;Ngày ban hành;Trích yếu', '24/2021/QH15;Quốc hội;28/7/2021;Một', '24/2021/QH15;Quốc hội;28/7/2021;Hai', '24/2021/QH15;Quốc hội;28/7/2021;Một']
  const report = await table(rows)
  t.match(report, { stored: false, counts: { created: 1, updated: 0, unchanged: 1, refused: 1 } })
  t.match(report.entries.map(({ outcome, faults }: { outcome: string, faults: unknown }) => [outcome, faults]), [
    ['created', undefined],
    ['refused', [{ code: 'row-repeated', place: { line: 3 }, message: { vi: /24\/2021\/QH15 \(dòng 2\)/, en: /24\/2021\/QH15 \(line 2\)/ } }]],
    ['unchanged', undefined]
  ])
  const byRow = await table(rows, '?atomic=false')
  t.match(byRow, { stored: true, counts: { created: 1, unchanged: 1, refused: 1 } })
  t.match(await table(rows, '?atomic=false'), { counts: { unchanged: 2, refused: 1 } }, 'importing it again changes nothing')
})

t.test('rows of one plan are known by its id as well', async t => {
  const id = '01234567-89ab-7def-8123-456789abcdef'
  const report = (await send(ndjson([{ ...resolution(), id }, { id, code: '25/2021/QH15', issuer: 'Quốc hội', issuedOn: '2021-07-28' }]))).json()
  t.match(report.entries.map(({ outcome }: { outcome: string }) => outcome), ['created', 'refused'])
})

t.test('that a plan was told of is remembered when another node goes on row by row', async t => {
  // Of its own, where nobody else looks for imports.
  const { db } = await testDatabase(t)
  const other = resolution({ title: 'Khác' })
  const { id } = await receiveUpload(db, { by: 'test', mayWaive: true, parameters: { mode: 'commit', atomic: false, strategy: 'upsert', asIssued: false } },
    (async function * () { yield { format: 'ndjson' as const, bytes: (async function * () { yield Buffer.from(ndjson([resolution(), other])) })() } })(), { mostBytes: 1e9, keepDays: 1 })
  const claim = async () => ({ id, node: '01234567-89ab-7def-8123-456789abcdef', run: (await claimImport(db, { node: '01234567-89ab-7def-8123-456789abcdef', leaseMs: 5_000, id }))!.run })
  await runImport(db, await claim(), { leaseMs: 5_000 })
  // As a node leaves it that died after the first row.
  await db.execute(sql`update imports set state = 'running', rows_done = 1, refused = 0, lease_until = null where id = ${id}`)
  await db.execute(sql`delete from import_entries where import_id = ${id} and row = 2`)
  await runImport(db, await claim(), { leaseMs: 5_000 })
  const { rows } = await db.execute(sql`select row, outcome from import_entries where import_id = ${id} order by row`)
  t.strictSame(rows, [{ row: 1, outcome: 'created' }, { row: 2, outcome: 'refused' }])
})

t.test('a row whose parent is refused names it as its file is read: by code, file and line', async t => {
  const { payload, headers } = form([
    { name: 'a.csv', type: 'text/csv', bytes: Buffer.from('Số, ký hiệu;Cơ quan ban hành;Ngày ban hành\n666/QĐ-TTg;Thủ tướng Chính phủ;2/6/2022') },
    { name: 'b.ndjson', type: 'application/x-ndjson', bytes: ndjson([provincial()]) }
  ])
  const report = (await send(payload, '', headers)).json()
  t.match(report.entries[1].parentRefused, { row: 1, message: { vi: /666\/QĐ-TTg \(a\.csv, dòng 2\)/, en: /666\/QĐ-TTg \(a\.csv, line 2\)/ } }, JSON.stringify(report.entries))
})

t.test('a field in a form is refused, since a dry run that is not heard would commit', async t => {
  const { payload, headers } = form([{ name: 'a.ndjson', type: 'application/x-ndjson', bytes: ndjson([resolution()]) }])
  const boundary = '--a-boundary-of-this-test\r\n'
  const field = Buffer.from(`${boundary}Content-Disposition: form-data; name="mode"\r\n\r\nvalidate\r\n`)
  const end = payload.lastIndexOf(Buffer.from('--a-boundary-of-this-test--'))
  for (const sent of [Buffer.concat([field, payload]), Buffer.concat([payload.subarray(0, end), field, payload.subarray(end)])]) {
    const reply = await send(sent, '', headers)
    t.match([reply.statusCode, reply.json()], [400, { code: 'invalid-request', faults: [{ at: '?mode', message: { vi: /\?mode=/, en: /\?mode=/ } }] }])
  }
  t.equal((await get('/v1/plans')).json().plans.length, 0)
  const { rows } = await db.execute(sql`select id from imports`)
  t.strictSame(rows, [], 'and nothing of it is kept')
})

t.test('an import has finished after it has begun to record, and not when its transaction began', async t => {
  const before = Date.now()
  const report = (await send(ndjson([resolution(), decision()]))).json()
  const [{ moment } = { moment: '' }] = (await db.execute<{ moment: string }>(sql`select max(recorded_at) as moment from plans`)).rows
  t.ok(Date.parse(report.finishedAt) > new Date(moment).getTime() && Date.parse(report.finishedAt) >= before - 1_000)
})
