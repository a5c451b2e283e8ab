import t from 'tap'
import { citeDecision, decision, provincial } from '../helpers/bodies.ts'
import { testService } from '../helpers/service.ts'

const service = await testService(t)
const { record, post, patch, get } = service

const households = (value: string) => ({ comparator: 'equal', value, unit: 'household' })

const leaving = (value: string, over: object = {}) =>
  ({ key: 'leaving', indicator: 'households-leaving-poverty', goal: { measure: 'level', amount: households(value) }, ...over })

let decisions = 0
/** A decision of its own for each test, with one total. */
const total = async (value: string, over: object = {}) => {
  const code = `${700 + decisions++}/QĐ-TTg`
  const { plan } = await record(decision({ code, targets: [leaving(value, over)] }))
  return { id: plan.id as string, code, cite: { ...citeDecision, code } }
}

/** A child of the provinces: the number of its code tells it apart. */
const child = (number: number, parent: { code: string, cite: object }, value: string, over: object = {}): any => provincial({
  code: `${number}/KH-UBND`,
  citations: [parent.cite],
  targets: [leaving(value, { inherits: [{ plan: parent.code, key: 'leaving', how: 'allocated' }] })],
  ...over
})

const allocationOf = async (id: string) => (await get(`/v1/plans/${id}/targets`)).json().targets[0].allocations[0]
const sumFindings = (findings: any[]) => findings.filter(finding => finding.rule === 'allocation-sum')
const findingsOf = async (id: string) => sumFindings((await get(`/v1/plans/${id}/findings?limit=100`)).json().findings)

t.test('twenty children writing 30 households each at once under a cap of 100: exactly three are recorded, in every round', async t => {
  for (let round = 0; round < 5; round++) {
    const parent = await total('100', { allocation: { cap: true } })
    const replies = await Promise.all(Array.from({ length: 20 }, async (_, index) =>
      await post('/v1/plans', child(1000 + round * 20 + index, parent, '30'))))
    const accepted = replies.filter(({ statusCode }) => statusCode === 201)
    t.equal(accepted.length, 3)
    for (const reply of replies.filter(({ statusCode }) => statusCode !== 201)) {
      t.equal(reply.statusCode, 422)
      t.match(sumFindings(reply.json().findings), [{ severity: 'error', facts: { outcome: 'over-cap', otherPlans: 3, left: '10' } }])
    }
    const { ends, takers } = await allocationOf(parent.id)
    t.same(ends, [{ end: 'value', total: '100', assigned: '0', taken: '90', remaining: '10' }])
    t.equal(takers, 3)
  }
})

t.test('422 over a cap says both sums and what was left, and exactly what was left is taken', async t => {
  const parent = await total('100', { allocation: { cap: true } })
  await record(child(1, parent, '60'))
  const reply = await post('/v1/plans', child(2, parent, '41'))
  t.equal(reply.statusCode, 422)
  const [finding] = sumFindings(reply.json().findings)
  t.match(finding, {
    severity: 'error',
    at: '/targets/0',
    message: { vi: /tổng các phần 101 hộ, số ghi chung 100 hộ, lệch 1; .*nhiều nhất 40 hộ/, en: /the parts sum to 101 households, the total is 100 households/ },
    facts: { parentKey: 'leaving', ends: [{ sum: '101', total: '100' }], others: [{ amount: { value: '60' } }] }
  })
  t.equal((await post('/v1/plans', child(2, parent, '40'))).statusCode, 201)
})

t.test('units convert before shares are added', async t => {
  const parent = await total('100', { allocation: { cap: true } })
  await record(child(3, parent, '60'))
  const inThousands = leaving('0', {
    goal: { measure: 'level', amount: { comparator: 'equal', value: '0.041', unit: 'thousand-household' } },
    inherits: [{ plan: parent.code, key: 'leaving', how: 'allocated' }]
  })
  t.equal((await post('/v1/plans', child(4, parent, '0', { targets: [inThousands] }))).statusCode, 422)
})

t.test('a total that is no cap is exceeded with a warning, and only on the plan that exceeds it', async t => {
  const parent = await total('100')
  const first = await record(child(5, parent, '60'))
  const second = await record(child(6, parent, '41'))
  t.match(sumFindings(second.findings), [{ severity: 'warning', facts: { outcome: 'mismatch', ends: [{ sum: '101' }] } }])
  t.same(await findingsOf(first.plan.id), [])
  t.match(await allocationOf(parent.id), { outcome: 'mismatch', ends: [{ remaining: '-1' }], message: { vi: /vượt 1 hộ/ } })
})

