import t from 'tap'
import { issuerSubordinate } from '../../../src/domain/rules/issuer-subordinate.ts'
import { findingsOf } from './a-judged-plan.ts'
import type { Named } from './a-judged-plan.ts'

const find = (named: Named, ...parents: Named[]) => findingsOf(issuerSubordinate, named, ...parents)

const department = { code: '55/KH-SVHTTDL', issuer: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình', issuedOn: '2022-09-20' }

t.test('the issuer may answer its province, its ministry and itself', async t => {
  t.strictSame(find(department, { issuer: 'UBND tỉnh Thái Bình' }, { issuer: 'Bộ Văn hóa, Thể thao và Du lịch' }, { issuer: department.issuer }), [])
})

t.test('a parent of a body that is not superior is an error at its citation', async t => {
  t.match(find(department, { issuer: 'UBND tỉnh Thái Bình' }, { code: '42/KH-UBND', issuer: 'UBND tỉnh Nam Định' }), [{
    severity: 'error',
    at: '/citations/1',
    message: { vi: /không trực thuộc UBND tỉnh Nam Định/, en: /not subordinate to UBND tỉnh Nam Định/ },
    facts: { issuer: department.issuer, parentIssuer: 'UBND tỉnh Nam Định', standing: 'not-superior' }
  }])
})

t.test('where it cannot be told, the finding says what is missing', async t => {
  t.match(find({ code: '55/KH-SVHTTDL' }, { issuer: 'UBND tỉnh Thái Bình' }), [{ severity: 'info', at: '/citations/0', message: { vi: /chưa biết cơ quan ban hành văn bản này/ } }])
  t.match(find(department, { code: '119/KH-UBND' }), [{ severity: 'info', message: { vi: /chưa biết cơ quan ban hành văn bản cấp trên/ } }])
  t.match(find(department, { issuer: 'UBND tỉnh' }), [{ severity: 'info', message: { vi: /không biết “UBND tỉnh” là cơ quan nào/ } }])
  t.match(find({ ...department, issuer: 'Bệnh viện Nhi Trung ương' }, { issuer: 'Bộ Y tế' }), [{ severity: 'info', message: { en: /“Bệnh viện Nhi Trung ương”/ } }])
  t.match(find({ issuer: 'UBND huyện Như Xuân' }, { issuer: 'UBND tỉnh Thanh Hóa' }), [{ severity: 'info', message: { vi: /ghi đủ huyện, tỉnh/ } }])
})

t.test('after the merger of 2025 a plan may answer the plan of the province that was merged, before it not', async t => {
  const parent = { code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình' }
  t.strictSame(find({ issuer: 'Sở Nội vụ tỉnh Hưng Yên', issuedOn: '2025-09-01' }, parent), [])
  t.match(find({ issuer: 'Sở Nội vụ tỉnh Hưng Yên', issuedOn: '2022-09-20' }, parent), [{ severity: 'error' }])
})
