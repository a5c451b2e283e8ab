import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { connect } from '../../src/db/connect.ts'
import { SECURITY_HEADERS } from '../../src/http/headers.ts'
import { bearer, testService } from '../helpers/service.ts'

interface Operation {
  operationId: string
  requestBody?: { content: Record<string, { schema: object, examples?: Record<string, { summary: string, value: unknown }> }> }
  responses: Record<string, { description: string, headers: Record<string, { $ref: string }> }>
}

const service = await testService(t)
const { app, key } = service
const document = (await app.inject('/openapi.json')).json()
const operations = new Map(Object.values<Record<string, Operation>>(document.paths).flatMap(path => Object.values(path)).map(operation => [operation.operationId, operation]))
const operation = (id: string): Operation => operations.get(id)!

/** Told once for all answers, or of the connection. */
const GENERAL = new Set([
  ...Object.keys(SECURITY_HEADERS), 'vary', 'content-type', 'content-length', 'transfer-encoding', 'date', 'connection', 'keep-alive'
])

const asked = async (request: InjectOptions): Promise<LightMyRequestResponse> => await app.inject({
  ...request, headers: { ...(request.url!.toString().startsWith('/v1') && bearer(key)), ...request.headers }
})

t.test('every answer is told in a sentence, and every body that is no file has examples', async t => {
  for (const [id, { responses, requestBody }] of operations) {
    for (const [status, { description }] of Object.entries(responses)) t.match(description, /^[A-Z`].*\.$/s, `${id} ${status}`)
    for (const [type, { examples, schema }] of Object.entries(requestBody?.content ?? {})) {
      if (!JSON.stringify(schema).includes('"binary"')) t.ok(Object.keys(examples ?? {}).length > 0, `${id} ${type}`)
    }
  }
  t.notMatch(JSON.stringify(document), String(Number.MAX_SAFE_INTEGER), 'no bounds of a double for a whole number')
})

t.test('a correction comes as application/json or application/merge-patch+json', async t => {
  t.strictSame(Object.keys(operation('correctRecord').requestBody!.content), ['application/json', 'application/merge-patch+json'])
})

t.test('the rows of a JSON import are described as plans', async t => {
  t.match(operation('importPlans').requestBody!.content['application/json']!.schema, { items: { $ref: '#/components/schemas/ImportedPlan' } })
  t.match(Object.keys(document.components.schemas.ImportedPlan.properties).sort(), [...Object.keys(document.components.schemas.PlanBody.properties), 'id'].sort())
})

t.test('every example of a file is read, and none of its rows is refused', async t => {
  for (const [type, { examples = {} }] of Object.entries(operation('importPlans').requestBody!.content)) {
    for (const [name, { value }] of Object.entries(examples)) {
      const payload = typeof value === 'string' ? value : JSON.stringify(value)
      const reply = await asked({ method: 'POST', url: '/v1/imports?mode=validate&asIssued=true', payload, headers: { 'content-type': type, prefer: 'wait=30' } })
      t.match(reply.json(), { state: 'done', counts: { refused: 0, created: type === 'application/edxml' ? 1 : 2 } }, `${type} ${name}: ${reply.body}`)
    }
  }
})

t.test('every example of a body is taken', async t => {
  const ids: Record<string, string> = {}

  const send = async (operationId: string, path: string, status: number, { ofPlan, etag }: { ofPlan?: string, etag?: boolean } = {}) => {
    for (const [type, { examples = {} }] of Object.entries(operation(operationId).requestBody!.content)) {
      for (const [name, { value }] of Object.entries(examples)) {
        const id = ofPlan === undefined ? '' : ids[ofPlan]!
        const method = Object.entries<any>(document.paths[path]).find(([, one]) => one.operationId === operationId)![0].toUpperCase() as 'POST'
        const tag = etag === true ? (await asked({ url: `/v1/plans/${id}` })).headers.etag : undefined
        const reply = await asked({
          method,
          url: path.replace('{id}', id),
          payload: JSON.stringify(value).replaceAll('019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50', ids['119/KH-UBND'] ?? ''),
          headers: { 'content-type': type, ...(tag !== undefined && { 'if-match': String(tag) }) }
        })
        t.equal(reply.statusCode, status, `${operationId} ${type} ${name}: ${reply.body}`)
        if (operationId === 'recordPlan') ids[reply.json().plan?.code] = reply.json().plan?.id
      }
    }
  }

  await send('recordPlan', '/v1/plans', 201)
  await send('judgePlan', '/v1/plans/judge', 200)
  await send('askWhatIf', '/v1/plans/{id}/what-if', 200, { ofPlan: '666/QĐ-TTg' })
  const { value: amendment } = operation('askWhatIf').requestBody!.content['application/json']!.examples!.amends!
  // Makes the plan of the province suspect: there is something to review.
  await service.record({ ...amendment as object, code: '1/QĐ-TTg', issuedOn: '2023-01-05' })
  await send('reviewPlans', '/v1/reviews', 201)
  await send('reviewPlan', '/v1/plans/{id}/reviews', 201, { ofPlan: '119/KH-UBND' })
  await send('correctRecord', '/v1/plans/{id}', 200, { ofPlan: '666/QĐ-TTg', etag: true })
  await send('recordOrganizations', '/v1/organizations', 200)
  await send('createKey', '/v1/keys', 201)
  t.strictSame([...operations.values()].filter(({ requestBody }) => requestBody !== undefined).map(({ operationId }) => operationId).sort(), [
    'askWhatIf', 'correctRecord', 'createKey', 'importPlans', 'judgePlan', 'recordOrganizations', 'recordPlan', 'reviewPlan', 'reviewPlans'
  ], 'and there is no further operation that takes a body')
})

t.test('the document names every header that an answer sends, and an answer sends every header that the document says it must', async t => {
  const check = (operationId: string, status: number, reply: LightMyRequestResponse, sends: string[] = []) => {
    t.equal(reply.statusCode, status, `${operationId}: ${reply.body.slice(0, 500)}`)
    const told = Object.keys(operation(operationId).responses[status]!.headers)
    const sent = Object.keys(reply.headers).filter(name => !GENERAL.has(name))
    t.strictSame(sent.filter(name => !told.some(one => one.toLowerCase() === name)), [], `${operationId} ${status} sends nothing that is not told`)
    const due = told.filter(name => document.components.headers[name].required === true)
    t.strictSame([...due, ...sends].filter(name => reply.headers[name.toLowerCase()] === undefined), [], `${operationId} ${status} sends what is told`)
  }
  const [plan] = (await asked({ url: '/v1/plans?code=24/2021/QH15' })).json().plans
  const self = `/v1/plans/${plan.id}`
  const reader = bearer(await service.keyWith(['plans:read']))
  const unheard = { code: '2/QĐ-TTg', title: 'Kế hoạch', issuer: 'Thủ tướng Chính phủ', issuedOn: '2023-01-06' }

  check('getIndex', 200, await asked({ url: '/' }))
  check('listProblems', 406, await asked({ url: '/problems', headers: { accept: 'image/png' } }))
  check('getPlan', 200, await asked({ url: self }), ['ETag'])
  check('getPlan', 200, await asked({ url: `${self}?asOf=2024` }))
  check('getPlan', 404, await asked({ url: '/v1/plans/019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50' }))
  check('recordPlan', 201, await asked({ method: 'POST', url: '/v1/plans?asIssued=true', payload: unheard }), ['ETag'])
  check('recordPlan', 409, await asked({ method: 'POST', url: '/v1/plans?asIssued=true', payload: unheard }))
  check('recordPlan', 422, await asked({ method: 'POST', url: '/v1/plans', payload: { ...unheard, code: '3/QĐ-TTg' } }))
  check('recordPlan', 400, await asked({ method: 'POST', url: '/v1/plans', payload: {} }))
  check('recordPlan', 401, await app.inject({ method: 'POST', url: '/v1/plans', payload: {} }))
  check('recordPlan', 403, await asked({ method: 'POST', url: '/v1/plans', payload: {}, headers: reader }))
  check('recordPlan', 415, await asked({ method: 'POST', url: '/v1/plans', payload: 'x', headers: { 'content-type': 'text/plain' } }), ['Accept-Post'])
  check('correctRecord', 428, await asked({ method: 'PATCH', url: self, payload: { programme: 'Giảm nghèo bền vững' } }))
  check('correctRecord', 412, await asked({ method: 'PATCH', url: self, payload: { programme: 'Giảm nghèo bền vững' }, headers: { 'if-match': '"99"' } }))
  check('correctRecord', 200, await asked({ method: 'PATCH', url: self, payload: { programme: 'Giảm nghèo bền vững' }, headers: { 'if-match': '"1"' } }), ['ETag'])
  check('resolvePlan', 200, await asked({ url: '/v1/resolve?code=24/2021/QH15' }))
  check('resolvePlan', 300, await asked({ url: `/v1/resolve?issuer=${encodeURIComponent('Thủ tướng Chính phủ')}` }))
  for (const format of ['ndjson', 'csv', 'xlsx']) check('exportPlans', 200, await asked({ url: `/v1/exports?format=${format}` }))
  check('createKey', 201, await asked({ method: 'POST', url: '/v1/keys', payload: { name: 'headers', scopes: ['plans:read'] } }))

  const workbook = await asked({ url: '/v1/exports?format=xlsx' })
  const upload = { method: 'POST', url: '/v1/imports?mode=validate&format=xlsx', payload: workbook.rawPayload, headers: { 'content-type': 'application/octet-stream' } } as const
  const validated = await asked({ ...upload, headers: { ...upload.headers, prefer: 'wait=30' } })
  check('importPlans', 200, validated)
  check('importPlans', 202, await asked({ ...upload, headers: { ...upload.headers, prefer: 'respond-async' } }), ['Retry-After'])
  check('importPlans', 415, await asked({ ...upload, url: '/v1/imports' }), ['Accept-Post'])
  const dryRun = validated.headers.location as string
  check('getImport', 200, await asked({ url: dryRun }))
  check('listImportEntries', 200, await asked({ url: `${dryRun}/entries`, headers: { accept: 'application/x-ndjson' } }))
  check('getImportWorkbook', 200, await asked({ url: `${dryRun}/workbook` }))
  check('getImportTemplate', 200, await asked({ url: '/v1/imports/template' }))
  check('commitImport', 200, await asked({ method: 'POST', url: `${dryRun}/commit`, headers: { prefer: 'wait=30' } }))
  check('commitImport', 202, await asked({ method: 'POST', url: `${dryRun}/commit`, headers: { prefer: 'respond-async' } }), ['Retry-After'])

  let wrong = await asked({ url: '/v1/plans', headers: bearer('thac_0_0') })
  check('listPlans', 401, wrong)
  for (let tries = 0; tries < 100 && wrong.statusCode !== 429; tries++) wrong = await asked({ url: '/v1/plans', headers: bearer('thac_0_0') })
  check('listPlans', 429, wrong, ['Retry-After'])
  check('listPlans', 503, await withoutDatabase(t), ['Retry-After'])
})

/** What a node answers whose database is not there. */
async function withoutDatabase (test: Parameters<typeof testService>[0]): Promise<LightMyRequestResponse> {
  const nowhere = connect('postgres://nobody@127.0.0.1:1/none', { poolSize: 1 })
  const alone = await buildApp({ db: nowhere.db, config: readConfig({ LOG_LEVEL: 'silent' }) })
  test.teardown(async () => {
    await alone.close()
    await nowhere.close()
  })
  return await alone.inject('/v1/plans')
}
