import t from 'tap'
import { citeDecision, citeProvincial, citeResolution, decision, department, perYear, provincial, resolution } from '../helpers/bodies.ts'
import { testService } from '../helpers/service.ts'

const { record, get, post, patch } = await testService(t)

const plan = async (id: string) => (await get(`/v1/plans/${id}`)).json()
const findings = async (id: string, rule: string) => (await get(`/v1/plans/${id}/findings?rule=${rule}`)).json().findings
const byCode = async (code: string) => (await get(`/v1/plans?code=${encodeURIComponent(code)}`)).json().plans

t.test('a cited plan that nobody registered becomes a stub that takes part in lineage', async t => {
  const child = (await record(provincial({ code: '101/KH-UBND', citations: [{ ...citeDecision, code: '901/QĐ-TTg' }] }))).plan
  const [{ resolution, plan: stub }] = child.citations
  t.equal(resolution, 'stub')
  t.match(await plan(stub.id), { code: '901/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', level: 'national', issuedOn: '2022-06-02', status: 'stub' })
  t.match((await get(`/v1/plans/${child.id}/lineage`)).json().nodes, [{ id: child.id }, { id: stub.id, status: 'stub', distance: 1 }])
  t.match(await findings(child.id, 'citation-resolved'), [{ severity: 'info', facts: { resolution: 'stub' } }])
})

t.test('two plans that cite one unregistered plan share its stub', async t => {
  const cites = { citations: [{ ...citeDecision, code: '902/QĐ-TTg' }] }
  const first = (await record(provincial({ code: '102/KH-UBND', ...cites }))).plan
  const second = (await record(provincial({ code: '103/KH-UBND', ...cites }))).plan
  t.equal(first.citations[0].plan.id, second.citations[0].plan.id)
})

t.test('when the document arrives it takes over its stub with the same id, and its children are judged again', async t => {
  const child = (await record(provincial({ code: '104/KH-UBND', citations: [{ ...citeDecision, code: '904/QĐ-TTg' }], targets: [] }))).plan
  const parent = (await record(decision({ code: '904/QĐ-TTg', targets: [perYear('poverty', '1', '1.5')] }))).plan
  t.equal(parent.id, child.citations[0].plan.id)
  t.match(await plan(parent.id), { status: 'conforming', version: 2 })
  t.match(await plan(child.id), { status: 'nonconforming', citations: [{ resolution: 'resolved', plan: { id: parent.id } }] })
  t.match(await findings(child.id, 'targets-inherited'), [{ severity: 'error', facts: { key: 'poverty' } }])
  t.strictSame(await findings(child.id, 'citation-resolved'), [])
})

t.test('a finding heals by itself when the parent is corrected', async t => {
  const parent = (await record(decision({ code: '905/QĐ-TTg', targets: [perYear('poverty', '1', '1.5')] }))).plan
  const child = (await record(provincial({ code: '105/KH-UBND', citations: [{ ...citeDecision, code: '905/QĐ-TTg' }] }), { asIssued: true })).plan
  t.equal(child.status, 'nonconforming')
  const reply = await patch(`/v1/plans/${parent.id}`, { targets: [perYear('poverty', '1', '1.5', { aspirational: true })] }, '"1"')
  t.equal(reply.statusCode, 200, reply.body)
  t.equal((await plan(child.id)).status, 'conforming')
})

t.test('a stub cited without a date is taken over by the one document that it can mean', async t => {
  const child = (await record(department({ code: '106/KH-SVHTTDL', citations: [{ relation: 'implements', code: '906/KH-UBND', issuer: 'UBND tỉnh' }] }))).plan
  const parent = (await record(provincial({ code: '906/KH-UBND' }))).plan
  t.equal(parent.id, child.citations[0].plan.id)
})

