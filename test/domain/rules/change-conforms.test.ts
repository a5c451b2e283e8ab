import t from 'tap'
import { changedBy } from '../../../src/domain/effect/consolidation.ts'
import { type Changes, type Effect, effectOf } from '../../../src/domain/effect/effect.ts'
import { changeConforms } from '../../../src/domain/rules/change-conforms.ts'
import type { Target } from '../../../src/domain/target/target.ts'
import { aCitation, aFamily, aNationalPlan, aParent, aPlan } from '../../helpers/plans.ts'
import { aTarget } from '../effect/worlds.ts'
import { anAmendingFamily, anOldPlan } from './an-affected-plan.ts'

/** The parent asks for a poverty rate of at most 3 %, from 2021 to 2025; the old plan promises `own` and is changed so. */
function check (changes: Changes | undefined, { own = [aTarget('poverty', '3')], effects = [] }: { own?: Target[], effects?: Effect[] } = {}) {
  const old = anOldPlan({ targets: own })
  const amending = aPlan({ citations: [aCitation(), aCitation(old, { relation: 'amends', ...(changes !== undefined && { changes }) })] })
  const changed = aFamily({ plan: changedBy(old, effects, effectOf(amending, 1, old)), parents: [aParent(aNationalPlan({ targets: [aTarget('poverty', '3')] }))] })
  return [...changeConforms.check(anAmendingFamily({ citation: { changes }, old, effects, ...(changes !== undefined && { changed }) }))]
}

t.test('a change that leaves the plan as good as its parents ask has no finding', async t => {
  t.strictSame([...changeConforms.check(aFamily())], [])
  t.strictSame(check(undefined), [])
  t.strictSame(check({ targets: [aTarget('poverty', '2')] }), [], 'what was compared is not told again')
})

t.test('a change that lets the plan fall short of its parent is an error of the plan that makes it', async t => {
  t.match(check({ targets: [aTarget('poverty', '5')] }), [{
    severity: 'error',
    at: '/citations/1/changes',
    message: { vi: /^23\/KH-UBND \(UBND tỉnh Thái Bình\) sau thay đổi này: Chỉ tiêu “poverty” thấp hơn/, en: /^23\/KH-UBND .* after this change: Target “poverty”/ },
    facts: { affected: 'old', rule: 'target-ambition', at: '/targets/0', found: { verdict: 'weaker' } }
  }])
})

t.test('so is the end of a target that the parent asks for, and a period that leaves that of the parent', async t => {
  t.match(check({ removedTargets: ['poverty'] }), [{ severity: 'error', facts: { rule: 'targets-inherited' } }])
  t.match(check({ period: { from: '2021', to: '2030' } }), [{ severity: 'error', facts: { rule: 'period-within', at: '/period/to' } }])
})

t.test('a total whose shares no longer add up is a warning', async t => {
  const amount = (value: string) => ({ comparator: 'equal' as const, value, unit: 'household' as const })
  const total: Target = { key: 'leaving', indicator: 'households-leaving-poverty', goal: { measure: 'level', amount: amount('10') }, assignments: [{ organization: 'A', amount: amount('11') }] }
  t.match(check({ targets: [total] }), [{ severity: 'warning', facts: { rule: 'allocation-sum' } }])
})

t.test('a target that means nothing is an error', async t => {
  t.match(check({ targets: [{ key: 'x', indicator: 'health-insurance-coverage-rate' }] }), [{ severity: 'error', facts: { rule: 'target-wellformed' } }])
})

t.test('a fault that stood before is not of the making of the change, and a greater one is', async t => {
  const own = [aTarget('first', '1'), aTarget('poverty', '5')].map(target => target.key === 'first' ? { ...target, indicator: 'school-enrolment-rate' } : target)
  t.strictSame(check({ removedTargets: ['first'] }, { own }), [], 'although the target at fault has moved up')
  t.match(check({ targets: [aTarget('poverty', '6')] }, { own }), [{ severity: 'error' }])
})

t.test('what other plans changed before counts as standing', async t => {
  const earlier: Effect = { relation: 'amends', by: { id: 'earlier', name: 'x' }, citation: 0, from: '2022-01-01', changes: { targets: [aTarget('poverty', '5')] } }
  t.strictSame(check({ period: { from: '2022', to: '2025' } }, { effects: [earlier] }), [])
})
