import t from 'tap'
import { readNdjson } from '../../src/files/ndjson/read-ndjson.ts'
import { lazily, outcomeOf, pieces } from './reading.ts'

const read = async (content: string | Uint8Array, size?: number) => outcomeOf(readNdjson, pieces(content, size))

t.test('lines may end in LF, CRLF or CR, and blank ones are passed over', async t => {
  for (const [end, second] of [['\n', 3], ['\r\n', 3], ['\r', 3]] as const) {
    for (const size of [1, 2, 1000]) {
      const { values, places } = await read(['{"code":"1/KH-UBND"}', ' ', '{"title":"Đề án"}'].join(end), size)
      t.same(values, [{ code: '1/KH-UBND' }, { title: 'Đề án' }])
      t.same(places, [{ line: 1 }, { line: second }])
    }
  }
})

t.test('a file without rows holds none', async t => {
  t.strictSame(await read('\ufeff\r\n'), { values: [], places: [], faults: [], reads: [] })
})

t.test('a bad line is the fault of its row, with line, column and pointer, and reading goes on', async t => {
  const { values, faults, reads } = await read('{"code":"1"}\n{"code":}\n{"a":1,"a":2}\n{"__proto__":{}}\n{"q":"\\ud800"}\n{"n":12345678901234567890}\n{"code":"2"}\n')
  t.same(values, [{ code: '1' }, { code: '2' }])
  t.same(faults.map(({ code }) => code), ['syntax', 'duplicate-key', 'forbidden-key', 'lone-surrogate', 'number-inexact'])
  t.match(faults[0], { at: '/code', place: { line: 2, pointer: '/code' }, message: { vi: /^Dòng 2: cột 9: /, en: /^Line 2: column 9: / } })
  t.same(reads.map(read => 'row' in read ? read.row.number : read.fault.number), [1, 2, 3, 4, 5, 6, 7])
})

t.test('a file that stops in mid-row says so with the line, after the rows before it', async t => {
  t.match(await read('{"code":"1"}\n\n{"code":"2'), { values: [{ code: '1' }], problem: { code: 'file-truncated', place: { line: 3 }, detail: { vi: /^Dòng 3: tệp dừng giữa hàng/ } } })
  t.equal((await read('{"code":"1"}')).problem, undefined, 'the last line needs no line break')
  t.match(await read('{"code":"1\n{"code":"2"}'), { values: [{ code: '2' }], faults: [{ code: 'unexpected-end' }] }, 'a line cut off inside the file is a bad row')
})

t.test('a line over 1 MiB ends the reading before it is held; one of exactly 1 MiB is read', async t => {
  const fill = 1024 * 1024 - Buffer.byteLength('{"title":""}')
  t.equal((await read(`{"title":"${'a'.repeat(fill)}"}\n`, 100_000)).values.length, 1)
  t.match(await read(`{"code":"1"}\n{"title":"${'a'.repeat(fill + 1)}"}\n`, 100_000), { values: [{ code: '1' }], problem: { code: 'file-over-limit', status: 413, place: { line: 2 } } })
  t.match(await read(`{"title":"${'đ'.repeat(fill / 2 + 1)}"}`, 100_000), { problem: { code: 'file-over-limit' } }, 'bytes count, not characters')
  let made = 0
  async function * endless () {
    for await (const piece of lazily('{"title":"', 'a'.repeat(1024 * 1024), 1024)) { made += piece.length; yield piece }
  }
  t.match(await outcomeOf(readNdjson, endless()), { problem: { code: 'file-over-limit', place: { line: 1 } } })
  t.ok(made < 3 * 1024 * 1024, 'of a line of 1 GB, hardly more than the limit is taken')
})

t.test('nesting deeper than allowed is a fault, not a crash', async t => {
  t.match(await read('['.repeat(50_000) + '\n{}\n', 5000), { values: [{}], faults: [{ code: 'too-deep' }] })
})