t.test('a citation without a date becomes ambiguous when a second year arrives, keeps its candidates, and is settled by planId', async t => {
  const first = (await record(decision({ code: '1705/QĐ-TTg', issuedOn: '2021-10-12' }))).plan
  const child = (await record(provincial({ code: '107/KH-UBND', citations: [{ relation: 'implements', code: '1705/QĐ-TTg', issuer: 'Thủ tướng Chính phủ' }] }))).plan
  t.match(child.citations, [{ resolution: 'resolved', plan: { id: first.id } }])

  const second = (await record(decision({ code: '1705/QĐ-TTg', issuedOn: '2024-12-31', period: { from: '2021', to: '2030' } }))).plan
  const [ambiguous] = (await plan(child.id)).citations
  t.equal(ambiguous.resolution, 'ambiguous')
  t.notOk('plan' in ambiguous)
  t.strictSame(ambiguous.candidates.map((one: any) => one.id), [first.id, second.id])
  t.match(await findings(child.id, 'citation-resolved'), [{ severity: 'warning', facts: { candidates: [{ id: first.id }, { id: second.id }] } }])
  t.equal((await get(`/v1/plans/${child.id}/lineage`)).json().nodes.length, 1, 'no edge is guessed')

  const { version } = await plan(child.id)
  const settled = await patch(`/v1/plans/${child.id}`, { citations: [{ relation: 'implements', planId: first.id }] }, `"${version}"`)
  t.equal(settled.statusCode, 200, settled.body)
  t.match(settled.json().plan.citations, [{ resolution: 'resolved', plan: { id: first.id } }])
})

t.test('a code without an issuer is never taken for the only plan that happens to be held', async t => {
  await record(provincial({ code: '108/KH-UBND' }))
  const child = (await record(department({ code: '208/KH-SVHTTDL', citations: [citeProvincial, { relation: 'basis', code: '108/KH-UBND' }] }))).plan
  t.match(child.citations[1], { resolution: 'ambiguous', candidates: [{ code: '108/KH-UBND' }] })
})

t.test('a citation that says too little names no plan, and says so', async t => {
  const child = (await record(department({ code: '109/KH-SVHTTDL', citations: [citeProvincial, { relation: 'basis', code: '109/NQ-ABCXYZ' }] }))).plan
  t.match(child.citations[1], { resolution: 'unidentified' })
})

t.test('a stub that nobody cites any more leaves the register', async t => {
  const child = (await record(provincial({ code: '110/KH-UBND', citations: [{ ...citeDecision, code: '910/QĐ-TTg' }] }))).plan
  const stub = child.citations[0].plan.id
  const reply = await patch(`/v1/plans/${child.id}`, { citations: [citeResolution] }, '"1"')
  t.equal(reply.statusCode, 200, reply.body)
  t.equal((await get(`/v1/plans/${stub}`)).statusCode, 404)
})

t.test('409 when a stub is amended: its document is recorded instead', async t => {
  const child = (await record(provincial({ code: '111/KH-UBND', citations: [{ ...citeDecision, code: '911/QĐ-TTg' }] }))).plan
  const reply = await patch(`/v1/plans/${child.citations[0].plan.id}`, { title: 'Khác' }, '"1"')
  t.equal(reply.statusCode, 409)
  t.equal(reply.json().code, 'plan-is-stub')
})

t.test('a child issued after its parent was replaced is told so, also when the replacement arrives later', async t => {
  await record(resolution({ code: '30/2021/QH15' }))
  await record(decision({ code: '912/QĐ-TTg', issuedOn: '2021-08-01' }))
  const child = (await record(provincial({ code: '112/KH-UBND', citations: [{ ...citeDecision, code: '912/QĐ-TTg', issuedOn: '2021-08-01' }] }))).plan
  t.equal(child.status, 'conforming')
  await record(decision({
    code: '913/QĐ-TTg',
    issuedOn: '2022-01-10',
    citations: [citeResolution, { relation: 'replaces', code: '912/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', issuedOn: '2021-08-01' }]
  }))
  t.match(await findings(child.id, 'parent-in-force'), [{ severity: 'error', facts: { endedOn: '2022-01-10', relation: 'replaces' } }])
  t.equal((await plan(child.id)).status, 'nonconforming')
})

t.test('a refused plan leaves no stub of what it cites', async t => {
  const reply = await post('/v1/plans', provincial({ code: '113/KH-UBND', citations: [{ ...citeDecision, relation: 'basis', code: '999/QĐ-TTg' }] }))
  t.equal(reply.statusCode, 422)
  t.strictSame(await byCode('999/QĐ-TTg'), [])
})
