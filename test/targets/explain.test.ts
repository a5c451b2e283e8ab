import t from 'tap'
import { thac } from '../cli/thac.ts'
import { citeDecision, citeProvincial, decision, department, perYear, provincial, resolution } from '../helpers/bodies.ts'
import { testService } from '../helpers/service.ts'

const service = await testService(t)
const { record, get, patch, url } = service

const poverty = (low: string, high: string, over: object = {}) => perYear('poverty', low, high, over)

const head = (await record(resolution({ targets: [poverty('1', '1.5', { text: 'Tỷ lệ nghèo đa chiều giảm 1 - 1,5%/năm' })] }))).plan
const national = (await record(decision({ targets: [poverty('1', '1.5'), perYear('minorities', '3', '4', { scope: 'ethnic-minorities' })] }))).plan

const explain = async (id: string) => (await get(`/v1/plans/${id}/explain`)).json()

/** Sends the correction as the answer gives it. */
const obey = async ({ method, path, ifMatch, body }: any) => {
  t.equal(method, 'PATCH')
  return await patch(path, body, ifMatch)
}

t.test('a red plan is explained by its path, both texts and the arithmetic, and the PATCH it offers clears it', async t => {
  const { plan } = await record(provincial({ targets: [poverty('0.5', '0.8', { text: 'Giảm nghèo 0,5-0,8%/năm' })], period: { from: '2021', to: '2026' } }), { asIssued: true })
  const said = await explain(plan.id)
  t.match(said, { plan: { id: plan.id, status: 'nonconforming' }, standing: { error: 3, warning: 0 }, truncated: false })
  const by = new Map(said.explanations.map((one: any) => [one.finding.rule, one])) as Map<string, any>
  t.strictSame([...by.keys()], ['period-within', 'targets-inherited', 'target-ambition'])
  const weaker = by.get('target-ambition')
  t.match(weaker, {
    rule: { summary: { vi: String, en: String }, waivable: true },
    concerns: { id: national.id },
    sides: { what: { vi: 'tỷ lệ nghèo đa chiều' }, own: { vi: '“Giảm nghèo 0,5-0,8%/năm” (giảm 0,5–0,8 điểm %/năm)' }, parent: { vi: 'giảm 1–1,5 điểm %/năm' } },
    finding: { facts: { comparisons: [{ ends: [{ child: '0.5', sign: '<', parent: '1' }, {}] }] } },
    changes: [{ at: '/targets/0/goal/amount', value: { comparator: 'between', low: '1', high: '1.5' }, message: { vi: 'Đặt lại thành 1–1,5 điểm %/năm.' } }],
    waiver: { rule: 'target-ambition', at: '/targets/0' }
  })
  t.strictSame(weaker.path.map((one: any) => one.id), [plan.id, national.id, head.id], 'on to where the target comes from')
  t.match(by.get('period-within'), { sides: { what: { vi: 'giai đoạn' }, own: { vi: '2021–2026' }, parent: { vi: '2021–2025' } }, changes: [{ at: '/period/to', value: '2025' }] })
  const missing = by.get('targets-inherited')
  t.match(missing, { sides: { parent: { vi: 'giảm 3–4 điểm %/năm' } }, changes: [{ at: '/targets/-', value: { inherits: [{ plan: '666/QĐ-TTg', key: 'minorities', how: 'by-reference' }] } }] })
  t.notOk('own' in missing.sides, 'the plan says nothing of it')

  const reply = await obey(said.correction)
  t.equal(reply.statusCode, 200, reply.body)
  t.equal(reply.json().plan.status, 'conforming')
  t.match(await explain(plan.id), { standing: { error: 0, warning: 0 }, explanations: [] })
})

