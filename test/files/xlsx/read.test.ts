import t from 'tap'
import { showingOf } from '../../../src/files/xlsx/number-formats.ts'
import { dateOfSerial } from '../../../src/files/xlsx/serial-date.ts'
import { cell, faultsOf, partsOf, problemOf, readAll, row, rowsOf, valuesOf, workbookOf } from './workbooks.ts'
import { zipOf } from './zip.ts'

const HEADER = ['Số, ký hiệu', 'Ngày ban hành', 'Trích yếu']
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** Cell formats 0 to 7. */
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts><numFmt numFmtId="164" formatCode="yyyy"/><numFmt numFmtId="165" formatCode="mm/yyyy"/><numFmt numFmtId="166" formatCode="dd/mm"/><numFmt numFmtId="167" formatCode="0&quot;/KH-UBND&quot;"/></numFmts>` +
  `<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${[0, 14, 164, 165, 166, 167, 49, 22].map(id => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`

const number = (name: string, value: string, style: number) => `<c r="${name}" s="${style}"><v>${value}</v></c>`

const dated = (...cells: string[]) => workbookOf({
  styles: STYLES,
  rows: rowsOf(HEADER) + cells.map((found, index) => row(index + 2, cell(`A${index + 2}`, 'x'), found)).join('')
})

t.test('a row of a sheet is a plan, with the place of each of its cells', async t => {
  const [read] = await readAll(workbookOf({ rows: rowsOf(HEADER, ['119/KH-UBND', '07/9/2022', 'Kế hoạch giảm nghèo']) }))
  t.match(read, { row: { number: 1, place: { sheet: 'Danh sách', row: 2 }, value: { code: '119/KH-UBND', issuedOn: '2022-09-07', title: 'Kế hoạch giảm nghèo' } } })
  t.strictSame('row' in read! && read.row.placeOf!('/issuedOn'), { sheet: 'Danh sách', row: 2, cell: 'B2', column: 'Ngày ban hành', pointer: '/issuedOn' })
})

t.test('a cell of a date is as precise as its format shows', async t => {
  t.strictSame(await valuesOf(dated(number('B2', '44811', 1), number('B3', '44811', 2), number('B4', '44811.75', 3), number('B5', '2022', 0), number('B6', '44811.4', 7))),
    ['2022-09-07', '2022', '2022-09', '2022', '2022-09-07'].map(issuedOn => ({ code: 'x', issuedOn })))
  t.strictSame(await valuesOf(dated('<c r="B2" t="d"><v>2022-09-07T00:00:00Z</v></c>')), [{ code: 'x', issuedOn: '2022-09-07' }])
})

t.test('a workbook of the 1904 system counts its days from 1904', async t => {
  const workbook = `<workbook xmlns="${MAIN}" xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>`
  t.strictSame(await valuesOf(workbookOf({ workbook, styles: STYLES, rows: rowsOf(HEADER) + row(2, cell('A2', 'x'), number('B2', '43349', 1)) })), [{ code: 'x', issuedOn: '2022-09-07' }])
})

t.test('days 59, 60 and 61 of the 1900 system are 28 February, no day, and 1 March', async t => {
  t.strictSame([1, 59, 60, 61, 0, -5, 1e9, NaN].map(serial => dateOfSerial(serial, 'day', false)),
    ['1900-01-01', '1900-02-28', undefined, '1900-03-01', undefined, undefined, undefined, undefined])
})

t.test('a format tells whether a number is a date, and how precise', async t => {
  for (const [code, showing] of [
    ['General', 'number'], ['#,##0.00', 'number'], ['0.00E+00', 'number'], ['@', 'number'], ['dd/mm/yyyy', 'day'], ['[$-42A]dd mmmm yyyy;@', 'day'],
    ['"ngày" dd "tháng" mm "năm" yyyy', 'day'], ['mmm-yy', 'month'], ['yyyy', 'year'], ['d-mmm', 'day-without-year'], ['h:mm:ss', 'time'], ['[h]:mm', 'time'],
    ['0"/KH-UBND"', 'other'], ['0000', 'other'], ['"số" 0', 'other'], ['yyyy\\-mm\\-dd', 'day']
  ] as const) t.equal(showingOf(code), showing, code)
})

t.test('a date without its year, a number that is no day, and a code that Excel took for a date are faults of their cells', async t => {
  const faults = await faultsOf(dated(number('B2', '44811', 4), number('B3', '60', 1), number('B4', '44811', 0)))
  t.match(faults, [{ code: 'not-a-date', place: { cell: 'B2' } }, { code: 'not-a-date', place: { cell: 'B3' } }, { code: 'not-a-date', place: { cell: 'B4' } }])
  const codes = await faultsOf(workbookOf({ styles: STYLES, rows: rowsOf(HEADER) + row(2, number('A2', '44682', 3)) + row(3, number('A3', '119', 5)) }))
  t.match(codes, [{ code: 'cell-is-date', at: '/code', place: { cell: 'A2' }, message: { vi: /2022-05/ } }, { code: 'cell-shows-otherwise', place: { cell: 'A3' } }])
})

t.test('a formula is a fault of its cell, whatever value is stored with it; one that shows nothing is blank', async t => {
  const rows = rowsOf(HEADER) +
    row(2, '<c r="A2" t="str"><f>B2</f><v>119/KH-UBND</v></c>', cell('C2', 'y')) +
    row(3, cell('A3', 'x'), '<c r="C3" t="str"><f>IF(A3="","",A3)</f><v></v></c>') +
    row(4, '<c r="C4"><f>A4</f></c>')
  t.match(await readAll(workbookOf({ rows })), [
    { fault: { faults: [{ code: 'cell-formula', at: '/code', place: { cell: 'A2' } }], rest: { value: { title: 'y' } } } },
    { row: { value: { code: 'x' } } },
    { fault: { faults: [{ code: 'cell-formula', place: { cell: 'C4' } }] } }
  ])
})

t.test('the values that one array formula fills in are formulas as well', async t => {
  const rows = rowsOf(HEADER) + row(2, '<c r="A2" t="str"><f t="array" ref="A2:A3">X</f><v>a</v></c>') + row(3, '<c r="A3" t="str"><v>b</v></c>') + row(4, cell('A4', 'c'))
  t.strictSame((await faultsOf(workbookOf({ rows }))).map(({ place }) => place!.cell), ['A2', 'A3'])
})

t.test('an error value is a fault, a boolean is yes or no', async t => {
  t.match(await faultsOf(workbookOf({ rows: rowsOf(HEADER) + row(2, '<c r="A2" t="e"><v>#REF!</v></c>') })), [{ code: 'cell-error', message: { vi: /#REF!/ } }])
  t.strictSame(await valuesOf(workbookOf({ rows: rowsOf(['Trích yếu', 'Dự thảo']) + row(2, cell('A2', 'x'), '<c r="B2" t="b"><v>1</v></c>') })), [{ title: 'x', draft: true }])
})

t.test('shared strings, rich text, reading aids and escaped characters give the text that is seen', async t => {
  const strings = `<sst xmlns="${MAIN}"><si><t>không dùng</t></si><si><r><t>Kế </t></r><r><rPr><b/></rPr><t>hoạch</t></r><rPh sb="0" eb="1"><t>KE</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si></sst>`
  t.strictSame(await valuesOf(workbookOf({ strings, rows: rowsOf(HEADER) + row(2, '<c r="A2" t="s"><v>2</v></c>', '<c r="C2" t="s"><v>1</v></c>') })),
    [{ code: 'a\rb_x0041_', title: 'Kế hoạch' }])
})

t.test('a sheet without addresses, with prefixes, in UTF-16 is read as any other', async t => {
  const sheet = `<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="${MAIN}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>code</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>title</x:t></x:is></x:c></x:row><x:row><x:c/><x:c t="inlineStr"><x:is><x:t>Chỉ thị</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`
  const parts = partsOf().map(part => part.name.endsWith('sheet1.xml') ? { ...part, data: Buffer.from(`\ufeff${sheet}`, 'utf16le') } : part)
  t.strictSame(await valuesOf(zipOf(parts)), [{ title: 'Chỉ thị' }])
})

