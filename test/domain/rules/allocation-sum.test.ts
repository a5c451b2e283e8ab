import t from 'tap'
import { allocationSum } from '../../../src/domain/rules/allocation-sum.ts'
import type { Target } from '../../../src/domain/target/target.ts'
import { aChild, aFamily } from '../target/families.ts'
import { amount, between, REAL_TARGETS } from '../target/real-targets.ts'

const check = (...targets: Target[]) => [...allocationSum.check(aFamily(aChild(targets)))]

const shared = (total: Target['goal'], more: Partial<Target>): Target => ({ key: 'leaving', indicator: 'households-leaving-poverty', ...(total !== undefined && { goal: total }), ...more })

const level = (value: ReturnType<typeof amount>): Target['goal'] => ({ measure: 'level', amount: value })

t.test('Quảng Bình: rows that sum to 5,347 under a printed 5,374 are a warning with both sums', async t => {
  const target = shared(level(between('5374', '6013', 'household')), {
    assignments: [
      { organization: 'huyện Minh Hóa', amount: between('840', '930', 'household') },
      { organization: 'các huyện còn lại', amount: between('4507', '5083', 'household') }
    ]
  })
  t.match(check(target), [{
    severity: 'warning',
    at: '/targets/0/assignments',
    message: { vi: /cận dưới: tổng các phần 5\.347 hộ, số ghi chung 5\.374 hộ, lệch 27; cận trên: tổng các phần 6\.013 hộ, số ghi chung 6\.013 hộ\)/, en: /5,347 households, the total is 5,374/ },
    facts: { outcome: 'mismatch' }
  }])
})

t.test('shares above a cap are an error', async t => {
  const rows = [{ organization: 'A', amount: amount('equal', '101', 'household') }]
  t.match(check(shared(level(amount('equal', '100', 'household')), { assignments: rows, allocation: { cap: true } })), [{ severity: 'error', facts: { outcome: 'over-cap' } }])
})

t.test('what is not yet allocated is shown', async t => {
  const rows = [{ organization: 'A', amount: amount('equal', '60', 'household') }]
  t.match(check(shared(level(amount('equal', '100', 'household')), { assignments: rows })), [{ severity: 'info', message: { vi: /Chưa giao hết.*lệch 40/ } }])
})

t.test('components that do not make up the whole are a warning at the components', async t => {
  const target = { ...REAL_TARGETS[16]![0]!, components: [{ indicator: 'poor-household-rate', amount: amount('at-least', '6', 'percentage-point') }] }
  t.match(check(target), [{ severity: 'warning', at: '/targets/0/components' }])
})

t.test('an allocation that sums exactly finds nothing', async t => t.same(check(REAL_TARGETS[16]![0]!, REAL_TARGETS[27]![0]!), []))

t.test('a mismatch in one year of a table names the year', async t => {
  const target = shared({ measure: 'series', series: [{ year: 2022, amount: amount('equal', '10', 'household') }] }, { assignments: [{ organization: 'A', year: 2022, amount: amount('equal', '11', 'household') }] })
  t.match(check(target), [{ severity: 'warning', facts: { year: 2022 }, message: { vi: /^Năm 2022: / } }])
})
