import fc from 'fast-check'
import t from 'tap'
import { readJsonArray } from '../../src/files/json-array/read-json-array.ts'
import { lazily, outcomeOf, pieces } from './reading.ts'

const read = async (content: string | Uint8Array, size?: number) => outcomeOf(readJsonArray, pieces(content, size))

t.test('the elements of an array are read as JSON.parse reads them, in pieces of any size', async t => {
  const values = fc.array(fc.jsonValue({ maxDepth: 4 }).filter(value => !/__proto__|prototype|\\u0000|e[+-]/.test(JSON.stringify(value))), { maxLength: 6 })
  await fc.assert(fc.asyncProperty(values, fc.constantFrom(undefined, 1, '\r\n\t'), fc.integer({ min: 1, max: 40 }), fc.boolean(), async (array, indent, size, enveloped) => {
    const text = JSON.stringify(enveloped ? { title: 'x [ " ]', plans: array, next: [{}] } : array, undefined, indent)
    t.strictSame(await read(text, size).then(({ values, problem, faults }) => ({ values, problem, faults })), { values: JSON.parse(JSON.stringify(array)), problem: undefined, faults: [] })
  }), { numRuns: 300 })
})

t.test('each row knows its line and its pointer in the document', async t => {
  const { reads } = await read('{ "title": "Thái Bình",\n"plans": [\n  {"code":"1"},\n  {\n"code":"2"}]}')
  const rows = reads.flatMap(read => 'row' in read ? read.row : [])
  t.same(rows.map(({ place }) => place), [{ line: 3, pointer: '/plans/0' }, { line: 4, pointer: '/plans/1' }])
  t.same(rows[1]!.placeOf!('/code'), { line: 4, pointer: '/plans/1/code' })
})

t.test('CRLF is one line break, also where two pieces share it', async t => {
  for (const size of [1, 2, 3, 1000]) {
    const { places, problem } = await read('[\r\n{"code":"1"},\r\n\r\n{"code":\r\n"2"},\r{"code":"3"},\n\r\n4]\r\n]', size)
    t.strictSame(places.map(({ line }) => line), [2, 4, 6, 8], String(size))
    t.match(problem, { place: { line: 9 } })
  }
})

t.test('a bad element is the fault of its row, and reading goes on, as long as its brackets match', async t => {
  t.match(await read('[ {"a":1,"a":2},\n{"a":},\n {"code":"3"}]'), {
    values: [{ code: '3' }],
    faults: [
      { code: 'duplicate-key', place: { line: 1, pointer: '/0/a' }, message: { en: /^Line 1: column 10: / } },
      { code: 'syntax', place: { line: 2, pointer: '/1/a' }, message: { en: /^Line 2: column 6: / } }
    ]
  })
})

for (const [name, text, code, line] of [
  ['an empty file', '', 'file-unreadable', 1],
  ['NDJSON', '\n{"code":"1"}\n{"code":"2"}\n', 'file-unreadable', 2],
  ['something else', '\n\nmã,tên', 'file-unreadable', 3],
  ['a plan that is no array', '{"code":"1",\n"title":"x"}', 'file-unreadable', 2],
  ['something after the end', '[1]\n]', 'file-unreadable', 2],
  ['something after the end of the envelope', '{"plans":[1]}\nx', 'file-unreadable', 2],
  ['a comma before the end', '[1,\n]', 'file-unreadable', 2],
  ['two commas', '[1,\n,2]', 'file-unreadable', 2],
  ['brackets that do not match', '[{"a":[\n}]', 'file-unreadable', 2],
  ['a string that is not closed', '[{"a":"x\n"}]', 'file-unreadable', 1],
  ['a broken envelope', '{"a":1,,"plans":[1]\n}', 'file-unreadable', 2],
  ['two lists of plans', '{"plans":[1],"plans":[2]}', 'file-unreadable', 1],
  ['an array that is cut off between rows', '[{"a":1},\n', 'file-truncated', 2],
  ['an array that is cut off in a row', '[{"a":1},\n{"a"', 'file-truncated', 2],
  ['an envelope that is cut off', '{"plans":[{"a":1}]\n', 'file-truncated', 2]
] as const) {
  t.test(`${name} is refused with the line`, async t => {
    for (const size of [1, 1000]) {
      const { problem } = await read(text, size)
      t.match(problem, { code, place: { line } })
      t.match(problem?.detail.vi, new RegExp(`^Dòng ${line}: `))
    }
  })
}

t.test('an element or an envelope over 1 MiB ends the reading before it is held', async t => {
  for (const [head, part] of [['[1,{"a":"', 'a'], ['[', '['], ['{"a":"', 'a'], ['{', '"a":1,'], ['[1,', '[1],[']] as const) {
    const { problem } = await outcomeOf(readJsonArray, lazily(head, part.repeat(100_000), 10_000))
    t.match(problem, { code: /^file-(over-limit|unreadable)$/ }, head + part)
  }
})
