import { Readable } from 'node:stream'
import { readSheet } from 'read-excel-file/node'
import t from 'tap'
import { openArchive } from '../../../src/files/xlsx/archive.ts'
import { type MarkedRow, markWorkbook } from '../../../src/files/xlsx/mark-workbook.ts'
import { writeXlsx } from '../../../src/files/xlsx/write-xlsx.ts'
import { bytesOf, cell, partsOf, row, rowsOf, streamed, valuesOf, workbookOf } from './workbooks.ts'
import { zipOf } from './zip.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const ROWS = rowsOf(['Số, ký hiệu', 'Ngày ban hành'], ['1', '30/02/2014'], ['2', '2022'], ['3', 'hôm qua'])
const DATE = { vi: 'không có ngày 30 <tháng 2>', en: 'there is no 30 & February' }

const mark = async (bytes: Uint8Array, marked: MarkedRow[] = [{ row: 2, faults: [{ cell: 'B2', message: DATE }] }]) =>
  await bytesOf(markWorkbook(streamed(bytes), marked))

async function partText (bytes: Uint8Array, name: string): Promise<string> {
  const { parts } = await openArchive(streamed(bytes))
  return (await bytesOf(parts.get(name)!.bytes())).toString()
}
const sheetOf = async (bytes: Uint8Array) => await partText(bytes, 'xl/worksheets/sheet1.xml')

t.test('a marked workbook says in a column behind the others what is wrong in each row, in both languages', async t => {
  const marked = await mark(workbookOf({ rows: ROWS }), [
    { row: 2, faults: [{ cell: 'B2', message: DATE }, { message: { vi: 'cả hàng', en: 'the row' } }] },
    { row: 4, faults: [{ cell: 'B4', message: { vi: 'không phải ngày', en: 'no date' } }] }
  ])
  t.strictSame((await readSheet(Readable.from([marked]))).map(cells => cells[2]), [
    'Lỗi (Errors)',
    '[B] không có ngày 30 <tháng 2> — there is no 30 & February\ncả hàng — the row',
    null,
    '[B] không phải ngày — no date'
  ])
})

t.test('the cells named turn red by a rule that asks for their letter in the sentence', async t => {
  const marked = await mark(workbookOf({ rows: ROWS, after: '<mergeCells count="1"><mergeCell ref="D1:E1"/></mergeCells><pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/>' }))
  t.match(await sheetOf(marked), /<\/mergeCells><conditionalFormatting sqref="A2:B1048576"><cfRule type="expression" dxfId="0" priority="1"><formula>ISNUMBER\(FIND\([^<]+,CHAR\(10\)&amp;\$C2\)\)<\/formula><\/cfRule><\/conditionalFormatting><pageMargins/)
  t.match(await partText(marked, 'xl/styles.xml'), /<\/cellXfs><dxfs count="1"><dxf>.*FFFFC7CE.*<\/dxf><\/dxfs><\/styleSheet>$/)
})

t.test('the red format joins those that the workbook has', async t => {
  for (const [styles, pattern, index] of [
    ['<dxfs count="2"><dxf/><dxf><font/></dxf></dxfs><tableStyles/>', /<dxfs count="3"><dxf\/><dxf><font\/><\/dxf><dxf>.+<\/dxf><\/dxfs><tableStyles\/>/, 2],
    ['<cellXfs/><dxfs count="0"/><colors/>', /<cellXfs\/><dxfs count="1"><dxf>.+<\/dxf><\/dxfs><colors\/>/, 0],
    ['<cellXfs/><tableStyles/>', /<cellXfs\/><dxfs count="1"><dxf>.+<\/dxf><\/dxfs><tableStyles\/>/, 0]
  ] as const) {
    const marked = await mark(workbookOf({ rows: ROWS, styles: `<?xml version="1.0"?><styleSheet xmlns="${MAIN}">${styles}</styleSheet>` }))
    t.match(await partText(marked, 'xl/styles.xml'), pattern)
    t.match(await sheetOf(marked), new RegExp(`dxfId="${index}"`))
  }
})

t.test('everything else stays byte for byte, other sheets, macros and formats included', async t => {
  const styled = '<row r="2" spans="1:2" ht="30" customHeight="1"><c r="A2" s="0" t="inlineStr"><is><r><rPr><b/></rPr><t>1</t></r></is></c><c r="B2"><f>A2&amp;"x"</f><v>5</v></c></row>'
  const parts = [
    ...partsOf({ rows: rowsOf(['code', 'title']) + styled, after: '<drawing r:id="rId1"/><!-- ghi chú -->' }),
    { name: 'xl/vbaProject.bin', data: Buffer.from('macro') },
    { name: 'xl/worksheets/sheet2.xml', data: '<worksheet/>' }
  ]
  const marked = await mark(zipOf(parts))
  for (const { name, data } of parts) {
    if (!/sheet1|styles/.test(name)) t.equal(await partText(marked, name.toLowerCase()), data.toString(), name)
  }
  const before = parts.find(({ name }) => name.endsWith('sheet1.xml'))!.data.toString()
  const after = (await sheetOf(marked))
    .replace(/<c r="C\d" t="inlineStr">.*?<\/c>/g, '').replace(/<conditionalFormatting.*<\/conditionalFormatting>/, '')
  t.equal(after, before.replace(' spans="1:2"', ''))
})

t.test('a workbook that comes back corrected is read: the column of sentences is passed over', async t => {
  const marked = await mark(workbookOf({ rows: rowsOf(['code', 'title'], ['1', 'một']) }), [{ row: 2, faults: [{ cell: 'A2', message: DATE }] }])
  t.strictSame(await valuesOf(marked), [{ code: '1', title: 'một' }])
})

