import t from 'tap'
import { testService } from '../helpers/service.ts'
import { brokenInvariants } from './invariants.ts'

// What the comparison with the model has found, each as short as it gets.

const { record, get, post, patch, db } = await testService(t)

const TTG = 'Thủ tướng Chính phủ'
const THAI_BINH = 'UBND tỉnh Thái Bình'
let last = 10
const code = (symbol = 'QĐ-TTg') => `${last++}/${symbol}`

const asIssued = async (plan: object) => (await record(plan, { asIssued: true })).plan
const plan = async (id: string) => (await get(`/v1/plans/${id}`)).json()
const amend = async (id: string, change: object) => await patch(`/v1/plans/${id}?asIssued=true`, change, `"${(await plan(id)).version}"`)
const rulesOf = async (id: string) => (await get(`/v1/plans/${id}/findings`)).json().findings.map((finding: any) => finding.rule)
const citing = async (cited: string, over: object = {}) => await asIssued({
  code: code('KH-UBND'), issuer: THAI_BINH, issuedOn: '2022-06-15', citations: [{ relation: 'implements', code: cited, issuer: TTG, ...over }]
})

t.test('a repeal that becomes ambiguous ends nothing any more', async t => {
  const cited = code()
  await asIssued({ code: cited, issuer: TTG, issuedOn: '2021-03-01' })
  const child = await citing(cited, { issuedOn: '2021-03-01' })
  await asIssued({ code: code(), issuer: TTG, issuedOn: '2021-04-01', citations: [{ relation: 'repeals', code: cited, issuer: TTG }] })
  t.ok((await rulesOf(child.id)).includes('parent-in-force'))
  await asIssued({ code: cited, issuer: TTG, issuedOn: '2022-03-01' })
  t.notOk((await rulesOf(child.id)).includes('parent-in-force'))
})

t.test('a citation is no longer ambiguous when one of its candidates turns out to bear another code', async t => {
  const cited = code()
  const one = await asIssued({ code: cited, issuer: TTG, issuedOn: '2021-03-01' })
  const two = await asIssued({ code: cited, issuer: TTG, issuedOn: '2022-03-01' })
  const child = await citing(cited)
  t.equal(child.citations[0].resolution, 'ambiguous')
  t.equal((await amend(one.id, { code: code() })).statusCode, 200)
  t.match((await plan(child.id)).citations, [{ resolution: 'resolved', plan: { id: two.id } }])
})

t.test('a stub of another year makes a citation without a year ambiguous, as the document itself would', async t => {
  const cited = code()
  await asIssued({ code: cited, issuer: TTG, issuedOn: '2021-03-01' })
  const child = await citing(cited)
  t.equal(child.citations[0].resolution, 'resolved')
  await citing(cited, { issuedOn: '2022' })
  t.equal((await plan(child.id)).citations[0].resolution, 'ambiguous')
})

t.test('the warning of a possible double heals when the year of the other one becomes known', async t => {
  const same = code()
  const dated = await asIssued({ code: same, issuer: TTG, issuedOn: '2021-03-01' })
  const undated = await asIssued({ code: same, issuer: TTG })
  t.ok((await rulesOf(dated.id)).includes('unique-identity'))
  await amend(undated.id, { issuedOn: '2022-01-01' })
  t.notOk((await rulesOf(dated.id)).includes('unique-identity'))
})

t.test('a plan without an issuer is nobody’s double, in whatever order the two arrive', async t => {
  const same = code()
  await asIssued({ code: same, issuedOn: '2021-03-01' })
  const named = await asIssued({ code: same, issuer: TTG, issuedOn: '2021-03-01' })
  t.notOk((await rulesOf(named.id)).includes('unique-identity'))
})

t.test('a record corrected into the year under which others cite it becomes what they cite', async t => {
  const cited = code()
  const wrong = await asIssued({ code: cited, issuer: TTG, issuedOn: '2021-03-01' })
  const child = await citing(cited, { issuedOn: '2022' })
  t.equal(child.citations[0].resolution, 'stub')
  const reply = await amend(wrong.id, { issuedOn: '2022-03-01' })
  t.equal(reply.statusCode, 200, reply.body)
  t.match((await plan(child.id)).citations, [{ resolution: 'resolved', plan: { id: wrong.id } }])
})

