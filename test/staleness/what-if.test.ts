import { sql } from 'drizzle-orm'
import t from 'tap'
import { citeDecision, citeResolution, decision, provincial } from '../helpers/bodies.ts'
import { type Cascade, amendment, inheritsPoverty, poverty, recordCascade } from '../helpers/cascade.ts'

const ask = async ({ post }: Cascade, id: string, draft: object, asOf = '2023-06') => await post(`/v1/plans/${id}/what-if?asOf=${asOf}`, draft)

const answered = async (service: Cascade, id: string, draft: object, asOf?: string) => {
  const reply = await ask(service, id, draft, asOf)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json()
}

const codes = (list: any[]) => list.map(({ plan }) => plan.code)

t.test('a draft that asks for more shows who would become stale and whose target would fall short', async t => {
  const service = await recordCascade(t)
  const answer = await answered(service, service.national.id, amendment())
  t.equal(answer.refused, false, JSON.stringify(answer.findings))
  t.strictSame(answer.stale.map(({ plan, suspect }: any) => [plan.code, suspect]), [['119/KH-UBND', 'itself'], ['55/KH-SVHTTDL', 'through']])
  t.strictSame(codes(answer.weaker), ['119/KH-UBND'])
  t.match(answer.weaker[0].findings, [{ rule: 'target-ambition', severity: 'error', facts: { verdict: 'weaker' } }])
  t.strictSame([answer.missing, answer.outOfPeriod, answer.orphaned], [[], [], []])
  t.match(answer.byLevel, [{ level: 'provincial', plans: 1 }, { level: 'agency', plans: 1 }])
})

t.test('a draft without a date is taken as issued on the day asked about', async t => {
  const service = await recordCascade(t)
  const { issuedOn: _, ...draft } = amendment()
  t.equal((await answered(service, service.national.id, { ...draft, draft: true })).stale.length, 2)
})

t.test('a draft that adds a target shows who would lack it, one that shortens the period who would lie outside', async t => {
  const service = await recordCascade(t)
  const added = await answered(service, service.national.id, amendment({}, {
    targets: [{ ...poverty('1', '2'), key: 'near-poverty', indicator: 'near-poverty-rate' }]
  }))
  t.strictSame(codes(added.missing), ['119/KH-UBND'])
  const shorter = await answered(service, service.national.id, amendment({}, { period: { from: '2021', to: '2023' } }))
  t.strictSame(codes(shorter.outOfPeriod), ['119/KH-UBND'])
})

t.test('what stood before is not told as a consequence, although the draft ends a target before it', async t => {
  const service = await recordCascade(t)
  const { plan } = await service.record(provincial({
    code: '12/KH-UBND', issuer: 'UBND tỉnh Sóc Trăng', targets: [{ ...poverty('3', '4'), key: 'own', indicator: 'own' }, poverty('0.1', '0.2', inheritsPoverty)]
  }), { asIssued: true })
  const draft = {
    code: '13/KH-UBND', title: 'Sửa đổi', issuer: 'UBND tỉnh Sóc Trăng', issuedOn: '2023-01-01', citations: [{ relation: 'amends', planId: plan.id, changes: { removedTargets: ['own'] } }]
  }
  const answer = await answered(service, plan.id, draft)
  t.strictSame([answer.weaker, answer.missing, answer.stale], [[], [], []])
})

t.test('a draft that replaces the plan shows who would be orphaned', async t => {
  const service = await recordCascade(t)
  const answer = await answered(service, service.national.id, decision({
    code: '900/QĐ-TTg', issuedOn: '2023-03-01', citations: [citeResolution, { ...citeDecision, relation: 'replaces' }]
  }))
  t.strictSame(codes(answer.orphaned), ['119/KH-UBND'])
})

t.test('a draft that takes effect only after the day asked about says so, instead of looking harmless', async t => {
  const service = await recordCascade(t)
  const draft = amendment({ citations: [{ ...citeDecision, relation: 'amends', from: '2024-01-01', part: 'Mục II', changes: { targets: [poverty('2', '3')] } }] })
  const early = await answered(service, service.national.id, draft)
  t.strictSame([early.stale, early.leftOut], [[], [{ relation: 'amends', from: '2024-01-01', part: 'Mục II', why: 'not-yet' }]])
  const late = await answered(service, service.national.id, draft, '2024-02')
  t.strictSame([late.stale.length, late.leftOut], [2, []])
})

t.test('a draft that does not say what it changes is told that the answer is without it', async t => {
  const service = await recordCascade(t)
  const draft = amendment({ citations: [{ ...citeDecision, relation: 'amends', part: 'Mục II' }] })
  const answer = await answered(service, service.national.id, draft, '2024-02')
  t.match([answer.stale.length, answer.leftOut], [2, [{ relation: 'amends', part: 'Mục II', why: 'unread' }]])
})

t.test('nothing is kept: no table differs afterwards', async t => {
  const service = await recordCascade(t)
  const dump = async () => (await service.db.execute(sql`
    select 'plans' as name, to_jsonb(p) as row from plans p union all select 'citations', to_jsonb(c) from citations c
    union all select 'findings', to_jsonb(f) from findings f union all select 'events', to_jsonb(e) from events e
    union all select 'substances', to_jsonb(s) from substances s order by name, row`)).rows
  const before = await dump()
  await answered(service, service.national.id, amendment())
  t.strictSame(await dump(), before)
})

t.test('a draft that would be refused is answered with its findings, and its consequences all the same', async t => {
  const service = await recordCascade(t)
  const answer = await answered(service, service.national.id, amendment({ issuedOn: '2022-01-10' }))
  t.equal(answer.refused, true)
  t.ok(answer.findings.some(({ rule, severity }: any) => rule === 'effect-in-order' && severity === 'error'))
})

t.test('422 when the draft does nothing to this plan, 404 when there is no such plan, 403 without plans:write', async t => {
  const service = await recordCascade(t)
  const other = await ask(service, service.province.id, amendment())
  t.match([other.statusCode, other.json().code], [422, 'draft-without-effect'])
  t.equal((await ask(service, '01a20d6f-57ea-7b08-8c01-7fcf2dec0000', amendment())).statusCode, 404)
  const reader = await service.keyWith(['plans:read'])
  t.equal((await service.post(`/v1/plans/${service.national.id}/what-if`, amendment(), { authorization: `Bearer ${reader}` })).statusCode, 403)
})