t.test('what is given by table, taken beyond it and left over is shown in the targets of the parent', async t => {
  const parent = await total('100', { assignments: [{ organization: 'Thái Bình', amount: households('60') }] })
  const own = await record(child(7, parent, '60'))
  t.same(sumFindings(own.findings), [], 'who takes what his row gives him adds nothing')
  const beyond = await record(child(8, parent, '30', { issuer: 'UBND tỉnh Nam Định' }))
  t.match(await allocationOf(parent.id), {
    unit: 'household',
    ends: [{ total: '100', assigned: '60', taken: '30', remaining: '10' }],
    takenBy: [{ plan: { id: own.plan.id }, amount: { value: '60' } }, { plan: { id: beyond.plan.id }, amount: { value: '30' } }],
    message: { vi: /Tổng 100 hộ: đã giao theo bảng 60 hộ, cấp dưới nhận thêm 30 hộ, chưa phân bổ 10 hộ\./, en: /10 households not yet allocated/ }
  })
})

t.test('whoever takes more than his row takes it of what is left under the cap', async t => {
  const parent = await total('100', { allocation: { cap: true }, assignments: [{ organization: 'Thái Bình', amount: households('60') }, { organization: 'Nam Định', amount: households('30') }] })
  t.equal((await post('/v1/plans', child(9, parent, '70'))).statusCode, 201)
  const reply = await post('/v1/plans', child(10, parent, '31', { issuer: 'UBND tỉnh Nam Định' }))
  t.match(sumFindings(reply.json().findings), [{ severity: 'error', facts: { ends: [{ sum: '101' }], left: '30' } }], 'his row and nothing more')
})

t.test('raising a share over the cap is refused; any other correction of any child is not, even while the cap is exceeded', async t => {
  const parent = await total('100', { allocation: { cap: true } })
  const first = await record(child(11, parent, '60'))
  const second = await record(child(12, parent, '40'))
  const raised = child(11, parent, '61').targets
  t.equal((await patch(`/v1/plans/${first.plan.id}`, { targets: raised }, `"${first.plan.version}"`)).statusCode, 422)
  const third = await record(child(13, parent, '5'), { asIssued: true })
  t.equal(third.plan.status, 'nonconforming')
  const retitled = await patch(`/v1/plans/${second.plan.id}`, { title: 'Tên khác' }, `"${second.plan.version}"`)
  t.equal(retitled.statusCode, 200, retitled.body)
  t.same(sumFindings(retitled.json().findings), [])
  t.match(await findingsOf(third.plan.id), [{ severity: 'error' }], 'it stays on the plan that exceeded')
})

t.test('whoever raised his share over the cap answers for it, also when everybody is judged again', async t => {
  const parent = await total('100', { allocation: { cap: true } })
  const first = await record(child(14, parent, '60'))
  const second = await record(child(15, parent, '40'))
  const raised = await patch(`/v1/plans/${first.plan.id}?asIssued=true`, { targets: child(14, parent, '70').targets }, `"${first.plan.version}"`)
  t.equal(raised.json().plan.status, 'nonconforming', raised.body)
  await patch(`/v1/plans/${parent.id}`, { title: 'Tên khác' }, '"1"')
  t.match(await findingsOf(first.plan.id), [{ severity: 'error' }])
  t.same(await findingsOf(second.plan.id), [])
})

t.test('a share counts in the measure of the total only: a fall against a fall, in all against in all', async t => {
  const fall = (value: string, over: object = {}) => ({ measure: 'change', direction: 'decrease', amount: households(value), ...over })
  const parent = await total('0', { goal: fall('100'), allocation: { cap: true } })
  const share = (number: number, goal: object) => child(number, parent, '0', { targets: [leaving('0', { goal, inherits: [{ plan: parent.code, key: 'leaving', how: 'allocated' }] })] })
  await record(share(16, fall('90')))
  for (const [number, over] of [[17, { measure: 'change-per-year' }], [18, { direction: 'increase' }]] as const) {
    t.equal((await post('/v1/plans', share(number, fall('30', over)))).statusCode, 201, JSON.stringify(over))
  }
  t.equal((await post('/v1/plans', share(19, fall('30')))).statusCode, 422)
  t.match(await allocationOf(parent.id), { takers: 3, ends: [{ taken: '90' }] })
})

