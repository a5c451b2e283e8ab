import { sql } from 'drizzle-orm'
import t from 'tap'
import { aPacket } from '../files/edxml/packets.ts'
import { cell, partsOf, row, rowsOf, workbookOf } from '../files/xlsx/workbooks.ts'
import { zipOf } from '../files/xlsx/zip.ts'
import { resolution } from '../helpers/bodies.ts'
import { bearer, testService } from '../helpers/service.ts'
import { cpuMsOf } from '../http/cpu-time.ts'
import { importer, ndjson } from './importing.ts'

// How much memory and how much of a file of any size the readers take is told by test/files/hostile.test.ts and test/files/xlsx/hostile.test.ts.

const service = await testService(t)
const send = importer(service)
const { db, get, key } = service

const TYPES = {
  ndjson: 'application/x-ndjson',
  json: 'application/json',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  edxml: 'application/edxml'
}

const held = async () => (await db.execute(sql`
  select (select count(*)::integer from plans) as plans, (select count(*)::integer from events) as events, (select count(*)::integer from citations) as citations`)).rows[0]

/** The key of the test is an event already. */
const NOTHING = await held()

const good = ndjson([resolution()])
const goodCsv = 'code;title;issuer;issuedOn\n24/2021/QH15;Phê duyệt chủ trương;Quốc hội;28/7/2021\n'
const goodRows = rowsOf(['code', 'title'], ['24/2021/QH15', 'Phê duyệt chủ trương'])
const withDoctype = (doctype: string) => zipOf(partsOf({ rows: goodRows }).map(part => part.name.endsWith('sheet1.xml') ? { ...part, data: doctype + part.data } : part))

const EXPANSION = '<!DOCTYPE edXML [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
const EXTERNAL = '<!DOCTYPE edXML SYSTEM "file:///etc/passwd">'