t.test('422 when a change would make another plan’s citation close a circle', async t => {
  const cited = code()
  const one = await asIssued({ code: cited, issuer: TTG, issuedOn: '2021-03-01' })
  const between = code()
  await asIssued({ code: between, issuer: TTG, issuedOn: '2022-01-15', citations: [{ relation: 'implements', code: cited, issuer: TTG }] })
  await asIssued({ code: cited, issuer: TTG, issuedOn: '2022-03-01', citations: [{ relation: 'implements', code: between, issuer: TTG, issuedOn: '2022' }] })
  const reply = await amend(one.id, { issuer: 'UBND tỉnh Nam Định' })
  t.equal(reply.statusCode, 422, reply.body)
})

t.test('a citation of a stub by its id is resolved when the document arrives', async t => {
  const cited = code()
  const first = await citing(cited, { issuedOn: '2021' })
  const pinned = await asIssued({ code: code('KH-UBND'), issuer: THAI_BINH, issuedOn: '2022-06-15', citations: [{ relation: 'implements', planId: first.citations[0].plan.id }] })
  await asIssued({ code: cited, issuer: TTG, issuedOn: '2021-03-01' })
  t.equal((await plan(pinned.id)).citations[0].resolution, 'resolved')
  t.notOk((await rulesOf(pinned.id)).includes('citation-resolved'))
})

t.test('422 when a plan cites itself, by id or by its own words and with whatever relation', async t => {
  const own = { code: code(), issuer: TTG, issuedOn: '2021-03-01' }
  const { id } = await asIssued(own)
  for (const citation of [{ relation: 'basis', planId: id }, { relation: 'references', ...own }, { relation: 'implements', planId: id }]) {
    const reply = await amend(id, { citations: [citation] })
    t.equal(reply.statusCode, 422, reply.body)
    t.ok(reply.json().findings.some(({ rule }: any) => rule === 'no-cycle'))
  }
  const another = { code: code(), issuer: TTG, issuedOn: '2021-03-01' }
  const reply = await post('/v1/plans?asIssued=true', { ...another, citations: [{ relation: 'references', ...another }] })
  t.equal(reply.statusCode, 422, reply.body)
})

t.test('an id is the same id in capital letters', async t => {
  const { id } = await asIssued({ code: code(), issuer: TTG, issuedOn: '2021-03-01' })
  const capital = id.toUpperCase()
  for (const url of [`/v1/plans/${capital}`, `/v1/plans/${capital}/findings`, `/v1/plans/${capital}/lineage`, `/v1/paths?from=${capital}&to=${id}`]) {
    t.equal((await get(url)).statusCode, 200, url)
  }
  const citation = (await asIssued({ code: code('KH-UBND'), issuer: THAI_BINH, issuedOn: '2022-06-15', citations: [{ relation: 'implements', planId: capital }] })).citations[0]
  t.match(citation, { planId: id, plan: { id } })
})

t.test('level and type that followed from the old code and issuer follow from the new ones', async t => {
  const { id } = await asIssued({ code: code(), issuer: TTG, issuedOn: '2021-03-01' })
  const reply = await amend(id, { code: code('KH-UBND'), issuer: THAI_BINH })
  t.match(reply.json().plan, { level: 'provincial', type: 'plan' })
})

t.test('a finding that names a candidate names it as it is called today', async t => {
  const cited = code('KH-UBND')
  const held = await asIssued({ code: cited, issuer: THAI_BINH, issuedOn: '2021-03-01' })
  const child = await asIssued({ code: code('KH-UBND'), issuer: THAI_BINH, issuedOn: '2022-06-15', citations: [{ relation: 'references', code: cited }] })
  await amend(held.id, { issuedOn: '2021-05-05' })
  const { findings } = (await get(`/v1/plans/${child.id}/findings?rule=citation-resolved`)).json()
  t.match(findings, [{ facts: { candidates: [{ name: /2021-05-05/ }] } }])
})

t.test('and afterwards every invariant of the register holds', async t => {
  t.strictSame(await brokenInvariants(db), [])
})
