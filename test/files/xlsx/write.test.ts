import { Readable } from 'node:stream'
import fc from 'fast-check'
import { readSheet } from 'read-excel-file/node'
import t from 'tap'
import { COLUMNS } from '../../../src/files/columns.ts'
import { COLUMN_GUIDE } from '../../../src/files/xlsx/column-guide.ts'
import { TEMPLATE_COLUMNS } from '../../../src/files/xlsx/plan-columns.ts'
import { writeXlsx } from '../../../src/files/xlsx/write-xlsx.ts'
import { guideKey, xlsxTemplate } from '../../../src/files/xlsx/xlsx-template.ts'
import { DOCUMENT_TYPES } from '../../../src/domain/document-type.ts'
import { LEVELS } from '../../../src/domain/level.ts'
import { RELATIONS } from '../../../src/domain/citation.ts'
import { planBody } from '../../../src/plans/plan.schemas.ts'
import { bytesOf, cell, readAll, row, valuesOf, workbookOf } from './workbooks.ts'

const asRead = async (bytes: Uint8Array) => await readSheet(Readable.from([bytes]))

/** A line of text as a body may hold it: anything but NUL and unpaired surrogates, without white space around it. */
const text = (most: number) => fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: Math.min(most, 60) }),
  fc.string({ unit: fc.constantFrom('ế', '_x000D_', '_', 'x', '\r', '\n', '\t', '=', '+', '-', '@', "'", '"', '<', '&', ']]>', '\u0001', '\uffff', '🌊', 'Đ'), minLength: 1, maxLength: 12 })
).map(found => found.replaceAll('\0', '').trim().slice(0, most).trim()).filter(found => found !== '' && !/\p{Cs}/u.test(found))

const date = fc.constantFrom('2022', '2022-09', '2022-09-07', '1900-01-01', '2200-12-31')
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

const citation = fc.record({
  relation: fc.constantFrom(...RELATIONS), code: text(120), issuer: maybe(text(300)), issuedOn: maybe(date), inferred: maybe(fc.boolean()), note: maybe(text(1000))
})
const target = fc.record({
  key: fc.constantFrom('a', 'ho-ngheo'),
  indicator: fc.constant('multidimensional-poverty-rate'),
  text: maybe(text(2000)),
  goal: maybe(fc.constant({ measure: 'level', amount: { comparator: 'at-most', value: '0.54', unit: 'percent' }, by: '2025' })),
  assignments: maybe(fc.array(fc.record({ organization: text(300), amount: fc.constant({ comparator: 'equal', value: '1.50' }) }), { maxLength: 3 }))
})
const body = fc.record({
  id: maybe(fc.uuid()),
  code: maybe(text(120)),
  type: maybe(fc.constantFrom(...DOCUMENT_TYPES.map(({ type }) => type))),
  title: text(1000),
  issuer: maybe(text(300)),
  level: maybe(fc.constantFrom(...LEVELS)),
  issuedOn: maybe(date),
  effectiveFrom: maybe(date),
  draft: maybe(fc.boolean()),
  period: maybe(fc.oneof(fc.record({ from: date }), fc.record({ to: date }), fc.record({ from: fc.constant('2021'), to: fc.constant('2025') }))),
  programme: maybe(text(500)),
  citations: maybe(fc.array(citation, { maxLength: 3 })),
  targets: maybe(fc.array(target, { maxLength: 3 })),
  targetsIncomplete: maybe(fc.boolean()),
  waivers: maybe(fc.array(fc.record({ rule: fc.constant('cites-parent'), reason: text(1000) }), { maxLength: 2 }))
}).map(plan => JSON.parse(JSON.stringify(plan)) as Record<string, unknown>)

t.test('what is written is read again, whatever a plan holds, under Vietnamese and under English names', async () => {
  await fc.assert(fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 4 }), fc.constantFrom('vi', 'en'), async (plans, language) => {
    const found = await valuesOf(await bytesOf(writeXlsx(plans, { language })))
    return JSON.stringify(found.map(sorted)) === JSON.stringify(plans.map(sorted))
  }), { numRuns: 60 })
})

const sorted = (value: unknown): unknown => Object.entries(value as object).sort(([a], [b]) => a < b ? -1 : 1)

t.test('the generated plans are plans', async () => {
  fc.assert(fc.property(body, ({ id, ...plan }) => planBody.safeParse(plan).success), { numRuns: 50 })
})

t.test('a list longer than a cell goes on in hidden columns of its row, in any order of columns', async t => {
  const targets = Array.from({ length: 400 }, (_, index) => ({ key: `a-${index}`, indicator: 'x', text: `${index} `.padEnd(300, 'ế') + '.' }))
  const plan = { code: '1', targets, citations: [{ relation: 'basis', code: '2' }] }
  const bytes = await bytesOf(writeXlsx([plan]))
  t.strictSame(await valuesOf(bytes), [plan])
  const [header, cells] = await asRead(bytes)
  const json = JSON.stringify(targets)
  t.equal(cells![header!.indexOf('Chỉ tiêu (JSON)')], json.slice(0, 32767))
  t.equal(cells![header!.indexOf('Chỉ tiêu (JSON) (2)')], json.slice(32767, 65534))
})