t.test('the sheet named “Văn bản” is read before the first, and a hidden one only by that name', async t => {
  const sheets = (first: string, second: string) => zipOf([
    ...partsOf({ rows: rowsOf(['code', 'title'], ['1', 'một']), workbook: `<workbook xmlns="${MAIN}" xmlns:r="r"><sheets><sheet ${first} r:id="rId1"/><sheet ${second} r:id="rId4"/></sheets></workbook>` }),
    { name: 'xl/worksheets/sheet2.xml', data: `<worksheet xmlns="${MAIN}"><sheetData>${rowsOf(['code', 'title'], ['2', 'hai'])}</sheetData></worksheet>` }
  ])
  t.match(await valuesOf(sheets('name="Tổng hợp"', 'name="VĂN BẢN"')), [{ title: 'hai' }])
  t.match(await valuesOf(sheets('name="a"', 'name="b"')), [{ title: 'một' }])
  t.match(await valuesOf(sheets('name="a" state="hidden"', 'name="b"')), [{ title: 'hai' }])
  t.match(await valuesOf(sheets('name="a"', 'name="Plans" state="veryHidden"')), [{ title: 'hai' }])
})

t.test('hidden rows count; the lines above the table, blank rows, bare numbers and our own sentences do not', async t => {
  const rows = row(1, cell('A1', 'ỦY BAN NHÂN DÂN TỈNH THÁI BÌNH')) + row(3, cell('A3', 'DANH SÁCH VĂN BẢN')) +
    row(5, cell('A5', 'STT'), cell('B5', 'Số, ký hiệu'), cell('C5', 'Trích yếu'), cell('D5', 'Lỗi (Errors)')) +
    `<row r="6" hidden="1">${cell('A6', '1')}${cell('B6', '1/KH-UBND')}${cell('D6', '[B] sai')}</row>` +
    row(7, cell('A7', '2')) + row(9, cell('A9', '3'), cell('C9', 'ba'))
  t.match(await readAll(workbookOf({ rows })), [
    { row: { number: 1, place: { row: 6 }, value: { code: '1/KH-UBND' } } },
    { row: { number: 2, place: { row: 9 }, value: { title: 'ba' } } }
  ])
})

