import pg from 'pg'
import t from 'tap'
import { citeDecision, citeProvincial, citeResolution, decision, department, perYear, provincial, resolution } from '../helpers/bodies.ts'
import { testService } from '../helpers/service.ts'

const { record, get, rest } = await testService(t)

const nobody = '019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50'

const poverty = (low: string, high: string, over: object = {}) => perYear('poverty', low, high, over)
const head = (await record(resolution({ targets: [poverty('1', '1.5', { text: 'Tỷ lệ nghèo đa chiều giảm 1 - 1,5%/năm' })] }))).plan
const national = (await record(decision({ targets: [poverty('1', '1.5'), perYear('striven', '5', '6', { indicator: 'poor-household-rate', aspirational: true })] }))).plan
const second = (await record(decision({ code: '1705/QĐ-TTg', issuedOn: '2021-10-12', targets: [poverty('1', '2')] }))).plan
const province = (await record(provincial({
  citations: [citeDecision, { ...citeDecision, code: '1705/QĐ-TTg', issuedOn: '2021-10-12' }], targets: [poverty('2', '3')]
}))).plan
const agency = (await record(department({ citations: [citeProvincial, { ...citeResolution, relation: 'references' }], targets: [poverty('2', '3')] }))).plan
const other = (await record(provincial({ code: '120/KH-UBND', issuer: 'UBND tỉnh Nam Định', targetsIncomplete: true }))).plan

const targets = async (id: string) => (await get(`/v1/plans/${id}/targets`)).json()
const spread = async (id: string, query = '') => (await get(`/v1/plans/${id}/targets/poverty/descendants?${query}`)).json()

t.test('each target shows every step up to the head, nearest first, through several parents', async t => {
  const { plan, targets: [own], truncated } = await targets(agency.id)
  t.match(plan, { id: agency.id, code: '55/KH-SVHTTDL' })
  t.equal(truncated, false)
  t.strictSame(own.target, agency.targets[0])
  t.strictSame(own.origins.map((step: any) => [step.distance, step.heir.planId, step.plan.id, step.verdict]), [
    [1, agency.id, province.id, 'conforms'],
    [2, province.id, national.id, 'stronger'],
    [2, province.id, second.id, 'stronger'],
    [3, national.id, head.id, 'conforms'],
    [3, second.id, head.id, 'stronger']
  ])
  t.match(own.origins[3].target, { key: 'poverty', text: 'Tỷ lệ nghèo đa chiều giảm 1 - 1,5%/năm', printed: { vi: 'giảm 1–1,5 điểm %/năm', en: /down by 1–1.5 percentage points per year/ } })
  t.notOk('how' in own.origins[0], 'nobody said so: the indicator is the same')
})

t.test('what a parent asks and nobody took up is named with its parent, binding or not', async t => {
  t.match((await targets(province.id)).missing, [{ plan: { id: national.id }, target: { key: 'striven' }, binding: false }])
  t.match((await targets(other.id)).missing, [{ target: { key: 'poverty' }, binding: true }, { target: { key: 'striven' } }])
  t.same((await targets(head.id)).missing, [])
})

t.test('the cost is that of the steps above: a plan of two hundred targets takes as many queries as a plan of two', async t => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => perYear(`k-${index}`, '1', '2', { indicator: `i-${index}` }))
  const few = (await record(decision({ code: '801/QĐ-TTg', targets: [...many(2), poverty('1', '1.5')] }))).plan
  const lots = (await record(decision({ code: '802/QĐ-TTg', targets: [...many(200), poverty('1', '1.5')] }))).plan
  await rest()
  const { query } = pg.Client.prototype
  t.teardown(() => { pg.Client.prototype.query = query })
  let queries = 0
  pg.Client.prototype.query = function (this: pg.Client, ...args: Parameters<typeof query>) {
    queries++
    return query.apply(this, args)
  } as typeof query
  const cost = async (id: string) => {
    queries = 0
    await targets(id)
    return queries
  }
  const costOfFew = await cost(few.id)
  t.ok(costOfFew > 5)
  t.equal(await cost(lots.id), costOfFew)
})

