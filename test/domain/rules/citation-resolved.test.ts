import t from 'tap'
import type { CitationReading } from '../../../src/domain/family.ts'
import { citationResolved } from '../../../src/domain/rules/citation-resolved.ts'
import { aCitation, aFamily, aReading } from '../../helpers/plans.ts'

const check = (...readings: Partial<CitationReading>[]) => [...citationResolved.check(aFamily({ readings: readings.map(aReading) }))]

t.test('a citation that names one plan of the register has no finding', async t => {
  t.strictSame(check({ resolution: 'resolved' }), [])
})

t.test('a plan that nobody has registered yet is told as info: the stub waits for it', async t => {
  t.match(check({ resolution: 'stub' }), [{ severity: 'info', at: '/citations/0', message: { vi: /666\/QĐ-TTg chưa có ai đăng ký/, en: /not registered yet/ }, facts: { resolution: 'stub' } }])
})

t.test('a citation that may mean several is a warning that lists them all, and none is guessed', async t => {
  const candidates = [{ id: '1', name: '1705/QĐ-TTg của 2021' }, { id: '2', name: '1705/QĐ-TTg của 2024' }]
  t.match(check({ citation: { relation: 'references', code: '1705/QĐ-TTg' }, resolution: 'ambiguous', candidates }), [{
    severity: 'warning',
    at: '/citations/0',
    message: { vi: /1705\/QĐ-TTg có thể là một trong 2 văn bản: 1705\/QĐ-TTg của 2021; 1705\/QĐ-TTg của 2024\..*planId/ },
    facts: { resolution: 'ambiguous', candidates }
  }])
})

t.test('a parent that says too little to know which plan it is, is a warning; any other citation only an info', async t => {
  t.match(check({ resolution: 'unidentified' }), [{ severity: 'warning', message: { vi: /chưa đủ để biết là văn bản nào/ } }])
  t.match(check({ citation: { relation: 'basis', title: 'Luật Tổ chức Chính phủ' }, resolution: 'unidentified' }), [{ severity: 'info', message: { vi: /“Luật Tổ chức Chính phủ”/ } }])
})

t.test('each citation is told at its own place', async t => {
  const findings = check({ resolution: 'stub' }, { resolution: 'resolved' }, { citation: aCitation(), resolution: 'unidentified' })
  t.strictSame(findings.map(({ at }) => at), ['/citations/0', '/citations/2'])
})
