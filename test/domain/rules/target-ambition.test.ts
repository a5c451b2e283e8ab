import t from 'tap'
import { targetAmbition } from '../../../src/domain/rules/target-ambition.ts'
import type { Target } from '../../../src/domain/target/target.ts'
import { aChild, aFamily, aParent } from '../target/families.ts'
import { amount, fallPerYear, REAL_TARGETS } from '../target/real-targets.ts'

const check = (child: Target, parent: Target) => [...targetAmbition.check(aFamily(aChild([child]), aParent([parent])))]

const poverty = (value: string, more: Partial<Target> = {}): Target =>
  ({ key: 'poverty', indicator: 'poor-household-rate', text: `Giảm ${value}%/năm`, goal: fallPerYear(amount('equal', value, 'percentage-point')), ...more })

t.test('Sóc Trăng’s 2–3 under 1–1.5 is shown as stronger', async t => {
  const parent = { ...REAL_TARGETS[8]![0]!, overrides: [] }
  t.match(check(REAL_TARGETS[13]![0]!, parent), [{
    severity: 'info',
    at: '/targets/0',
    message: { vi: /cao hơn yêu cầu so với “poverty” của 666\/QĐ-TTg: .*cận dưới 2 > 1, cận trên 3 > 1,5 → cao hơn/ },
    facts: { verdict: 'stronger', reference: 'general', parentCode: '666/QĐ-TTg', parentKey: 'poverty' }
  }])
})

t.test('a weaker target is an error that says what to do and holds both texts', async t => {
  t.match(check(poverty('0.5'), poverty('1')), [{ severity: 'error', message: { vi: /0,5 < 1 → thấp hơn\. Hãy nâng chỉ tiêu/ }, facts: { verdict: 'weaker', parentText: 'Giảm 1%/năm', text: 'Giảm 0.5%/năm' } }])
})

t.test('weaker than what is only striven for is a warning', async t => {
  t.match(check(poverty('0.5'), poverty('1', { aspirational: true })), [{ severity: 'warning', facts: { verdict: 'weaker', binding: false } }])
})

t.test('what cannot be compared is a warning that names what is missing', async t => {
  t.match(check(REAL_TARGETS[12]![0]!, poverty('1')), [{ severity: 'warning', facts: { verdict: 'not-comparable', missing: ['baseline-value', 'baseline-date'] } }])
})

t.test('an equal target conforms', async t => t.match(check(poverty('1'), poverty('1')), [{ severity: 'info', facts: { verdict: 'conforms' } }]))

t.test('the value assigned to the issuer decides, also where the general one is lower', async t => {
  const parent = poverty('2', { assignments: [{ organization: 'Sóc Trăng', amount: amount('equal', '3.5', 'percentage-point') }] })
  t.match(check(poverty('2.5'), parent), [{ severity: 'error', facts: { reference: 'assigned' } }])
})

t.test('a plan that inherits nothing is no matter of this rule', async t => {
  t.same([...targetAmbition.check(aFamily(aChild([]), aParent([poverty('1')])))], [])
})
