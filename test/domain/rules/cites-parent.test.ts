import t from 'tap'
import type { Plan } from '../../../src/domain/plan.ts'
import { citesParent } from '../../../src/domain/rules/cites-parent.ts'
import { aCitation, aDecree, aFamily, aPlan } from '../../helpers/plans.ts'

const check = (over: Partial<Plan>) => [...citesParent.check(aFamily({ plan: aPlan(over) }))]

t.test('a parent named by code, issuer and date has no finding', async t => {
  t.strictSame(check({}), [])
})

t.test('a plan below the head that cites nothing is an error that says where to look for the parent', async t => {
  t.match(check({ citations: [] }), [{
    severity: 'error',
    at: '/citations',
    message: { vi: /không nêu văn bản cấp trên.*relation là implements/, en: /cites no parent.*relation implements/ },
    facts: { citations: 0, relations: [] }
  }])
})

t.test('a proposal, a basis and a reference make no parent, and the message counts them', async t => {
  const citations = (['proposal', 'basis', 'basis', 'references'] as const).map(relation => aCitation(undefined, { relation }))
  t.match(check({ citations }), [{
    severity: 'error', at: '/citations', message: { vi: /đã nêu 4 văn bản/, en: /4 cited/ }, facts: { citations: 4, relations: ['proposal', 'basis', 'references'] }
  }])
})

t.test('no other relation than implements makes a parent', async t => {
  for (const relation of ['basis', 'replaces', 'guides', 'references', 'proposal'] as const) {
    t.match(check({ citations: [aCitation(undefined, { relation })] }), [{ severity: 'error' }], relation)
  }
})

t.test('a plan that amends, supplements, corrects, suspends or repeals another stands in the cascade through that plan', async t => {
  for (const relation of ['amends', 'supplements', 'corrects', 'suspends', 'repeals'] as const) {
    t.strictSame(check({ citations: [aCitation(undefined, { relation })] }), [], relation)
  }
})

t.test('the head of a cascade needs no parent', async t => {
  t.strictSame(check(aDecree()), [])
})

t.test('every other level needs one, and so does a plan whose level is not known', async t => {
  for (const level of ['national', 'ministry', 'provincial', 'agency', 'district', 'commune', 'unit', undefined] as const) {
    t.match(check({ level, citations: [] }), [{ severity: 'error' }], level ?? 'unknown')
  }
})

t.test('a parent cited without code, issuer or date is a warning that names what is missing', async t => {
  t.match(check({ citations: [{ relation: 'implements', code: '124/KH-UBND', issuer: 'UBND Tỉnh Bà Rịa – Vũng Tàu' }] }), [{
    severity: 'warning', at: '/citations/0', message: { vi: /thiếu ngày ban hành;/, en: /without its date of issue;/ }, facts: { missing: ['issuedOn'] }
  }])
  t.match(check({ citations: [{ relation: 'implements', title: 'Văn bản chỉ đạo' }] }), [{
    severity: 'warning', message: { vi: /số và ký hiệu, cơ quan ban hành, ngày ban hành/ }, facts: { missing: ['code', 'issuer', 'issuedOn'] }
  }])
})

t.test('a parent given by its planId is named beyond doubt, whatever the document prints', async t => {
  t.strictSame(check({ citations: [{ relation: 'implements', planId: 'national' }] }), [])
})

t.test('a parent that the document does not name itself is a warning, however completely it is written down', async t => {
  t.match(check({ citations: [aCitation(undefined, { inferred: true })] }), [{ severity: 'warning', at: '/citations/0/inferred', facts: { inferred: true } }])
})

t.test('what is missing of other citations is nobody’s concern here, and places are counted over all citations', async t => {
  const citations = [{ relation: 'basis' as const, title: 'Luật' }, aCitation(), { relation: 'implements' as const, code: '27-CT/TU' }]
  t.match(check({ citations }), [{ at: '/citations/2', facts: { missing: ['issuer', 'issuedOn'] } }])
  t.equal(check({ citations }).length, 1)
})
