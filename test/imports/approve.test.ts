import { sql } from 'drizzle-orm'
import t from 'tap'
import { decision, provincial, resolution } from '../helpers/bodies.ts'
import { bearer, testService } from '../helpers/service.ts'
import { importer, ndjson } from './importing.ts'

const service = await testService(t)
const send = importer(service)
const { app, db, get, key, patch } = service

const plan = async (rows: object[], query = '') => (await send(ndjson(rows), `?mode=validate${query}`)).json()
const apply = async (id: string) => await app.inject({ method: 'POST', url: `/v1/imports/${id}/commit`, headers: bearer(key) })

t.beforeEach(async () => { await db.execute(sql`delete from citations; delete from plans`) })

/** A change to the record that another client makes in between. */
async function correct (id: string, body: object) {
  const { headers } = await get(`/v1/plans/${id}`)
  const reply = await patch(`/v1/plans/${id}`, body, headers['etag'] as string)
  if (reply.statusCode !== 200) throw new Error(reply.body)
}

t.test('an approved dry run is committed as it was reported', async t => {
  const { plan: { id } } = await service.record(resolution())
  const planned = await plan([resolution({ title: 'Đã sửa' }), decision()])
  t.match(planned.entries, [{ outcome: 'updated', planId: id, versionBefore: 1 }, { outcome: 'created' }])
  const applied = await apply(planned.id)
  t.match(applied.json(), { stored: true, approved: planned.id, parameters: { mode: 'commit' }, counts: { created: 1, updated: 1 } })
  t.match((await get(`/v1/plans/${id}`)).json(), { title: 'Đã sửa', version: 2 })
})

t.test('a record that it touches and that has moved since refuses it, by name; another one does not', async t => {
  const { plan: { id } } = await service.record(resolution())
  const { plan: other } = await service.record(decision())
  const planned = await plan([resolution({ title: 'Đã sửa' })])
  await correct(other.id, { title: 'Sửa văn bản khác' })
  t.match((await apply(planned.id)).json(), { stored: true, counts: { updated: 1 } }, 'what it does not touch may move')

  const again = await plan([resolution({ title: 'Sửa lần nữa' }), provincial()])
  await correct(id, { title: 'Người khác sửa' })
  const refused = (await apply(again.id)).json()
  t.match(refused, { stored: false, counts: { refused: 1 } })
  t.match(refused.entries[0], { outcome: 'refused', faults: [{ code: 'record-moved', message: { vi: /24\/2021\/QH15.*phiên bản 2, nay là 3/, en: /24\/2021\/QH15/ } }] })
})

t.test('a plan that it was to create and that somebody has recorded since refuses it', async t => {
  await service.record(resolution())
  const planned = await plan([decision()])
  await service.record(decision())
  t.match((await apply(planned.id)).json(), { stored: false, entries: [{ outcome: 'refused', faults: [{ code: 'identity-taken' }] }] })
})

t.test('row by row, only the rows that have moved are refused', async t => {
  const { plan: { id } } = await service.record(resolution())
  const planned = await plan([resolution({ title: 'Đã sửa' }), decision()], '&atomic=false')
  await correct(id, { title: 'Người khác sửa' })
  t.match((await apply(planned.id)).json(), { stored: true, counts: { created: 1, refused: 1 } })
})

t.test('of two rows of one plan the first is applied, and the second is refused as it was when it was planned', async t => {
  await service.record(resolution())
  const planned = await plan([resolution({ title: 'Một' }), resolution({ title: 'Hai' })], '&atomic=false')
  t.match(planned.entries, [{ outcome: 'updated', versionBefore: 1 }, { outcome: 'refused', faults: [{ code: 'row-repeated' }] }])
  t.match((await apply(planned.id)).json(), { stored: true, counts: { updated: 1, refused: 1 }, entries: [{}, { faults: [{ code: 'row-repeated' }] }] })
})

t.test('what is committed is kept as long as its commit, the approved report and its upload too', async t => {
  const planned = await plan([resolution()])
  await db.execute(sql`update imports set expires_at = now() + interval '1 hour' where id = ${planned.id}`)
  const applied = (await apply(planned.id)).json()
  const { rows } = await db.execute<{ id: string, days: number }>(sql`
    select id, extract(epoch from expires_at - now()) / 86400 as days from imports where id in (${planned.id}, ${applied.id})`)
  t.equal(rows.length, 2)
  for (const { id, days } of rows) t.ok(days > 6, `${id}: ${days}`)
})

t.test('403 for committing a dry run of documents as issued without the right to record them so', async t => {
  const planned = await plan([provincial({ citations: [] })], '&asIssued=true')
  t.equal(planned.counts.created, 1)
  const headers = bearer(await service.keyWith(['plans:write', 'keys:admin']))
  t.equal((await app.inject({ method: 'POST', url: `/v1/imports/${planned.id}/commit`, headers })).statusCode, 403)
  t.match((await apply(planned.id)).json(), { stored: true, counts: { created: 1 } })
})

t.test('409 for what was no dry run', async t => {
  const done = (await send(ndjson([resolution()]))).json()
  t.match((await apply(done.id)).json(), { status: 409, code: 'import-not-ready' })
})
