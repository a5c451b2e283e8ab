import t from 'tap'
import { citeDecision, citeResolution, decision, provincial } from '../helpers/bodies.ts'
import { type Cascade, amendment, inheritsPoverty, poverty, recordCascade } from '../helpers/cascade.ts'

const lineage = async ({ get }: Cascade, id: string, query: string) => {
  const reply = await get(`/v1/plans/${id}/lineage?${query}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json()
}

const codes = ({ nodes }: any) => nodes.map(({ code }: any) => code)

const paths = async ({ get }: Cascade, from: string, to: string, query = '') => {
  const reply = await get(`/v1/paths?from=${from}&to=${to}&${query}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json()
}

const repealOfProvince = {
  code: '30/QĐ-UBND',
  title: 'Bãi bỏ kế hoạch',
  issuer: 'UBND tỉnh Thái Bình',
  issuedOn: '2023-03-01',
  citations: [{ relation: 'repeals', code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07' }]
}

t.test('as of a day only what is in force then is walked, and what was left out is named with the reason', async t => {
  const service = await recordCascade(t)
  const { national, province, agency } = service
  const early = await lineage(service, national.id, 'direction=descendants&depth=5&asOf=2022-09-30')
  t.strictSame(codes(early), ['666/QĐ-TTg', '119/KH-UBND'])
  t.strictSame(early.leftOut, [{ from: agency.id, to: province.id, relation: 'implements', why: 'draft' }])
  await service.record(repealOfProvince)
  const late = await lineage(service, national.id, 'direction=descendants&depth=5&asOf=2023-04')
  t.strictSame(codes(late), ['666/QĐ-TTg'])
  t.strictSame(late.leftOut, [{ from: province.id, to: national.id, relation: 'implements', why: 'repealed', since: '2023-03-01' }])
})

t.test('what lies beyond the depth is not left out, for it was not asked about', async t => {
  const service = await recordCascade(t)
  const { national } = service
  const near = await lineage(service, national.id, 'direction=descendants&depth=1&asOf=2022-09-30')
  t.strictSame([codes(near), near.leftOut, near.truncated], [['666/QĐ-TTg', '119/KH-UBND'], [], false])
})

t.test('where plans that have ended fill the limit, the answer says that it stops and does not pass for the whole', async t => {
  const service = await recordCascade(t)
  const { national } = service
  for (let number = 1; number <= 4; number++) await service.record(provincial({ code: `${number}/KH-UBND`, draft: number < 4, targets: [poverty('1', '1.5', inheritsPoverty)] }))
  await service.record(repealOfProvince)
  const few = await lineage(service, national.id, 'direction=descendants&limit=1&asOf=2023-04')
  t.match(few, { truncated: true, truncatedAt: [{ direction: 'descendants', by: 'limit' }] })
  const many = await lineage(service, national.id, 'direction=descendants&limit=10&asOf=2023-04')
  t.match([codes(many), many.truncated, many.leftOut.length], [['666/QĐ-TTg', '4/KH-UBND'], false, 4])
})

t.test('without a day everything is walked, and each plan says how it stands', async t => {
  const service = await recordCascade(t)
  await service.record(repealOfProvince)
  const whole = await lineage(service, service.national.id, 'direction=descendants&depth=5')
  t.strictSame(codes(whole), ['666/QĐ-TTg', '119/KH-UBND', '55/KH-SVHTTDL'])
  t.match(whole.nodes[1].effect, { status: 'repealed', since: '2023-03-01' })
  t.notHas(whole, { leftOut: [] })
})

t.test('the lineage as the register knew it at a moment has none of what came later', async t => {
  const service = await recordCascade(t)
  const known = await lineage(service, service.national.id, `direction=descendants&depth=5&knownAt=${service.province.recordedAt}`)
  t.strictSame(codes(known), ['666/QĐ-TTg', '119/KH-UBND'])
  t.match(known, { knownAt: service.province.recordedAt })
})

t.test('with a day the lineage says who answers for each issuer on that day', async t => {
  const service = await recordCascade(t)
  const asked = await lineage(service, service.agency.id, 'asOf=2024')
  t.equal(asked.asOf, '2024')
  t.strictSame(codes(asked), ['55/KH-SVHTTDL', '119/KH-UBND', '666/QĐ-TTg', '24/2021/QH15'])
})

t.test('the targets as of a day are those in force, with where they come from as it was then', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  const targets = async (query: string) => (await service.get(`/v1/plans/${service.province.id}/targets?${query}`)).json()
  t.match((await targets('asOf=2022-12-31')).targets[0].origins[0], { target: { printed: { en: /1–1.5/ } }, verdict: 'conforms' })
  const after = await targets('asOf=2023-06')
  t.match(after.targets[0].origins[0], { target: { printed: { en: /2–3/ } }, verdict: 'weaker' })
  t.match(await targets('asOf=2022-12-31'), { leftOut: { effects: [{ of: service.national.id, relation: 'amends', why: 'not-yet' }], edges: [] } })
})

t.test('the targets that a lineage shows as of a day are those in force then', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  const low = async (query: string) => (await lineage(service, service.national.id, `include=targets&${query}`)).nodes[0].targets[0].goal.amount.low
  t.strictSame([await low('asOf=2022-12-31'), await low('asOf=2023-06'), await low('')], ['1', '2', '1'], 'without a day as it is recorded')
})

t.test('findings as of a day judge the plan against what is in force then; without a day they are those of its day of issue', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  const errors = async (query: string) => (await service.get(`/v1/plans/${service.province.id}/findings?severity=error&${query}`)).json().findings
  t.strictSame(await errors(''), [])
  t.strictSame(await errors('asOf=2022-12'), [])
  t.match(await errors('asOf=2023-06'), [{ rule: 'target-ambition', facts: { verdict: 'weaker' } }])
})

