import t from 'tap'
import { citeDecision, decision, department, provincial, resolution } from '../helpers/bodies.ts'
import { bearer, testService } from '../helpers/service.ts'

const { app, record, get, patch, key } = await testService(t)

await record(resolution())
await record(decision())
const read = async (id: string) => (await get(`/v1/plans/${id}`)).json()

t.test('200 with the next version when a record is corrected; what is not sent stays', async t => {
  const { plan } = await record(provincial({ code: '201/KH-UBND' }))
  const reply = await patch(`/v1/plans/${plan.id}`, { title: 'Tên đã sửa' }, '"1"')
  t.equal(reply.statusCode, 200, reply.body)
  t.equal(reply.headers.etag, '"2"')
  t.match(await read(plan.id), { title: 'Tên đã sửa', code: '201/KH-UBND', issuedOn: '2022-09-07', version: 2, period: { from: '2021', to: '2025' } })
})

t.test('null removes a member, also one inside the period, and it becomes unknown', async t => {
  const { plan } = await record(provincial({ code: '202/KH-UBND', programme: 'Phong trào' }))
  const reply = await patch(`/v1/plans/${plan.id}`, { programme: null, period: { to: null } }, '"1"')
  t.equal(reply.statusCode, 200, reply.body)
  const after = await read(plan.id)
  t.notOk('programme' in after)
  t.strictSame(after.period, { from: '2021' })
})

t.test('428 without If-Match, 400 with one that is no ETag, 412 with an old one; nothing changes', async t => {
  const { plan } = await record(provincial({ code: '203/KH-UBND' }))
  const url = `/v1/plans/${plan.id}`
  const bare = await app.inject({ method: 'PATCH', url, payload: { title: 'x' }, headers: bearer(key) })
  t.equal(bare.statusCode, 428)
  t.equal((await patch(url, { title: 'x' }, '*')).statusCode, 400)
  const old = await patch(url, { title: 'x' }, '"7"')
  t.equal(old.statusCode, 412)
  t.match(old.json(), { code: 'version-mismatch', links: { plan: url } })
  t.equal((await read(plan.id)).version, 1)
})

t.test('two writers on one version: one wins, the other gets 412 and can go on from the new one', async t => {
  const { plan } = await record(provincial({ code: '204/KH-UBND' }))
  const url = `/v1/plans/${plan.id}`
  const replies = await Promise.all(['Một', 'Hai', 'Ba', 'Bốn'].map(async title => await patch(url, { title }, '"1"')))
  t.strictSame(replies.map(reply => reply.statusCode).sort(), [200, 412, 412, 412])
  t.equal((await patch(url, { title: 'Sau' }, '"2"')).statusCode, 200)
})

t.test('422 when the change breaks a rule, and the record stays as it was', async t => {
  const { plan } = await record(provincial({ code: '205/KH-UBND' }))
  const reply = await patch(`/v1/plans/${plan.id}`, { citations: [] }, '"1"')
  t.equal(reply.statusCode, 422)
  t.strictSame(await read(plan.id), plan)
})

t.test('400 when nothing would be left that names the plan', async t => {
  const { plan } = await record(provincial({ code: '206/KH-UBND' }))
  const reply = await patch(`/v1/plans/${plan.id}`, { code: null, title: null }, '"1"')
  t.equal(reply.statusCode, 400)
  t.match(reply.json().faults, [{ code: 'plan-names-nothing' }])
})

t.test('409 when the correction would make it the same as another plan', async t => {
  const { plan } = await record(provincial({ code: '207/KH-UBND' }))
  const { plan: other } = await record(provincial({ code: '208/KH-UBND' }))
  const reply = await patch(`/v1/plans/${plan.id}`, { code: '208/KH-UBND' }, '"1"')
  t.equal(reply.statusCode, 409)
  t.equal(reply.json().links.plan, `/v1/plans/${other.id}`)
})

t.test('404 when there is no such plan', async t => {
  t.equal((await patch('/v1/plans/019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50', { title: 'x' }, '"1"')).statusCode, 404)
})

