import fc from 'fast-check'
import t from 'tap'
import { printCode, readCode } from '../../../src/domain/code/code.ts'
import type { Code } from '../../../src/domain/code/code.ts'
import { DOCUMENT_TYPES } from '../../../src/domain/document-type.ts'

const read = (printed: string): Code => {
  const { code } = readCode(printed)
  if (code === undefined) throw new Error(`${printed} was not read`)
  return code
}

const rulesBroken = (printed: string): string[] => {
  const reading = readCode(printed)
  return reading.code === undefined ? ['unread'] : reading.departures.map(({ rule }) => rule)
}

const DECREE_30 = 'Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II, khoản 3'

t.test('codes in their proper form read to their parts and break nothing', async t => {
  const proper: [string, Partial<Code>][] = [
    ['119/KH-UBND', { style: 'state', number: 119, digits: '119', typeSymbol: 'KH', type: 'plan', issuerSymbol: 'UBND', unitSymbols: [] }],
    ['05/CT-TTg', { style: 'state', number: 5, digits: '05', type: 'directive', issuerSymbol: 'TTg' }],
    ['7308/KH-BNN-TCLN', { style: 'state', type: 'plan', issuerSymbol: 'BNN', unitSymbols: ['TCLN'] }],
    ['1654/NQ-UBTVQH15', { style: 'state', type: 'resolution', issuerSymbol: 'UBTVQH15' }],
    ['34a/QĐ-UBND', { style: 'state', number: 34, suffix: 'a', type: 'decision' }],
    ['34bis/QĐ-UBND', { number: 34, suffix: 'bis' }],
    ['30/2020/NĐ-CP', { style: 'normative', number: 30, year: 2020, type: 'decree', issuerSymbol: 'CP' }],
    ['15/2023/QĐ-UBND', { style: 'normative', year: 2023, type: 'decision', issuerSymbol: 'UBND' }],
    ['30a/2008/NQ-CP', { style: 'normative', suffix: 'a', year: 2008, type: 'resolution' }],
    ['11/2004/TTLT-BNN-BNV', { style: 'normative', type: 'joint-circular', issuerSymbol: 'BNN', unitSymbols: ['BNV'] }],
    ['24/2021/QH15', { style: 'assembly', number: 24, year: 2021, issuerSymbol: 'QH15' }],
    ['30/2026/QH16', { style: 'assembly', issuerSymbol: 'QH16' }],
    ['76/2025/UBTVQH15', { style: 'assembly', issuerSymbol: 'UBTVQH15' }],
    ['19-CT/TU', { style: 'party', number: 19, type: 'directive', issuerSymbol: 'TU' }],
    ['27-CTr/TU', { style: 'party', type: 'programme' }],
    ['36-HD/VPTW', { style: 'party', type: 'guidance', issuerSymbol: 'VPTW' }],
    ['3792-BC/BCSĐCP', { style: 'party', type: 'report', issuerSymbol: 'BCSĐCP' }],
    ['298-KH/TWĐTN', { style: 'party', type: 'plan', issuerSymbol: 'TWĐTN' }],
    ['2390/BTTTT-THH', { style: 'letter', type: 'official-letter', issuerSymbol: 'BTTTT', unitSymbols: ['THH'] }],
    ['5104/BTTTT-PTTH&TTĐT', { style: 'letter', unitSymbols: ['PTTH&TTĐT'] }],
    ['3418/BVNTW', { style: 'letter', issuerSymbol: 'BVNTW', unitSymbols: [] }]
  ]
  for (const [printed, parts] of proper) {
    const code = read(printed)
    t.match(code, parts, printed)
    t.equal(code.canonical, printed)
    t.strictSame(rulesBroken(printed), [], printed)
  }
  t.equal(read('24/2021/QH15').type, undefined, 'a law and a resolution look alike')
  t.equal(read('31-QĐ/TW').type, undefined, 'a decision and a rule of the Party look alike')
})

