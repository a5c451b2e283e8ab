import t from 'tap'
import { codeMatchesIssuer } from '../../../src/domain/rules/code-matches-issuer.ts'
import { findingsOf } from './a-judged-plan.ts'
import type { Named } from './a-judged-plan.ts'

const find = (named: Named) => findingsOf(codeMatchesIssuer, named)

t.test('the symbols of real issuers belong to them', async t => {
  for (const [code, issuer] of [
    ['119/KH-UBND', 'UBND tỉnh Thái Bình'], ['468/QĐ-UBND', 'Chủ tịch UBND tỉnh Đắk Nông'], ['55/KH-SVHTTDL', 'Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình'],
    ['666/QĐ-TTg', 'Thủ tướng Chính phủ'], ['24/2021/QH15', 'Quốc hội'], ['22/NQ-TU', 'Tỉnh ủy Kiên Giang'], ['09-NQ/TU', 'Thị ủy Hòa Thành'],
    ['05-CT/TW', 'Ban Bí thư'], ['7308/KH-BNN-TCLN', 'Bộ Nông nghiệp và Phát triển nông thôn'], ['32/TTr-CAT', 'Công an tỉnh Đắk Nông']
  ] as const) t.strictSame(find({ code, issuer }), [], code)
})

t.test('a symbol that certainly belongs to another body is an error that names both', async t => {
  t.match(find({ code: '55/KH-UBND', issuer: 'Sở Y tế tỉnh Thái Bình' }), [{
    severity: 'error',
    at: '/code',
    message: { vi: /“UBND”.*là của Ủy ban nhân dân, không phải của Sở Y tế tỉnh Thái Bình/, en: /belongs to Ủy ban nhân dân/ },
    facts: { issuerSymbol: 'UBND', issuerKind: 'department' }
  }])
  t.match(find({ code: '90/QĐ-TTg', issuer: 'Chính phủ' }), [{ severity: 'error', message: { vi: /của Thủ tướng Chính phủ/ } }])
  t.match(find({ code: '90/KH-SNV', issuer: 'Sở Y tế tỉnh Thái Bình' }), [{ severity: 'error', message: { vi: /của Sở Nội vụ/ } }])
  t.match(find({ code: '90/QĐ-BYT', issuer: 'Bộ Tài chính' }), [{ severity: 'error', message: { vi: /của Bộ Y tế/ } }])
  t.match(find({ code: '22-NQ/TW', issuer: 'Tỉnh ủy Kiên Giang' }), [{ severity: 'error', message: { vi: /của Trung ương Đảng/ } }])
})

t.test('what is not known contradicts nothing: symbol, issuer, or the symbols of the issuer', async t => {
  t.strictSame(find({ code: '190/TTr-LĐTBXH', issuer: 'Sở Lao động - Thương binh và Xã hội tỉnh Bình Phước' }), [])
  t.strictSame(find({ code: '119/KH-UBND', issuer: 'Ban điều hành Chương trình' }), [])
  t.strictSame(find({ code: '12/KH-BNN', issuer: 'Bộ Nông nghiệp và Môi trường' }), [], 'no source shows the symbol of the merged ministry')
  t.strictSame(find({ code: '119/KH-UBND' }), [])
  t.strictSame(find({ code: 'không đọc được', issuer: 'Chính phủ' }), [])
})

t.test('a declared type that the symbol contradicts is an error at the type', async t => {
  t.match(find({ code: '666/QĐ-TTg', type: 'plan' }), [{
    severity: 'error', at: '/type', message: { vi: /khai là Kế hoạch.*của Quyết định/, en: /plan.*decision/ }, facts: { type: 'plan', typeOfSymbol: 'decision' }
  }])
  t.strictSame(find({ code: '666/QĐ-TTg', type: 'decision' }), [])
  t.strictSame(find({ code: '31-QĐ/TW', type: 'rules' }), [], 'QĐ of the Party may be a rule')
  t.strictSame(find({ code: '24/2021/QH15', type: 'resolution' }), [])
  t.strictSame(find({ code: '126/SKHĐT', type: 'submission' }), [], 'agencies leave the type out')
})

t.test('a year in the code that is not the year of issue is an error', async t => {
  t.match(find({ code: '24/2021/QH15', issuedOn: '2022-07-28' }), [{
    severity: 'error', at: '/code', message: { vi: /ghi năm 2021.*28\/7\/2022/ }, facts: { year: 2021, issuedOn: '2022-07-28' }
  }])
  t.strictSame(find({ code: '24/2021/QH15', issuedOn: '2021' }), [])
})