t.test('a merged cell over several rows is a fault in each row that it leaves blank', async t => {
  const rows = rowsOf(['Số, ký hiệu', 'Cơ quan ban hành'], ['1', 'UBND tỉnh Thái Bình'], ['2', ''], ['3', 'Sở A'])
  const faults = await faultsOf(workbookOf({ rows, after: '<mergeCells count="2"><mergeCell ref="B2:B3"/><mergeCell ref="D1:E9"/></mergeCells>' }))
  t.match(faults, [{ code: 'cell-merged', at: '/issuer', place: { cell: 'B3' }, message: { vi: /B2:B3/ } }])
  t.equal(faults.length, 1)
})

t.test('unknown columns refuse the file before any row, each with its cell', async t => {
  const problem = await problemOf(workbookOf({ rows: rowsOf(['Số, ký hiệu', 'Trích yêu', 'Ghi chú riêng'], ['1', 'x', 'y']) }))
  t.equal(problem.code, 'file-columns')
  t.match(problem.details, [{ place: { sheet: 'Danh sách', row: 1, cell: /[BC]1/ } }])
})

t.test('an empty sheet is refused with words', async t => {
  t.match(await problemOf(workbookOf()), { code: 'file-columns', detail: { vi: /trang tính trống/ } })
})

t.test('macros are carried and never run', async t => {
  t.strictSame(await valuesOf(zipOf([...partsOf({ rows: rowsOf(['code'], ['1']) }), { name: 'xl/vbaProject.bin', data: Buffer.alloc(100) }])), [{ code: '1' }])
})