t.test('what people print instead reads to the proper form and says what it breaks', async t => {
  const misprints: [string, string, string?][] = [
    ['0155/KH-UBND', '155/KH-UBND', `${DECREE_30}, điểm c`],
    ['5/CT-TTg', '05/CT-TTg', `${DECREE_30}, điểm c`],
    ['164/TTr- SKHCN', '164/TTr-SKHCN', DECREE_30],
    ['942/ QĐ-TTg', '942/QĐ-TTg', DECREE_30],
    ['106/QÐ-TTg', '106/QĐ-TTg', DECREE_30],
    ['106/QD-TTg', '106/QĐ-TTg', DECREE_30],
    ['106/QĐ–TTG', '106/QĐ-TTg', DECREE_30],
    ['47/nq-hđnd', '47/NQ-HĐND', DECREE_30],
    ['47/NQ-HDND', '47/NQ-HĐND', DECREE_30],
    ['1478⁄CĐ-TTg', '1478/CĐ-TTg', DECREE_30],
    ['1014//KH-UBND', '1014/KH-UBND', DECREE_30],
    ['119/КН-UBND', '119/KH-UBND', DECREE_30],
    ['119/KH/UBND', '119/KH-UBND', DECREE_30],
    ['119-KH/UBND', '119/KH-UBND', DECREE_30],
    ['119KH-UBND', '119/KH-UBND', DECREE_30],
    ['119/KH UBND', '119/KH-UBND', DECREE_30],
    ['411/Q Đ-TTg', '411/QĐ-TTg', DECREE_30],
    ['119 KH-UBND', '119/KH-UBND', DECREE_30],
    ['123/QĐ.UBND', '123/QĐ-UBND', DECREE_30],
    ['１１９／KH-UBND', '119/KH-UBND'],
    ['34A/QĐ-UBND', '34a/QĐ-UBND', DECREE_30],
    ['1234/UBND.VX', '1234/UBND-VX', DECREE_30],
    ['123/CV-UBND', '123/CV-UBND', 'Nghị định 30/2020/NĐ-CP, Phụ lục III, mục I'],
    ['119/2022/KH-UBND', '119/2022/KH-UBND', DECREE_30],
    ['22/NQ-TU', '22-NQ/TU', 'Hướng dẫn 36-HD/VPTW'],
    ['22/CT-TW', '22-CT/TW', 'Hướng dẫn 36-HD/VPTW'],
    ['20/CTr-TU', '20-CTr/TU', 'Hướng dẫn 36-HD/VPTW'],
    ['22/NQTU', '22-NQ/TU', 'Hướng dẫn 36-HD/VPTW'],
    ['22-NQ-TU', '22-NQ/TU', 'Hướng dẫn 36-HD/VPTW'],
    ['41/NQ-ĐU', '41-NQ/ĐU', 'Hướng dẫn 36-HD/VPTW'],
    ['06/TU', '06/TU', 'Hướng dẫn 36-HD/VPTW'],
    ['61/2018/NĐCP', '61/2018/NĐ-CP', 'Nghị định 34/2016/NĐ-CP; từ 01/4/2025 Nghị định 78/2025/NĐ-CP (chưa kiểm chứng điều khoản)'],
    ['15/qh15', '15/QH15'],
    ['Số: 119/KH-UBND', '119/KH-UBND'],
    ['số 119/KH-UBND;', '119/KH-UBND'],
    ['119/KH-UBND'.normalize('NFD'), '119/KH-UBND'],
    ['90/QĐ-TTg'.normalize('NFD'), '90/QĐ-TTg'],
    ['119/KH-\u200BUBND', '119/KH-UBND']
  ]
  for (const [printed, canonical, rule] of misprints) {
    t.equal(read(printed).canonical, canonical, printed)
    if (rule !== undefined) t.ok(rulesBroken(printed).includes(rule), `${printed} breaks ${rule}: ${rulesBroken(printed).join(' | ')}`)
  }
})

t.test('what a reader cannot see, and the label “Số:”, breaks nothing', async t => {
  for (const printed of ['Số: 119/KH-UBND', '90/QĐ-TTg'.normalize('NFD'), ' 119/KH-UBND\u200B ', '119/KH-UBND;']) t.strictSame(rulesBroken(printed), [], printed)
})

t.test('a number without its symbol is read, and the symbol is said to be missing', async t => {
  t.match(read('30a'), { number: 30, suffix: 'a', issuerSymbol: '', canonical: '30a' })
  t.match(read('19/2020'), { number: 19, year: 2020, issuerSymbol: '', canonical: '19/2020' })
  t.match(read('90/QĐ'), { number: 90, type: 'decision', issuerSymbol: '' })
  t.strictSame(rulesBroken('30a'), [DECREE_30])
})

