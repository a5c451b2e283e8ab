import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import t, { type Test } from 'tap'
import { openArchive } from '../../../src/files/xlsx/archive.ts'
import { readXlsx } from '../../../src/files/xlsx/read-xlsx.ts'
import { Problem } from '../../../src/problem.ts'
import { cpuMsOf } from '../../http/cpu-time.ts'
import { mostHeldBy } from '../held-memory.ts'
import { cell, partsOf, problemOf, readAll, row, rowsOf, streamed, valuesOf, workbookOf } from './workbooks.ts'
import { type ZipEntry, zipOf } from './zip.ts'

const ROWS = rowsOf(['code', 'title'], ['1', 'một'])
const good = (): ZipEntry[] => partsOf({ rows: ROWS })

/** The entry of the sheet, changed. */
const withSheet = (change: (entry: ZipEntry) => ZipEntry): ZipEntry[] =>
  good().map(entry => entry.name.endsWith('sheet1.xml') ? change(entry) : entry)

async function refusal (t: Test, bytes: Uint8Array, code: string, words: RegExp, mostCpuMs = 1500): Promise<void> {
  let problem: unknown
  const ms = await cpuMsOf(async () => { problem = await problemOf(bytes) })
  const held = await mostHeldBy(async () => { await problemOf(bytes) })
  t.match(problem, { code, detail: { vi: new RegExp(words, 'iu') } })
  t.ok(problem instanceof Problem)
  t.ok(ms < mostCpuMs, `${ms} ms`)
  t.ok(held < 40e6, `${held} bytes`)
}

t.test('a part that shrinks more than a hundredfold is refused by what it declares', async t => {
  const packed = deflateRawSync(Buffer.alloc(60e6, ' '))
  await refusal(t, zipOf(withSheet(entry => ({ ...entry, packed, size: 60e6 }))), 'file-over-limit', /quá 100 lần/, 2500)
})

t.test('parts that together inflate beyond the limit are refused before any of them is', async t => {
  const packed = Buffer.alloc(4e6)
  const bombs = Array.from({ length: 4 }, (_, index) => ({ name: `xl/media/${index}.png`, data: '', packed, size: 399e6 }))
  await refusal(t, zipOf([...good(), ...bombs]), 'file-over-limit', /giải nén vượt 1280 MiB/)
})

t.test('a part that inflates to more than it declares is cut off where it lies', async t => {
  const packed = deflateRawSync(Buffer.alloc(60e6, ' '))
  const lying = zipOf(withSheet(entry => ({ ...entry, packed, size: 5000 })))
  await refusal(t, lying, 'file-unreadable', /không khớp dung lượng/, 2500)
  const { parts } = await openArchive(streamed(lying))
  let given = 0
  await t.rejects(async () => { for await (const piece of parts.get('xl/worksheets/sheet1.xml')!.bytes()) given += piece.length })
  t.equal(given, 0)
})

t.test('a part with another checksum or size than declared gives no row at all', async t => {
  await refusal(t, zipOf(withSheet(entry => ({ ...entry, sum: 1 }))), 'file-unreadable', /mã kiểm tra/)
  await refusal(t, zipOf(withSheet(entry => ({ ...entry, size: 9999 }))), 'file-unreadable', /không khớp dung lượng/)
})

t.test('a zip inside the zip stays what it is: nothing nested is opened', async t => {
  t.strictSame(await valuesOf(zipOf([...good(), { name: 'xl/embeddings/a.xlsx', data: zipOf(good()) }])), [{ code: '1', title: 'một' }])
})

t.test('too many entries are refused by the number declared', async t => {
  const many = Array.from({ length: 1001 }, (_, index) => ({ name: `x/${index}`, data: '' }))
  await refusal(t, zipOf([...good(), ...many]), 'file-over-limit', /thành phần, tối đa 1000/)
})

t.test('names that lead out of the archive, repeated names, passwords and other compressions are refused', async t => {
  await refusal(t, zipOf([...good(), { name: '../../etc/cron.d/x', data: 'x' }]), 'file-unreadable', /Tệp nén bị hỏng/)
  await refusal(t, zipOf([...good(), { name: '/etc/passwd', data: 'x' }]), 'file-unreadable', /Tệp nén bị hỏng/)
  await refusal(t, zipOf([...good(), { name: 'XL/Worksheets/Sheet1.xml', data: 'x' }]), 'file-unreadable', /cùng tên/)
  await refusal(t, zipOf(withSheet(entry => ({ ...entry, flags: 0x801 }))), 'file-unreadable', /mật khẩu/)
  await refusal(t, zipOf(withSheet(entry => ({ ...entry, flags: 0x841 }))), 'file-unreadable', /Tệp nén bị hỏng/)
  await refusal(t, zipOf(withSheet(entry => ({ ...entry, method: 12 }))), 'file-unreadable', /nén theo cách khác/)
})