t.test('a waiver as it is offered, with a reason, clears the finding as well', async t => {
  const { plan } = await record(provincial({ code: '121/KH-UBND', issuer: 'UBND tỉnh Nam Định', targets: [poverty('0.5', '0.8'), perYear('minorities', '3', '4', { scope: 'ethnic-minorities' })] }), { asIssued: true })
  const [{ waiver }] = (await explain(plan.id)).explanations
  const reply = await patch(`/v1/plans/${plan.id}`, { waivers: [{ ...waiver, reason: 'Tỉnh đã gần như không còn hộ nghèo.' }] }, `"${plan.version}"`)
  t.equal(reply.json().plan.status, 'conforming')
  t.strictSame((await explain(plan.id)).explanations, [], 'what is waived does not stand')
})

t.test('what only the issuer can know has both sides and no change', async t => {
  const { plan } = await record(provincial({ code: '122/KH-UBND', issuedOn: '2022-01-01', targets: [poverty('1', '1.5'), perYear('minorities', '3', '4', { scope: 'ethnic-minorities' })] }), { asIssued: true })
  const said = await explain(plan.id)
  t.match(said.explanations, [{ finding: { rule: 'parent-in-force' }, sides: { what: { vi: 'ngày ban hành' }, own: { vi: '01/01/2022' }, parent: { vi: '02/6/2022' } }, changes: [] }])
  t.notOk('correction' in said)
})

t.test('of a record that is known to lack targets nothing is made up', async t => {
  const { plan } = await record(provincial({ code: '127/KH-UBND', issuer: 'UBND tỉnh Hải Dương', targetsIncomplete: true }))
  const said = await explain(plan.id)
  t.match(said, { standing: { error: 0, warning: 2 }, explanations: [{ finding: { rule: 'targets-inherited' }, changes: [] }, { changes: [] }] })
  t.notOk('correction' in said)
})

t.test('a link that leads nowhere, a table of years and a later deadline are led to what the parent has', async t => {
  const level = (value: string, by: string) => ({ measure: 'level', by, amount: { comparator: 'equal', value, unit: 'percent' } })
  const series = (first: string) => ({ measure: 'series', series: [[2022, first], [2023, '94']].map(([year, value]) => ({ year, amount: { comparator: 'equal', value, unit: 'percent' } })) })
  const cite = { ...citeDecision, code: '701/QĐ-TTg' }
  await record(decision({
    code: '701/QĐ-TTg',
    targets: [
      { key: 'insurance', indicator: 'health-insurance-coverage-rate', goal: series('92.6') },
      { key: 'rural', indicator: 'new-rural-communes-share', goal: level('50', '2024') },
      poverty('1', '1.5')
    ]
  }))
  const { plan } = await record(provincial({
    code: '123/KH-UBND',
    citations: [cite],
    targets: [
      { key: 'insurance', indicator: 'health-insurance-coverage-rate', goal: series('91') },
      { key: 'rural', indicator: 'new-rural-communes-share', goal: level('50', '2025') },
      poverty('1', '1.5', { inherits: [{ plan: '701/QĐ-TTg', key: 'povrety', how: 'adopts' }] })
    ]
  }), { asIssued: true })
  const said = await explain(plan.id)
  t.strictSame(said.explanations.flatMap((one: any) => one.changes.map((change: any) => change.at)).sort(),
    ['/targets/0/goal/series/0/amount', '/targets/1/goal/by', '/targets/2/inherits/0'])
  const reply = await obey(said.correction)
  t.equal(reply.json().plan?.status, 'conforming', reply.body)
})

t.test('two parents that ask for different values are both met by the higher one, in whatever order they are cited', async t => {
  const asking = async (code: string, low: string, high: string) => {
    await record(decision({ code, targets: [poverty(low, high)] }))
    return { ...citeDecision, code }
  }
  const cites = [await asking('703/QĐ-TTg', '2', '3'), await asking('704/QĐ-TTg', '1', '1.5')]
  for (const [index, citations] of [cites, cites.toReversed()].entries()) {
    const { plan } = await record(provincial({ code: `${130 + index}/KH-UBND`, citations, targets: [poverty('0.5', '0.8')] }), { asIssued: true })
    const said = await explain(plan.id)
    t.match(said.explanations, [{ changes: [{ value: { low: '2', high: '3' } }] }, { changes: [{ value: { low: '2', high: '3' } }] }])
    t.equal((await obey(said.correction)).json().plan.status, 'conforming')
  }
})

