import t from 'tap'
import { levelMatchesIssuer } from '../../../src/domain/rules/level-matches-issuer.ts'
import { findingsOf } from './a-judged-plan.ts'
import type { Named } from './a-judged-plan.ts'

const find = (named: Named) => findingsOf(levelMatchesIssuer, named)

t.test('the level of the issuer is accepted', async t => {
  t.strictSame(find({ issuer: 'Quốc hội', level: 'decree' }), [])
  t.strictSame(find({ issuer: 'Chính phủ', type: 'decree', level: 'decree' }), [])
  t.strictSame(find({ issuer: 'Thủ tướng Chính phủ', level: 'national' }), [])
  t.strictSame(find({ issuer: 'UBND thành phố Vũng Tàu', level: 'district' }), [])
})

t.test('a province cannot claim the head of a cascade', async t => {
  t.match(find({ issuer: 'UBND tỉnh Thái Bình', level: 'decree' }), [{
    severity: 'error',
    at: '/level',
    message: { vi: /UBND tỉnh Thái Bình là cấp tỉnh/, en: /UBND tỉnh Thái Bình is of level provincial/ },
    facts: { level: 'decree', levelOfIssuer: 'provincial' }
  }])
  t.match(find({ issuer: 'Chính phủ', type: 'resolution', level: 'decree' }), [{ severity: 'error', facts: { levelOfIssuer: 'national' } }])
})

t.test('what is not known is not judged: level, issuer, a body without a settled level', async t => {
  t.strictSame(find({ issuer: 'UBND tỉnh Thái Bình' }), [])
  t.strictSame(find({ level: 'decree' }), [])
  t.strictSame(find({ issuer: 'Bệnh viện Nhi Trung ương', level: 'unit' }), [])
  t.strictSame(find({ issuer: 'UBND tỉnh', level: 'district' }), [])
  t.strictSame(find({ issuer: 'Liên đoàn Lao động tỉnh Hà Giang', level: 'agency' }), [])
})

t.test('thành phố Huế is judged as a province only from 2025 on', async t => {
  t.strictSame(find({ issuer: 'UBND thành phố Huế', level: 'district', issuedOn: '2019-05-01' }), [])
  t.strictSame(find({ issuer: 'UBND thành phố Huế', level: 'district' }), [])
  t.match(find({ issuer: 'UBND thành phố Huế', level: 'district', issuedOn: '2025-12-29' }), [{ severity: 'error' }])
})
