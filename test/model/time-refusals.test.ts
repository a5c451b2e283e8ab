import t from 'tap'
import { bearer, testService } from '../helpers/service.ts'

const service = await testService(t)
const { app, db, get, post, record, key } = service

const TTG = 'Thủ tướng Chính phủ'
let last = 100
const code = () => `${++last}/QĐ-TTg`
const target = (key: string, value: string) => ({
  key, indicator: 'multidimensional-poverty-rate', goal: { measure: 'change-per-year', direction: 'decrease', amount: { comparator: 'at-least', value, unit: 'percentage-point' } }
})
const aPlan = async (over: object = {}) => (await record({ code: code(), issuer: TTG, issuedOn: '2021-03-01', targets: [target('poverty', '1')], ...over }, { asIssued: true })).plan
const citing = (relation: string, planId: string, over: object = {}) => ({ relation, planId, ...over })
/** The document by which something is done to a plan. */
const doing = (relation: string, planId: string, over: object = {}, citation: object = {}) =>
  ({ code: code(), issuer: TTG, issuedOn: '2022-03-01', citations: [citing(relation, planId, citation)], ...over })
const errorsOf = (reply: { json: () => any }) => reply.json().findings.filter(({ severity, waived }: any) => severity === 'error' && !waived).map(({ rule }: any) => rule)
const eventCount = async () => (await db.execute<{ count: string }>('select count(*) from events')).rows[0]!.count

t.test('422 for an amendment issued before what it amends, with both dates, and nothing is stored', async t => {
  const plan = await aPlan()
  const events = await eventCount()
  const reply = await post('/v1/plans', doing('amends', plan.id, { issuedOn: '2020-12-31' }, { changes: { removedTargets: ['poverty'] } }))
  t.equal(reply.statusCode, 422, reply.body)
  t.ok(errorsOf(reply).includes('effect-in-order'))
  t.match(reply.json().detail, /2020-12-31[^]*2021-03-01|2021-03-01[^]*2020-12-31|31\/12\/2020[^]*01\/3\/2021|01\/3\/2021[^]*31\/12\/2020/)
  t.equal(await eventCount(), events)
  t.match((await get(`/v1/plans/${plan.id}?asOf=2024`)).json(), { effect: { status: 'in-force' }, targets: [{ key: 'poverty' }] })
})

t.test('422 for an amendment that takes effect before what it amends was issued', async t => {
  const plan = await aPlan()
  const reply = await post('/v1/plans', doing('amends', plan.id, {}, { from: '2021-02' }))
  t.equal(reply.statusCode, 422, reply.body)
  t.ok(errorsOf(reply).includes('effect-in-order'))
})

t.test('a month that may lie before or after the issue refuses nothing', async t => {
  const plan = await aPlan({ issuedOn: '2021-03' })
  t.equal((await post('/v1/plans', doing('supplements', plan.id, { issuedOn: '2021' }))).statusCode, 201)
})

t.test('422 for a circle of replacements, also as issued, along two plans or three', async t => {
  const first = await aPlan()
  const second = (await post('/v1/plans?asIssued=true', doing('replaces', first.id, { issuedOn: '2022-03-01' }))).json().plan
  const third = (await post('/v1/plans?asIssued=true', doing('replaces', second.id, { issuedOn: '2023-03-01' }))).json().plan
  for (const last of [second, third]) {
    const { version } = (await get(`/v1/plans/${first.id}`)).json()
    const reply = await service.patch(`/v1/plans/${first.id}?asIssued=true`, { citations: [citing('replaces', last.id)] }, `"${version}"`)
    t.equal(reply.statusCode, 422, reply.body)
    t.ok(errorsOf(reply).includes('no-effect-cycle'), reply.body)
  }
})

t.test('422 for a repeal of what is repealed, unless somebody says why it stands', async t => {
  const plan = await aPlan()
  t.equal((await post('/v1/plans', doing('repeals', plan.id))).statusCode, 201)
  const again = doing('repeals', plan.id, { issuedOn: '2023-03-01' })
  const reply = await post('/v1/plans', again)
  t.equal(reply.statusCode, 422, reply.body)
  t.ok(errorsOf(reply).includes('effect-on-living'))
  t.match(reply.json().detail, /2022-03-01|01\/3\/2022/)
  t.equal((await post('/v1/plans', { ...again, waivers: [{ rule: 'effect-on-living', reason: 'Bãi bỏ lại cho rõ' }] })).statusCode, 201)
})

t.test('422 for an amendment of what was replaced', async t => {
  const plan = await aPlan()
  t.equal((await post('/v1/plans?asIssued=true', doing('replaces', plan.id))).statusCode, 201)
  const reply = await post('/v1/plans', doing('amends', plan.id, { issuedOn: '2023-03-01' }))
  t.equal(reply.statusCode, 422, reply.body)
  t.ok(errorsOf(reply).includes('effect-on-living'))
})