t.test('a child that is issued after an amendment is judged against the amended parent', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  const late = {
    code: '40/KH-UBND',
    title: 'Kế hoạch của tỉnh Sóc Trăng',
    issuer: 'UBND tỉnh Sóc Trăng',
    issuedOn: '2023-05-05',
    period: { from: '2021', to: '2025' },
    citations: [citeDecision]
  }
  const weak = await service.post('/v1/plans', { ...late, targets: [poverty('1', '1.5', inheritsPoverty)] })
  t.match([weak.statusCode, weak.json().findings?.filter(({ severity }: any) => severity === 'error')], [422, [{ rule: 'target-ambition' }]], weak.body)
  t.equal((await service.post('/v1/plans', { ...late, targets: [poverty('2', '3', inheritsPoverty)] })).statusCode, 201)
})

t.test('a child that was issued before the parent was replaced stays conforming; one issued after it must cite the successor', async t => {
  const service = await recordCascade(t)
  await service.record(decision({
    code: '900/QĐ-TTg', issuedOn: '2023-03-01', targets: [poverty('1', '1.5')], citations: [citeResolution, { ...citeDecision, relation: 'replaces' }]
  }))
  t.equal((await service.get(`/v1/plans/${service.province.id}`)).json().status, 'conforming')
  const late = await service.post('/v1/plans', {
    code: '40/KH-UBND', title: 'Kế hoạch', issuer: 'UBND tỉnh Sóc Trăng', issuedOn: '2023-05-05', period: { from: '2021', to: '2025' }, citations: [citeDecision], targets: [poverty('1', '1.5', inheritsPoverty)]
  })
  t.match([late.statusCode, late.json().findings?.filter(({ severity }: any) => severity === 'error')], [422, [{ rule: 'parent-in-force' }]], late.body)
})

t.test('two plans are connected on a day by what is in force then, and at a moment by what was known', async t => {
  const service = await recordCascade(t)
  const { head, national, province, agency } = service
  const { knownAt } = { knownAt: agency.recordedAt }
  await service.record(repealOfProvince)
  const whole = [{ direction: 'ancestors', planIds: [agency.id, province.id, national.id, head.id] }]
  const recorded = await paths(service, agency.id, head.id)
  t.strictSame([recorded.paths, 'asOf' in recorded, 'leftOut' in recorded], [whole, false, false])
  const before = await paths(service, agency.id, head.id, 'asOf=2023-02')
  t.strictSame([before.asOf, before.paths, before.leftOut], ['2023-02', whole, []])
  const leftOut = [{ from: province.id, to: national.id, relation: 'implements', why: 'repealed', since: '2023-03-01' }]
  const after = await paths(service, agency.id, head.id, 'asOf=2023-04')
  t.strictSame([after.paths, after.leftOut], [[], leftOut])
  const down = await paths(service, head.id, agency.id, 'asOf=2023-04')
  t.strictSame([down.paths, down.leftOut], [[], leftOut], 'from above as from below')
  const then = await paths(service, agency.id, head.id, `asOf=2023-04&knownAt=${knownAt}`)
  t.strictSame([then.knownAt, then.paths], [knownAt, whole], 'the register did not know of the repeal')
  t.equal((await service.get(`/v1/paths?from=${agency.id}&to=${head.id}&knownAt=${province.recordedAt}`)).statusCode, 404, 'the department was not there')
})
