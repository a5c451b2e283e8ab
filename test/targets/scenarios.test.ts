import t from 'tap'
import { citeDecision, citeResolution, decision, perYear, provincial } from '../helpers/bodies.ts'
import { testService } from '../helpers/service.ts'

// The patterns in which real plans inherit targets, through the whole service.

const { record, post, get } = await testService(t)

const percent = (value: string, comparator = 'equal') => ({ comparator, value, unit: 'percent' })
const level = (amount: object, over: object = {}) => ({ measure: 'level', amount, ...over })

let number = 100
/** A decision with these targets, and the citation of it. */
const parentWith = async (targets: object[], over: object = {}) => {
  const code = `${++number}/QĐ-TTg`
  const { plan } = await record(decision({ code, targets, ...over }))
  return { plan, cite: { ...citeDecision, code } }
}

const childOf = ({ cite }: { cite: object }, targets: object[], over: object = {}) =>
  provincial({ code: `${++number}/KH-UBND`, citations: [cite], targets, ...over })

const origins = async (id: string) => (await get(`/v1/plans/${id}/targets`)).json().targets[0].origins

const ambition = (findings: any[]) => findings.filter(finding => finding.rule === 'target-ambition')

t.test('unchanged: 1–1,5 a year under 1–1,5 a year conforms', async t => {
  const { plan } = await record(childOf(await parentWith([perYear('poverty', '1', '1.5')]), [perYear('poverty', '1', '1.5')]))
  t.match(await origins(plan.id), [{ distance: 1, verdict: 'conforms', reference: 'general', binding: true, target: { printed: { vi: 'giảm 1–1,5 điểm %/năm' } } }])
})

t.test('tightened: 2–3 under 1–1,5 is stronger, with both ends', async t => {
  const parent = await parentWith([perYear('poverty', '1', '1.5')])
  const { plan } = await record(childOf(parent, [perYear('own', '2', '3', { inherits: [{ plan: parent.plan.code, key: 'poverty', how: 'tightens' }] })]))
  t.match(await origins(plan.id), [{
    how: 'tightens',
    verdict: 'stronger',
    comparisons: [{ ends: [{ end: 'low', child: '2', sign: '>', parent: '1' }, { end: 'high', child: '3', sign: '>', parent: '1.5' }] }],
    message: { vi: /mục tiêu cấp trên: giảm 1–1,5 điểm %\/năm đến hết 2025; kế hoạch: giảm 2–3 điểm %\/năm đến hết 2025; cận dưới 2 > 1, cận trên 3 > 1,5 → cao hơn/, en: /→ stronger/ }
  }])
})

t.test('loosened: a result of 136 % of the own plan is 97.14 % of the assignment, and the plan was refused when it was recorded', async t => {
  const fall = (value: string) => ({ measure: 'change-per-year', direction: 'decrease', amount: { comparator: 'equal', value, unit: 'percentage-point' } })
  const parent = await parentWith([{
    key: 'poverty', indicator: 'poor-household-rate', goal: fall('2'), assignments: [{ organization: 'Thái Bình', amount: fall('3.5').amount }]
  }])
  const body = childOf(parent, [{ key: 'poverty', indicator: 'poor-household-rate', goal: fall('2.5') }])
  const refused = await post('/v1/plans', body)
  t.equal(refused.statusCode, 422)
  t.match(ambition(refused.json().findings), [{
    severity: 'error',
    message: { vi: /cấp trên giao cho Thái Bình: giảm 3,5 điểm %\/năm đến hết 2025; kế hoạch: giảm 2,5 điểm %\/năm đến hết 2025; 2,5 < 3,5 → thấp hơn/ },
    facts: { verdict: 'weaker', reference: 'assigned', comparisons: [{ ends: [{ child: '2.5', sign: '<', parent: '3.5' }] }] }
  }])
  // 3.4 reached is 136 % of 2.5 and 97.14 % of 3.5: the figures that both were reported with.
  const { plan } = await record(body, { asIssued: true })
  t.match(await origins(plan.id), [{ verdict: 'weaker', reference: 'assigned' }])
})