t.test('409 for a review of what is not suspect, of what only its parent makes suspect, and of what was reviewed already', async t => {
  const head = await aPlan()
  const child = await aPlan({ issuedOn: '2021-06-01', citations: [citing('implements', head.id)] })
  const grandchild = await aPlan({ issuedOn: '2021-09-01', citations: [citing('implements', child.id)] })
  const review = (plan: any, over: object = {}) => post(`/v1/plans/${plan.id}/reviews`, { verdict: 'valid', reason: 'Đã đối chiếu', ...over })
  const isNotSuspect = (reply: { statusCode: number, json: () => any, body: string }, why: RegExp) => {
    t.match([reply.statusCode, reply.json().code], [409, 'not-suspect'], reply.body)
    t.match(reply.json().detail, why)
  }
  isNotSuspect(await review(child), /không thay đổi|nothing to review/)
  t.equal((await post('/v1/plans?asIssued=true', doing('amends', head.id, {}, { changes: { targets: [target('poverty', '2')] } }))).statusCode, 201)
  isNotSuspect(await review(grandchild), new RegExp(child.code))
  isNotSuspect(await review(child, { asOf: '2021-12-31' }), /2021-12-31|31\/12\/2021/)
  isNotSuspect(await review(child, { parentId: grandchild.id }), /./)
  t.equal((await review(child)).statusCode, 201)
  isNotSuspect(await review(child), /./)
})

t.test('409 for a bulk review in which one link is not suspect, which is named, and none is settled', async t => {
  const head = await aPlan()
  const child = await aPlan({ issuedOn: '2021-06-01', citations: [citing('implements', head.id)] })
  const other = await aPlan({ issuedOn: '2021-06-01' })
  t.equal((await post('/v1/plans?asIssued=true', doing('suspends', head.id))).statusCode, 201)
  const reply = await post('/v1/reviews', { verdict: 'valid', reason: 'Đã đối chiếu', links: [{ planId: child.id }, { planId: other.id }] })
  t.equal(reply.statusCode, 409, reply.body)
  t.match(reply.json().faults, [{ at: '/links/1' }])
  t.strictSame((await get(`/v1/plans/${child.id}/reviews`)).json().reviews, [])
  t.match((await get(`/v1/plans/${child.id}/suspects`)).json().suspects, [{ suspect: 'itself' }])
})

t.test('two writers on one plan, time and again: one wins, the other gets 412, reads again and loses nothing', async t => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const base = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`
  const plan = await aPlan()
  const url = `${base}/v1/plans/${plan.id}`
  const change = async (patch: object, etag: string) => await fetch(`${url}?asIssued=true`, {
    method: 'PATCH', headers: { ...bearer(key), 'content-type': 'application/json', 'if-match': etag }, body: JSON.stringify(patch)
  })
  for (let round = 1; round <= 20; round++) {
    const etag = (await fetch(url)).headers.get('etag')!
    const events = await eventCount()
    const patches = [{ title: `Tên ${round}` }, { programme: `Phong trào ${round}` }]
    const replies = await Promise.all(patches.map(patch => change(patch, etag)))
    t.strictSame(replies.map(({ status }) => status).sort(), [200, 412])
    t.equal(BigInt(await eventCount()) - BigInt(events), 1n, 'only what was done is in the log')
    const late = replies.findIndex(({ status }) => status === 412)
    const refusal: any = await replies[late]!.json()
    t.match(refusal, { code: 'version-mismatch' })
    const held = await fetch(url)
    t.equal(held.headers.get('etag'), replies[1 - late]!.headers.get('etag'))
    t.equal((await change(patches[late]!, held.headers.get('etag')!)).status, 200)
    t.match(await (await fetch(url)).json(), Object.assign({}, ...patches))
  }
})

t.test('eight writers who read again after each 412 all have their say, in as many versions', async t => {
  const { port } = app.server.address() as { port: number }
  const plan = await aPlan({ targets: [] })
  const url = `http://127.0.0.1:${port}/v1/plans/${plan.id}`
  const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  await Promise.all(keys.map(async own => {
    for (;;) {
      const reply = await fetch(url)
      const { targets } = await reply.json() as any
      const { status } = await fetch(`${url}?asIssued=true`, {
        method: 'PATCH',
        headers: { ...bearer(key), 'content-type': 'application/json', 'if-match': reply.headers.get('etag')! },
        body: JSON.stringify({ targets: [...targets, target(own, '1')] })
      })
      if (status === 200) return
      t.equal(status, 412)
    }
  }))
  const { targets, version } = (await get(`/v1/plans/${plan.id}`)).json()
  t.strictSame(targets.map(({ key }: any) => key).sort(), keys)
  t.equal(version, 1 + keys.length)
})
