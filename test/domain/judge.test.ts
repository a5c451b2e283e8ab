import t from 'tap'
import { judge } from '../../src/domain/judge.ts'
import { RULES } from '../../src/domain/rules/index.ts'
import { aCitation, aDecree, aFamily, aNationalPlan, aParent, aPlan } from '../helpers/plans.ts'

t.test('a plan that breaks no rule has no finding at all, and neither has its parent', async t => {
  t.same(judge(aFamily()), [])
  t.same(judge(aFamily({ plan: aNationalPlan(), parents: [aParent(aDecree())] })), [])
  t.same(judge(aFamily({ plan: aDecree(), parents: [] })), [])
})

t.test('every finding carries the name of its rule, and all rules are asked although the first one finds something', async t => {
  const plan = aPlan({ code: 'KH-UBND', level: 'ministry', citations: [], period: { from: '2020', to: '2025' } })
  const findings = judge(aFamily({ plan, namesakes: [{ id: 'other', name: '119/KH-UBND', certain: true }] }))
  t.strictSame(new Set(findings.map(({ rule }) => rule)), new Set([
    'unique-identity', 'code-wellformed', 'level-matches-issuer', 'cites-parent', 'period-within'
  ]))
})

t.test('findings come in the order of the rules', async t => {
  const plan = aPlan({ code: 'KH-UBND', level: 'district', issuedOn: '2020-01-01', period: { from: '2020', to: '2030' }, citations: [aCitation(), aCitation({ code: '1/KH-UBND' })] })
  const order = judge(aFamily({ plan })).map(({ rule }) => RULES.findIndex(({ name }) => name === rule))
  t.ok(new Set(order).size > 4, 'several rules speak')
  t.strictSame(order, order.toSorted((one, other) => one - other))
})

t.test('one rule may find several faults, each at its own place', async t => {
  const plan = aPlan({ period: { from: '2020', to: '2026' } })
  t.strictSame(judge(aFamily({ plan })).map(({ rule, at }) => `${rule} ${at}`), ['period-within /period/from', 'period-within /period/to'])
})

t.test('judging changes nothing of what it was given', async t => {
  const family = aFamily({ plan: aPlan({ period: { from: '2020', to: '2026' } }) })
  const before = structuredClone(family)
  judge(family)
  t.strictSame(family, before)
})