t.test('a share over a cap is lowered to what was left', async t => {
  const leaving = (value: string, over: object) => ({ key: 'leaving', indicator: 'households-leaving-poverty', goal: { measure: 'level', amount: { comparator: 'equal', value, unit: 'household' } }, ...over })
  await record(decision({ code: '702/QĐ-TTg', targets: [leaving('100', { allocation: { cap: true } })] }), { asIssued: true })
  const share = (number: number, value: string) => provincial({
    code: `${number}/KH-UBND`, citations: [{ ...citeDecision, code: '702/QĐ-TTg' }], targets: [leaving(value, { inherits: [{ plan: '702/QĐ-TTg', key: 'leaving', how: 'allocated' }] })]
  })
  await record(share(124, '60'))
  const { plan } = await record(share(125, '50'), { asIssued: true })
  const said = await explain(plan.id)
  t.match(said.explanations[0], { finding: { rule: 'allocation-sum', severity: 'error' }, changes: [{ value: { value: '40', unit: 'household' } }] })
  t.equal((await obey(said.correction)).json().plan.status, 'conforming')
})

t.test('404 for a plan there is not; a stub and a plan without faults have nothing to explain', async t => {
  t.equal((await get('/v1/plans/019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50/explain')).statusCode, 404)
  t.match(await explain(head.id), { explanations: [], standing: { error: 0 } })
  const { plan } = await record(department({ citations: [{ ...citeProvincial, code: '999/KH-UBND' }] }))
  t.match(await explain(plan.citations[0].plan.id), { plan: { status: 'stub' }, explanations: [] })
})

t.test('thac explain shows a clerk both texts and a command to copy, ends with 3, and gives JSON to a program', async t => {
  const { plan } = await record(provincial({
    code: '126/KH-UBND', issuer: 'UBND tỉnh Hà Nam', targets: [poverty('0.5', '0.8'), perYear('minorities', '3', '4', { scope: 'ethnic-minorities' })]
  }), { asIssued: true })
  const env = { DATABASE_URL: url }
  const shown = await thac(['explain', '126/KH-UBND', 'Hà', 'Nam', '--table', '--lang', 'vi'], env)
  t.equal(shown.code, 3, shown.stderr)
  t.match(shown.stdout, /^lỗi target-ambition \/targets\/0$/m)
  t.match(shown.stdout, /^ {2}Từ văn bản này lên: 126\/KH-UBND → 666\/QĐ-TTg → 24\/2021\/QH15$/m)
  t.match(shown.stdout, /^ {2}tỷ lệ nghèo đa chiều\n {4}văn bản này {2}giảm 0,5–0,8 điểm %\/năm\n {4}666\/QĐ-TTg {3}giảm 1–1,5 điểm %\/năm$/m)
  t.match(shown.stdout, /^ {2}Sửa: Đặt lại thành 1–1,5 điểm %\/năm\. \/targets\/0\/goal\/amount$/m)
  t.match(shown.stdout, new RegExp(`^curl -X PATCH "\\$THAC_URL/v1/plans/${plan.id}" .*-H 'If-Match: "1"'.* -d '\\{"targets":`, 'm'))
  t.equal(shown.stderr, 'Có 1 lỗi và 0 cảnh báo.\n')
  const piped = await thac(['explain', plan.id], env)
  t.strictSame([piped.code, piped.stderr], [3, ''])
  t.strictSame(JSON.parse(piped.stdout), await explain(plan.id))
  const sound = await thac(['explain', '666/QĐ-TTg', '--table', '--lang', 'en'], env)
  t.strictSame([sound.code, sound.stderr.trim()], [0, 'No error stands; warnings: 0.'])
})
