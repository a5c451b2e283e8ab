import t from 'tap'
import { thac } from '../cli/thac.ts'
import { citeDecision, department, perYear, provincial } from '../helpers/bodies.ts'
import { type Cascade, amendment, inheritsPoverty, poverty, recordCascade } from '../helpers/cascade.ts'

const ok = async ({ get }: Cascade, url: string) => {
  const reply = await get(url)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json()
}

const spread = async (service: Cascade, id: string, query = '', key = 'poverty') => await ok(service, `/v1/plans/${id}/targets/${key}/descendants?${query}`)
const explain = async (service: Cascade, id: string, query = '') => await ok(service, `/v1/plans/${id}/explain?${query}`)
const verdicts = ({ descendants }: any) => descendants.map(({ plan, verdict }: any) => [plan.code, verdict])

const repeal = {
  code: '30/QĐ-UBND',
  title: 'Bãi bỏ kế hoạch',
  issuer: 'UBND tỉnh Thái Bình',
  issuedOn: '2023-03-01',
  citations: [{ relation: 'repeals', code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07' }]
}

t.test('how a target spread is told for the day: against what the parent asks then, and by what the register knew', async t => {
  const service = await recordCascade(t)
  const { national, agency } = service
  await service.record(amendment())
  const recorded = await spread(service, national.id)
  t.strictSame(verdicts(recorded), [['119/KH-UBND', 'conforms'], ['55/KH-SVHTTDL', 'conforms']])
  t.notOk('asOf' in recorded || 'leftOut' in recorded, 'as recorded, nothing is left out')
  t.strictSame(verdicts(await spread(service, national.id, 'asOf=2022-12-31')), verdicts(recorded))
  const amended = await spread(service, national.id, 'asOf=2023-06')
  t.strictSame(verdicts(amended), [['119/KH-UBND', 'weaker'], ['55/KH-SVHTTDL', 'conforms']])
  t.match(amended, { asOf: '2023-06', target: { printed: { vi: 'giảm 2–3 điểm %/năm' } }, leftOut: { edges: [], effects: [] } })
  const before = agency.recordedAt
  const known = await spread(service, national.id, `asOf=2023-06&knownAt=${before}`)
  t.strictSame([verdicts(known), known.knownAt], [verdicts(recorded), before])
  t.equal((await service.get(`/v1/plans/${national.id}/targets/poverty/descendants?knownAt=2020-01-01T00:00:00Z`)).json().code, 'plan-not-found')
})

t.test('a target does not come down an edge that is not in force, and the edge is named with the reason', async t => {
  const service = await recordCascade(t)
  const { national, province, agency } = service
  await service.record(repeal)
  const reply = await spread(service, national.id, 'asOf=2023-04')
  t.strictSame([reply.descendants, reply.missing, reply.truncated], [[], [], false])
  t.strictSame(reply.leftOut.edges, [{ from: province.id, to: national.id, relation: 'implements', why: 'repealed', since: '2023-03-01' }])
  t.strictSame(verdicts(await spread(service, province.id, 'asOf=2023-04')), [['55/KH-SVHTTDL', 'conforms']], 'the plan asked about is always there')
  t.strictSame((await spread(service, national.id, 'asOf=2022-09-30&depth=1')).leftOut.edges, [], 'the step beyond the depth is not told of')
  t.match((await spread(service, national.id, 'asOf=2022-09-30')).leftOut.edges, [{ from: agency.id, to: province.id, why: 'draft' }], 'not issued by then')
})

t.test('an edge on which the target would not have come down anyway is not named', async t => {
  const service = await recordCascade(t)
  const { plan: silent } = await service.record(provincial({ code: '120/KH-UBND', issuer: 'UBND tỉnh Nam Định', targetsIncomplete: true }))
  await service.record(department({ code: '60/KH-SVHTTDL', issuer: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Nam Định', citations: [{ relation: 'implements', planId: silent.id }], targetsIncomplete: true, issuedOn: '2024-01-01' }))
  const reply = await spread(service, service.national.id, 'asOf=2023')
  t.match(reply.missing, [{ plan: { id: silent.id } }])
  t.strictSame(reply.leftOut.edges, [])
})

t.test('what another plan does to a parent or to an heir on a day that nobody knows for certain is left out and told', async t => {
  const service = await recordCascade(t)
  const { national, province } = service
  await service.record(amendment({ issuedOn: '2023' }))
  await service.record({
    code: '20/KH-UBND',
    title: 'Sửa đổi kế hoạch',
    issuer: 'UBND tỉnh Thái Bình',
    issuedOn: '2024-07-01',
    citations: [{ relation: 'amends', code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07', changes: { removedTargets: ['poverty'] } }]
  }, { asIssued: true })
  const reply = await spread(service, national.id, 'asOf=2023-06')
  t.strictSame(verdicts(reply), [['119/KH-UBND', 'conforms'], ['55/KH-SVHTTDL', 'conforms']])
  t.match(reply.leftOut.effects, [
    { of: national.id, relation: 'amends', plan: { code: '700/QĐ-TTg' }, why: 'unclear' }, { of: province.id, plan: { code: '20/KH-UBND' }, why: 'not-yet' }
  ])
  t.match(await spread(service, national.id, 'asOf=2024-08'), { descendants: [], missing: [{ plan: { id: province.id } }], leftOut: { effects: [] } }, 'the heir ended it')
})

t.test('404 for a target that the plan does not have on that day, with the day', async t => {
  const service = await recordCascade(t)
  await service.record(amendment({}, { targets: [perYear('minorities', '3', '4', { scope: 'ethnic-minorities' })] }))
  const url = `/v1/plans/${service.national.id}/targets/minorities/descendants`
  const early = await service.get(`${url}?asOf=2022-12-31`, { 'accept-language': 'vi' })
  t.match([early.statusCode, early.json()], [404, { code: 'target-not-found', detail: /31\/12\/2022.*poverty/, instead: { keys: ['poverty'] } }])
  t.equal((await service.get(url)).statusCode, 404, 'nor has the record')
  t.match(await spread(service, service.national.id, 'asOf=2023-06', 'minorities'), { missing: [{ plan: { id: service.province.id } }] })
})

t.test('a plan that has come to fall short is explained as of the day, with what would clear it and no request that would rewrite the record', async t => {
  const service = await recordCascade(t)
  const { national, province, head, agency } = service
  await service.record(amendment())
  const asIssued = await explain(service, province.id)
  t.strictSame([asIssued.explanations, 'asOf' in asIssued, 'leftOut' in asIssued], [[], false, false])
  const said = await explain(service, province.id, 'asOf=2023-06')
  t.match(said, {
    asOf: '2023-06',
    standing: { error: 1, warning: 0 },
    explanations: [{
      finding: { rule: 'target-ambition' },
      concerns: { id: national.id },
      sides: { own: { vi: 'giảm 1–1,5 điểm %/năm' }, parent: { vi: 'giảm 2–3 điểm %/năm' } },
      changes: [{ at: '/targets/0/goal/amount', value: { low: '2', high: '3' } }]
    }],
    leftOut: { edges: [], effects: [] }
  })
  t.strictSame(said.explanations[0].path.map(({ id }: any) => id), [province.id, national.id])
  t.notOk('correction' in said || 'waiver' in said.explanations[0], 'the province has to issue an amendment, not to rewrite what it issued')
  const { findings } = await ok(service, `/v1/plans/${province.id}/findings?asOf=2023-06&severity=error`)
  t.strictSame(said.explanations.map(({ finding }: any) => finding), findings)
  t.strictSame((await explain(service, province.id, 'asOf=2022-12-31')).explanations, [])
  t.strictSame((await explain(service, province.id, `asOf=2023-06&knownAt=${agency.recordedAt}`)).explanations, [], 'the register did not know yet')
  t.equal((await service.get(`/v1/plans/${head.id}/explain?knownAt=2020-01-01T00:00:00Z`)).statusCode, 404)
})

t.test('a plan that is not in force on the day is explained all the same, and its own edge stands among those left out', async t => {
  const service = await recordCascade(t)
  const { national, province } = service
  await service.record(amendment())
  await service.record(repeal)
  const said = await explain(service, province.id, 'asOf=2023-04')
  t.match(said, {
    explanations: [{ finding: { rule: 'target-ambition' }, concerns: { id: national.id } }],
    leftOut: { edges: [{ from: province.id, to: national.id, why: 'repealed', since: '2023-03-01' }] }
  })
})

t.test('what stood before the record was corrected is explained as it was known, and can be corrected no more', async t => {
  const service = await recordCascade(t)
  const { plan } = await service.record(provincial({ code: '12/KH-UBND', issuer: 'UBND tỉnh Sóc Trăng', targets: [poverty('0.5', '0.8', inheritsPoverty)] }), { asIssued: true })
  const { correction } = await explain(service, plan.id)
  const corrected = await service.patch(correction.path, correction.body, correction.ifMatch)
  t.equal(corrected.json().plan.status, 'conforming')
  t.strictSame((await explain(service, plan.id)).explanations, [])
  const then = await explain(service, plan.id, `knownAt=${plan.recordedAt}`)
  t.match(then, { knownAt: plan.recordedAt, plan: { status: 'nonconforming' }, explanations: [{ finding: { rule: 'target-ambition' } }] })
  t.notOk('correction' in then || 'waiver' in then.explanations[0])
})

t.test('the place of a finding is that in the text in force, also where an amendment ended a target before it', async t => {
  const service = await recordCascade(t)
  const { plan } = await service.record(provincial({
    code: '12/KH-UBND', issuer: 'UBND tỉnh Sóc Trăng', targets: [perYear('own', '1', '2', { indicator: 'own' }), poverty('1', '1.5', inheritsPoverty)]
  }))
  await service.record({
    code: '13/KH-UBND', title: 'Sửa đổi', issuer: 'UBND tỉnh Sóc Trăng', issuedOn: '2022-12-01', citations: [{ relation: 'amends', planId: plan.id, changes: { removedTargets: ['own'] } }]
  })
  await service.record(amendment())
  t.match((await explain(service, plan.id, 'asOf=2023-06')).explanations, [{ finding: { at: '/targets/0' }, changes: [{ at: '/targets/0/goal/amount' }] }])
})

t.test('a waiver of one target does not pass to the next one when an amendment ends the first', async t => {
  const service = await recordCascade(t)
  const weak = (key: string) => ({ ...poverty('0.1', '0.2', inheritsPoverty), key })
  const { plan } = await service.record(provincial({
    code: '12/KH-UBND', issuer: 'UBND tỉnh Sóc Trăng', targets: [weak('first'), weak('second')], waivers: [{ rule: 'target-ambition', at: '/targets/0', reason: 'Đã thống nhất với Bộ' }]
  }), { asIssued: true })
  await service.record({
    code: '13/KH-UBND', title: 'Sửa đổi', issuer: 'UBND tỉnh Sóc Trăng', issuedOn: '2022-12-01', citations: [{ relation: 'amends', planId: plan.id, changes: { removedTargets: ['first'] } }]
  }, { asIssued: true })
  const errors = async (query: string) => (await ok(service, `/v1/plans/${plan.id}/findings?severity=error&rule=target-ambition&${query}`)).findings.map(({ at, waived }: any) => [at, waived])
  t.strictSame(await errors(''), [['/targets/0', true], ['/targets/1', false]])
  t.strictSame(await errors('asOf=2023-02'), [['/targets/0', false]])
  t.match((await explain(service, plan.id, 'asOf=2023-02')).standing, { error: 1 })
})

t.test('400 for a day that is none and for a moment to come', async t => {
  const service = await recordCascade(t)
  for (const query of ['asOf=2023-02-30', 'asOf=today', 'knownAt=2023', 'knownAt=2999-01-01T00:00:00Z']) {
    for (const path of ['explain', 'targets/poverty/descendants']) t.equal((await service.get(`/v1/plans/${service.national.id}/${path}?${query}`)).statusCode, 400, `${path} ${query}`)
  }
})

t.test('thac explain takes the day too', async t => {
  const service = await recordCascade(t)
  await service.record(amendment({ citations: [{ ...citeDecision, relation: 'amends', changes: { targets: [poverty('2', '3')] } }] }))
  const shown = await thac(['explain', '119/KH-UBND', '--as-of', '2023-06', '--json'], { DATABASE_URL: service.url })
  t.equal(shown.code, 3, shown.stderr)
  t.strictSame(JSON.parse(shown.stdout), await explain(service, service.province.id, 'asOf=2023-06'))
})
