import t from 'tap'
import { codeWellformed } from '../../../src/domain/rules/code-wellformed.ts'
import { findingsOf } from './a-judged-plan.ts'
import type { Named } from './a-judged-plan.ts'

const find = (named: Named) => findingsOf(codeWellformed, named)

t.test('a code in its proper form, and a plan without a code, have no finding', async t => {
  for (const code of ['119/KH-UBND', '19-CT/TU', '24/2021/QH15', '2390/BTTTT-THH']) t.strictSame(find({ code }), [])
  t.strictSame(find({}), [])
})

t.test('a code that cannot be read is an error that says why', async t => {
  t.match(find({ code: 'KH-UBND' }), [{
    severity: 'error', at: '/code', message: { vi: /không bắt đầu bằng số/, en: /does not begin with a number/ }, facts: { printed: 'KH-UBND' }
  }])
})

t.test('each departure is a warning that names the rule it breaks and the canonical form', async t => {
  t.match(find({ code: '22/NQ-TU', issuedOn: '2022-06-08' }), [{
    severity: 'warning',
    at: '/code',
    message: { vi: /Hướng dẫn 36-HD\/VPTW.*được đọc là 22-NQ\/TU/, en: /read as 22-NQ\/TU/ },
    facts: { printed: '22/NQ-TU', canonical: '22-NQ/TU', breaks: 'Hướng dẫn 36-HD/VPTW' }
  }])
  t.equal(find({ code: '5/kh- ubnd' }).length, 3, 'zero, space and capitals')
})

t.test('a document older than the rule is not warned, only told', async t => {
  t.match(find({ code: '5/KH-UBND', issuedOn: '2019-12-31' }), [{ severity: 'info', message: { en: /older than this rule/ } }])
  t.match(find({ code: '5/KH-UBND', issuedOn: '2020-03-05' }), [{ severity: 'warning' }])
  t.match(find({ code: '5/KH-UBND', issuedOn: '2020' }), [{ severity: 'warning' }], 'it may be younger')
})