t.test('a list of which a part is gone is a fault of its cell, never a shorter list', async t => {
  const rows = row(1, cell('A1', 'code'), cell('B1', 'targets'), cell('C1', 'targets (2)')) + row(2, cell('A2', '1'), cell('B2', '[{"key":"a"},'))
  t.match(await readAll(workbookOf({ rows })), [{ fault: { faults: [{ at: /^\/targets/, place: { cell: 'B2' } }] } }])
})

t.test('a list that no row holds is refused with words', async t => {
  const plan = { targets: [{ text: 'x'.repeat(34 * 32767) }] }
  await t.rejects(bytesOf(writeXlsx([plan])), { code: 'file-over-limit', detail: { vi: /xuất NDJSON/ } })
})

t.test('a list that is just as long as the cells of a row is written and read', async t => {
  const plan = { code: '1', targets: ['x'.repeat(30 * 32767 - 4)] }
  t.strictSame(await valuesOf(await bytesOf(writeXlsx([plan]))), [plan])
})

t.test('an independent reader finds texts, never formulas, numbers or dates', async t => {
  const [header, cells] = await asRead(await bytesOf(writeXlsx([{ code: '=1+1', title: '+84 "Kế hoạch"', issuer: '@SUM(A1)', issuedOn: '2022-09', type: 'plan', draft: true }])))
  t.strictSame(header!.slice(0, COLUMNS.length), COLUMNS.map(({ vi }) => vi))
  const of = (name: string) => cells![header!.indexOf(name)]
  t.strictSame(['Số, ký hiệu', 'Trích yếu', 'Cơ quan ban hành', 'Ngày ban hành', 'Loại văn bản', 'Dự thảo'].map(of), ['=1+1', '+84 "Kế hoạch"', '@SUM(A1)', '2022-09', 'Kế hoạch', 'có'])
})

t.test('the same plans make the same bytes', async t => {
  const write = async () => await bytesOf(writeXlsx([{ code: '1', title: 'một' }]))
  t.ok((await write()).equals(await write()))
})

t.test('rows are drawn as fast as the workbook is read, and no longer than it is', async t => {
  let drawn = 0
  let ended = false
  async function * plans () {
    try {
      for (;;) yield { code: `${drawn++}`, title: Math.random().toString(36).repeat(20) }
    } finally {
      ended = true
    }
  }
  for await (const piece of writeXlsx(plans())) if (piece.length > 1000) break
  await new Promise(resolve => setImmediate(resolve))
  t.ok(ended)
  t.ok(drawn < 5000, String(drawn))
})

t.test('a failure while rows are drawn is the failure of the writing', async t => {
  async function * plans () {
    yield { code: '1' }
    throw new Error('the connection is gone')
  }
  await t.rejects(bytesOf(writeXlsx(plans())), { message: 'the connection is gone' })
})

t.test('the template explains each of its columns in both languages, and its example is read as a plan', async t => {
  for (const column of TEMPLATE_COLUMNS) t.ok(COLUMN_GUIDE[guideKey(column)], guideKey(column))
  t.equal(Object.keys(COLUMN_GUIDE).length, TEMPLATE_COLUMNS.length)
  const at = (index: number, number: number) => `${String.fromCharCode(65 + index)}${number}`
  const rows = row(1, ...TEMPLATE_COLUMNS.map(({ vi }, index) => cell(at(index, 1), vi))) +
    row(2, ...TEMPLATE_COLUMNS.map((column, index) => cell(at(index, 2), COLUMN_GUIDE[guideKey(column)]!.example)))
  const [value] = await valuesOf(workbookOf({ rows }))
  t.match(value, { code: '119/KH-UBND', issuedOn: '2022-09-07', level: 'provincial', citations: [{ relation: 'implements', code: '1705/QĐ-TTg', issuedOn: '2021-10-12' }] })
  t.ok(planBody.safeParse(value).success)
})

t.test('the template offers every type and level to choose from, and an empty one is an import of no rows', async t => {
  for (const language of ['vi', 'en'] as const) {
    const bytes = await bytesOf(xlsxTemplate({ language }))
    t.strictSame(await readAll(bytes), [])
    const lists = await readSheet(Readable.from([bytes]), 3)
    t.equal(lists.length, DOCUMENT_TYPES.length)
    t.equal(lists.filter(([, level]) => level != null).length, LEVELS.length)
    const guide = await readSheet(Readable.from([bytes]), 2)
    t.equal(guide.length, TEMPLATE_COLUMNS.length + 1)
  }
})
