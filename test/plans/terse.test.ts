import t from 'tap'
import { citeResolution, decision, resolution } from '../helpers/bodies.ts'
import { testService } from '../helpers/service.ts'
import { importer, ndjson } from '../imports/importing.ts'
import { brokenInvariants } from '../model/invariants.ts'

const service = await testService(t)
const wordy = { draft: false, targetsIncomplete: false, period: {} }
const citations = [{ ...citeResolution, inferred: false }]

/** What the log, the answer and the export say of the plan beyond what was left unsaid. */
async function saidOf (id: string): Promise<string[]> {
  const { rows: [last] } = await service.db.execute<{ after: Record<string, unknown> }>(
    `select after from events where plan_id = '${id}' and after ? 'citations' order by seq desc limit 1`)
  const exported = await service.get('/v1/exports', { accept: 'application/x-ndjson' })
  const row = exported.body.trim().split('\n').map(line => JSON.parse(line)).find(plan => plan.id === id)
  const answer = (await service.get(`/v1/plans/${id}`)).json()
  return [last!.after, row, answer].flatMap(plan => [
    ...Object.keys(wordy).filter(name => name in plan),
    ...(plan.citations as object[]).flatMap(citation => 'inferred' in citation ? ['inferred'] : [])
  ])
}

t.test('what is said to be false or of no period is not said, in the log, the answer and the export alike', async t => {
  await service.record(resolution())
  const { plan } = await service.record(decision({ ...wordy, citations }))
  t.strictSame(await saidOf(plan.id), [], 'recorded')
  const reply = await service.patch(`/v1/plans/${plan.id}`, { draft: false, title: 'Tên khác', period: { from: '2021', to: null }, citations }, '"1"')
  t.equal(reply.statusCode, 200, reply.body)
  t.equal((await service.patch(`/v1/plans/${plan.id}`, { targetsIncomplete: false, period: { from: null } }, '"2"')).statusCode, 200)
  t.strictSame(await saidOf(plan.id), [], 'corrected')
  const imported = await importer(service)(ndjson([decision({ code: '667/QĐ-TTg', ...wordy, citations })]))
  t.match(imported.json(), { counts: { created: 1 } }, imported.body)
  t.strictSame(await saidOf(imported.json().entries[0].planId), [], 'imported')
  t.strictSame(await brokenInvariants(service.db), [])
})
