import fc from 'fast-check'
import t from 'tap'
import { guarded, unguarded } from '../../src/files/csv/formula-guard.ts'
import { readCsv } from '../../src/files/csv/read-csv.ts'
import { writeCsv } from '../../src/files/csv/write-csv.ts'
import { headerNames } from '../../src/files/table-row.ts'
import { planBody } from '../../src/plans/plan.schemas.ts'
import { anyPlan } from './any-plan.ts'
import { outcomeOf, pieces } from './reading.ts'

const read = async (content: string | Uint8Array, size?: number) => outcomeOf(readCsv, pieces(content, size))

async function written (plans: object[], language: 'vi' | 'en'): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of writeCsv((async function * () { yield * plans })(), language)) parts.push(part)
  return Buffer.concat(parts)
}

/** The shortest of three: what else the machine does only makes work longer. */
function shortestMs (work: () => void): number {
  return Math.min(...[1, 2, 3].map(() => {
    const began = performance.now()
    work()
    return performance.now() - began
  }))
}

const languages = fc.constantFrom('vi' as const, 'en' as const)

t.test('what is written is read back as it was, in either language, whatever stands in it', async t => {
  await fc.assert(fc.asyncProperty(fc.array(anyPlan, { maxLength: 3 }), languages, fc.integer({ min: 1, max: 300 }), async (plans, language, size) => {
    const bodies = plans.map(({ id, ...body }) => body)
    t.strictSame(bodies.map(body => planBody.parse(body)), bodies, 'the generator makes bodies that the schema leaves as they are')
    t.strictSame((await read(await written(plans, language), size)).values, plans)
  }), { numRuns: 150 })
})

t.test('no cell that is written begins a formula, whichever sign a spreadsheet takes to separate cells', async t => {
  await fc.assert(fc.asyncProperty(anyPlan, languages, async (plan, language) => {
    const text = (await written([plan], language)).toString().slice(1)
    // However it reads quotes, it begins no cell but at the beginning, after a separator or after a line break.
    t.strictSame(text.split(/[,;\t\r\n]/).filter(cell => /^["\s]*[=+\-@＝＋－＠]/.test(cell)), [])
  }), { numRuns: 150 })
})

t.test('the guard takes nothing away but itself, and costs time in proportion to the text', async t => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('\'', '=', '-', ';', ',', '\t', '"', ' ', 'a', '\n') }), text => {
    t.equal(unguarded(guarded(text)), text)
  }), { numRuns: 1000 })
  t.equal(unguarded('Phong trào \'Vì người nghèo\''), 'Phong trào \'Vì người nghèo\'')
  for (const part of ['\t', '"', '\'', '\'=', ';\t', ';"\'']) {
    const [short, long] = [part.repeat(10_000), part.repeat(160_000)]
    for (const guard of [guarded, unguarded]) {
      const times = shortestMs(() => guard(long)) / shortestMs(() => guard(short))
      t.ok(times < 16 * 6, `${JSON.stringify(part)}: sixteen times the text took ${times.toFixed(1)} times the time`)
    }
  }
})

t.test('the file opens in Excel with its diacritics: a byte order mark, CRLF, and semicolons in Vietnamese', async t => {
  const plan = { code: '119/KH-UBND', type: 'plan', title: 'Phong trào; "Vì người nghèo"', level: 'provincial', issuedOn: '2022-09-07', draft: false }
  t.equal((await written([plan], 'vi')).toString(), '\ufeff' +
    'Mã định danh;"Số, ký hiệu";Loại văn bản;Trích yếu;Cơ quan ban hành;Cấp;Ngày ban hành;Ngày có hiệu lực;Dự thảo;Giai đoạn từ;Giai đoạn đến;Chương trình;Trích dẫn (JSON);Chỉ tiêu (JSON);Chỉ tiêu chưa đủ;Miễn trừ (JSON)\r\n' +
    ';119/KH-UBND;Kế hoạch;"Phong trào; ""Vì người nghèo""";;Cấp tỉnh;2022-09-07;;không;;;;;;;\r\n')
  t.match((await written([], 'en')).toString(), /^\ufeffid,code,type,/)
})

