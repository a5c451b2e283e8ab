import t from 'tap'
import { linkIssuers } from '../../src/plans/link-issuers.operations.ts'
import { recordOrganizations } from '../../src/organizations/own.operations.ts'
import { ORGANIZATIONS, SUCCESSIONS } from '../organizations/a-set.ts'
import { citeDecision, citeProvincial, decision, department, provincial, resolution } from '../helpers/bodies.ts'
import { testService } from '../helpers/service.ts'

const q = encodeURIComponent
const know = async (db: Parameters<typeof recordOrganizations>[0]) =>
  await recordOrganizations(db, { organizations: ORGANIZATIONS, successions: SUCCESSIONS }, { by: 'test', dryRun: false })

t.test('once organizations are known', async t => {
  const { db, record, get } = await testService(t)
  await know(db)
  await record(resolution())
  await record(decision())
  const old = (await record(provincial())).plan
  const agency = (await record(department())).plan

  t.test('a plan names its organization, as it was on the day of issue', async t => {
    t.equal(old.issuerId, 'ubnd-tinh-thai-binh')
    t.equal(agency.issuerId, 'so-van-hoa-thai-binh')
    const { plan } = await record(provincial({ code: '31/KH-UBND', issuer: 'Ủy ban nhân dân tỉnh Hưng Yên', issuedOn: '2026-01-05', period: undefined }))
    t.equal(plan.issuerId, 'ubnd-tinh-hung-yen-2025')
  })

  t.test('Thái Bình’s plan is found under Hưng Yên, keeps its issuer, and says who answers for it now', async t => {
    const found = (await get(`/v1/plans?issuer=${q('UBND tỉnh Hưng Yên')}&responsibleAt=2026-01-01&code=119/KH-UBND`)).json().plans
    t.match(found, [{
      id: old.id,
      issuer: 'UBND tỉnh Thái Bình',
      responsible: [{ id: 'ubnd-tinh-hung-yen-2025', since: '2025-07-01', sentence: { vi: 'nay thuộc Hưng Yên từ 01/07/2025', en: /since 2025-07-01/ } }]
    }])
    t.strictSame((await get(`/v1/plans?issuer=${q('UBND tỉnh Hưng Yên')}&code=119/KH-UBND`)).json().plans, [], 'as issued it is not Hưng Yên’s')
    const before = (await get(`/v1/plans?issuer=${q('UBND tỉnh Thái Bình')}&responsibleAt=2025-06-30&code=119/KH-UBND`)).json().plans
    t.strictSame(before[0].responsible, [{ id: 'ubnd-tinh-thai-binh', name: 'UBND tỉnh Thái Bình' }])
  })

  t.test('one plan and its lineage say who answers on the day asked about', async t => {
    t.match((await get(`/v1/plans/${old.id}?responsibleAt=2026`)).json().responsible, [{ id: 'ubnd-tinh-hung-yen-2025' }])
    t.notOk('responsible' in (await get(`/v1/plans/${old.id}`)).json())
    const { nodes } = (await get(`/v1/plans/${agency.id}/lineage?responsibleAt=2026-01-01`)).json()
    t.match(nodes.find((node: any) => node.id === old.id).responsible, [{ name: 'UBND tỉnh Hưng Yên' }])
  })

  t.test('400 with the reason when the issuer did not exist on the day', async t => {
    const reply = await get(`/v1/plans?issuer=${q('UBND tỉnh Thái Bình')}&responsibleAt=2026-01-01`)
    t.equal(reply.statusCode, 400)
    t.match(reply.json().faults, [{ at: '?issuer', code: 'issuer-not-one' }])
  })

  t.test('two bodies of one name never collide in the year of the merger', async t => {
    const numbered = (issuedOn: string) => provincial({ code: '50/KH-UBND', issuer: 'UBND tỉnh Hưng Yên', issuedOn, period: { from: '2025', to: '2025' } })
    const first = (await record(numbered('2025-03-01'))).plan
    const second = (await record(numbered('2025-09-01'))).plan
    t.not(first.id, second.id)
    const { plan } = await record(department({
      code: '60/KH-SVHTTDL',
      issuer: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình',
      issuedOn: '2025-06-01',
      period: { from: '2025', to: '2025' },
      citations: [{ ...citeProvincial, code: '50/KH-UBND', issuer: 'UBND tỉnh Hưng Yên', issuedOn: '2025-03-01' }]
    }), { asIssued: true })
    t.equal(plan.citations[0].plan.id, first.id)
  })

  t.test('a commune’s relative district is found through the register, which no name tells', async t => {
    const district = (await record(provincial({
      code: '70/KH-UBND', issuer: 'UBND huyện Đông Hưng, tỉnh Thái Bình', citations: [{ ...citeProvincial, issuer: 'UBND tỉnh Thái Bình' }], issuedOn: '2022-11-01'
    }))).plan
    t.equal(district.issuerId, 'ubnd-huyen-dong-hung')
    const { plan } = await record(provincial({
      code: '80/KH-UBND',
      issuer: 'UBND xã Hòa Tiến, huyện Đông Hưng, tỉnh Thái Bình',
      issuedOn: '2022-12-01',
      citations: [{ relation: 'implements', code: '70/KH-UBND', issuer: 'UBND huyện', issuedOn: '2022-11-01' }]
    }))
    t.match(plan.citations, [{ resolution: 'resolved', plan: { id: district.id } }])
  })
})

