import t from 'tap'
import { citeDecision, citeResolution, decision, department, perYear, provincial, resolution } from '../helpers/bodies.ts'
import { testService } from '../helpers/service.ts'

const service = await testService(t)
const { record } = service
const count = async () => (await service.get('/v1/plans?limit=1000')).json().plans.length

/** Replies with their body parsed, for tests that look at little else. */
const post = async (url: string, payload: object, headers?: Record<string, string>) => {
  const reply = await service.post(url, payload, headers)
  return { statusCode: reply.statusCode, headers: reply.headers, text: reply.body, body: reply.json() }
}
const get = async (url: string) => ({ body: (await service.get(url)).json() })

const recordAll = async (...bodies: object[]) => {
  const plans = []
  for (const body of bodies) plans.push((await record(body)).plan)
  return plans
}

t.test('201 with the plan, its findings, its place and its version', async t => {
  const reply = await post('/v1/plans', resolution())
  t.equal(reply.statusCode, 201, reply.text)
  t.equal(reply.headers['location'], `/v1/plans/${reply.body.plan.id}`)
  t.equal(reply.headers['etag'], '"1"')
  t.match(reply.body.plan, { code: '24/2021/QH15', level: 'decree', status: 'conforming', version: 1 })
  t.strictSame((await get(reply.headers['location'] as string)).body, reply.body.plan)
})

t.test('what is not said of a plan is absent from the reply, never null', async t => {
  const { body } = await post('/v1/plans', { title: 'Văn bản không số', issuer: 'Quốc hội', level: 'decree' })
  t.notMatch(JSON.stringify(body), 'null')
  for (const member of ['code', 'issuedOn', 'period', 'type', 'programme', 'canonicalCode']) t.notOk(member in body.plan, member)
})

t.test('type and level follow from code and issuer when they are not given', async t => {
  const { body } = await post('/v1/plans', decision())
  t.match(body.plan, { type: 'decision', level: 'national', canonicalCode: '666/QĐ-TTg' })
})

t.test('a relative issuer in a citation is that of the citing plan', async t => {
  const [province] = await recordAll(provincial())
  const { body } = await post('/v1/plans', department())
  t.match(body.plan.citations, [{ issuer: 'UBND tỉnh', resolution: 'resolved', plan: { id: province.id } }])
})

t.test('the printed code is kept and the canonical one shown beside it', async t => {
  const { body } = await post('/v1/plans', provincial({ code: '0155/kh- ubnd', title: 'Khác' }))
  t.match(body.plan, { code: '0155/kh- ubnd', canonicalCode: '155/KH-UBND' })
  t.ok(body.findings.some((finding: any) => finding.rule === 'code-wellformed' && finding.severity === 'warning'))
})

t.test('422 with every finding at once when a plan breaks rules, and nothing is stored', async t => {
  const before = await count()
  const reply = await post('/v1/plans', provincial({ code: '21/KH-SVHTTDL', issuedOn: '2020-01-01', period: { from: '2019', to: '2030' } }))
  t.equal(reply.statusCode, 422)
  t.match(reply.headers['content-type'], /application\/problem\+json/)
  t.equal(reply.body.code, 'plan-refused')
  const broken = new Set(reply.body.findings.filter((finding: any) => finding.severity === 'error').map((finding: any) => finding.rule))
  t.strictSame([...broken], ['code-matches-issuer', 'parent-in-force', 'period-within'])
  for (const finding of reply.body.findings) t.ok(finding.message.vi !== '' && finding.message.en !== '', finding.rule)
  t.equal(await count(), before)
})

t.test('422 when a plan below the head cites no parent, and the citations it does have are named', async t => {
  const reply = await post('/v1/plans', provincial({ code: '07/KH-UBND', citations: [{ ...citeDecision, relation: 'basis' }] }))
  t.equal(reply.statusCode, 422)
  t.match(reply.body.findings, [{ rule: 'cites-parent', severity: 'error', at: '/citations', facts: { relations: ['basis'] } }])
})

t.test('a proposal is never a parent', async t => {
  const reply = await post('/v1/plans', provincial({ code: '08/KH-UBND', citations: [{ ...citeDecision, relation: 'proposal' }] }))
  t.match(reply.body.findings, [{ rule: 'cites-parent', severity: 'error' }])
})