t.test('422 with the way round when a correction would close a circle', async t => {
  const { plan: upper } = await record(provincial({ code: '210/KH-UBND' }))
  const { plan: lower } = await record(provincial({ code: '211/KH-UBND', citations: [{ relation: 'implements', planId: upper.id }] }))
  const reply = await patch(`/v1/plans/${upper.id}`, { citations: [citeDecision, { relation: 'implements', planId: lower.id }] }, '"1"')
  t.equal(reply.statusCode, 422)
  t.match(reply.json().findings.find((one: any) => one.rule === 'no-cycle'), {
    severity: 'error', at: '/citations/1', facts: { path: [/^210/, /^211/, /^210/] }
  })
  const forced = await patch(`/v1/plans/${upper.id}?asIssued=true`, { citations: [{ relation: 'implements', planId: lower.id }] }, '"1"')
  t.equal(forced.statusCode, 422, 'no permission lets a circle in')
})

t.test('a plan that implements itself is refused, by id and by code', async t => {
  const { plan } = await record(provincial({ code: '212/KH-UBND' }))
  const self = { relation: 'implements', code: '212/KH-UBND', issuer: 'UBND tỉnh', issuedOn: '2022-09-07' }
  for (const citation of [self, { relation: 'implements', planId: plan.id }]) {
    const reply = await patch(`/v1/plans/${plan.id}`, { citations: [citeDecision, citation] }, '"1"')
    t.equal(reply.statusCode, 422, reply.body)
    t.ok(reply.json().findings.some((one: any) => one.rule === 'no-cycle'))
  }
  const fresh = await app.inject({
    method: 'POST', url: '/v1/plans', headers: bearer(key), payload: provincial({ code: '213/KH-UBND', citations: [citeDecision, { ...self, code: '213/KH-UBND' }] })
  })
  t.equal(fresh.statusCode, 422, fresh.body)
})

t.test('two requests at once cannot close a circle between them, in twenty rounds', async t => {
  for (let round = 0; round < 20; round++) {
    const [a, b] = [
      (await record(provincial({ code: `${300 + round}/KH-UBND` }))).plan, (await record(provincial({ code: `${400 + round}/KH-UBND` }))).plan
    ]
    const replies = await Promise.all([[a, b], [b, a]].map(async ([from, to]) =>
      await patch(`/v1/plans/${from.id}`, { citations: [citeDecision, { relation: 'implements', planId: to.id }] }, '"1"')))
    t.strictSame(replies.map(reply => reply.statusCode).sort(), [200, 422])
  }
})

t.test('of six identical plans recorded at once one is created and five are told where it is', async t => {
  const body = department({ code: '501/KH-SVHTTDL' })
  const replies = await Promise.all(Array.from({ length: 6 }, async () =>
    await app.inject({ method: 'POST', url: '/v1/plans', headers: bearer(key), payload: body })))
  t.strictSame(replies.map(reply => reply.statusCode).sort(), [201, 409, 409, 409, 409, 409])
  const created = replies.find(reply => reply.statusCode === 201)!.json().plan.links.self
  for (const reply of replies) if (reply.statusCode === 409) t.equal(reply.json().links.plan, created)
})

t.test('a waiver that is sent again keeps who gave it and when', async t => {
  const waivers = [{ rule: 'cites-parent', reason: 'Thí điểm' }]
  const { plan } = await record(provincial({ code: '214/KH-UBND', citations: [], waivers }))
  const reply = await patch(`/v1/plans/${plan.id}`, { waivers: [...waivers, { rule: 'period-within', reason: 'Khác' }] }, '"1"')
  t.equal(reply.statusCode, 200, reply.body)
  t.strictSame(reply.json().plan.waivers[0], plan.waivers[0])
})

t.test('a tag that a compressing proxy has weakened still names the version', async t => {
  const { plan } = await record(provincial({ code: '215/KH-UBND' }))
  t.equal((await patch(`/v1/plans/${plan.id}`, { title: 'Tên khác' }, 'W/"1"')).statusCode, 200)
})
