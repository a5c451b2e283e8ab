import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import t from 'tap'
import { bearer, testService } from '../helpers/service.ts'
import { importer } from './importing.ts'

const service = await testService(t)
const send = importer(service)
const { db, get, key } = service

/** Mostly good. */
const mostly = <T>(good: T[], bad: T[]) => fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: fc.constantFrom(...bad) })

/** A row that is a plan, or nearly one: of few codes and issuers, so that rows meet one another and what is held. */
const row = fc.record({
  code: fc.constantFrom('24/2021/QH15', '666/QĐ-TTg', '667/QĐ-TTg', '119/KH-UBND', '7/KH-UBND', 'không số'),
  title: mostly(['Kế hoạch', 'Kế hoạch khác'], ['']),
  issuer: fc.constantFrom('Quốc hội', 'Thủ tướng Chính phủ', 'UBND tỉnh Thái Bình', 'UBND tỉnh'),
  issuedOn: mostly(['2021-07-28', '2022', '2022-09-07'], ['2022-02-30']),
  type: mostly(['resolution', 'decision', 'plan'], ['plna']),
  draft: fc.boolean(),
  period: mostly([{ from: '2021', to: '2025' }], [{ from: '2025', to: '2021' }]),
  citations: fc.array(fc.record({
    relation: fc.constantFrom('implements', 'amends', 'replaces', 'references'),
    code: fc.constantFrom('24/2021/QH15', '666/QĐ-TTg', '119/KH-UBND', '8/KH-UBND'),
    issuer: fc.constantFrom('Quốc hội', 'Thủ tướng Chính phủ', 'UBND tỉnh'),
    issuedOn: fc.constantFrom('2021-07-28', '2022')
  }, { requiredKeys: ['relation', 'code'] }), { maxLength: 3 })
}, { requiredKeys: ['code'] })

const line = fc.oneof({ weight: 20, arbitrary: row.map(value => JSON.stringify(value)) }, { weight: 1, arbitrary: fc.constantFrom('{"code":', '[]', '{"__proto__":1}', '{"code":"1","code":"2"}') })

const run = fc.record({
  before: fc.array(row, { maxLength: 4 }),
  lines: fc.array(line, { minLength: 1, maxLength: 6 }),
  atomic: fc.boolean(),
  strategy: fc.constantFrom('create', 'update', 'upsert'),
  asIssued: fc.boolean()
})

/** All of a report that the file decides: not its id, its times, and the ids of plans that only a commit makes. Plans that were there have a version. */
async function reportOf (url: string) {
  const { counts, state } = (await get(url, bearer(key))).json()
  const { entries } = (await get(`${url}/entries?limit=1000`, bearer(key))).json()
  return {
    state,
    counts,
    entries: entries.map(({ importId, planId, versionBefore, ...entry }: any) => ({ ...entry, ...((entry.outcome === 'refused' || versionBefore !== undefined) && { planId }) }))
  }
}

const isSaid = (message: string) => message.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')

const registerText = async () => JSON.stringify((await db.execute(sql`
  select (select jsonb_agg(p order by p.id) from plans p) as plans, (select jsonb_agg(c order by c.plan_id, c.position) from citations c) as citations,
    (select jsonb_agg(f order by f.plan_id, f.position) from findings f) as findings, (select count(*) from events) as events`)).rows)

t.test('the report of a dry run is that of the commit, for every file, and the dry run changes nothing', { timeout: 100_000 }, async t => {
  let refused = 0
  let recorded = 0
  await fc.assert(fc.asyncProperty(run, async ({ before, lines, atomic, strategy, asIssued }) => {
    await db.execute(sql`delete from citations; delete from plans`)
    await send(before.map(value => JSON.stringify(value)).join('\n') || '\n', '?asIssued=true&atomic=false')
    const held = await registerText()
    const query = `atomic=${atomic}&strategy=${strategy}&asIssued=${asIssued}`
    const dry = await send(lines.join('\n') + '\n', `?mode=validate&${query}`)
    t.equal(await registerText(), held)
    const real = await send(lines.join('\n') + '\n', `?${query}`)
    t.equal(dry.statusCode, 200, dry.body)
    t.equal(real.statusCode, 200, real.body)
    const reports = { dry: await reportOf(dry.json().links.self), real: await reportOf(real.json().links.self) }
    t.equal(isSaid(JSON.stringify(reports.dry)), isSaid(JSON.stringify(reports.real)))
    refused += reports.real.counts.refused
    if (real.json().stored) recorded += reports.real.counts.created + reports.real.counts.updated
  }), { numRuns: Number(process.env['THAC_DRY_RUNS'] ?? 40), seed: Number(process.env['THAC_DRY_SEED'] ?? 20261124) })
  t.comment(`${refused} refused, ${recorded} recorded`)
  t.ok(refused > 10 && recorded > 10, `both happen: ${refused} refused, ${recorded} recorded`)
})
