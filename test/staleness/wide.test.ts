import { sql } from 'drizzle-orm'
import pg from 'pg'
import t from 'tap'
import { suspectsOf } from '../../src/staleness/suspect.operations.ts'
import { decision, perYear, provincial, resolution } from '../helpers/bodies.ts'
import { amendment, recordCascade } from '../helpers/cascade.ts'
import { testService } from '../helpers/service.ts'

t.test('a wide cascade of long plans comes in pages of some megabytes that miss none and repeat none, whatever the limit', { timeout: 120_000 }, async t => {
  const service = await testService(t)
  const many = (low: string, high: string, inherits: (key: string) => object = () => ({})) => Array.from({ length: 200 }, (_, index) =>
    perYear(`target-${index}`, low, high, { indicator: `indicator-${index}`, ...inherits(`target-${index}`) }))
  await service.record(resolution())
  const { plan: national } = await service.record(decision({ targets: many('1', '1.5') }))
  const { plan: province } = await service.record(provincial({ targets: many('1', '1.5', key => ({ inherits: [{ key, how: 'adopts' }] })) }))
  await service.record(amendment({}, { targets: many('2', '3') }))
  await service.db.execute(sql`
    with made as (
      insert into plans (id, version, status, code, title, issuer, level, issued_on, search_text)
      select gen_random_uuid(), 1, 'conforming', number || '/KH-UBND', title, issuer, level, issued_on, '' from plans, generate_series(1, 49) as number where id = ${province.id}
      returning id), cites as (
      insert into citations (plan_id, position, relation, cited_id, resolution, judged_against, judged_at, judged_on)
      select made.id, 0, relation, cited_id, resolution, judged_against, judged_at, judged_on from citations, made where plan_id = ${province.id} and position = 0)
    insert into targets (plan_id, position, key, indicator, target) select made.id, position, key, indicator, target from targets, made where plan_id = ${province.id}`)
  const found: string[] = []
  const pages: number[] = []
  for (let cursor = ''; pages.length < 50;) {
    const reply = await service.get(`/v1/plans/${national.id}/suspects?asOf=2023-06&limit=1000${cursor}`)
    t.ok(reply.body.length < 2_500_000, `${reply.body.length}`)
    const { suspects, nextCursor } = reply.json()
    t.ok(suspects.every(({ links: [link] }: any) => link.differences.length === 400 && link.targets.length === 200), 'nothing is left out of a plan')
    pages.push(suspects.length)
    found.push(...suspects.map(({ plan }: any) => plan.id))
    if (nextCursor === undefined) break
    cursor = `&cursor=${nextCursor}`
  }
  t.ok(pages.length > 1, 'more than one page')
  t.strictSame([found.length, new Set(found).size], [50, 50])
})

t.test('the differences of one plan that are more than a page holds are left out, and it says so', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  const asked = async (size: number) => (await suspectsOf(service.db, service.national.id, { asOf: '2023-06' }, { limit: 10, size })).reply.suspects
  const [whole] = await asked(100_000)
  t.match(whole, { links: [{ state: 'suspect', differences: [{}, {}], targets: [{}] }] })
  t.notOk('differencesLeftOut' in whole!.links[0]!)
  const cut = await asked(100)
  t.equal(cut.length, 1, 'a page holds one plan at least')
  t.match(cut, [{ links: [{ state: 'suspect', differences: [], differencesLeftOut: true, targets: [], parent: { id: service.national.id } }] }])
})

t.test('above a plan fifty steps are looked at, and the answer says that there is more', async t => {
  const service = await testService(t)
  const { plan: first } = await service.record(resolution())
  let above = first.id
  const ids: string[] = []
  for (let step = 1; step <= 52; step++) {
    const { plan } = await service.record(decision({ code: `${step}/QĐ-TTg`, citations: [{ relation: 'implements', planId: above }] }), { asIssued: true })
    above = plan.id
    ids.push(plan.id)
  }
  const truncated = async (id: string) => (await service.get(`/v1/plans/${id}/suspects`)).json().truncated
  t.equal(await truncated(ids[49]!), false, 'the plan fifty steps above has no parent')
  t.equal(await truncated(ids[51]!), true)
})

t.test('only plans that others rest on are read whole: impact costs the same however many targets the last step has', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  const { query } = pg.Client.prototype
  t.teardown(() => { pg.Client.prototype.query = query })
  const read = new Set<string>()
  pg.Client.prototype.query = function (this: pg.Client, ...args: any[]) {
    const { text = '' } = args[0] as { text?: string }
    if (text.includes('from "targets"')) for (const id of [service.national, service.province, service.agency].map(({ id }) => id)) if (JSON.stringify(args).includes(id)) read.add(id)
    return (query as any).apply(this, args)
  } as typeof query
  t.match((await service.get(`/v1/plans/${service.national.id}/impact?asOf=2023-06`)).json(), { plans: 2, itself: 1, through: 1 })
  t.strictSame([...read].sort(), [service.national.id, service.province.id].sort())
})
