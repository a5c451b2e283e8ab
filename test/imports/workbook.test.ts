import { promisify } from 'node:util'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { readSheet } from 'read-excel-file/node'
import { SaxesParser } from 'saxes'
import t from 'tap'
import { type Entry, type ZipFile, fromBuffer } from 'yauzl'
import { cell, partsOf, row, rowsOf } from '../files/xlsx/workbooks.ts'
import { zipOf } from '../files/xlsx/zip.ts'
import { bearer, testService } from '../helpers/service.ts'
import { form, importer } from './importing.ts'

const service = await testService(t)
const send = importer(service)

const XLSX = { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const SHEET = 'xl/worksheets/sheet1.xml'

/** The workbook of a clerk: a date with a format, a cell in bold, a note on another sheet, a macro; two bad cells in row 3, and row 4 cites nothing. */
const clerks = partsOf({
  workbook: `<workbook xmlns="${MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>` +
    '<sheet name="Danh sách" sheetId="1" r:id="rId1"/><sheet name="Ghi chú" sheetId="2" r:id="rId4"/></sheets></workbook>',
  styles: `<styleSheet xmlns="${MAIN}"><fonts count="2"><font/><font><b/></font></fonts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
  before: '<cols><col min="1" max="5" width="24" customWidth="1"/></cols>',
  rows: rowsOf(['Số và ký hiệu', 'Loại văn bản', 'Trích yếu', 'Cơ quan ban hành', 'Ngày ban hành']) +
    row(2, cell('A2', '24/2021/QH15'), cell('B2', 'Nghị quyết'), '<c r="C2" s="2" t="inlineStr"><is><t>Phê duyệt chủ trương</t></is></c>', cell('D2', 'Quốc hội'), '<c r="E2" s="1"><v>44405</v></c>') +
    row(3, cell('A3', '666/QĐ-TTg'), cell('B3', 'Quyết địnhh'), cell('C3', 'Ban hành kế hoạch'), cell('D3', 'Thủ tướng Chính phủ'), cell('E3', '30/02/2022')) +
    row(4, cell('A4', '119/KH-UBND'), cell('B4', 'Kế hoạch'), cell('C4', 'Tổ chức phong trào'), cell('D4', 'UBND tỉnh Thái Bình'), cell('E4', '07/9/2022'))
}).concat(
  { name: 'xl/worksheets/sheet2.xml', data: `<worksheet xmlns="${MAIN}"><sheetData>${row(1, cell('A1', 'không phải văn bản'))}</sheetData></worksheet>` },
  { name: 'xl/vbaProject.bin', data: Buffer.from([0, 1, 2, 255]) }
)

/** By an unzipper and a parser that refuse what is not well-formed; nothing of the code that wrote it. */
async function unzipped (bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await promisify<Buffer, ZipFile>((from, done) => fromBuffer(from, { autoClose: false, strictFileNames: true }, done))(bytes)
  const entries: Entry[] = []
  await new Promise<void>((resolve, reject) => zip.on('entry', entry => entries.push(entry)).on('end', resolve).on('error', reject))
  const open = promisify(zip.openReadStream.bind(zip) as (entry: Entry, done: (error: Error | null, stream: Readable) => void) => void)
  const parts = new Map<string, Buffer>()
  for (const entry of entries) parts.set(entry.fileName, await buffer(await open(entry)))
  for (const [name, part] of parts) if (/\.(?:xml|rels)$/.test(name)) new SaxesParser({ xmlns: true, fileName: name }).write(part.toString()).close()
  return parts
}

interface Sheet {
  /** Columns and first row of the cells that the rule looks at. */
  range: { columns: string[], from: number }
  formula: string
}

function ruleOf (sheet: string): Sheet {
  const [, first, from, last, formula] = /<conditionalFormatting sqref="([A-Z])(\d+):([A-Z])1048576"><cfRule type="expression" dxfId="0" priority="1"><formula>([^<]+)</.exec(sheet)!
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  return { range: { columns: [...letters.slice(letters.indexOf(first!), letters.indexOf(last!) + 1)], from: Number(from) }, formula: formula!.replaceAll('&quot;', '"').replaceAll('&amp;', '&') }
}

t.test('a workbook with two bad cells and a row that breaks a rule comes back with exactly these marked, and is otherwise the clerk’s own', async t => {
  const report = (await send(zipOf(clerks), '', XLSX)).json()
  t.match(report, { state: 'done', stored: false, counts: { created: 1, refused: 2 } })
  const reply = await service.get(report.links.workbook, bearer(service.key))
  t.match([reply.statusCode, reply.headers['content-type']], [200, XLSX['content-type']])
  t.match(reply.headers['content-disposition'], /^attachment; filename="van-ban-loi\.xlsx"/)

  const rows = await readSheet(Readable.from([reply.rawPayload]))
  const sentences = rows.map(cells => cells[5])
  t.match(sentences, ['Lỗi (Errors)', null,
    /^\[B\] “Quyết địnhh” không phải là loại văn bản nào\..* — "Quyết địnhh" is not a type of document\..*\n\[E\] “30\/02\/2022”: tháng 2 năm 2022 có 28 ngày.* — .*28 days/,
    /^Văn bản không nêu văn bản cấp trên .* — The plan cites no parent/
  ])
  const told = (await service.get(`${report.links.entries}?outcome=refused`, bearer(service.key))).json().entries
  for (const { message: { vi, en } } of told.flatMap(({ faults = [], findings = [] }: any) => [...faults, ...findings])) {
    t.ok(sentences.some(sentence => String(sentence).includes(`${vi} — ${en}`)), `as the report says it: ${en}`)
  }

  const parts = await unzipped(reply.rawPayload)
  const { range: { columns, from }, formula } = ruleOf(parts.get(SHEET)!.toString())
  t.equal(formula, 'ISNUMBER(FIND(CHAR(10)&"["&SUBSTITUTE(ADDRESS(1,COLUMN(),4),"1","")&"] ",CHAR(10)&$F2))', 'red where a line for the row begins with the letter of the column')
  const red = sentences.flatMap((sentence, index) => index + 1 < from ? [] : columns.filter(letter => String(sentence).includes(`[${letter}]`)).map(letter => `${letter}${index + 1}`))
  t.strictSame(red, ['B3', 'E3'])

  t.match(parts.get('xl/styles.xml')!.toString(), /<dxfs count="1"><dxf>.*<bgColor rgb="FFFFC7CE"\/>.*<\/dxf><\/dxfs>/)
  for (const { name, data } of clerks) {
    const text = (bytes: string | Buffer) => Buffer.from(bytes).toString('latin1')
    const now = parts.get(name)!.toString()
    if (name === SHEET) t.equal(now.replace(/<c r="F\d" t="inlineStr">.*?<\/c>/g, '').replace(/<conditionalFormatting.*<\/conditionalFormatting>/, ''), data.toString(), 'the cells of the clerk')
    else if (name === 'xl/styles.xml') t.equal(now.replace(/<dxfs.*<\/dxfs>/, ''), data.toString(), 'the formats of the clerk')
    else t.equal(text(parts.get(name)!), text(data), name)
  }
  t.equal(parts.size, clerks.length, 'and nothing else is there')

  // As the clerk repairs it: the cells are corrected, the sentences stay where they are, the row that cites nothing goes.
  const corrected = parts.get(SHEET)!.toString().replace('Quyết địnhh</t>', 'Quyết định</t>').replace('30/02/2022</t>', '02/6/2022</t>').replace(/<row r="4">.*?<\/row>/, '')
  const again = await send(zipOf([...parts].map(([name, data]) => ({ name, data: name === SHEET ? corrected : data }))), '?asIssued=true', XLSX)
  t.match(again.json(), { stored: true, counts: { created: 2, refused: 0 } }, again.body)
})

t.test('of several files each workbook comes back with its own sentences, under its own name', async t => {
  const bad = (code: string) => zipOf(partsOf({ rows: rowsOf(['code', 'issuedOn'], [code, `ngày của ${code}`]) }))
  const { payload, headers } = form(['kế hoạch.xlsx', 'b.xlsx'].map((name, index) => ({ name, type: XLSX['content-type'], bytes: bad(`${index + 1}/QĐ-TTg`) })))
  const report = (await send(payload, '', headers)).json()
  t.equal(report.counts.refused, 2, JSON.stringify(report))
  for (const [query, name, code] of [['', encodeURIComponent('kế hoạch-loi.xlsx'), '1/QĐ-TTg'], ['?file=2', 'b-loi.xlsx', '2/QĐ-TTg']] as const) {
    const reply = await service.get(`${report.links.workbook}${query}`, bearer(service.key))
    t.match(reply.headers['content-disposition'], `filename*=UTF-8''${name}`)
    const [, ...rows] = await readSheet(Readable.from([reply.rawPayload]))
    t.match(rows, [[code, `ngày của ${code}`, new RegExp(`^\\[B\\] “ngày của ${code}”[^\n]*$`)]])
  }
  t.match((await service.get(`${report.links.workbook}?file=3`, bearer(service.key))).json(), { code: 'import-not-workbook' })
})

t.test('the sentences of a row are its errors that stand and the row above it that was refused, not its notes and not what is waived', async t => {
  const json = (value: unknown) => JSON.stringify(value).replaceAll('"', '&quot;')
  const rows = rowsOf(['code', 'title', 'issuer', 'issuedOn', 'citations', 'waivers'],
    ['700/QĐ-TTg', 'Kế hoạch', 'Thủ tướng Chính phủ', '30/02/2022'],
    ['701/QĐ-TTg', 'Kế hoạch', 'UBND tỉnh Thái Bình', '2022-09-07', json([
      { relation: 'amends', code: '700/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', issuedOn: '2022' },
      { relation: 'implements', code: '9/QĐ-UBND', issuer: 'UBND huyện Vũ Thư, tỉnh Thái Bình', issuedOn: '2023-01-01' }
    ]), json([{ rule: 'code-matches-issuer', reason: 'In nhầm trên bản gốc' }])])
  const report = (await send(zipOf(partsOf({ rows })), '', XLSX)).json()
  const { findings } = report.entries[1]
  for (const kind of [{ waived: true }, { severity: 'info' }, { severity: 'error', waived: false }]) t.ok(findings.some((finding: any) => Object.entries(kind).every(([name, value]) => finding[name] === value)), JSON.stringify(kind))
  const [, , sentences] = (await readSheet(Readable.from([(await service.get(report.links.workbook, bearer(service.key))).rawPayload]))).map(cells => String(cells[6]))
  for (const { severity, waived, message, rule } of findings) t.equal(sentences!.includes(message.en), severity === 'error' && !waived, `${rule}, ${severity}${waived ? ', waived' : ''}`)
  t.match(sentences, /700\/QĐ-TTg \(sheet "[^"]+", row 2\)/, 'as a person counts the rows of the sheet')
})

t.test('409 for the workbook of an import that failed', async t => {
  const failed = await send(zipOf(partsOf({ rows: rowsOf(['code', 'không có cột này'], ['1/QĐ-TTg', 'x']) })), '', XLSX)
  t.match(failed.json(), { status: 400, code: 'file-columns' })
  t.match((await service.get(`${failed.json().links.import}/workbook`, bearer(service.key))).json(), { status: 409, code: 'import-not-ready' })
})
