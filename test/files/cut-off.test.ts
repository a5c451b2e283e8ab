import t from 'tap'
import { readCsv } from '../../src/files/csv/read-csv.ts'
import { readEdxml } from '../../src/files/edxml/read-edxml.ts'
import { readJsonArray } from '../../src/files/json-array/read-json-array.ts'
import { readNdjson } from '../../src/files/ndjson/read-ndjson.ts'
import type { Reader } from '../../src/files/row.ts'
import { aPacket } from './edxml/packets.ts'
import { type Outcome, outcomeOf, pieces } from './reading.ts'

// Workbooks have their table of contents at the end: test/files/xlsx/hostile.test.ts.

const plan = { code: '1/KH-UBND', title: 'Đề án “giảm nghèo”', draft: true, n: -1.5, period: { from: '2021' }, no: false, x: null, u: 'x"\n\u0001' }
const row = JSON.stringify(plan).replace('-1.5', '-1.5e-3')

/** What is read of the first `end` bytes, for every end. */
async function cuts (reader: Reader, text: string): Promise<{ end: number, outcome: Outcome }[]> {
  const bytes = Buffer.from(text)
  return await Promise.all(Array.from({ length: bytes.length }, async (_, end) => ({ end, outcome: await outcomeOf(reader, pieces(bytes.subarray(0, end), 1000)) })))
}

const isCutOff = ({ problem }: Outcome): boolean => problem?.code === 'file-truncated' && problem.place.line !== undefined

t.test('NDJSON that stops anywhere but at the end of a row is cut off, and never a row at fault', async t => {
  const whole = [Buffer.byteLength(row), Buffer.byteLength(row) * 2 + 1]
  for (const { end, outcome } of await cuts(readNdjson, `${row}\n${row}\n`)) {
    const atEnd = end === 0 || whole.includes(end) || whole.includes(end - 1)
    t.equal(isCutOff(outcome), !atEnd, `${end}: ${outcome.problem?.message}`)
    t.strictSame(outcome.faults, [])
  }
})

for (const [name, text] of [['a JSON array', `[\n${row}, ${row},\n[-1, true], false]`], ['an object around it', `{"a": false, "plans": [${row}], "b": -0.5}`]] as const) {
  t.test(`${name} that stops anywhere is cut off, and never a row at fault`, async t => {
    for (const { end, outcome } of (await cuts(readJsonArray, text)).slice(1)) {
      t.ok(isCutOff(outcome), `${end}: ${outcome.problem?.message}`)
      t.strictSame(outcome.faults, [])
    }
  })
}

t.test('a CSV that stops before the last cell of a row is cut off', async t => {
  const header = 'code;title;draft\n'
  for (const line of ['1;"Đề; ""án""";có\n', '2/KH-UBND;Đề án;không\n']) {
    const last = Buffer.byteLength(header + line.slice(0, line.lastIndexOf(';') + 1))
    for (const { end, outcome } of await cuts(readCsv, header + line)) {
      if (end > header.length && end < last) t.ok(isCutOff(outcome), `${end}: ${outcome.problem?.message}`)
    }
  }
})

t.test('a packet that stops anywhere says so, or that it is none', async t => {
  for (const { end, outcome } of await cuts(readEdxml, aPacket().trim())) {
    t.ok(isCutOff(outcome) || (end < 100 && outcome.problem?.code === 'file-unreadable'), `${end}: ${outcome.problem?.message}`)
  }
})