t.test('a table as clerks keep it is read: Vietnamese headers, dates as printed, parents in columns of their own', async t => {
  const { values, faults } = await read([
    'STT;Số và ký hiệu;LOẠI VĂN BẢN;trich yeu;Cơ quan ban hành;Cấp;Ngày ban hành;Giai đoạn;Triển khai văn bản số 1;Triển khai văn bản số 1 - cơ quan;Triển khai văn bản số 1 - ngày;Căn cứ văn bản số 1',
    '1;119/KH-UBND;kế hoạch;"Triển khai\r\nPhong trào";UBND tỉnh Thái Bình;tỉnh;07/9/2022;2021-2025;1705/QĐ-TTg;Thủ tướng Chính phủ;12/10/2021;24/2021/QH15',
    ';;;;;;;;;;;',
    '2;;KH;Không số;;;9/2022;;;;;'
  ].join('\r\n'))
  t.same(faults, [])
  t.strictSame(values, [
    {
      code: '119/KH-UBND',
      type: 'plan',
      title: 'Triển khai\r\nPhong trào',
      issuer: 'UBND tỉnh Thái Bình',
      level: 'provincial',
      issuedOn: '2022-09-07',
      period: { from: '2021', to: '2025' },
      citations: [
        { relation: 'implements', code: '1705/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', issuedOn: '2021-10-12' },
        { relation: 'basis', code: '24/2021/QH15' }
      ]
    },
    { type: 'plan', title: 'Không số', issuedOn: '2022-09' }
  ])
})

for (const [name, content] of [
  ['commas', 'code,title\r\n1,Đề án\r\n'],
  ['semicolons', 'code;title\n1;Đề án'],
  ['tabs', 'code\ttitle\r1\tĐề án\r'],
  ['semicolons, though a name holds a comma', 'Số, ký hiệu;Trích yếu\n1;Đề án'],
  ['what sep= says', 'sep=;\r\ncode;title\r\n1;Đề án'],
  ['commas, after blank lines', '\r\n\r\n"code","title"\r\n\r\n1,Đề án']
] as const) {
  t.test(`cells may be separated by ${name}, in UTF-8 and in UTF-16`, async t => {
    for (const size of [1, 5, 1000]) {
      for (const bytes of [Buffer.from(content), Buffer.from('\ufeff' + content), Buffer.from('\ufeff' + content, 'utf16le')]) {
        t.strictSame((await read(bytes, size)).values, [{ code: '1', title: 'Đề án' }])
      }
    }
  })
}

for (const [name, header, details] of [
  ['an unknown column', 'code,tilte', [{ code: 'unknown-name', near: 'title', place: { line: 1, column: 'tilte' } }]],
  ['every unknown column', 'Số, ký hiệu;Trích yêú văn;Ghi chú của phòng', [{ code: 'unknown-name' }, { code: 'unknown-name' }]],
  ['a column that stands twice under two names', 'code;Số, ký hiệu', [{ code: 'repeated-column', place: { column: 'Số, ký hiệu' } }]],
  ['a period in one cell and in two', 'code;Giai đoạn;Giai đoạn từ', [{ code: 'repeated-column' }]],
  ['a name that reaches a prototype', 'code,__proto__,constructor', [{ code: 'unknown-name' }, { code: 'unknown-name' }]],
  ['a header that names no plan', 'type,level', undefined]
] as const) {
  t.test(`${name} is refused before any row`, async t => {
    const outcome = await read(`${header}\n1,2,3\n`)
    t.match(outcome, { values: [], faults: [], problem: { code: 'file-columns', place: { line: 1 }, ...(details && { details }) } })
    t.equal(outcome.problem?.details?.length, details?.length)
  })
}

t.test('a row says which cell is wrong and why, every cell at once, and the others are read', async t => {
  const { values, faults, reads } = await read('code;type;level;issuedOn;draft;targets\n1;Ke hoch;tĩnh lị;2014/02/30;maybe;[{}\n2;KH;xã;30/02/2014;;"[{""a"":1,""a"":2}]"\n3;;;;;\n')
  t.match(faults, [
    { at: '/type', code: 'not-among', near: 'Kế hoạch', place: { line: 2, column: 'type', pointer: '/type' } },
    { at: '/level', code: 'not-among' },
    { at: '/issuedOn', code: 'not-a-date', message: { vi: /tháng 2 năm 2014 có 28 ngày, không có ngày 30/ } },
    { at: '/draft', code: 'not-among' },
    { at: '/targets/0', code: 'unexpected-end' },
    { at: '/issuedOn', code: 'not-a-date', place: { line: 3 } },
    { at: '/targets/0/a', code: 'duplicate-key', place: { line: 3, column: 'targets' } }
  ])
  t.strictSame(values, [{ code: '3' }])
  t.match(reads, [{ fault: { number: 1, rest: { value: { code: '1' } } } }, { fault: { number: 2, rest: { value: { code: '2', type: 'plan', level: 'commune' } } } }, {}])
})

t.test('a misspelled name comes with the nearest one, in whichever language it is written', async t => {
  const { faults } = await read('code;level;type;draft\n1;provincal;decison;yess\n2;cấp tỉnhh;Kế hoach hành;khôg\n')
  t.strictSame(faults.map(({ near }) => near), ['provincial', 'decision', 'yes', 'Cấp tỉnh', undefined, 'không'])
  t.match(faults[0]!.message, { vi: /Có phải là “provincial”/, en: /Did you mean "provincial"/ })
})