t.test('transformed: a level under a fall per year compares through its own baseline, and without one says what is missing', async t => {
  const parent = await parentWith([{ ...perYear('poverty', '1', '1.5'), indicator: 'poor-household-rate' }])
  const body = (baseline?: object) => childOf(parent, [{
    key: 'poverty', indicator: 'poor-household-rate', goal: { ...level(percent('0.54', 'less-than'), { by: '2025' }), ...(baseline !== undefined && { baseline }) }
  }])
  const without = await record(body())
  t.equal(without.plan.status, 'conforming', 'not comparable is no violation')
  t.match(await origins(without.plan.id), [{ verdict: 'not-comparable', lacking: ['baseline-value', 'baseline-date'], message: { vi: /còn thiếu giá trị đầu kỳ/ } }])
  const through = await record(body({ on: '2022', value: '6', unit: 'percent' }))
  t.match(await origins(through.plan.id), [{
    verdict: 'stronger',
    comparisons: [{ conversions: [{ of: 'parent', formula: '6 − 3 × 1 = 3' }, { of: 'parent', formula: '6 − 3 × 1.5 = 1.5' }], ends: [{ child: '0.54', sign: '<', parent: '3' }, { child: '0.54', sign: '<', parent: '1.5' }] }]
  }])
})

t.test('a value for each level: the child is held to that of its own level', async t => {
  const byLevel = [['provincial', '90'], ['district', '80'], ['commune', '60']].map(([of, value]) => ({ level: of, amount: percent(value!) }))
  const parent = await parentWith([{ key: 'records', indicator: 'online-work-records-share', goal: { measure: 'level', by: '2025' }, byLevel }])
  const records = (value: string) => [{ key: 'records', indicator: 'online-work-records-share', goal: level(percent(value), { by: '2025' }) }]
  t.equal((await post('/v1/plans', childOf(parent, records('80')))).statusCode, 422)
  const { plan } = await record(childOf(parent, records('90')))
  t.match(await origins(plan.id), [{ verdict: 'conforms', reference: 'level', target: { printed: { vi: /cấp tỉnh: 90%; cấp huyện: 80%; cấp xã: 60%/ } } }])
})

t.test('allocated below the national value: Hà Nội 91,66 under 92,60 conforms to what was assigned to it', async t => {
  const value = (year: number, text: string) => ({ year, amount: percent(text) })
  const parent = await parentWith([{
    key: 'insurance',
    indicator: 'health-insurance-coverage-rate',
    goal: { measure: 'series', series: [value(2022, '92.60'), value(2025, '95.15')] },
    assignments: [{ organization: 'Hà Nội', ...value(2022, '91.66') }, { organization: 'Hà Nội', ...value(2025, '95.15') }, { organization: 'Điện Biên', ...value(2025, '98.00') }]
  }])
  const share = (first: string) => [{
    key: 'insurance',
    indicator: 'health-insurance-coverage-rate',
    goal: { measure: 'series', series: [value(2022, first), value(2025, '95.15')] },
    inherits: [{ plan: parent.plan.code, key: 'insurance', how: 'allocated' }]
  }]
  const issuer = 'UBND thành phố Hà Nội'
  const { plan, findings } = await record(childOf(parent, share('91.66'), { issuer }))
  t.match(await origins(plan.id), [{ how: 'allocated', verdict: 'conforms', reference: 'assigned', comparisons: [{ year: 2022, organization: 'Hà Nội' }, { year: 2025 }] }])
  t.same(findings.filter((finding: any) => finding.severity !== 'info'), [])
  t.match(ambition((await post('/v1/plans', childOf(parent, share('91.65'), { issuer }))).json().findings), [{ severity: 'error', facts: { reference: 'assigned' } }])
})

t.test('not applicable with a reason, and by reference without a number, both take a target up', async t => {
  const parent = await parentWith([
    { key: 'districts', indicator: 'poor-districts-leaving-poverty-share', text: '30% huyện nghèo thoát nghèo', goal: level(percent('30')) },
    perYear('poverty', '1', '1.5')
  ])
  const body = (reason?: string) => childOf(parent, [
    { key: 'districts', indicator: 'poor-districts-leaving-poverty-share', inherits: [{ key: 'districts', how: 'not-applicable', ...(reason !== undefined && { reason }) }] },
    { key: 'poverty', indicator: 'multidimensional-poverty-rate', inherits: [{ key: 'poverty', how: 'by-reference' }] }
  ])
  const without = await post('/v1/plans', body())
  t.equal(without.statusCode, 422)
  t.match(without.json().findings, [{ rule: 'target-wellformed', at: '/targets/0/inherits/0/reason' }])
  const { plan } = await record(body('Tỉnh không có huyện nghèo.'))
  const { targets, missing } = (await get(`/v1/plans/${plan.id}/targets`)).json()
  t.match(targets, [
    { origins: [{ how: 'not-applicable', reason: 'Tỉnh không có huyện nghèo.', verdict: 'not-applicable', target: { text: '30% huyện nghèo thoát nghèo' } }] },
    { printed: { vi: 'theo văn bản cấp trên' }, origins: [{ how: 'by-reference', verdict: 'conforms' }] }
  ])
  t.same(missing, [])
})

