import fc from 'fast-check'
import t from 'tap'
import { readCsv } from '../../src/files/csv/read-csv.ts'
import { readJsonArray } from '../../src/files/json-array/read-json-array.ts'
import { readNdjson } from '../../src/files/ndjson/read-ndjson.ts'
import type { FileProblem } from '../../src/files/file-problem.ts'
import { cpuMsOf } from '../http/cpu-time.ts'
import { lazily, outcomeOf, pieces } from './reading.ts'

const READERS = { readCsv, readJsonArray, readNdjson }

t.test('whatever bytes come, reading ends in rows or in a problem', async t => {
  const token = fc.constantFrom('[', ']', '{', '}', '"', ',', ';', ':', '\\', '\n', '\r', '\t', ' ', '\'', '=', '1', 'null', '"plans":', 'code', 'title', 'Số, ký hiệu', '\u0000', '\ufeff', '\ud800', '\\u00', '__proto__', '2014/02/30')
  const scraps = fc.array(token, { maxLength: 30 }).map(tokens => Buffer.from(tokens.join('')))
  const tables = scraps.map(scrap => Buffer.concat([Buffer.from('code;issuedOn;targets\n'), scrap]))
  const content = fc.oneof(fc.uint8Array({ maxLength: 60 }), scraps, tables, scraps.map(scrap => Buffer.from('\ufeff' + scrap.toString(), 'utf16le')))
  for (const [name, reader] of Object.entries(READERS)) {
    await fc.assert(fc.asyncProperty(content, fc.integer({ min: 1, max: 20 }), async (bytes, size) => {
      const { problem, reads } = await outcomeOf(reader, pieces(bytes, size))
      t.strictSame([problem?.code.startsWith('file-') ?? true, name, ...reads.map(read => 'row' in read ? read.row.number : read.fault.number)], [true, name, ...reads.map((_, index) => index + 1)])
    }), { numRuns: 300 })
  }
})

t.test('how a file is cut into pieces changes nothing', async t => {
  const rows = fc.array(fc.constantFrom('{"code":"1"}', '[1]', '"đ"', '{', '', ' ', '"x', '1;2', '"a\r\nb";c'), { maxLength: 8 })
  const content = fc.tuple(fc.constantFrom('', '[', 'code;title\n', '{"plans":['), rows, fc.constantFrom('\n', '\r\n', ',', ',\n')).map(([head, parts, join]) => head + parts.join(join))
  for (const reader of Object.values(READERS)) {
    await fc.assert(fc.asyncProperty(content, fc.integer({ min: 1, max: 5 }), async (text, size) => {
      const [small, whole] = await Promise.all([size, 1000].map(async size => outcomeOf(reader, pieces(text, size))))
      t.same(JSON.parse(JSON.stringify(small)), JSON.parse(JSON.stringify(whole)), JSON.stringify(text))
    }), { numRuns: 100 })
  }
})

const MIB = 1024 * 1024

/** What is taken of an input before it is refused; more than a row and what it came with is never needed. */
const MOST_TAKEN = 4 * MIB

const taken = (): number => process.memoryUsage().heapUsed + process.memoryUsage().external

t.test('a file of any size takes bounded time and memory', async t => {
  const before = taken()
  const files: [string, keyof typeof READERS, AsyncIterable<Uint8Array>, string | undefined][] = [
    ['a line of 1 GB', 'readNdjson', lazily('{"title":"', 'a'.repeat(MIB), 1024), 'file-over-limit'],
    ['an element of 1 GB', 'readJsonArray', lazily('[{"title":"', 'a'.repeat(MIB), 1024), 'file-over-limit'],
    ['a cell of 1 GB', 'readCsv', lazily('code\n', 'a'.repeat(MIB), 1024), 'file-over-limit'],
    ['a quote that is never closed, 1 GB', 'readCsv', lazily('code\n"', 'a;\n'.repeat(MIB / 4), 1400), 'file-over-limit'],
    ['a header of 10 million columns', 'readCsv', lazily('code', ',x'.repeat(1000), 10_000, '\n'), 'file-over-limit'],
    ['a row of 10 million cells', 'readCsv', lazily('code,title\n1', ','.repeat(1000), 10_000, '\n'), 'file-over-limit'],
    ['a billion openings', 'readJsonArray', lazily('', '['.repeat(MIB), 1024), 'file-over-limit'],
    ['an object without end', 'readJsonArray', lazily('{', '"a":[],'.repeat(100_000), 1000), 'file-over-limit'],
    ['4 MiB of blank lines', 'readNdjson', lazily('', '\n'.repeat(MIB), 4, '{}'), undefined],
    ['4 MiB of blank lines in a table', 'readCsv', lazily('code\n', '\n'.repeat(MIB), 4, '1\n'), undefined],
    ['4 MiB of blanks', 'readJsonArray', lazily('[', ' \n'.repeat(MIB / 2), 4, ']'), undefined],
    ['NUL after NUL', 'readNdjson', lazily('', '\0'.repeat(MIB), 1024), 'file-encoding']
  ]
  for (const [name, reader, input, code] of files) {
    let peak = 0
    let bytes = 0
    const watched = (async function * () {
      for await (const piece of input) {
        peak = Math.max(peak, taken() - before)
        bytes += piece.length
        yield piece
      }
    })()
    let problem: FileProblem | undefined
    const ms = await cpuMsOf(async () => { problem = (await outcomeOf(READERS[reader], watched)).problem })
    t.equal(problem?.code, code, name)
    t.ok(peak < 150 * MIB, `${name}: ${Math.round(peak / MIB)} MiB`)
    t.ok(bytes <= MOST_TAKEN + 'code\n{}'.length, `${name}: ${bytes} bytes were taken`)
    t.ok(ms < 3_000, `${name}: ${ms} ms`)
  }
})

t.test('a row after millions of bytes still knows its line', async t => {
  t.match(await outcomeOf(readCsv, lazily('code\n', '\r\n'.repeat(100_000), 20, '1\n')), { places: [{ line: 2_000_002 }] })
  t.match(await outcomeOf(readNdjson, lazily('', '\r\n'.repeat(100_000), 20, '1\n')), { places: [{ line: 2_000_001 }] })
})
