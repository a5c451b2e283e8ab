import { sql } from 'drizzle-orm'
import t from 'tap'
import { amendment, poverty, recordCascade } from '../helpers/cascade.ts'

t.test('the history of a plan has both time lines: what other plans did to it, and what the register came to know, by whom and when', async t => {
  const service = await recordCascade(t)
  const { national, head } = service
  await service.record(amendment())
  const { version } = (await service.get(`/v1/plans/${national.id}`)).json()
  await service.patch(`/v1/plans/${national.id}`, { targets: [poverty('1', '1.2')] }, `"${version}"`)
  const history = (await service.get(`/v1/plans/${national.id}/history`)).json()
  t.match(history.effects, [{ relation: 'amends', plan: { code: '700/QĐ-TTg' }, from: '2023-01-10' }])
  const [recorded] = history.entries
  t.match(recorded, { type: 'plan.recorded', version: 1 })
  t.ok(recorded.by && recorded.at && recorded.seq)
  const corrected = history.entries.find(({ type }: any) => type === 'plan.record-corrected')
  t.strictSame(corrected.differences, [{ at: '/targets/0/goal/amount/high', before: '1.5', after: '1.2' }])
  t.strictSame(history.entries.map(({ seq }: any) => seq), history.entries.map(({ seq }: any) => seq).toSorted((a: number, b: number) => a - b))
  t.match((await service.get(`/v1/plans/${head.id}/history`)).json().entries, [{ type: 'plan.recorded' }])
})

t.test('a review stands in the history of the plan that was reviewed', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  await service.post(`/v1/plans/${service.province.id}/reviews`, { verdict: 'valid', reason: 'Đã đối chiếu', asOf: '2023-06' })
  const { entries } = (await service.get(`/v1/plans/${service.province.id}/history`)).json()
  t.match(entries.at(-1), { type: 'plan.reviewed', differences: [] })
})

t.test('the history as the register knew it ends with that moment, and comes in pages', async t => {
  const service = await recordCascade(t)
  const { national } = service
  for (const high of ['1.2', '1.3', '1.4']) {
    const { version } = (await service.get(`/v1/plans/${national.id}`)).json()
    await service.patch(`/v1/plans/${national.id}`, { targets: [poverty('1', high)] }, `"${version}"`)
  }
  const early = (await service.get(`/v1/plans/${national.id}/history?knownAt=${service.agency.recordedAt}`)).json()
  t.strictSame(early.entries.map(({ type }: any) => type), ['plan.recorded'])
  const whole = (await service.get(`/v1/plans/${national.id}/history`)).json().entries
  const pages = []
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const page: any = (await service.get(`/v1/plans/${national.id}/history?limit=1${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)).json()
    pages.push(...page.entries)
    cursor = page.nextCursor
  }
  t.strictSame(pages, whole)
})

t.test('a long history is one answer, however it is read from the log', async t => {
  const service = await recordCascade(t)
  const { id } = service.national
  await service.db.execute(sql`insert into events (by, type, plan_id) select 'system', 'plan.judged', ${id} from generate_series(1, 120)`)
  const all = (await service.get(`/v1/plans/${id}/history?limit=1000`)).json()
  t.equal(all.entries.length, 121)
  t.equal(all.nextCursor, undefined)
  const page = (await service.get(`/v1/plans/${id}/history?limit=60`)).json()
  t.strictSame(page.entries, all.entries.slice(0, 60))
})

t.test('404 for the history of a plan that is not there', async t => {
  const service = await recordCascade(t)
  t.equal((await service.get('/v1/plans/01a20d6f-57ea-7b08-8c01-7fcf2dec0000/history')).statusCode, 404)
})