t.test('plans recorded before organizations were known are linked when they are, once', async t => {
  const { db, record, get } = await testService(t)
  await record(resolution())
  await record(decision())
  const { plan } = await record(provincial())
  const { plan: child } = await record(department({ citations: [citeProvincial, { ...citeDecision, relation: 'basis' }] }))
  t.notOk('issuerId' in plan)
  await know(db)
  t.match(await linkIssuers(db), { linked: 3, doubled: 0 }, 'two plans of Thái Bình and the resolution; the Prime Minister is not in this set')
  t.match(await linkIssuers(db), { linked: 0, doubled: 0 })
  t.equal((await get(`/v1/plans/${plan.id}`)).json().issuerId, 'ubnd-tinh-thai-binh')
  t.match((await get(`/v1/plans/${child.id}`)).json().citations, [{ resolution: 'resolved', plan: { id: plan.id } }])
  const again = await record(department({ code: '56/KH-SVHTTDL' }))
  t.match(again.plan.citations, [{ plan: { id: plan.id } }])
})

t.test('recording organizations over HTTP links the plans whose issuers they are', async t => {
  const { record, get, post } = await testService(t)
  const { plan } = await record(resolution())
  const reply = await post('/v1/organizations', { organizations: ORGANIZATIONS, successions: SUCCESSIONS })
  t.equal(reply.statusCode, 200, reply.body)
  t.equal((await get(`/v1/plans/${plan.id}`)).json().issuerId, 'quoc-hoi')
})

t.test('a plan held from before its organization was known is still the same plan, and is still what others cite', async t => {
  const { db, record, post } = await testService(t)
  await record(resolution())
  await record(decision())
  const unnumbered = { type: 'plan', title: 'Kế hoạch không số', issuer: 'UBND tỉnh Thái Bình', period: { from: '2021', to: '2025' }, citations: [citeDecision] }
  const numbered = (await record(provincial())).plan
  const untitled = (await record(unnumbered)).plan
  await know(db)
  for (const [body, plan] of [[provincial(), numbered], [unnumbered, untitled]] as const) {
    const reply = await post('/v1/plans', body)
    t.equal(reply.statusCode, 409, reply.body)
    t.equal(reply.json().links.plan, `/v1/plans/${plan.id}`)
  }
  const { plan: child } = await record(department({ citations: [citeProvincial, { relation: 'basis', title: 'Kế hoạch không số', issuer: 'UBND tỉnh' }] }))
  t.strictSame(child.citations.map((one: any) => one.plan?.id), [numbered.id, untitled.id])
})
