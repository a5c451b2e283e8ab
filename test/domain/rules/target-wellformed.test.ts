import t from 'tap'
import { targetWellformed } from '../../../src/domain/rules/target-wellformed.ts'
import type { Target } from '../../../src/domain/target/target.ts'
import { aChild, aFamily } from '../target/families.ts'
import { between, levelBy, REAL_TARGETS } from '../target/real-targets.ts'

const check = (...targets: Parameters<typeof aChild>[0]) => [...targetWellformed.check(aFamily(aChild(targets)))]

t.test('a faulty target is an error at the place of its fault, and nobody can waive it', async t => {
  const upsideDown = { key: 'poverty', indicator: 'poor-household-rate', goal: levelBy('2025', between('2', '1', 'percent')) }
  t.match(check(REAL_TARGETS[2]![0]!, upsideDown), [{ severity: 'error', at: '/targets/1/goal/amount/low', facts: { key: 'poverty' }, message: { vi: /Chỉ tiêu “poverty”: Khoảng giá trị bị ngược/ } }])
  t.equal(targetWellformed.waivable, false)
})

t.test('the real targets of one document are well formed', async t => t.same(check(...REAL_TARGETS[26]!), []))

t.test('a faulty target that the plan gives to another plan is an error at its place in the citation', async t => {
  const upsideDown = { key: 'poverty', indicator: 'poor-household-rate', goal: levelBy('2025', between('2', '1', 'percent')) }
  const whole = { key: 'whole', indicator: 'poor-household-rate', goal: levelBy('2025', between('1', '2', 'percent')), components: [{ key: 'of-the-other-plan', amount: between('1', '2', 'percent') }] }
  const changed = (...targets: Target[]) => [...targetWellformed.check(aFamily(aChild([], { citations: [{ relation: 'basis' }, { relation: 'amends', changes: { targets } }] })))]
  t.match(changed(upsideDown, upsideDown).map(({ at }) => at), ['/citations/1/changes/targets/0/goal/amount/low', '/citations/1/changes/targets/1/goal/amount/low', '/citations/1/changes/targets/1/key'])
  t.strictSame(changed(whole), [], 'a component may be any target of the plan that is changed')
})
