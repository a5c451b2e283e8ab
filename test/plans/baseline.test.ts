import { sql } from 'drizzle-orm'
import t from 'tap'
import { citeDecision, citeProvincial, decision, department, perYear, provincial, resolution } from '../helpers/bodies.ts'
import { testService } from '../helpers/service.ts'

const { db, record, patch } = await testService(t)

interface Baseline {
  against: string | null
  on: string | null
  at: Date | null
}

/** What the citations of a plan were judged against, in their order. */
async function baselinesOf (planId: string): Promise<Baseline[]> {
  const { rows } = await db.execute<Baseline & Record<string, unknown>>(sql`
    select judged_against as against, judged_on as "on", judged_at as at from citations where plan_id = ${planId} order by position`)
  return rows
}

const poverty = (low: string) => [perYear('poverty', low, '2', { aspirational: true })]

t.test('a plan comes to rest on its parent as it is in force on the day of issue; the content is kept beside it', async t => {
  await record(resolution())
  await record(decision({ targets: poverty('1') }))
  const { plan } = await record(provincial({ citations: [citeDecision, { ...citeDecision, relation: 'basis' }] }))
  const [parent, basis] = await baselinesOf(plan.id)
  t.match(parent, { against: /^[\w-]{43}$/, on: '2022-09-07' })
  t.ok(parent!.at)
  t.strictSame(basis, { against: null, on: null, at: null }, 'only what is implemented is a link')
  const { rows } = await db.execute<{ substance: any }>(sql`select substance from substances where fingerprint = ${parent!.against}`)
  t.match(rows, [{ substance: { targets: { poverty: { indicator: 'multidimensional-poverty-rate' } } } }])
})

t.test('siblings rest on the same content, and one whose parent was amended before it was issued on another', async t => {
  const { plan: parent } = await record(decision({ code: '801/QĐ-TTg', targets: poverty('1') }))
  const cite = { ...citeDecision, code: '801/QĐ-TTg' }
  const [first, second] = [await record(provincial({ code: '201/KH-UBND', citations: [cite] })), await record(provincial({ code: '202/KH-UBND', citations: [cite] }))]
  await record(decision({
    code: '802/QĐ-TTg', issuedOn: '2022-10-01', citations: [{ ...cite, relation: 'amends', changes: { targets: poverty('1.5') } }]
  }))
  const later = await record(provincial({ code: '203/KH-UBND', issuedOn: '2022-11-01', citations: [cite] }))
  const [one, two, three] = (await Promise.all([first, second, later].map(({ plan }) => baselinesOf(plan.id)))).map(([baseline]) => baseline!.against)
  t.equal(one, two)
  t.not(three, one)
  t.ok(parent.id)
})

t.test('it is kept when the parent or the rest of the record is corrected, and set anew with another parent or day of issue', async t => {
  const { plan: parent } = await record(decision({ code: '811/QĐ-TTg', targets: poverty('1') }))
  await record(decision({ code: '812/QĐ-TTg', targets: poverty('1.2') }))
  const { plan } = await record(provincial({ code: '211/KH-UBND', citations: [{ ...citeDecision, code: '811/QĐ-TTg' }] }))
  const [before] = await baselinesOf(plan.id)
  t.equal((await patch(`/v1/plans/${parent.id}`, { targets: poverty('1.7') }, '"1"')).statusCode, 200)
  t.equal((await patch(`/v1/plans/${plan.id}`, { title: 'Tên khác' }, '"1"')).statusCode, 200)
  t.strictSame(await baselinesOf(plan.id), [before])

  t.equal((await patch(`/v1/plans/${plan.id}`, { issuedOn: '2022-09-08' }, '"2"')).statusCode, 200)
  const [moved] = await baselinesOf(plan.id)
  t.match(moved, { on: '2022-09-08' })
  t.not(moved!.against, before!.against, 'the parent is another one by now')

  t.equal((await patch(`/v1/plans/${plan.id}`, { citations: [{ ...citeDecision, code: '812/QĐ-TTg' }] }, '"3"')).statusCode, 200)
  const [other] = await baselinesOf(plan.id)
  t.not(other!.against, moved!.against)
})

t.test('on a stub nothing rests; it is set when the document arrives', async t => {
  const { plan } = await record(department({ code: '31/KH-SVHTTDL', citations: [{ ...citeProvincial, code: '831/KH-UBND' }] }))
  t.strictSame(await baselinesOf(plan.id), [{ against: null, on: null, at: null }])
  await record(provincial({ code: '831/KH-UBND' }))
  t.match(await baselinesOf(plan.id), [{ against: /^[\w-]{43}$/, on: '2022-10-05' }])
})