t.test('a target spreads to every plan that takes it up, with the verdicts counted by level', async t => {
  const reply = await spread(national.id)
  t.strictSame(reply.descendants.map((one: any) => [one.distance, one.plan.id, one.of.planId, one.verdict]),
    [[1, province.id, national.id, 'stronger'], [2, agency.id, province.id, 'conforms']])
  t.match(reply.missing, [{ distance: 1, plan: { id: other.id }, of: { planId: national.id, key: 'poverty' }, binding: true, incomplete: true }])
  t.strictSame(reply.verdictCounts.toSorted((a: any, b: any) => a.verdict < b.verdict ? -1 : 1), [
    { level: 'agency', verdict: 'conforms', count: 1 }, { level: 'provincial', verdict: 'missing', count: 1 }, { level: 'provincial', verdict: 'stronger', count: 1 }
  ])
  t.equal(reply.truncated, false)
})

t.test('a plan reached through two parents is followed once, and shown against each', async t => {
  const reply = await spread(head.id)
  t.strictSame(reply.descendants.filter((one: any) => one.plan.id === province.id).map((one: any) => one.of.planId).sort(), [national.id, second.id].sort())
  t.equal(reply.descendants.filter((one: any) => one.plan.id === agency.id).length, 1)
})

t.test('depth is exact, and truncated says whether the target goes on, not whether plans do', async t => {
  const cut = await spread(national.id, 'depth=1')
  t.strictSame([cut.depth, cut.descendants.length, cut.truncated, cut.truncatedBy], [1, 1, true, 'depth'])
  t.match(await spread(province.id, 'depth=1'), { descendants: [{ plan: { id: agency.id } }], truncated: false })
  await record(department({ code: '56/KH-SVHTTDL', citations: [{ relation: 'implements', planId: agency.id }], targetsIncomplete: true }))
  t.match(await spread(province.id, 'depth=1'), { truncated: false }, 'a plan below that does not take it up is not more of it')
})

t.test('a limit stops the answer and says so', async t => {
  const reply = await spread(national.id, 'limit=1')
  t.equal(reply.descendants.length + reply.missing.length, 1)
  t.strictSame([reply.truncated, reply.truncatedBy], [true, 'limit'])
})

t.test('404 for a plan there is not and for a target the plan does not have, with those it has', async t => {
  t.equal((await get(`/v1/plans/${nobody}/targets`)).json().code, 'plan-not-found')
  t.equal((await get(`/v1/plans/${nobody}/targets/poverty/descendants`)).json().code, 'plan-not-found')
  const reply = await get(`/v1/plans/${national.id}/targets/povrety/descendants`)
  t.equal(reply.statusCode, 404)
  t.match(reply.json(), { code: 'target-not-found', instead: { keys: ['poverty', 'striven'] } })
})

t.test('400 for a depth or a limit out of range', async t => {
  for (const query of ['depth=0', 'depth=51', 'limit=0', 'limit=5001', 'deep=1']) {
    t.equal((await get(`/v1/plans/${national.id}/targets/poverty/descendants?${query}`)).statusCode, 400, query)
  }
})

t.test('decimals of forty digits come back exactly, in the target and in the arithmetic', async t => {
  const value = '12345678901234567890.123456789012345678'
  const goal = (text: string) => ({ measure: 'level', amount: { comparator: 'at-least', value: text, unit: 'billion-vnd' } })
  const parent = (await record(resolution({ code: '30/2021/QH15', targets: [{ key: 'funding', indicator: 'programme-funding', goal: goal(value) }] }))).plan
  const plan = (await record(resolution({
    code: '31/2021/QH15', citations: [{ relation: 'implements', planId: parent.id }], targets: [{ key: 'funding', indicator: 'programme-funding', goal: goal(`${value}1`) }]
  }))).plan
  const { targets: [own] } = await targets(plan.id)
  t.equal(own.target.goal.amount.value, `${value}1`)
  t.match(own.origins, [{ verdict: 'stronger', comparisons: [{ parent: { value }, child: { value: `${value}1` }, ends: [{ child: `${value}1`, sign: '>', parent: value }] }] }])
})
