import t from 'tap'
import { citeDecision, decision, department, provincial, resolution } from '../helpers/bodies.ts'
import { testService } from '../helpers/service.ts'

const { record, get } = await testService(t)

const laws = (await record(resolution())).plan
const national = (await record(decision({ code: '1705/QĐ-TTg', issuedOn: '2021-10-12' }))).plan
const education = (await record(decision({ code: '1705/QĐ-TTg', issuedOn: '2024-12-31', title: 'Chiến lược phát triển giáo dục' }))).plan
await record(decision())
const thaiBinh = (await record(provincial())).plan
const namDinh = (await record(provincial({ issuer: 'UBND tỉnh Nam Định', code: '42/KH-UBND', issuedOn: '2021-05-01', citations: [{ ...citeDecision, code: '1705/QĐ-TTg', issuedOn: '2021-10-12' }] }), { asIssued: true })).plan
const hoaBinh = (await record(provincial({ issuer: 'UBND tỉnh Hòa Bình', code: '42/KH-UBND', issuedOn: '2021-03-18' }), { asIssued: true })).plan
const agency = (await record(department({ code: '164/KH-SVHTTDL', issuedOn: undefined }))).plan

const resolveQ = async (q: string) => await get(`/v1/resolve?q=${encodeURIComponent(q)}`)
const resolveBy = async (fields: Record<string, string>) => await get(`/v1/resolve?${new URLSearchParams(fields)}`)

t.test('200 with the plan, why it fits and where it is, when one plan fits, however it is written', async t => {
  for (const q of [
    '119/KH-UBND Thái Bình 2022', '119/kh-ubnd thai binh', 'số 119 / KH - UBND ngày 07/9/2022 của UBND tỉnh Thái Bình',
    'Kế hoạch số 119/KH-UBND của Ủy ban nhân dân tỉnh Thái Bình', thaiBinh.id
  ]) {
    const reply = await resolveQ(q)
    t.equal(reply.statusCode, 200, `${q}: ${reply.body}`)
    t.equal(reply.json().plan?.id, thaiBinh.id, q)
  }
  const reply = await resolveQ('119/KH-UBND Thái Bình 2022')
  t.equal(reply.headers['content-location'], `/v1/plans/${thaiBinh.id}`)
  t.match(reply.json(), { agrees: ['code', 'year', 'words'], unknown: [], why: { vi: /Khớp số và ký hiệu, năm/, en: /^Agrees/ } })
})

t.test('300 with ranked candidates when the year or the issuer is missing, and none is guessed', async t => {
  const decisions = await resolveQ('1705/QĐ-TTg')
  t.equal(decisions.statusCode, 300)
  t.strictSame(decisions.json().candidates.map((one: any) => one.plan.id), [education.id, national.id])
  const plans = await resolveQ('42/KH-UBND 2021')
  t.equal(plans.statusCode, 300)
  t.strictSame(new Set(plans.json().candidates.map((one: any) => one.plan.id)), new Set([namDinh.id, hoaBinh.id]))
})

t.test('the year settles 1705/QĐ-TTg, the province 42/KH-UBND', async t => {
  t.equal((await resolveQ('1705/QĐ-TTg 2021')).json().plan.id, national.id)
  t.equal((await resolveQ('42/KH-UBND Hoà Bình')).json().plan.id, hoaBinh.id)
  t.equal((await resolveBy({ code: '42/KH-UBND', issuer: 'Ủy ban nhân dân tỉnh Nam Định', year: '2021' })).json().plan.id, namDinh.id)
})

t.test('a plan whose date nobody knows may be of any year, and the answer says so', async t => {
  const reply = (await resolveQ('164/KH-SVHTTDL 2022')).json()
  t.equal(reply.plan.id, agency.id)
  t.strictSame(reply.unknown, ['year'])
})

t.test('a year inside the code is the year of the plan', async t => {
  t.equal((await resolveQ('24/2021/QH15')).json().plan.id, laws.id)
  t.equal((await resolveQ('24/2021/QH15 2021')).json().plan.id, laws.id)
})

t.test('a relative issuer is read against the plan or issuer that says it', async t => {
  for (const citing of [agency.id, 'Sở Nội vụ tỉnh Thái Bình']) {
    t.equal((await resolveBy({ code: '119/KH-UBND', issuer: 'UBND tỉnh', citing })).json().plan?.id, thaiBinh.id, citing)
  }
  t.equal((await resolveBy({ code: '119/KH-UBND', issuer: 'UBND tỉnh', citing: 'Sở Nội vụ tỉnh Nam Định' })).statusCode, 404)
})

t.test('422 for a relative issuer of nobody', async t => {
  const reply = await resolveBy({ code: '119/KH-UBND', issuer: 'UBND tỉnh' })
  t.equal(reply.statusCode, 422)
  t.equal(reply.json().code, 'issuer-relative')
})

t.test('404 with the nearest plans and the stub that a citation would make', async t => {
  const reply = await resolveQ('119/KH-UBND Cà Mau')
  t.equal(reply.statusCode, 404)
  t.equal(reply.json().instead.nearest[0].id, thaiBinh.id)
  t.strictSame(reply.json().instead.stub, { code: '119/KH-UBND' })
  t.equal((await resolveQ('000/QĐ-XYZ')).statusCode, 404)
  t.equal((await resolveQ('???')).statusCode, 404)
  t.equal((await resolveQ('019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50')).statusCode, 404)
})

t.test('400 when nothing is asked', async t => {
  t.match((await get('/v1/resolve')).json().faults, [{ code: 'nothing-asked' }])
})

t.test('words of the title find a plan without a number', async t => {
  t.equal((await resolveQ('chien luoc phat trien giao duc')).json().plan.id, education.id)
})
