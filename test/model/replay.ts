import { isDeepStrictEqual } from 'node:util'
import { asc, sql } from 'drizzle-orm'
import type { Tx } from '../../src/db/connect.ts'
import { events } from '../../src/db/schema.ts'
import { findFindings } from '../../src/plans/finding.queries.ts'
import { findPlans } from '../../src/plans/plan.queries.ts'

type Say = (promise: string, rows: string[]) => void

/** What the log says of one plan, event after event. */
interface Told {
  plan?: any
  status?: string
  findings?: unknown
  waivers?: unknown
  gone?: boolean
}

const MEMBERS = ['status', 'findings', 'waivers'] as const

/** The log and the state tell the same, because they commit together: nothing is there that no event tells of. */
export async function sayOfLog (tx: Tx, say: Say): Promise<void> {
  for (const [kind, key] of [['plans', 'id'], ['citations', 'plan_id'], ['targets', 'plan_id'], ['findings', 'plan_id'], ['waivers', 'plan_id']] as const) {
    const [table, past, plan] = [sql`${sql.identifier('public')}.${sql.identifier(kind)}`, sql`past.${sql.identifier(kind)}`, sql.identifier(key)]
    const { rows } = await tx.execute<{ row: string }>(sql`
      select distinct ${plan} || ' at ' || moment || coalesce(' beside ' || (select string_agg(distinct e.type, ', ') from events e where e.at = moment), '') as row
        from (select ${plan}, known_from as moment from ${table}
              union all select ${plan}, known_from from ${past} union all select ${plan}, known_to from ${past}) ever
       where not exists (select from events e where e.plan_id = ${plan} and e.at = moment)`)
    say(`no row of ${kind} comes, changes or goes without an event of its plan at that moment`, rows.map(({ row }) => row))
  }
  const { rows: untold } = await tx.execute<{ row: string }>(sql`
    select id as row from reviews where not exists (
      select from events e where e.plan_id = reviews.plan_id and e.at = reviews.known_from and e.type = 'plan.reviewed' and e.after->>'id' = reviews.id::text)`)
  say('every review has its event', untold.map(({ row }) => row))

  const told = await replay(tx)
  const ids = [...told].filter(([, { gone }]) => gone !== true).map(([id]) => id)
  const [stored, findings] = [await findPlans(tx, ids), await findFindings(tx, ids)]
  say('replaying the log gives the plans', ids.filter(id => !isDeepStrictEqual(told.get(id)!.plan, plain(stored.get(id)?.plan))))
  say('replaying the log gives the verdicts', ids.filter(id => {
    const { status, findings: last } = told.get(id)!
    return (status !== undefined && status !== stored.get(id)?.status) || (last !== undefined && !isDeepStrictEqual(last, plain(findings.get(id))))
  }))
  say('replaying the log gives the waivers', ids.filter(id => {
    const { waivers } = told.get(id)!
    const essence = (list: any) => (list ?? []).map(({ rule, at, reason }: any) => [rule, at, reason])
    return waivers !== undefined && !isDeepStrictEqual(essence(waivers), essence(stored.get(id)?.waivers))
  }))
}

/** Each event says what its plan is afterwards; one without `after` that has `before` says that it is no more. */
async function replay (tx: Tx): Promise<Map<string, Told>> {
  const told = new Map<string, Told>()
  for (const { planId, type, before, after } of await tx.select().from(events).orderBy(asc(events.seq))) {
    if (planId === null) continue
    const known = told.get(planId) ?? {}
    const said = after as any
    if (/removed|merged/.test(type) || (said === null && before !== null)) {
      told.set(planId, { gone: true })
    } else if (Array.isArray(said?.citations)) {
      const plan = Object.fromEntries(Object.entries(said).filter(([name]) => !(MEMBERS as readonly string[]).includes(name)))
      // A plan that is told anew has the verdict that is told with it.
      told.set(planId, { plan, ...Object.fromEntries(MEMBERS.flatMap(name => said[name] === undefined ? [] : [[name, said[name]]])) })
    } else if (type === 'plan.judged') {
      told.set(planId, { ...known, status: said.status, findings: said.findings })
    }
  }
  return told
}

/** As it comes back from jsonb. */
const plain = (value: unknown): unknown => value === undefined ? undefined : JSON.parse(JSON.stringify(value))
