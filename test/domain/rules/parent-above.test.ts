import t from 'tap'
import type { Plan } from '../../../src/domain/plan.ts'
import { parentAbove } from '../../../src/domain/rules/parent-above.ts'
import { aDecree, aFamily, aNationalPlan, aParent, aPlan } from '../../helpers/plans.ts'

const check = (plan: Plan, ...parents: Plan[]) =>
  [...parentAbove.check(aFamily({ plan, parents: parents.map((parent, citation) => aParent(parent, { citation })) }))]

const ofLevel = (level: Plan['level']) => aPlan({ level })

t.test('one level up has no finding, and neither has a crossing that real cascades make', async t => {
  t.strictSame(check(aPlan(), aNationalPlan()), [])
  t.strictSame(check(aPlan(), aDecree()), [])
  t.strictSame(check(ofLevel('agency'), ofLevel('ministry')), [])
  t.strictSame(check(ofLevel('provincial'), ofLevel('provincial')), [])
})

t.test('a plan that stands lower is no parent: an error that names both levels and says how to repair', async t => {
  t.match(check(aPlan(), aPlan({ code: '210/KH-UBND', issuer: 'UBND huyện Tiên Phước, tỉnh Quảng Nam', level: 'district' })), [{
    severity: 'error',
    at: '/citations/0',
    message: {
      vi: /210\/KH-UBND \(UBND huyện Tiên Phước, tỉnh Quảng Nam\) \(cấp huyện\) không đứng trên văn bản này \(cấp tỉnh\)/,
      en: /is of level district, which does not stand above provincial/
    },
    facts: { level: 'provincial', parentLevel: 'district' }
  }])
})

t.test('a head of a cascade has no parent below it', async t => {
  t.match(check(aDecree(), aNationalPlan()), [{ severity: 'error' }])
})

t.test('a skipped level is a warning, not a refusal: criteria decrees do bind districts directly', async t => {
  t.match(check(ofLevel('district'), aDecree()), [{
    severity: 'warning', at: '/citations/0', message: { vi: /bỏ qua cấp ở giữa/, en: /skips a level/ }, facts: { level: 'district', parentLevel: 'decree' }
  }])
})

t.test('a level that is not known is told as info, and says of which plan', async t => {
  t.match(check(ofLevel(undefined), aNationalPlan()), [{ severity: 'info', message: { vi: /chưa biết cấp của văn bản này/ } }])
  t.match(check(aPlan(), aNationalPlan({ level: undefined })), [{ severity: 'info', message: { vi: /chưa biết cấp của 666\/QĐ-TTg/ } }])
})

t.test('each parent is judged by itself, at its own citation', async t => {
  t.match(check(aPlan(), aNationalPlan(), ofLevel(undefined), ofLevel('commune')), [
    { severity: 'info', at: '/citations/1' }, { severity: 'error', at: '/citations/2' }
  ])
})

t.test('a stub counts by the level that its name tells', async t => {
  t.match([...parentAbove.check(aFamily({ parents: [aParent(ofLevel('unit'), { stub: true })] }))], [{ severity: 'error' }])
})

t.test('a level is not passed over when a plan of it is cited as well', async t => {
  const district = aPlan({ code: '210/KH-UBND', issuer: 'UBND huyện Tiên Phước, tỉnh Quảng Nam', level: 'district' })
  t.match(check(district, aNationalPlan()), [{ severity: 'warning' }])
  t.strictSame(check(district, aNationalPlan(), aPlan({ issuer: 'UBND tỉnh Quảng Nam' })), [])
})

t.test('a commune answers its district until the districts end on 30/6/2025, and its province since', async t => {
  const commune = (issuedOn: string | undefined) => aPlan({ level: 'commune', issuedOn })
  t.match(check(commune('2025-06-30'), ofLevel('provincial')), [{ severity: 'warning' }])
  t.strictSame(check(commune('2025-07-01'), ofLevel('provincial')), [])
  t.strictSame(check(commune('2025-06-30'), ofLevel('district')), [])
  t.strictSame(check(commune(undefined), ofLevel('provincial')), [], 'without a date nobody can tell')
})