t.test('zip64 is read as any other zip', async t => {
  t.strictSame(await valuesOf(zipOf(good(), { zip64: true })), [{ code: '1', title: 'một' }])
})

t.test('a zip that is cut anywhere is refused, and so is one with bytes behind it', async t => {
  const whole = zipOf(good())
  for (let length = 1; length < whole.length; length += 97) {
    t.match(await problemOf(whole.subarray(0, length)), { code: /^file-(?:truncated|unreadable)$/ }, String(length))
  }
  await refusal(t, whole.subarray(0, whole.length - 30), 'file-truncated', /thiếu phần cuối/)
  await refusal(t, Buffer.concat([whole, Buffer.from('thừa')]), 'file-truncated', /thừa byte/)
})

t.test('what is no .xlsx is told what it is and how to save it', async t => {
  const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
  await refusal(t, compound, 'file-unreadable', /Excel 97–2003.*lưu lại dạng \.xlsx/)
  await refusal(t, Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]), 'file-unreadable', /mật khẩu/)
  await refusal(t, Buffer.from('code;title\r\n1;x'), 'file-unreadable', /Không phải tệp \.xlsx/)
  await refusal(t, Buffer.alloc(0), 'file-unreadable', /tệp rỗng/i)
  await refusal(t, zipOf([{ name: 'content.xml', data: '' }]), 'file-unreadable', /OpenDocument/)
  await refusal(t, zipOf([{ name: 'word/document.xml', data: '<document/>' }]), 'file-unreadable', /Word/)
})

t.test('an upload beyond 64 MiB is refused without reading on', async t => {
  let drawn = 0
  const endless = async function * () {
    for (;;) {
      drawn++
      yield Buffer.alloc(1024 * 1024, 'PK')
    }
  }
  await t.rejects(readXlsx(endless()).next(), { code: 'file-over-limit' })
  t.equal(drawn, 65)
})

t.test('a document type is refused: no entity expands, none is fetched', async t => {
  const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
  const outside = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'
  for (const doctype of [laughs, outside]) {
    for (const part of ['xl/worksheets/sheet1.xml', 'xl/workbook.xml', 'xl/sharedStrings.xml', 'xl/styles.xml', '_rels/.rels']) {
      const entries = good().map(entry => entry.name === part ? { ...entry, data: doctype + entry.data } : entry)
      await refusal(t, zipOf(entries), 'file-unreadable', /DOCTYPE/)
    }
  }
  await refusal(t, workbookOf({ rows: row(1, cell('A1', '&a;')) }), 'file-unreadable', /không phải XML hợp lệ/)
})

t.test('tags nested without end, one endless tag, comment or text are refused while they are read', async t => {
  // Noise, so that the ratio of the part stays that of an honest one.
  let seed = 1
  const long = Buffer.from(Array.from({ length: 3e6 }, () => 97 + (seed = seed * 48271 % 2147483647) % 26)).toString()
  await refusal(t, workbookOf({ rows: '<a>'.repeat(100_000) }), 'file-over-limit', /lồng nhau quá 64 tầng/)
  await refusal(t, workbookOf({ rows: row(1, cell('A1', long)) }), 'file-over-limit', /dài quá 1048576 ký tự/)
  await refusal(t, workbookOf({ rows: `<!--${long}-->` }), 'file-over-limit', /dài quá 1048576 ký tự/)
  await refusal(t, workbookOf({ rows: `<![CDATA[${long}]]>` }), 'file-over-limit', /dài quá 1048576 ký tự/)
  const attributes = Array.from({ length: 300_000 }, (_, index) => `a${index}="${index}"`).join(' ')
  await refusal(t, workbookOf({ rows: `<row ${attributes}/>` }), 'file-over-limit', /dài quá 1048576 ký tự/)
})

t.test('ten million columns, repeated cells and rows that go back are refused', async t => {
  const columns = Array.from({ length: 30_000 }, (_, index) => `<c t="b"><v>${index % 2}</v></c>`).join('')
  await refusal(t, workbookOf({ rows: `<row>${columns}</row>` }), 'file-over-limit', /quá 16384 ô/)
  for (const address of ['XFE1', 'ABCDEFGH1', 'A0', 'A9999999', 'a1', '__proto__', 'A1A', '']) {
    await refusal(t, workbookOf({ rows: row(1, cell(address, 'x')) }), 'file-unreadable', /trang tính hỏng/)
  }
  await refusal(t, workbookOf({ rows: row(1, cell('A1', 'x'), cell('A1', 'y')) }), 'file-unreadable', /trang tính hỏng/)
  await refusal(t, workbookOf({ rows: row(2, cell('A2', 'x')) + row(1, cell('A1', 'y')) }), 'file-unreadable', /trang tính hỏng/)
  await refusal(t, workbookOf({ rows: row(1048577, cell('A1', 'x')) }), 'file-unreadable', /trang tính hỏng/)
  await refusal(t, workbookOf({ rows: row(1, '<c r="A1" t="s"><v>7</v></c>') }), 'file-unreadable', /sharedStrings/)
})