for (const [name, format, file, code, words] of [
  ['a line of 3 MiB', 'ndjson', good + `{"title":"${'a'.repeat(3 * 1024 * 1024)}"}\n`, 'file-over-limit', /^.*line 2.*1048576 bytes/i],
  ['bytes that are no UTF-8', 'ndjson', Buffer.concat([Buffer.from(good), Buffer.from([0x22, 0xff, 0x22, 0x0a])]), 'file-encoding', /Line 2: byte \d+ .*0xFF/],
  ['NUL', 'csv', goodCsv + '1;\0;;\n', 'file-encoding', /Line 3: a NUL/],
  ['JSON in UTF-16', 'ndjson', Buffer.from('\ufeff' + good, 'utf16le'), 'file-encoding', /UTF-16/],
  ['NDJSON that stops in mid-row', 'ndjson', good + '{"code":"1/KH', 'file-truncated', /Line 2: the file stops in the middle of this row/],
  ['NDJSON that stops in a character', 'ndjson', Buffer.from(good + '{"title":"Kế').subarray(0, -1), 'file-truncated', /Line 2: .*in the middle of a character/],
  ['a JSON array that stops', 'json', `[${good}`, 'file-truncated', /Line 2: .*before the \]/],
  ['a CSV that stops in mid-row', 'csv', goodCsv + '1;a', 'file-truncated', /Line 3: .*2 cells, the header 4/],
  ['a CSV that stops in quotes', 'csv', goodCsv + '1;"a', 'file-truncated', /Line 3: .*opens a quote/],
  ['a workbook that stops', 'xlsx', workbookOf({ rows: goodRows }).subarray(0, -30), 'file-truncated', /end/],
  ['a packet that stops', 'edxml', aPacket().slice(0, 900), 'file-truncated', /Line \d+: .*tags still open/],
  ['100,000 columns', 'csv', 'code' + ';x'.repeat(100_000) + '\n', 'file-over-limit', /header is longer|columns/],
  ['a name that reaches a prototype as a column', 'csv', 'code;__proto__\n1;2\n', 'file-columns', /"__proto__"/],
  ['brackets without end', 'json', `[${good},` + '['.repeat(2_000_000), 'file-over-limit', /Line 2: .*1048576 bytes/],
  ['a part of a workbook that shrinks a thousandfold', 'xlsx', workbookOf({ rows: goodRows + '<row/>'.repeat(1_000_000) }), 'file-over-limit', /100/],
  ['a workbook whose entities expand', 'xlsx', withDoctype(EXPANSION), 'file-unreadable', /DOCTYPE/],
  ['a workbook of external entities', 'xlsx', withDoctype(EXTERNAL), 'file-unreadable', /DOCTYPE/],
  ['a packet whose entities expand', 'edxml', EXPANSION + aPacket({ before: '', subject: '&b;' }), 'file-unreadable', /Line 1: .*DOCTYPE/],
  ['a packet of external entities', 'edxml', EXTERNAL + aPacket({ before: '' }), 'file-unreadable', /Line 1: .*DOCTYPE/],
  ['a packet of deep nesting', 'edxml', aPacket({ header: '<a>'.repeat(10_000) }), 'file-over-limit', /deeper than 64/]
] as const) {
  t.test(`${name}: refused soon with what, where and why in both languages, and nothing is stored, also row by row`, async t => {
    let reply: Awaited<ReturnType<typeof send>> | undefined
    const ms = await cpuMsOf(async () => { reply = await send(file, '?atomic=false&asIssued=true', { 'content-type': TYPES[format], prefer: 'wait=30' }) })
    t.match(reply!.json(), { code, links: { import: /^\/v1\/imports\// } }, reply!.body)
    const report = (await get(reply!.json().links.import, bearer(key))).json()
    t.match(report, { state: 'failed', stored: false, counts: { total: 0 }, problem: { code, message: { vi: /\S/, en: words } } })
    t.match(report.message, { vi: /Không có gì được ghi\.$/, en: /Nothing was stored\.$/ })
    t.ok(ms < 5_000, `${ms} ms`)
    t.strictSame(await held(), NOTHING)
  })
}

for (const [name, format, file, fault] of [
  ['a day that the calendar does not have', 'ndjson', good + '{"code":"1/KH-UBND","issuedOn":"2014/02/30"}\n', { at: '/issuedOn', code: 'not-a-date', place: { line: 2 } }],
  ['such a day in a table', 'csv', goodCsv + '1/KH-UBND;a;b;2014/02/30\n', { at: '/issuedOn', code: 'not-a-date', place: { line: 3, column: 'issuedOn' }, message: { en: /month 2 of 2014 has 28 days/ } }],
  ['such a day in a workbook', 'xlsx', workbookOf({ rows: rowsOf(['code', 'issuedOn'], ['1/KH-UBND', '2014/02/30']) }), { at: '/issuedOn', code: 'not-a-date', place: { cell: 'B2' } }],
  ['such a day in a packet', 'edxml', aPacket({ date: '2014/02/30', documentId: '' }), { at: '/issuedOn', code: 'not-a-date', place: { line: 10 } }],
  ['__proto__ as a key', 'ndjson', good + '{"code":"1/KH-UBND","__proto__":{"title":"x"}}\n', { code: 'forbidden-key', place: { line: 2 } }],
  ['__proto__ as a key in an array', 'json', `[${good.trim()},\n{"code":"1","__proto__":{}}]`, { code: 'forbidden-key', place: { line: 2 } }],
  ['__proto__ as a key in a cell', 'csv', 'code;targets\n1;"[{""__proto__"":{}}]"\n', { code: 'forbidden-key', place: { line: 2, column: 'targets' } }],
  ['deep nesting', 'ndjson', good + '['.repeat(100_000) + '\n', { code: 'too-deep', place: { line: 2 } }],
  ['deep nesting in an array', 'json', `[${good},\n` + '['.repeat(100_000) + ']'.repeat(100_000) + ']', { code: 'too-deep', place: { line: 3 } }],
  ['deep nesting in a cell', 'csv', 'code;targets\n1;' + '['.repeat(100_000) + '\n', { code: 'too-deep', place: { line: 2, column: 'targets' } }],
  ['a formula', 'xlsx', workbookOf({ rows: goodRows + row(3, '<c r="A3" t="str"><f>HYPERLINK("http://x")</f><v>1/KH-UBND</v></c>', cell('B3', 'x')) }), { at: '/code', code: 'cell-formula', place: { cell: 'A3' } }]
] as const) {
  t.test(`${name}: a refused row that says what, where and why, and nothing is stored`, async t => {
    let body: any
    const ms = await cpuMsOf(async () => { body = (await send(file, '?asIssued=true', { 'content-type': TYPES[format], prefer: 'wait=30' })).json() })
    t.match(body, { state: 'done', stored: false, counts: { refused: 1 } }, JSON.stringify(body))
    const { faults } = body.entries.find(({ outcome }: any) => outcome === 'refused')
    t.match(faults, [{ message: { vi: /\S/, en: /\S/ }, ...fault }])
    t.ok(ms < 5_000, `${ms} ms`)
    t.strictSame(await held(), NOTHING)
  })
}

for (const [name, format, file] of [
  ['a byte order mark and CRLF', 'ndjson', '\ufeff' + good.replaceAll('\n', '\r\n')],
  ['a table with both', 'csv', '\ufeff' + goodCsv.replaceAll('\n', '\r\n')],
  ['a table in UTF-16, as Excel writes “Unicode Text”', 'csv', Buffer.from('\ufeff' + goodCsv.replaceAll(';', '\t'), 'utf16le')],
  ['a table with what looks like a formula, which is a text', 'csv', goodCsv.replace('Phê duyệt chủ trương', '=1+1')]
] as const) {
  t.test(`${name}: taken as it is`, async t => {
    t.match((await send(file, '?mode=validate&asIssued=true', { 'content-type': TYPES[format] })).json(), { state: 'done', counts: { created: 1, refused: 0 } })
    t.strictSame(await held(), NOTHING)
  })
}
