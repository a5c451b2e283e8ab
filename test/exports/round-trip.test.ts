import t from 'tap'
import { MEDIA_TYPES, EXPORT_FORMATS } from '../../src/exports/export-format.ts'
import { bearer, recordExamples, testService, type TestService } from '../helpers/service.ts'
import { aChangeable, provincialAmendment } from './changes.ts'

const source = await testService(t)
await recordExamples(source)
const { record, get, patch } = source
const changeable = (await record(aChangeable())).plan
await record(provincialAmendment(changeable.id))
const draft = (await record({ title: 'Kế hoạch chưa ban hành', draft: true, citations: [{ relation: 'basis', code: '77/2015/QH13', issuer: 'Quốc hội' }] }, { asIssued: true })).plan
const pinned = await patch(`/v1/plans/${draft.id}?asIssued=true`, {
  citations: [{ relation: 'basis', planId: draft.citations[0].plan.id }, { relation: 'references', planId: changeable.id, note: '=1+1' }]
}, (await get(`/v1/plans/${draft.id}`)).headers['etag'] as string)
t.equal(pinned.statusCode, 200, pinned.body)

const exported = async ({ app }: Pick<TestService, 'app'>, query: string, language: string) => {
  const { statusCode, body, rawPayload } = await app.inject({ url: `/v1/exports?${query}`, headers: { 'accept-language': language } })
  if (statusCode !== 200) throw new Error(body)
  return rawPayload
}

const imported = async ({ app, key }: TestService, bytes: Buffer, type: string) => {
  const reply = await app.inject({
    method: 'POST', url: '/v1/imports?asIssued=true', payload: bytes, headers: { ...bearer(key), 'content-type': type }
  })
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json()
}

for (const format of EXPORT_FORMATS) {
  for (const language of ['vi', 'en']) {
    t.test(`${format}, ${language}: imported into an empty service, everything is exported again as the same bytes`, async t => {
      const bytes = await exported(source, `format=${format}`, language)
      const other = await testService(t)
      const report = await imported(other, bytes, MEDIA_TYPES[format])
      t.match(report, { stored: true, counts: { refused: 0, unchanged: 0 } }, JSON.stringify(report.entries?.filter((entry: any) => entry.outcome === 'refused')))
      t.ok((await exported(other, `format=${format}`, language)).equals(bytes))
      t.ok((await exported(other, 'format=ndjson', language)).equals(await exported(source, 'format=ndjson', language)), 'and so are all members')
    })

    t.test(`${format}, ${language}: imported into the service itself, everything is unchanged`, async t => {
      const bytes = await exported(source, `format=${format}`, language)
      const report = await imported(source, bytes, MEDIA_TYPES[format])
      t.match(report.counts, { created: 0, updated: 0, refused: 0 })
      t.equal(report.counts.unchanged, report.counts.total)
    })
  }
}

t.test('the cascade of a plan can be imported by itself, and comes out as it went in', async t => {
  const { plan: { id } } = (await get('/v1/resolve?q=119/KH-UBND+2022')).json()
  const bytes = await exported(source, `plan=${id}`, 'vi')
  const other = await testService(t)
  t.match(await imported(other, bytes, MEDIA_TYPES.ndjson), { stored: true, counts: { refused: 0 } })
  t.ok((await exported(other, '', 'vi')).equals(bytes))
})

t.test('what is no formula in the register is none in CSV, and comes back as it was', async t => {
  const other = await testService(t)
  const title = '=HYPERLINK("http://example.vn","Kế hoạch")'
  await other.record({ title, issuer: '@SUM(1)', citations: [] }, { asIssued: true })
  const bytes = await exported(other, 'format=csv', 'vi')
  t.equal(bytes.subarray(0, 3).toString('hex'), 'efbbbf', 'Excel takes it for UTF-8')
  for (const cell of bytes.toString().split(/[;\r\n]+/)) t.notMatch(cell.replace(/^\ufeff?"?/, ''), /^[=+\-@\t]/)
  t.match(await imported(other, bytes, MEDIA_TYPES.csv), { counts: { unchanged: 1 } })
})
