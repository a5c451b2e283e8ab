import t from 'tap'
import type { Plan } from '../../../src/domain/plan.ts'
import { uniqueIdentity } from '../../../src/domain/rules/unique-identity.ts'
import { aFamily, aPlan } from '../../helpers/plans.ts'

const check = (certain: boolean, over: Partial<Plan> = {}) =>
  [...uniqueIdentity.check(aFamily({ plan: aPlan(over), namesakes: [{ id: 'other', name: '119/KH-UBND (UBND tỉnh Thái Bình)', certain }] }))]

t.test('a plan whose identity nobody else has, has no finding', async t => {
  t.strictSame([...uniqueIdentity.check(aFamily())], [])
})

t.test('another plan of the same issuer, year, type and number is an error that names it and its id', async t => {
  t.match(check(true), [{
    severity: 'error',
    at: '/code',
    message: { vi: /Đã có 119\/KH-UBND \(UBND tỉnh Thái Bình\) trong sổ/, en: /is registered already/ },
    facts: { planId: 'other' }
  }])
})

t.test('of a plan without a number it is the title that is taken', async t => {
  t.match(check(true, { code: undefined, title: 'Kế hoạch thi đua' }), [{ at: '/title' }])
})

t.test('where one of the two years is not known it is a warning: they may be one document', async t => {
  t.match(check(false), [{
    severity: 'warning', at: '/issuedOn', message: { vi: /Có thể trùng với/, en: /This may be/ }, facts: { planId: 'other' }
  }])
})

t.test('every namesake is told', async t => {
  const namesakes = [true, false, true].map((certain, index) => ({ id: `${index}`, name: '119/KH-UBND', certain }))
  t.strictSame([...uniqueIdentity.check(aFamily({ namesakes }))].map(({ severity, facts }) => [severity, facts['planId']]),
    [['error', '0'], ['warning', '1'], ['error', '2']])
})