t.test('409 with the place of the existing plan when the same plan is recorded twice in another spelling', async t => {
  const [first] = await recordAll(provincial({ code: '20/KH-UBND', issuer: 'UBND tỉnh Hà Giang' }))
  const reply = await post('/v1/plans', provincial({ code: '020/kh-ubnd', issuer: 'Ủy ban nhân dân tỉnh Hà Giang', title: 'Tên khác' }))
  t.equal(reply.statusCode, 409, reply.text)
  t.equal(reply.body.code, 'identity-taken')
  t.equal(reply.body.links.plan, `/v1/plans/${first.id}`)
})

t.test('the same code of another province, or of another year, is another plan', async t => {
  await recordAll(
    provincial({ code: '42/KH-UBND', issuer: 'UBND tỉnh Hòa Bình' }),
    provincial({ code: '42/KH-UBND', issuer: 'UBND tỉnh Nam Định' }),
    provincial({ code: '42/KH-UBND', issuer: 'UBND tỉnh Nam Định', issuedOn: '2023-03-01' })
  )
  t.equal((await get('/v1/plans?code=42/KH-UBND')).body.plans.length, 3)
})

t.test('a plan that may be one already held, whose year nobody knows, is recorded with a warning on both', async t => {
  const [undated] = await recordAll(provincial({ code: '77/KH-UBND', issuedOn: undefined }))
  const { body } = await post('/v1/plans', provincial({ code: '77/KH-UBND' }))
  t.match(body.findings, [{ rule: 'unique-identity', severity: 'warning', facts: { planId: undated.id } }])
  const findings = (await get(`/v1/plans/${undated.id}/findings?rule=unique-identity`)).body.findings
  t.match(findings, [{ severity: 'warning', facts: { planId: body.plan.id } }])
})

t.test('a waiver lets its finding pass, is stored with who gave it, and is shown', async t => {
  const waivers = [{ rule: 'cites-parent', reason: 'Kế hoạch thí điểm theo thông báo miệng của Chủ tịch tỉnh' }]
  const reply = await post('/v1/plans', provincial({ code: '09/KH-UBND', citations: [], waivers }))
  t.equal(reply.statusCode, 201, reply.text)
  t.match(reply.body.plan, { status: 'conforming', findingCounts: { error: 0, waived: 1 }, waivers: [{ ...waivers[0], givenBy: /^[0-9a-f]+$/ }] })
  t.match(reply.body.findings, [{ rule: 'cites-parent', waived: true }])
})

t.test('a waiver for one place leaves the same fault elsewhere', async t => {
  const waivers = [{ rule: 'period-within', at: '/period/from', reason: 'Bắt đầu sớm theo nghị quyết cũ' }]
  const reply = await post('/v1/plans', provincial({ code: '10/KH-UBND', period: { from: '2020', to: '2026' }, waivers }))
  t.equal(reply.statusCode, 422)
  t.strictSame(reply.body.findings.filter((one: any) => one.severity === 'error').map((one: any) => [one.at, one.waived]),
    [['/period/from', true], ['/period/to', false]])
})

t.test('400 when a rule that cannot be waived, or no rule at all, is waived', async t => {
  const reply = await post('/v1/plans', provincial({ code: '11/KH-UBND', waivers: [{ rule: 'no-cycle', reason: 'x' }, { rule: 'cites-parents', reason: 'x' }] }))
  t.equal(reply.statusCode, 400)
  t.match(reply.body.faults, [
    { at: '/waivers/0/rule', code: 'rule-not-waivable' }, { at: '/waivers/1/rule', near: 'cites-parent' }
  ])
})

t.test('recorded as issued, a plan with errors is stored as nonconforming and everybody sees its findings', async t => {
  const reply = await post('/v1/plans?asIssued=true', provincial({ code: '12/KH-UBND', citations: [] }))
  t.equal(reply.statusCode, 201, reply.text)
  t.equal(reply.body.plan.status, 'nonconforming')
  const seen = await get(`/v1/plans/${reply.body.plan.id}/findings`)
  t.match(seen.body.findings, [{ rule: 'cites-parent', severity: 'error', waived: false }])
})