t.test('a cell or a row within a cell is damage and is refused', async t => {
  for (const within of ['<c r="B1"><v>1</v></c>', '<c/>', '<row r="2"/>', '<row r="2"><c r="A2"/></row>']) {
    await refusal(t, workbookOf({ rows: `<row r="1"><c r="A1">${within}</c></row>` }), 'file-unreadable', /trang tính hỏng/)
  }
})

t.test('a header of more columns than a plan has is refused', async t => {
  const names = Array.from({ length: 300 }, (_, index) => `<c t="inlineStr"><is><t>cột ${index}</t></is></c>`).join('')
  await refusal(t, workbookOf({ rows: `<row>${names}</row>` }), 'file-over-limit', /300 cột/)
})

t.test('a row of more text than a request may hold is a fault of that row, and reading goes on', async t => {
  const strings = `<sst><si><t>${'ê'.repeat(32767)}</t></si></sst>`
  const long = Array.from({ length: 100 }, () => '<c t="s"><v>0</v></c>').join('')
  t.match(await readAll(workbookOf({ strings, rows: rowsOf(['code', 'title']) + `<row r="2">${long}</row>` + row(3, cell('A3', '3')) })),
    [{ fault: { faults: [{ code: 'row-too-long' }] } }, { row: { value: { code: '3' } } }])
})

/** What reading a sheet may take, as a multiple of what its XML takes to parse: machines differ. */
const MOST_TIMES_PARSING = 3

const parsingMsOf = async (rows: string): Promise<number> =>
  await cpuMsOf(async () => { new SaxesParser().write(`<sheetData>${rows}</sheetData>`).close() })

t.test('two hundred thousand blank rows with formats take little time and no memory, and the row behind them is read', async t => {
  const blank = Array.from({ length: 200_000 }, (_, index) => `<row r="${index + 2}"><c r="A${index + 2}" s="0"/><c r="B${index + 2}"/></row>`).join('')
  const bytes = workbookOf({ rows: rowsOf(['code', 'title']) + blank + row(200_002, cell('A200002', 'x')) })
  const read = async () => { t.match(await readAll(bytes), [{ row: { number: 1, place: { row: 200_002 } } }]) }
  const ms = await cpuMsOf(read)
  const plainMs = await parsingMsOf(blank)
  const held = await mostHeldBy(read)
  t.ok(ms < plainMs * MOST_TIMES_PARSING, `${ms} ms, parsing alone ${plainMs}`)
  t.ok(held < blank.length / 2, `${held} of ${blank.length} bytes`)
})

t.test('a million empty rows are read past in little time and no memory; without numbers they are a bomb and refused', async t => {
  const empty = Array.from({ length: 1_000_000 }, (_, index) => `<row r="${index + 2}"/>`).join('')
  const rows = rowsOf(['code', 'title']) + empty + row(1_000_002, cell('A1000002', 'x'))
  const bytes = zipOf(partsOf({ rows }).map(part => ({ ...part, packed: deflateRawSync(part.data, { level: 1 }) })))
  const read = async () => { t.match(await readAll(bytes), [{ row: { number: 1, place: { row: 1_000_002 } } }]) }
  const ms = await cpuMsOf(read)
  const plainMs = await parsingMsOf(empty)
  const held = await mostHeldBy(read)
  t.ok(ms < plainMs * MOST_TIMES_PARSING, `${ms} ms, parsing alone ${plainMs}`)
  t.ok(held < empty.length / 2, `${held} of ${empty.length} bytes`)
  await refusal(t, workbookOf({ rows: rowsOf(['code', 'title']) + '<row/>'.repeat(1_000_000) }), 'file-over-limit', /quá 100 lần/)
})

t.test('whatever bytes come, reading ends in rows or in a problem', async () => {
  const whole = zipOf(good())
  const changed = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 }).map(changes => {
    const bytes = Buffer.from(whole)
    for (const [at, byte] of changes) bytes[at] = byte
    return bytes
  })
  const xml = fc.string({ unit: fc.constantFrom('<row>', '</row>', '<c>', '<c r="B2" t="s">', '</c>', '<v>', '</v>', '1', '<is><t>', '</t></is>', '<f>', '</f>', 'x', '&amp;', '&x;', '<!--', '-->') })
    .map(rows => workbookOf({ rows: rowsOf(['code', 'title']) + rows }))
  await fc.assert(fc.asyncProperty(fc.oneof(changed, xml, fc.uint8Array()), async bytes => {
    try {
      for await (const read of readXlsx(streamed(bytes, 1000))) if (!('row' in read) && !('fault' in read)) return false
      return true
    } catch (problem) {
      return problem instanceof Problem
    }
  }), { numRuns: 300 })
})