t.test('the finding heals by itself when another child gives back, is replaced, or leaves the parent', async t => {
  for (const heal of ['lower', 'replace', 'leave'] as const) {
    const parent = await total('100', { allocation: { cap: true } })
    const base = 2000 + ['lower', 'replace', 'leave'].indexOf(heal) * 10
    const first = await record(child(base, parent, '60'))
    const over = await record(child(base + 1, parent, '50'), { asIssued: true })
    t.equal(over.plan.status, 'nonconforming')
    const etag = `"${first.plan.version}"`
    if (heal === 'lower') await patch(`/v1/plans/${first.plan.id}`, { targets: child(base, parent, '50').targets }, etag)
    if (heal === 'leave') await patch(`/v1/plans/${first.plan.id}`, { citations: [citeDecision], targets: [] }, etag)
    if (heal === 'replace') {
      const cited = { relation: 'replaces', planId: first.plan.id }
      await record(child(base + 2, parent, '50', { citations: [parent.cite, cited], issuedOn: '2023-01-01' }))
    }
    t.same(await findingsOf(over.plan.id), [], heal)
    t.equal((await get(`/v1/plans/${over.plan.id}`)).json().status, 'conforming', heal)
  }
})

t.test('when the cap is lowered afterwards, the children that came last answer for it', async t => {
  const parent = await total('100', { allocation: { cap: true } })
  const children = []
  for (const number of [21, 22, 23]) children.push(await record(child(number, parent, '30')))
  await patch(`/v1/plans/${parent.id}`, { targets: [leaving('80', { allocation: { cap: true } })] }, '"1"')
  const found = await Promise.all(children.map(async ({ plan }) => (await findingsOf(plan.id)).length))
  t.same(found, [0, 0, 1])
})

t.test('a parent that is recorded after its children is never refused for what they took', async t => {
  const parent = { code: '899/QĐ-TTg', cite: { ...citeDecision, code: '899/QĐ-TTg' } }
  const children = []
  for (const number of [31, 32, 33, 34]) children.push(await record(child(number, parent, '30')))
  const reply = await post('/v1/plans', decision({ code: parent.code, targets: [leaving('100', { allocation: { cap: true } })] }))
  t.equal(reply.statusCode, 201, reply.body)
  const found = await Promise.all(children.map(async ({ plan }) => (await findingsOf(plan.id)).length))
  t.same(found, [0, 0, 0, 1])
})

t.test('a table of years shares out year by year, and a share that cannot be added is listed without an amount', async t => {
  const series = (rows: [number, string][]) => ({ measure: 'series', series: rows.map(([year, value]) => ({ year, amount: households(value) })) })
  const parent = await total('0', { goal: series([[2022, '10'], [2023, '20']]), allocation: { cap: true } })
  const share = (number: number, goal: object) => child(number, parent, '0', { targets: [leaving('0', { goal, inherits: [{ plan: parent.code, key: 'leaving', how: 'allocated' }] })] })
  await record(share(41, series([[2022, '6'], [2023, '5']])))
  const reply = await post('/v1/plans', share(42, series([[2022, '5'], [2023, '5']])))
  t.match(sumFindings(reply.json().findings), [{ severity: 'error', facts: { year: 2022, ends: [{ sum: '11' }] }, message: { vi: /^Năm 2022: / } }])
  const other = await record(share(43, { measure: 'change', direction: 'increase', amount: households('3') }))
  const allocations = (await get(`/v1/plans/${parent.id}/targets`)).json().targets[0].allocations
  t.strictSame(allocations[0].takenBy.filter(({ amount }: any) => amount === undefined).map(({ plan }: any) => plan.id), [other.plan.id])
  t.match(allocations, [{ year: 2022, ends: [{ remaining: '4' }] }, { year: 2023, ends: [{ remaining: '15' }] }])
})

t.test('sums are exact to the fortieth digit', async t => {
  const parent = await total('9999999999999999999999999999999999.99999', { allocation: { cap: true } })
  await record(child(51, parent, '9999999999999999999999999999999999.99998'))
  t.equal((await post('/v1/plans', child(52, parent, '0.00002'))).statusCode, 422)
  t.equal((await post('/v1/plans', child(52, parent, '0.00001'))).statusCode, 201)
  t.match(await allocationOf(parent.id), { outcome: 'exact', ends: [{ taken: '9999999999999999999999999999999999.99999', remaining: '0' }] })
})
