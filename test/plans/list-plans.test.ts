import fc from 'fast-check'
import t from 'tap'
import { citeDecision, decision, department, provincial, resolution } from '../helpers/bodies.ts'
import { bearer, testService } from '../helpers/service.ts'

const { record, get, keyWith, post, key } = await testService(t)

await record(resolution())
await record(decision({ programme: 'Vì người nghèo' }))
await record(provincial({ title: 'Kế hoạch chuyển đổi số ở Đắk Lắk', issuer: 'UBND tỉnh Đắk Lắk', code: '0155/KH-UBND' }))
await record(provincial({ programme: 'Vì Người Nghèo', issuer: 'UBND tỉnh Hoà Bình', period: { from: '2022', to: '2023' } }))
await record(provincial({ citations: [], code: '12/KH-UBND', period: undefined }), { asIssued: true })
await record(department({ citations: [{ ...citeDecision }], title: 'Ngành văn hóa', issuer: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Hòa Bình' }))

const list = async (query: string) => {
  const reply = await get(`/v1/plans?${query}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json()
}
const codes = async (query: string) => (await list(query)).plans.map((plan: any) => plan.code)
const q = encodeURIComponent

t.test('each filter finds its plans', async t => {
  t.strictSame(await codes(`code=${q('155/KH-UBND')}`), ['0155/KH-UBND'], 'code in its canonical form')
  t.strictSame(await codes(`code=${q('119/kh- ubnd')}`), ['119/KH-UBND'], 'code in a sloppy form')
  t.strictSame(await codes(`issuer=${q('Ủy ban nhân dân tỉnh Hòa Bình')}`), ['119/KH-UBND'], 'issuer in another spelling')
  t.strictSame(await codes('level=agency'), ['55/KH-SVHTTDL'])
  t.strictSame(await codes('type=decision'), ['666/QĐ-TTg'])
  t.strictSame(await codes(`programme=${q('vi nguoi ngheo')}`), ['666/QĐ-TTg', '119/KH-UBND'], 'programme without diacritics')
  t.strictSame(await codes('status=nonconforming'), ['12/KH-UBND'])
})

t.test('the period filter finds what has a year in common with it; a plan without a period never matches', async t => {
  t.strictSame(await codes('period=2022-2023&level=provincial'), ['0155/KH-UBND', '119/KH-UBND'])
  t.strictSame(await codes('period=2025&level=provincial'), ['0155/KH-UBND'])
  t.strictSame(await codes('period=2030'), [])
})

t.test('text is found with and without diacritics, in any order of words', async t => {
  for (const text of ['chuyển đổi số', 'chuyen doi so', 'so dak lak', 'ĐẮK LẮK']) t.strictSame(await codes(`text=${q(text)}`), ['0155/KH-UBND'], text)
  t.strictSame(await codes(`text=${q('hoà bình')}`), ['119/KH-UBND', '55/KH-SVHTTDL'])
})

t.test('a text that is a pattern finds only itself', async t => {
  for (const text of ['%', '_', '\\', "'; drop table plans; --"]) t.strictSame(await codes(`text=${q(text)}&level=agency`), [], text)
})

t.test('400 with “did you mean” for a parameter there is not, and for a value there is not', async t => {
  const reply = await get('/v1/plans?isuer=x&level=provincal')
  t.equal(reply.statusCode, 400)
  t.match(reply.json().faults, [{ at: '?level', near: 'provincial' }, { at: '?isuer', near: 'issuer' }])
})

t.test('400 for a cursor of other filters, or one that was touched', async t => {
  const { nextCursor } = await list('limit=1')
  t.equal((await get(`/v1/plans?limit=1&level=agency&cursor=${nextCursor}`)).statusCode, 400)
  t.equal((await get(`/v1/plans?cursor=${nextCursor.slice(0, -1)}`)).statusCode, 400)
})

t.test('pages of any size put together are the whole list, also while plans are added', async t => {
  let added = 0
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 7 }), async size => {
    const whole = await codes('limit=1000')
    const paged: string[] = []
    let cursor = ''
    do {
      const page: any = await list(`limit=${size}${cursor}`)
      paged.push(...page.plans.map((plan: any) => plan.code))
      if (added < 5) await record(provincial({ code: `${900 + added++}/KH-UBND` }))
      cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')
    t.strictSame(paged.slice(0, whole.length), whole)
  }), { numRuns: 8 })
})

t.test('findings come in pages and by rule and severity', async t => {
  const { plan } = await record(provincial({ code: '800/KH-UBND', citations: [], period: { from: '2020', to: '2030' } }), { asIssued: true })
  await record(provincial({
    code: '801/KH-UBND', issuedOn: '2020-01-01', period: { from: '2019', to: '2030' }, citations: [{ relation: 'implements', planId: plan.id }]
  }), { asIssued: true })
  const [{ id }] = (await list(`code=${q('801/KH-UBND')}`)).plans
  const whole = (await get(`/v1/plans/${id}/findings`)).json().findings
  const first = (await get(`/v1/plans/${id}/findings?limit=1`)).json()
  const rest = (await get(`/v1/plans/${id}/findings?limit=1000&cursor=${first.nextCursor}`))
  t.ok(whole.length >= 2)
  t.strictSame([...first.findings, ...rest.json().findings], whole)
  t.strictSame((await get(`/v1/plans/${id}/findings?rule=period-within`)).json().findings.map((one: any) => one.rule), ['period-within'])
  t.equal((await get(`/v1/plans/${id}/findings?severity=info`)).json().findings.filter((one: any) => one.severity !== 'info').length, 0)
})

t.test('401 without a key, 403 without the scope, and nothing is stored', async t => {
  const body = provincial({ code: '700/KH-UBND' })
  t.equal((await post('/v1/plans', body, {})).statusCode, 401)
  const reader = bearer(await keyWith(['plans:read']))
  t.equal((await post('/v1/plans', body, reader)).statusCode, 403)
  const writer = bearer(await keyWith(['plans:write']))
  const issued = await post('/v1/plans?asIssued=true', body, writer)
  t.equal(issued.statusCode, 403)
  t.match(issued.json().message.en, /plans:record-as-issued/)
  const waived = await post('/v1/plans', { ...body, waivers: [{ rule: 'cites-parent', reason: 'x' }] }, writer)
  t.equal(waived.statusCode, 403)
  t.match(waived.json().message.en, /plans:waive/)
  t.strictSame(await codes(`code=${q('700/KH-UBND')}`), [])
  t.equal((await post('/v1/plans', body, writer)).statusCode, 201)
})

t.test('where reads need a key, everything but health, docs and problems asks for one', async t => {
  const closed = await testService(t, { reads: 'key' })
  for (const url of ['/v1/plans', '/v1/paths?from=019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50&to=019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50']) {
    t.equal((await closed.get(url)).statusCode, 401, url)
  }
  for (const url of ['/livez', '/readyz', '/openapi.json', '/problems/plan-refused']) t.equal((await closed.get(url)).statusCode, 200, url)
  t.equal((await closed.get('/v1/plans', bearer(closed.key))).statusCode, 200)
  t.ok(key)
})