t.test('recorded as issued, a plan without errors is conforming', async t => {
  const reply = await post('/v1/plans?asIssued=true', provincial({ code: '13/KH-UBND' }))
  t.equal(reply.body.plan.status, 'conforming')
})

t.test('judging gives the findings that recording the same body gives, and stores nothing', async t => {
  const body = provincial({ code: '14/KH-UBND', issuedOn: '2022-01-01', citations: [{ ...citeDecision, code: '999/QĐ-TTg' }, citeDecision] })
  const before = await count()
  const judged = await post('/v1/plans/judge', body, {})
  t.equal(judged.statusCode, 200, judged.text)
  t.equal(judged.body.refused, true)
  t.equal(await count(), before)
  const recorded = await post('/v1/plans?asIssued=true', body)
  t.strictSame(recorded.body.findings, judged.body.findings)
})

t.test('422 naming every planId that does not exist, and nothing is stored', async t => {
  const nobody = '019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50'
  const before = await count()
  const reply = await post('/v1/plans', provincial({
    code: '15/KH-UBND',
    citations: [{ relation: 'implements', planId: nobody }, citeDecision, { relation: 'basis', planId: nobody }]
  }))
  t.equal(reply.statusCode, 422)
  t.equal(reply.body.code, 'cited-plan-not-found')
  t.strictSame(reply.body.faults.map((fault: any) => fault.at), ['/citations/0/planId', '/citations/2/planId'])
  t.equal(await count(), before)
})

t.test('several parents and several relations between one pair of plans are kept apart', async t => {
  const { body } = await post('/v1/plans', provincial({
    code: '16/KH-UBND',
    citations: [citeDecision, { ...citeDecision, relation: 'basis' }, { ...citeResolution }]
  }))
  t.strictSame(body.plan.citations.map((one: any) => [one.relation, one.plan.code]),
    [['implements', '666/QĐ-TTg'], ['basis', '666/QĐ-TTg'], ['implements', '24/2021/QH15']])
})

t.test('422 when a binding target of the parent is not inherited, or is weakened, with the arithmetic', async t => {
  await recordAll(decision({ code: '700/QĐ-TTg', targets: [perYear('poverty', '1', '1.5')] }))
  const cite = { ...citeDecision, code: '700/QĐ-TTg' }
  const missing = await post('/v1/plans', provincial({ code: '30/KH-UBND', citations: [cite] }))
  t.match(missing.body.findings, [{ rule: 'targets-inherited', severity: 'error' }])
  const weaker = await post('/v1/plans', provincial({ code: '30/KH-UBND', citations: [cite], targets: [perYear('poverty', '0.5', '0.8')] }))
  t.equal(weaker.statusCode, 422)
  t.match(weaker.body.findings, [{ rule: 'target-ambition', severity: 'error', facts: { verdict: 'weaker' } }])
  const stronger = await post('/v1/plans', provincial({ code: '30/KH-UBND', citations: [cite], targets: [perYear('poverty', '2', '3')] }))
  t.equal(stronger.statusCode, 201, stronger.text)
  t.match(stronger.body.findings, [{ rule: 'target-ambition', severity: 'info', facts: { verdict: 'stronger' } }])
  t.match(stronger.body.findings[0].message.vi, /2.*1/)
})

t.test('decimals come back exactly as they were sent, to the last digit', async t => {
  const value = '75000000000000000.000000000000000001'
  const { body } = await post('/v1/plans', resolution({
    code: '25/2021/QH15',
    targets: [{ key: 'funding', indicator: 'programme-funding', goal: { measure: 'level', amount: { comparator: 'at-least', value, unit: 'billion-vnd' } } }]
  }))
  t.equal((await get(body.plan.links.self)).body.targets[0].goal.amount.value, value)
})

t.test('a title of the greatest length in the widest letters is stored, and tells plans apart by its end', async t => {
  const title = '漢'.repeat(999)
  const first = await post('/v1/plans', { title: title + '甲', issuer: 'Quốc hội', level: 'decree', programme: '漢'.repeat(500) })
  t.equal(first.statusCode, 201, first.text)
  t.equal((await post('/v1/plans', { title: title + '乙', issuer: 'Quốc hội', level: 'decree' })).statusCode, 201)
  t.equal((await post('/v1/plans', { title: title + '甲', issuer: 'Quốc hội', level: 'decree' })).statusCode, 409)
})