t.test('what is no code is refused with the reason and the repair, in both languages', async t => {
  const refused: [string, RegExp][] = [
    ['', /không bắt đầu bằng số/],
    ['KH-UBND', /không bắt đầu bằng số/],
    ['…/KH-UBND', /không bắt đầu bằng số/],
    ['00/KH-UBND', /không có số 0/],
    ['12345678/KH-UBND', /quá nhiều chữ số/],
    ['119/KH-UBND ngày 07/9/2022', /“UBND ngày 07”/],
    ['119/KH-UBND; 120/KH-UBND', /không phải ký hiệu/],
    ['119/KH-UBND/2022', /“2022”/],
    ['24/2921/QH15', /năm 2921/],
    ['119/KH-UBND tỉnh Thái Bình', /không phải ký hiệu/],
    ['1'.repeat(121), /121 ký tự/]
  ]
  for (const [printed, reason] of refused) {
    const { fault } = readCode(printed)
    t.match(fault?.vi, reason, printed)
    t.match(fault?.vi, /119\/KH-UBND/, 'an example to follow')
    t.match(fault?.en, /cannot be read/)
  }
})

const symbols = fc.constantFrom('UBND', 'HĐND', 'TTg', 'CP', 'BTTTT', 'SVHTTDL', 'XYZ', 'NN&PTNT', 'SGDĐT', 'BQLKCN2')
const partySymbols = fc.constantFrom('TU', 'TW', 'HU', 'ThU', 'ĐU', 'VPTW', 'BTGTU', 'BCSĐCP')
const typeSymbols = fc.constantFrom(...DOCUMENT_TYPES.flatMap(record => 'symbol' in record ? [record.symbol] : []))
const numbered = {
  number: fc.integer({ min: 1, max: 9_999_999 }),
  digits: fc.constant(''),
  suffix: fc.option(fc.constantFrom('a', 'b', 'đ', 'bis', 'ter'), { nil: undefined })
}
const units = fc.array(fc.constantFrom('TCLN', 'KT1', 'THH', 'PTTH&TTĐT', 'BNV'), { maxLength: 2 })
const year = fc.integer({ min: 1945, max: 2200 })

const anyCode: fc.Arbitrary<Omit<Code, 'canonical'>> = fc.oneof(
  fc.record({ style: fc.constant('state' as const), ...numbered, typeSymbol: typeSymbols, issuerSymbol: symbols, unitSymbols: units }),
  fc.record({ style: fc.constant('normative' as const), ...numbered, year, typeSymbol: typeSymbols, issuerSymbol: symbols, unitSymbols: units }),
  fc.record({ style: fc.constant('assembly' as const), ...numbered, year, issuerSymbol: fc.constantFrom('QH14', 'QH15', 'QH16', 'UBTVQH15', 'UBTVQH9'), unitSymbols: units.map(() => []) }),
  fc.record({ style: fc.constant('party' as const), ...numbered, typeSymbol: typeSymbols, issuerSymbol: partySymbols, unitSymbols: units }),
  fc.record({ style: fc.constant('letter' as const), ...numbered, issuerSymbol: symbols, unitSymbols: units })
)

t.test('reading what was printed gives the code back, for every style', async () => {
  fc.assert(fc.property(anyCode, code => {
    const again = read(printCode(code))
    return again.style === code.style && again.number === code.number && again.suffix === code.suffix &&
      again.year === code.year && again.typeSymbol === code.typeSymbol &&
      again.issuerSymbol === code.issuerSymbol && again.unitSymbols.join() === code.unitSymbols.join() &&
      again.canonical === printCode(code) && printCode(again) === again.canonical
  }), { numRuns: 500 })
})

// Misprints of a code, and text that nobody meant as one.
const misprinted = fc.tuple(anyCode, fc.array(fc.tuple(fc.nat(30), fc.constantFrom(' ', '/', '-', '–', '⁄', '.', 'đ', 'Ð', '0', 'số ', 'К'))))
  .map(([code, insertions]) => insertions.reduce((text, [at, what]) => text.slice(0, at) + what + text.slice(at), printCode(code)))
const anything = fc.oneof(misprinted, fc.string({ unit: 'binary', maxLength: 130 }), fc.string({ unit: fc.constantFrom(...'0123aĐđSKHUBND/- .&'), maxLength: 20 }))

t.test('no text makes reading throw, and a canonical form stays as it is', async () => {
  fc.assert(fc.property(anything, printed => {
    const { code } = readCode(printed)
    return code === undefined || read(code.canonical).canonical === code.canonical
  }), { numRuns: 2000 })
})

t.test('capitals and small letters of a known symbol never make two codes', async () => {
  fc.assert(fc.property(anyCode, code => {
    const known = !['XYZ', 'BQLKCN2'].includes(code.issuerSymbol)
    return !known || readCode(printCode(code).toLowerCase()).code?.canonical === printCode(code)
  }))
})
