import { sql } from 'drizzle-orm'
import t from 'tap'
import { aPacket } from '../files/edxml/packets.ts'
import { decision, department, provincial, resolution } from '../helpers/bodies.ts'
import { testService } from '../helpers/service.ts'
import { importer } from './importing.ts'

const service = await testService(t)
const send = importer(service)
const { db, get } = service

const packet = async (parts: Parameters<typeof aPacket>[0] = {}) =>
  (await send(aPacket(parts), '?asIssued=true', { 'content-type': 'application/edxml' })).json()

const OWN = '<edXML:DocumentId>000.00.00.H54,2022/09/07,119/KH-UBND</edXML:DocumentId>'

let planId = ''

t.beforeEach(async () => {
  await db.execute(sql`delete from citations; delete from plans`)
  for (const body of [resolution(), decision()]) await service.record(body)
  planId = (await service.record(provincial())).plan.id
})

t.test('a packet of a plan that is held brings it up to date, and leaves its citations as they are', async t => {
  t.match(await packet({ subject: 'Trích yếu trong gói tin' }), { stored: true, entries: [{ outcome: 'updated', planId }] })
  const plan = (await get(`/v1/plans/${planId}`)).json()
  t.match(plan, { title: 'Trích yếu trong gói tin', period: { from: '2021', to: '2025' }, citations: [{ code: '666/QĐ-TTg' }] })
  t.match(await packet({ subject: 'Trích yếu trong gói tin' }), { counts: { unchanged: 1 } })
})

t.test('an update corrects the document that it names, and is refused when nobody holds that', async t => {
  t.match(await packet({ docType: '2', bussiness: OWN, subject: 'Đã cập nhật' }), { entries: [{ outcome: 'updated', planId }] })
  const other = { number: '120', documentId: '000.00.00.H54,2022/09/07,120/KH-UBND' }
  t.match(await packet({ ...other, docType: '2' }), { stored: false, entries: [{ outcome: 'refused', faults: [{ code: 'packet-of-unknown-plan', message: { vi: /120\/KH-UBND/, en: /announced/ } }] }] })
})

t.test('a replacement is a plan of its own that replaces the one it names', async t => {
  const replacement = {
    docType: '3',
    number: '200',
    documentId: '000.00.00.H54,2022/10/01,200/KH-UBND',
    date: '2022/10/01',
    bussiness: `<edXML:ReplacementInfoList><edXML:ReplacementInfo>${OWN}</edXML:ReplacementInfo></edXML:ReplacementInfoList>`
  }
  const report = await packet(replacement)
  t.match(report, { entries: [{ outcome: 'created', code: '200/KH-UBND' }] })
  const plan = (await get(`/v1/plans/${report.entries[0].planId}`)).json()
  t.match(plan.citations, [{ relation: 'replaces', resolution: 'resolved', plan: { id: planId } }])
  t.match(await packet(replacement), { counts: { unchanged: 1 } }, 'sent again, it cites nothing twice')
})

t.test('a recalled plan stays, as a draft', async t => {
  t.match(await packet({ docType: '1', bussiness: OWN }), { stored: true, entries: [{ outcome: 'updated', planId }] })
  t.match((await get(`/v1/plans/${planId}`)).json(), { draft: true, title: provincial().title, citations: [{ code: '666/QĐ-TTg' }] })
})

t.test('a recalled document that is sent anew is issued; an update leaves it a draft', async t => {
  await packet({ docType: '1', bussiness: OWN })
  t.match(await packet({ docType: '2', bussiness: OWN, subject: 'Đã cập nhật' }), { counts: { updated: 1 } })
  t.equal((await get(`/v1/plans/${planId}`)).json().draft, true)
  t.match(await packet(), { entries: [{ outcome: 'updated', planId }] })
  t.equal((await get(`/v1/plans/${planId}`)).json().draft, undefined)
})

t.test('what others cite is not recalled, and they are named', async t => {
  await service.record(department())
  t.match(await packet({ docType: '1', bussiness: OWN }), { stored: false, entries: [{ outcome: 'refused', faults: [{ code: 'recall-of-cited', message: { vi: /55\/KH-SVHTTDL/ } }] }] })
  t.equal((await get(`/v1/plans/${planId}`)).json().draft, undefined)
})

t.test('a packet that may mean several plans says which', async t => {
  await service.record(provincial({ code: '119/KH-UBND', issuer: 'UBND tỉnh Sóc Trăng' }))
  const report = await packet({ docType: '1', bussiness: OWN, organName: '', organId: '000.00.00.H99' })
  t.match(report.entries[0], { outcome: 'refused', faults: [{ code: 'packet-ambiguous', message: { en: /Thái Bình.*Sóc Trăng|Sóc Trăng.*Thái Bình/ } }] })
})
