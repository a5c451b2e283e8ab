import t from 'tap'
import { citeDecision, citeProvincial, citeResolution, decision, department, provincial, resolution } from '../helpers/bodies.ts'
import { testService } from '../helpers/service.ts'

const { record, get } = await testService(t)

const head = (await record(resolution())).plan
const national = (await record(decision())).plan
const second = (await record(decision({ code: '1705/QĐ-TTg', issuedOn: '2021-10-12' }))).plan
const province = (await record(provincial({
  citations: [citeDecision, { ...citeDecision, code: '1705/QĐ-TTg', issuedOn: '2021-10-12', inferred: true }, { ...citeDecision, relation: 'basis' }]
}))).plan
const agency = (await record(department({ citations: [citeProvincial, { ...citeResolution, relation: 'references' }] }))).plan

const lineage = async (id: string, query = '') => {
  const reply = await get(`/v1/plans/${id}/lineage?${query}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json()
}
const ids = (reply: any) => reply.nodes.map((node: any) => node.id)

t.test('ancestors come nearest first, each once at its shortest distance', async t => {
  const reply = await lineage(agency.id)
  t.strictSame(reply.nodes.map((node: any) => [node.id, node.distance]).sort(), [
    [agency.id, 0], [province.id, 1], [national.id, 2], [second.id, 2], [head.id, 3]
  ].sort())
  t.strictSame(reply.nodes.map((node: any) => node.distance), [0, 1, 2, 2, 3])
  t.equal(reply.truncated, false)
  t.equal(reply.edges.length, 5)
  t.match(reply.edges.find((edge: any) => edge.to === second.id), { from: province.id, relation: 'implements', inferred: true })
})

t.test('depth is exact, and the answer says when there is more', async t => {
  for (const [depth, plans, truncated] of [[1, 2, true], [2, 4, true], [3, 5, false], [50, 5, false]] as const) {
    const reply = await lineage(agency.id, `depth=${depth}`)
    t.equal(reply.nodes.length, plans, `depth ${depth}`)
    t.equal(reply.truncated, truncated, `depth ${depth}`)
  }
  t.strictSame((await lineage(agency.id, 'depth=1')).truncatedAt, [{ direction: 'ancestors', by: 'depth' }])
})

t.test('descendants go one step by default, further on request, both ways together', async t => {
  t.strictSame(ids(await lineage(national.id, 'direction=descendants')), [national.id, province.id])
  t.strictSame(ids(await lineage(national.id, 'direction=descendants&depth=2')), [national.id, province.id, agency.id])
  const both = await lineage(province.id, 'direction=both')
  t.strictSame(both.depth, { ancestors: 50, descendants: 1 })
  t.strictSame(both.nodes.map((node: any) => node.direction), [undefined, 'ancestors', 'ancestors', 'ancestors', 'descendants'])
})

t.test('only the relations that are asked for are walked, and two relations between one pair are two edges', async t => {
  t.strictSame(ids(await lineage(agency.id, 'relations=references')), [agency.id, head.id])
  const two = await lineage(province.id, 'relations=implements,basis&depth=1')
  t.strictSame(two.edges.filter((edge: any) => edge.to === national.id).map((edge: any) => edge.relation).sort(), ['basis', 'implements'])
})

t.test('a limit stops the walk and says so', async t => {
  const reply = await lineage(agency.id, 'limit=3')
  t.equal(reply.nodes.length, 3)
  t.strictSame(reply.truncatedAt, [{ direction: 'ancestors', by: 'limit' }])
  const known = new Set(ids(reply))
  for (const edge of reply.edges) t.ok(known.has(edge.from) && known.has(edge.to), 'no edge leads out of the answer')
})

t.test('targets and findings come along on request', async t => {
  const bare = await lineage(agency.id)
  t.notOk('targets' in bare.nodes[0])
  const whole = await lineage(agency.id, 'include=targets,findings')
  for (const node of whole.nodes) t.ok(Array.isArray(node.targets) && Array.isArray(node.findings))
})

t.test('404 for a plan there is not, 400 for an id that is none or a parameter out of range', async t => {
  t.equal((await get('/v1/plans/019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50/lineage')).statusCode, 404)
  t.equal((await get('/v1/plans/119/lineage')).statusCode, 400)
  for (const query of ['depth=0', 'depth=51', 'depth=1.5', 'direction=up', 'relations=likes', 'limit=5001']) {
    t.equal((await get(`/v1/plans/${agency.id}/lineage?${query}`)).statusCode, 400, query)
  }
})

t.test('every way between two plans is found, shortest first, from either end', async t => {
  const up = (await get(`/v1/paths?from=${agency.id}&to=${head.id}`)).json()
  t.strictSame(new Set(up.paths.map((path: any) => path.planIds.join())), new Set([
    [agency.id, province.id, national.id, head.id].join(), [agency.id, province.id, second.id, head.id].join()
  ]))
  t.ok(up.paths.every((path: any) => path.direction === 'ancestors'))
  const down = (await get(`/v1/paths?from=${head.id}&to=${agency.id}`)).json()
  t.strictSame(down.paths.map((path: any) => [...path.planIds].reverse().join()).sort(), up.paths.map((path: any) => path.planIds.join()).sort())
  const wider = (await get(`/v1/paths?from=${agency.id}&to=${head.id}&relations=implements,references`)).json()
  t.strictSame(wider.paths[0].planIds, [agency.id, head.id])
})

t.test('no way between two plans is an ordinary answer with an empty list; an unknown plan is 404', async t => {
  const reply = await get(`/v1/paths?from=${national.id}&to=${second.id}`)
  t.equal(reply.statusCode, 200)
  t.strictSame(reply.json().paths, [])
  t.equal((await get(`/v1/paths?from=${national.id}&to=019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50`)).statusCode, 404)
})