t.test('a cell of a citation that cannot be read is named by its place in the list, and its citation is still one', async t => {
  const { reads } = await read('code;Căn cứ văn bản số 1 - ngày;citations;Triển khai văn bản số 1;Triển khai văn bản số 1 - ngày\n1;30/02/2022;"[{""relation"":""basis"",""code"":""2""}]";3;x\n')
  t.match(reads, [{
    fault: {
      faults: [{ at: '/citations/1/issuedOn', place: { column: 'Căn cứ văn bản số 1 - ngày' } }, { at: '/citations/2/issuedOn', place: { column: 'Triển khai văn bản số 1 - ngày' } }],
      rest: { value: { citations: [{ relation: 'basis', code: '2' }, { relation: 'basis' }, { relation: 'implements', code: '3' }] } }
    }
  }])
})

t.test('a fault found later by the schema has the place of its cell', async t => {
  const { reads } = await read('code;Giai đoạn từ;targets;citations;Triển khai văn bản số 1 - ngày;Triển khai văn bản số 1\n1;2021;[];"[{""relation"":""basis""}]";2022;x\n')
  const row = 'row' in reads[0]! ? reads[0].row : undefined
  const columnOf = (pointer: string) => row!.placeOf!(pointer).column
  t.same(['', '/title', '/code', '/period', '/period/from', '/targets/3/goal', '/citations', '/citations/0/code', '/citations/1/code', '/citations/1', '/citations/1/issuer'].map(columnOf),
    [undefined, undefined, 'code', 'Giai đoạn từ', 'Giai đoạn từ', 'targets', 'citations', 'citations', 'Triển khai văn bản số 1', 'Triển khai văn bản số 1 - ngày', 'Triển khai văn bản số 1 - ngày'])
  t.same(row!.placeOf!('/targets/3/goal'), { line: 2, column: 'targets', pointer: '/targets/3/goal' })
})

t.test('a row longer or shorter than the header is a fault of that row, and lines are counted through quotes', async t => {
  t.match(await read('code,title\r\n1,"a\r\nb\r\nc"\r\n2\r\n\r\n3,b,c\r\n4,d,\r\n'), {
    values: [{ code: '1' }],
    places: [{ line: 2 }, { line: 5 }, { line: 7 }, { line: 8 }],
    faults: [{ code: 'wrong-column-count', message: { vi: /^Hàng có 1 ô, hàng tiêu đề có 2/ } }, { code: 'wrong-column-count' }, { code: 'wrong-column-count' }]
  })
  t.match((await read('code,\n1,x\n2,\n')), { values: [{ code: '2' }], faults: [{ code: 'cell-without-column' }] })
})

t.test('a last row that has too few cells and no line break is where the file was cut off', async t => {
  for (const size of [1, 1000]) {
    t.match(await read('code,title\n1,a\n2', size), { values: [{ code: '1' }], problem: { code: 'file-truncated', place: { line: 3 }, detail: { vi: /^Dòng 3: .*có 1 ô, hàng tiêu đề có 2/, en: /1 cells, the header 2/ } } })
    t.equal((await read('code,title\n1,a\n2,b', size)).problem, undefined, 'the last row needs no line break')
    for (const end of ['\n', '\r\n', '\r', '\n\n']) t.match(await read('code,title\n1,a\n2' + end, size), { problem: undefined, faults: [{ code: 'wrong-column-count' }] })
  }
})

t.test('a quote that is never closed or stands wrong ends the reading with its line, after the rows before it', async t => {
  for (const size of [3, 1000]) {
    t.match(await read('code,title\n1,a\n2,"b\n3,c\n', size), { values: [{ code: '1' }], problem: { code: 'file-truncated', place: { line: 3 } } })
    t.match(await read('code,title\n1,a\n2,b"c"\n3,c\n', size), { values: [{ code: '1' }], problem: { code: 'file-unreadable', place: { line: 3 } } })
  }
})

t.test('every header that is written is understood, and none twice', async t => {
  for (const language of ['vi', 'en'] as const) {
    const names = headerNames(language)
    t.match(await read(names.map(name => `"${name}"`).join(',') + '\n' + ','.repeat(names.length - 1)), { values: [], problem: undefined })
  }
})

t.test('an empty file is refused', async t => {
  for (const content of ['', '\ufeff', '\r\n\r\n', 'sep=;\n']) t.match((await read(content)).problem, { code: 'file-unreadable' }, JSON.stringify(content))
})
