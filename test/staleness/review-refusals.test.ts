import { sql } from 'drizzle-orm'
import t from 'tap'
import { provincial } from '../helpers/bodies.ts'
import { amendment, inheritsPoverty, poverty, recordCascade } from '../helpers/cascade.ts'

const NOBODY = '01a20d6f-57ea-7b08-8c01-7fcf2dec0000'
const opinion = { verdict: 'valid', reason: 'Đã xem', asOf: '2023-06' }
const repeal = {
  code: '30/QĐ-UBND',
  title: 'Bãi bỏ',
  issuer: 'UBND tỉnh Thái Bình',
  issuedOn: '2023-03-01',
  citations: [{ relation: 'repeals', code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07' }]
}

t.test('who reviews a plan that has ended or is a draft is told that, and not that its parent is unchanged', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  const { plan: draft } = await service.record(provincial({ code: '120/KH-UBND', draft: true, targets: [poverty('1', '1.5', inheritsPoverty)] }))
  await service.record(repeal)
  const english = async (id: string) => (await service.post(`/v1/plans/${id}/reviews`, opinion)).json().message.en
  t.match(await english(service.province.id), /119\/KH-UBND.* has been repealed, so it is not asked to be reviewed/)
  t.match(await english(draft.id), /is not issued, so it is not asked to be reviewed/)
  t.match(await english(service.head.id), /implements no registered plan/)
})

t.test('who reviews a plan below one that was found invalid is not sent to review that one again', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  const review = async (id: string, verdict: string) => (await service.post(`/v1/plans/${id}/reviews`, { ...opinion, verdict })).json()
  t.match(await review(service.agency.id, 'valid'), { message: { en: /Review 119\/KH-UBND .*first/ } })
  await review(service.province.id, 'invalid')
  const { message } = await review(service.agency.id, 'valid')
  t.match(message.en, /found invalid or about to be amended.*record the plan that amends it/)
  t.notMatch(message.en, /first/)
})

t.test('of many reviews each fault says what it is: no such plan, or nothing to review', async t => {
  const service = await recordCascade(t)
  const reply = await service.post('/v1/reviews', { ...opinion, links: [{ planId: NOBODY }, { planId: service.province.id }] })
  t.match([reply.statusCode, reply.json().faults], [409, [{ at: '/links/0/planId', code: 'plan-not-found' }, { at: '/links/1', code: 'not-suspect' }]])
})

t.test('a link that is named twice in one request is reviewed once', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  const { id } = service.province
  const reply = await service.post('/v1/reviews', { ...opinion, links: [{ planId: id }, { planId: id.toUpperCase(), parentId: service.national.id }] })
  t.match([reply.statusCode, reply.json().reviews.length], [201, 1])
})

t.test('a review under a plan settles more links than one statement has room for', { timeout: 120_000 }, async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  await service.db.execute(sql`
    with made as (
      insert into plans (id, version, status, title, issuer, issued_on, search_text)
      select gen_random_uuid(), 1, 'conforming', 'Kế hoạch ' || number, issuer, issued_on, '' from plans, generate_series(1, 8000) as number where id = ${service.province.id}
      returning id)
    insert into citations (plan_id, position, relation, cited_id, resolution, judged_against, judged_at, judged_on)
    select made.id, 0, relation, cited_id, resolution, judged_against, judged_at, judged_on from citations, made where plan_id = ${service.province.id} and position = 0`)
  const reply = await service.post('/v1/reviews', { ...opinion, under: service.national.id })
  t.match([reply.statusCode, reply.json().reviews?.length], [201, 8001])
})