t.test('another period: per-year values compare directly, a deadline below the final value needs a milestone', async t => {
  const head = await record({ code: '120/2020/QH14', type: 'resolution', title: 'Chương trình', issuer: 'Quốc hội', issuedOn: '2020-06-19', period: { from: '2021', to: '2030' } })
  const cite = { ...citeResolution, planId: head.plan.id }
  const share = (value: string, by: string) => ({ key: 'rural', indicator: 'new-rural-communes-share', goal: level(percent(value), { by }) })
  const parent = await parentWith([perYear('poverty', '1', '1.5'), share('50', '2030')], { citations: [cite], period: { from: '2021', to: '2030' } })
  const { plan } = await record(childOf(parent, [perYear('poverty', '1', '1.5'), share('30', '2025')]))
  const { targets } = (await get(`/v1/plans/${plan.id}/targets`)).json()
  t.match(targets, [{ origins: [{ verdict: 'conforms' }] }, { origins: [{ verdict: 'not-comparable', lacking: ['milestone'] }] }])
})

t.test('Quảng Bình: rows that sum to 5.347 under a printed 5.374 are recorded with a warning and both sums', async t => {
  const rows = [['Minh Hóa', '840', '930'], ['Tuyên Hóa', '4507', '5083']]
  const between = (low: string, high: string) => ({ comparator: 'between', low, high, unit: 'household' })
  const { plan, findings } = await record(decision({
    code: '990/QĐ-TTg',
    targets: [{
      key: 'leaving',
      indicator: 'households-leaving-poverty',
      goal: level(between('5374', '6013')),
      assignments: rows.map(([name, low, high]) => ({ organization: `huyện ${name}`, amount: between(low!, high!) }))
    }]
  }))
  t.match(findings.filter((finding: any) => finding.rule === 'allocation-sum'), [{
    severity: 'warning',
    message: { vi: /5\.347 hộ, số ghi chung 5\.374 hộ, lệch 27/, en: /5,347 households, the total is 5,374 households, 27 apart/ }
  }])
  t.match((await get(`/v1/plans/${plan.id}/targets`)).json().targets[0].allocations, [{
    ends: [{ end: 'low', total: '5374', assigned: '5347', remaining: '27' }, { end: 'high', total: '6013', assigned: '6013', remaining: '0' }]
  }])
})

t.test('422 with the pointer and the reason for what cannot be meant, and nothing is stored', async t => {
  const parent = await parentWith([perYear('poverty', '1', '1.5')])
  const goal = perYear('poverty', '1', '1.5').goal
  const bad: [string, object, string, RegExp][] = [
    ['a range upside down', perYear('poverty', '1.5', '1'), '/targets/0/goal/amount/low', /cận dưới 1,5 lớn hơn cận trên 1/],
    ['a value without unit', { goal: { ...goal, amount: { comparator: 'equal', value: '2' } } }, '/targets/0/goal/amount/unit', /đơn vị/],
    ['a change per year from a baseline after its deadline', { goal: { ...goal, by: '2024', baseline: { on: '2025' } } }, '/targets/0/goal/baseline/on', /2025.*2024/],
    ['a unit that the indicator does not take', { goal: { ...goal, amount: { comparator: 'equal', value: '2', unit: 'household' } } }, '/targets/0/goal/amount/unit', /household|hộ/],
    ['an inheritance from a plan that is no parent', { inherits: [{ plan: '1/QĐ-TTg', key: 'poverty', how: 'adopts' }] }, '/targets/0/inherits/0/plan', /không triển khai văn bản đó/]
  ]
  const count = async () => (await get('/v1/plans?limit=1000')).json().plans.length
  const before = await count()
  for (const [what, over, at, reason] of bad) {
    const reply = await post('/v1/plans', childOf(parent, [{ ...perYear('poverty', '1', '1.5'), ...over }]))
    t.equal(reply.statusCode, 422, what)
    const found = reply.json().findings.find((finding: any) => finding.severity === 'error' && finding.at === at)
    t.ok(found, `${what}: ${reply.body}`)
    t.match(found?.message.vi, reason, what)
    t.ok(found?.message.en.length > 0, what)
  }
  t.equal(await count(), before)
})