t.test('marking again replaces the earlier sentences and adds no second column or rule', async t => {
  const once = await mark(workbookOf({ rows: ROWS }))
  const twice = await mark(once, [{ row: 4, faults: [{ cell: 'B4', message: { vi: 'mới', en: 'new' } }] }])
  t.strictSame((await readSheet(Readable.from([twice]))).map(cells => cells.slice(2)), [['Lỗi (Errors)'], [null], [null], ['[B] mới — new']])
  t.equal((await sheetOf(twice)).match(/conditionalFormatting sqref/g)!.length, 1)
})

t.test('a blank cell with a format gives way to the sentence, and cells behind it stay behind it', async t => {
  const rows = rowsOf(['code', 'title']) + row(2, cell('A2', '1'), '<c r="C2" s="0"/>', '<c r="D2" s="0"/>')
  t.match(await sheetOf(await mark(workbookOf({ rows }))), /<\/c><c r="C2" t="inlineStr"><is><t xml:space="preserve">\[B\][^<]*<\/t><\/is><\/c><c r="D2" s="0"\/><\/row>/)
})

t.test('sheets with prefixes and in UTF-16 come back whole', async t => {
  const sheet = `<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="${MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>Trích yếu</x:v></x:c></x:row><x:row r="2"><x:c r="A2" t="str"><x:v>một</x:v></x:c></x:row></x:sheetData></x:worksheet>`
  const parts = partsOf().map(part => part.name.endsWith('sheet1.xml') ? { ...part, data: Buffer.from(`\ufeff${sheet}`, 'utf16le') } : part)
  const marked = await mark(zipOf(parts), [{ row: 2, faults: [{ cell: 'A2', message: DATE }] }])
  t.match(await sheetOf(marked), /^<\?xml version="1.0" encoding="UTF-8"\?><x:worksheet.*<x:c r="B2" t="inlineStr"><x:is><x:t xml:space="preserve">\[A\].*<x:conditionalFormatting.*<\/x:worksheet>$/)
  t.strictSame(await valuesOf(marked), [{ title: 'một' }])
})

t.test('a workbook without formats of its own is given its sentences alone', async t => {
  const parts = partsOf({ rows: ROWS }).filter(({ name }) => !name.endsWith('styles.xml'))
  t.match(await sheetOf(await mark(zipOf(parts))), /^(?!.*conditionalFormatting).*\[B\] không có ngày/)
})

t.test('sentences longer than a cell are cut', async t => {
  const long = { row: 2, faults: Array.from({ length: 300 }, () => ({ cell: 'B2', message: { vi: 'x'.repeat(100), en: 'y'.repeat(100) } })) }
  const [, cells] = await readSheet(Readable.from([await mark(workbookOf({ rows: ROWS }), [long])]))
  t.equal(String(cells![2]).length, 32767)
  t.ok(String(cells![2]).endsWith('…'))
})

t.test('thousands of rows, in pieces of any size, keep every cell and take every sentence', async t => {
  const plans = Array.from({ length: 3000 }, (_, index) => ({ code: `${index}/KH-UBND`, title: `Kế hoạch số ${index}`, citations: [{ relation: 'basis', code: 'x'.repeat(index % 200) + '.' }] }))
  const bytes = await bytesOf(writeXlsx(plans))
  const faults = plans.flatMap((_, index) => index % 3 === 0 ? [{ row: index + 2, faults: [{ cell: `B${index + 2}`, message: { vi: `lỗi ${index}`, en: 'wrong' } }] }] : [])
  const marked = await mark(bytes, faults)
  t.strictSame(await valuesOf(marked), plans)
  const sentences = (await readSheet(Readable.from([marked]))).map(cells => cells.at(-1))
  t.equal(sentences.filter(sentence => typeof sentence === 'string' && sentence.startsWith('[B] lỗi ')).length, 1000)
  t.equal(sentences[2998], '[B] lỗi 2997 — wrong')
})

t.test('a sentence stands in its column wherever the text of its row is cut while it is read', async t => {
  const blank = (number: number) => Array.from({ length: 20 }, (_, index) => `<c r="${String.fromCharCode(67 + index)}${number}" s="0"/>`)
  const rows = Array.from({ length: 500 }, (_, index) => row(index + 2, cell(`A${index + 2}`, `${index}`), ...blank(index + 2))).join('')
  const marked = await sheetOf(await mark(workbookOf({ rows: rowsOf(['code', 'title']) + rows }),
    Array.from({ length: 500 }, (_, index) => ({ row: index + 2, faults: [{ message: { vi: 'sai', en: 'wrong' } }] }))))
  t.equal(marked.match(/<c r="A(\d+)" t="inlineStr"><is><t xml:space="preserve">\d+<\/t><\/is><\/c><c r="C\1" t="inlineStr"><is><t xml:space="preserve">sai — wrong<\/t><\/is><\/c><c r="D\1" s="0"\/>/g)?.length, 500)
})

t.test('a workbook without faults, an empty one and what is none', async t => {
  t.strictSame(await valuesOf(await mark(workbookOf({ rows: rowsOf(['code'], ['1']) }), [])), [{ code: '1' }])
  t.match(await sheetOf(await mark(workbookOf(), [])), /<sheetData><\/sheetData>/)
  await t.rejects(mark(Buffer.from('no zip')), { code: 'file-unreadable' })
})
