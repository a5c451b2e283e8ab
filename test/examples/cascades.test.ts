import t from 'tap'
import { recordExamples, testService } from '../helpers/service.ts'

const service = await testService(t)
const said = await recordExamples(service)

const idOf = (name: string): string => said.get(name)!.plan.id
const titled = (words: string) => [...said.keys()].find(name => name.includes(words))!
const read = async (url: string) => {
  const reply = await service.get(url)
  if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.statusCode} ${reply.body}`)
  return reply.json()
}
const findingsOf = async (name: string, filter = ''): Promise<any[]> => (await read(`/v1/plans/${idOf(name)}/findings?limit=100${filter}`)).findings
const plan = async (name: string) => await read(`/v1/plans/${idOf(name)}`)
const both = (finding: { message: { vi: string, en: string } }) => [finding.message.vi, finding.message.en]

/** Each citation as the codes at its ends. */
function edgesOf ({ nodes, edges }: { nodes: { id: string, code: string }[], edges: { from: string, to: string, relation: string }[] }): string[] {
  const code = (id: string) => nodes.find(node => node.id === id)!.code
  return edges.map(({ from, to, relation }) => `${code(from)} ${relation} ${code(to)}`).sort()
}

t.test('the plan of a department of Thái Bình leads up to 24/2021/QH15 through 1705/QĐ-TTg and through 666/QĐ-TTg', async t => {
  const lineage = await read(`/v1/plans/${idOf('55/KH-SVHTTDL')}/lineage`)
  t.same(edgesOf(lineage), [
    '119/KH-UBND implements 1705/QĐ-TTg',
    '119/KH-UBND implements 666/QĐ-TTg',
    '1705/QĐ-TTg implements 24/2021/QH15',
    '55/KH-SVHTTDL implements 119/KH-UBND',
    '666/QĐ-TTg implements 24/2021/QH15'
  ])
  t.same(lineage.nodes.map(({ code, distance, issuedOn }: any) => [distance, code, issuedOn]).sort(), [
    [0, '55/KH-SVHTTDL', undefined],
    [1, '119/KH-UBND', '2022-09-07'],
    [2, '1705/QĐ-TTg', '2021-10-12'],
    [2, '666/QĐ-TTg', '2022-06-02'],
    [3, '24/2021/QH15', '2021-07-28']
  ])
  t.equal(lineage.truncated, false)
})

t.test('“UBND tỉnh” in the plan of a department of Thái Bình is the committee of Thái Bình', async t => {
  const [parent] = (await plan('55/KH-SVHTTDL')).citations
  t.match(parent, { issuer: 'UBND tỉnh', resolution: 'resolved', plan: { id: idOf('119/KH-UBND'), issuer: 'UBND tỉnh Thái Bình' } })
})

t.test('what the article cites besides the parent stands in the lineage as a reference, apart from the way up', async t => {
  const lineage = await read(`/v1/plans/${idOf('55/KH-SVHTTDL')}/lineage?relations=implements,references`)
  t.same(edgesOf(lineage).filter(edge => edge.includes('references')), [
    '55/KH-SVHTTDL references 1705/QĐ-TTg', '55/KH-SVHTTDL references 24/2021/QH15'
  ])
})

t.test('two ways lead from the department to the National Assembly, and both are told', async t => {
  const { paths } = await read(`/v1/paths?from=${idOf('55/KH-SVHTTDL')}&to=${idOf('24/2021/QH15')}`)
  t.same(paths.map(({ direction, planIds }: any) => [direction, planIds.length]), [['ancestors', 4], ['ancestors', 4]])
  t.same(new Set(paths.map(({ planIds }: any) => planIds[2])), new Set([idOf('1705/QĐ-TTg'), idOf('666/QĐ-TTg')]))
})

t.test('a link that no document names is inferred, and a warning says so', async t => {
  const { citations } = await plan('119/KH-UBND')
  t.same(citations.map(({ code, inferred }: any) => [code, inferred]), [['1705/QĐ-TTg', true], ['666/QĐ-TTg', true]])
  const warnings = await findingsOf('119/KH-UBND', '&rule=cites-parent')
  t.match(warnings, [{ severity: 'warning', at: '/citations/0/inferred' }, { severity: 'warning', at: '/citations/1/inferred' }])
})

t.test('the national plan has its five targets, of which three are striven for, and none of its findings is an error', async t => {
  const { targets } = await plan('666/QĐ-TTg')
  t.same(targets.map(({ key, aspirational = false, goal: { amount } }: any) => [key, aspirational, amount.value ?? [amount.low, amount.high], amount.unit]), [
    ['poverty-rate', false, ['1', '1.5'], 'percentage-point'],
    ['ethnic-minority-poverty-rate', false, '3', 'percentage-point'],
    ['poor-districts-out', true, '30', 'percent'],
    ['coastal-communes-out', true, '30', 'percent'],
    ['communes-and-villages-out', true, '50', 'percent']
  ])
  t.equal(targets[1].goal.amount.comparator, 'more-than', 'giảm trên 3%/năm')
  t.same(await findingsOf('666/QĐ-TTg', '&severity=error'), [])
})

t.test('what the national plan is based on and nobody registered is held as a stub', async t => {
  const { citations } = await plan('666/QĐ-TTg')
  t.same(citations.map(({ code, resolution }: any) => [code, resolution]), [
    ['24/2021/QH15', 'resolved'], ['91/2017/NĐ-CP', 'stub'], ['160/NQ-CP', 'stub'], ['01/NQ-CP', 'stub']
  ])
})

t.test('the target of Sóc Trăng is stronger than 1–1.5 % a year, with the arithmetic in the facts and in both sentences', async t => {
  const [ambition] = await findingsOf(titled('Sóc Trăng'), '&rule=target-ambition')
  t.match(ambition, {
    severity: 'info',
    at: '/targets/0',
    facts: {
      verdict: 'stronger',
      parentCode: '666/QĐ-TTg',
      parentText: 'Tỷ lệ nghèo đa chiều duy trì mức giảm 1 - 1,5%/năm',
      comparisons: [{
        better: 'higher',
        unit: 'percentage-point',
        parent: { low: '1', high: '1.5' },
        child: { low: '2', high: '3' },
        ends: [{ end: 'low', child: '2', sign: '>', parent: '1', outcome: 'better' }, { end: 'high', child: '3', sign: '>', parent: '1.5', outcome: 'better' }]
      }]
    }
  })
  t.match(both(ambition), [/1–1,5.*2–3.*2 > 1.*3 > 1,5/s, /1–1\.5.*2–3.*2 > 1.*3 > 1\.5/s])
})

t.test('the plan of Sóc Trăng has neither code nor date, and no reply makes any up', async t => {
  const name = titled('Sóc Trăng')
  const replies = [said.get(name)!.plan, await plan(name), (await read(`/v1/plans/${idOf(name)}/lineage`)).nodes[0]]
  for (const reply of replies) {
    for (const unknown of ['code', 'canonicalCode', 'issuedOn']) t.notOk(unknown in reply, `${unknown} is absent`)
  }
})

t.test('Vũng Tàu goes below 0.54 % and doubles the income of poor households, in exact numbers', async t => {
  const { targets } = await plan('7484/KH-UBND')
  t.match(targets, [
    { goal: { measure: 'level', by: '2020-12-31', amount: { comparator: 'less-than', value: '0.54', unit: 'percent' } } },
    { goal: { measure: 'multiple', by: '2020-12-31', baseline: { on: '2015-12-31' }, amount: { value: '2', unit: 'times' } } }
  ])
})

t.test('Vũng Tàu cites its parent without a date: a warning names what is missing, and the parent is found all the same', async t => {
  t.match(await findingsOf('7484/KH-UBND', '&severity=warning'), [
    { rule: 'cites-parent', at: '/citations/0', facts: { missing: ['issuedOn'] } }
  ])
  const { citations: [parent] } = await plan('7484/KH-UBND')
  t.match(parent, { resolution: 'resolved', plan: { id: idOf('124/KH-UBND') } })
  t.notOk('issuedOn' in parent, 'the date stays unknown')
  t.notOk('issuedOn' in parent.plan, 'and so does the date of the parent')
})

t.test('the plan of Bù Gia Mập is older than 666/QĐ-TTg, and the error says both dates', async t => {
  const [error, ...others] = await findingsOf(titled('Đẩy mạnh'), '&severity=error')
  t.same(others, [])
  t.match(error, { rule: 'parent-in-force', at: '/citations/0', facts: { issuedOn: '2022-03-09', parentIssuedOn: '2022-06-02' } })
  t.match(error.message.vi, /09\/3\/2022.*666\/QĐ-TTg.*02\/6\/2022/)
  t.match(error.message.en, /2022-03-09.*666\/QĐ-TTg.*2022-06-02/)
})

t.test('the document of Bù Gia Mập has no code and no type, and stands in the register as nonconforming', async t => {
  const found = await plan(titled('Đẩy mạnh'))
  t.equal(found.status, 'nonconforming')
  t.equal(found.level, 'district', 'which its issuer tells')
  for (const unknown of ['code', 'canonicalCode', 'type']) t.notOk(unknown in found, `${unknown} is absent`)
})

t.test('422 with the error when the document of Bù Gia Mập is sent without being recorded as issued', async t => {
  const { title, issuer, issuedOn, citations: [{ relation, code, issuer: parentIssuer, issuedOn: parentIssuedOn }] } = await plan(titled('Đẩy mạnh'))
  const reply = await service.post('/v1/plans', {
    title: `${title} (bản khác)`, issuer, issuedOn, citations: [{ relation, code, issuer: parentIssuer, issuedOn: parentIssuedOn }], targetsIncomplete: true
  })
  t.equal(reply.statusCode, 422, reply.body)
  t.ok(reply.json().findings.some(({ rule, severity }: any) => rule === 'parent-in-force' && severity === 'error'))
})

t.test('no reply about any of the cascades holds a null', async t => {
  for (const name of said.keys()) {
    for (const url of ['', '/lineage?direction=both&include=targets,findings', '/findings']) {
      t.notMatch((await service.get(`/v1/plans/${idOf(name)}${url}`)).body, /:null/, `${name} ${url}`)
    }
  }
})
