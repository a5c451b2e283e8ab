import fc from 'fast-check'
import t from 'tap'
import type { Period } from '../../../src/domain/partial-date.ts'
import { periodWithin } from '../../../src/domain/rules/period-within.ts'
import { aFamily, aNationalPlan, aParent, aPlan } from '../../helpers/plans.ts'

const check = (period: Period | undefined, ...above: (Period | undefined)[]) => [...periodWithin.check(aFamily({
  plan: aPlan({ period }), parents: above.map((parentPeriod, citation) => aParent(aNationalPlan({ period: parentPeriod }), { citation }))
}))]

t.test('the same period and a narrower one have no finding', async t => {
  t.strictSame(check({ from: '2021', to: '2025' }, { from: '2021', to: '2025' }), [])
  t.strictSame(check({ from: '2022', to: '2025' }, { from: '2021', to: '2025' }), [], 'Vạn Ninh 2022-2025')
  t.strictSame(check({ from: '2021', to: '2025' }, { from: '2021', to: '2030' }), [], 'Bạc Liêu 2021-2025 under 2021-2030')
})

t.test('a period that begins too early or ends too late is an error at that end, with both dates', async t => {
  t.match(check({ from: '2020', to: '2025' }, { from: '2021', to: '2025' }), [{
    severity: 'error', at: '/period/from', message: { vi: /bắt đầu 2020, sớm hơn.*bắt đầu 2021/, en: /begins in 2020, earlier than.*begins in 2021/ }
  }])
  t.match(check({ from: '2021', to: '2026' }, { from: '2021', to: '2025' }), [{
    severity: 'error',
    at: '/period/to',
    message: { vi: /kết thúc 2026, muộn hơn.*kết thúc 2025/ },
    facts: { period: { from: '2021', to: '2026' }, parentPeriod: { from: '2021', to: '2025' }, citation: 0 }
  }])
})

t.test('a wider period is wrong at both ends', async t => {
  t.strictSame(check({ from: '2020', to: '2030' }, { from: '2021', to: '2025' }).map(({ at }) => at), ['/period/from', '/period/to'])
})

t.test('a year means all its days, so 2025 ends with 2025-12-31', async t => {
  t.strictSame(check({ from: '2021-01-01', to: '2025-12-31' }, { from: '2021', to: '2025' }), [])
  t.strictSame(check({ from: '2021', to: '2025' }, { from: '2021-01', to: '2025-12-31' }), [])
  t.match(check({ from: '2021', to: '2025' }, { from: '2021-02', to: '2025-11' }), [{ at: '/period/from' }, { at: '/period/to' }])
})

t.test('what is not known contradicts nothing', async t => {
  t.strictSame(check(undefined, { from: '2021', to: '2025' }), [])
  t.strictSame(check({ from: '2020' }, undefined), [])
  t.strictSame(check({ from: '2022' }, { to: '2025' }), [])
  t.strictSame(check({ to: '2030' }, { from: '2021' }), [])
})

t.test('each parent is asked by itself', async t => {
  t.strictSame(check({ from: '2021', to: '2025' }, undefined, { from: '2021', to: '2025' }, { from: '2016', to: '2020' }).map(({ at, facts }) => [at, facts['citation']]), [['/period/to', 2]])
})

t.test('a period within the period of the parent, in days, never has a finding; one that sticks out always has', async () => {
  const year = fc.integer({ min: 2000, max: 2050 })
  fc.assert(fc.property(year, year, year, year, (from, to, above, until) => {
    fc.pre(from <= to && above <= until)
    const findings = check({ from: `${from}`, to: `${to}` }, { from: `${above}`, to: `${until}` })
    return findings.length === Number(from < above) + Number(to > until)
  }))
})

t.test('a period of which one end is known is told when it lies wholly outside', async t => {
  t.match(check({ from: '2027' }, { from: '2021', to: '2025' }), [{ severity: 'error', at: '/period/from', message: { en: /2027–….*outside 2021–2025/ } }])
  t.match(check({ to: '2019' }, { from: '2021', to: '2025' }), [{ severity: 'error', at: '/period/to' }])
  t.strictSame(check({ from: '2023' }, { from: '2021', to: '2025' }), [])
})
