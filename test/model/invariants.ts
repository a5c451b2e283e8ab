import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../../src/db/connect.ts'
import { readCode } from '../../src/domain/code/code.ts'
import { enforce } from '../../src/domain/enforcement.ts'
import { identityOf } from '../../src/domain/identity.ts'
import { issuerKey } from '../../src/domain/issuer/issuer.ts'
import { judge } from '../../src/domain/judge.ts'
import { findFindings } from '../../src/plans/finding.queries.ts'
import { familiesOf } from '../../src/plans/judgement.operations.ts'
import { ownOfStored } from '../../src/plans/own.operations.ts'
import { findPlans } from '../../src/plans/plan.queries.ts'
import { readCitation } from '../../src/plans/reading.operations.ts'
import { answer } from '../../src/plans/surroundings.operations.ts'
import { Surroundings } from '../../src/plans/surroundings.ts'
import { sayOfLog } from './replay.ts'

/** Each finds the rows that must not be. */
const IN_SQL: Record<string, ReturnType<typeof sql>> = {
  'a citation names a plan exactly when it is resolved or a stub': sql`
    select plan_id as row from citations where (cited_id is not null) <> (resolution in ('resolved', 'stub'))`,
  'only an ambiguous citation has candidates, and it has at least one': sql`
    select plan_id as row from citations where (cardinality(candidate_ids) > 0) <> (resolution = 'ambiguous')`,
  'every candidate of a citation is a plan of the register': sql`
    select c.plan_id as row from citations c, unnest(c.candidate_ids) candidate
     where not exists (select from plans p where p.id = candidate)`,
  'a citation is called a stub exactly when the plan it names is one': sql`
    select c.plan_id as row from citations c join plans p on p.id = c.cited_id
     where (c.resolution = 'stub') <> (p.status = 'stub')`,
  'somebody cites every stub': sql`
    select id as row from plans where status = 'stub' and not exists (select from citations where cited_id = plans.id)`,
  'a stub cites nothing, and nothing is found of it': sql`
    select id as row from plans where status = 'stub'
       and (exists (select from citations where plan_id = plans.id) or exists (select from findings where plan_id = plans.id))`,
  'no two plans have one identity': sql`
    select min(id::text) as row from plans where identity is not null group by identity having count(*) > 1`,
  'no circle along implements': sql`
    with recursive up (start, id) as (
      select plan_id, cited_id from citations where relation = 'implements' and cited_id is not null
      union
      select up.start, c.cited_id from up join citations c on c.plan_id = up.id and c.relation = 'implements' and c.cited_id is not null
    ) select start as row from up where start = id`,
  'every plan has an event of its own': sql`
    select id as row from plans where not exists (select from events where events.plan_id = plans.id)`,
  'versions count from 1, and the last event that carries one carries the version that stands': sql`
    select id as row from plans where version < 1
        or version <> (select e.version from events e where e.plan_id = plans.id and e.version is not null order by seq desc limit 1)`,
  'no version of a plan is recorded twice': sql`
    select plan_id as row from events where plan_id is not null and version is not null group by plan_id, version having count(*) > 1`,
  'a plan is nonconforming exactly when an error that nobody waived stands against it': sql`
    select id as row from plans where status <> 'stub' and (status = 'nonconforming') <>
      exists (select from findings f where f.plan_id = plans.id and f.severity = 'error' and not f.waived)`,
  'positions are without gaps': sql`
    select plan_id as row from citations group by plan_id having max(position) + 1 <> count(*)
     union all select plan_id from targets group by plan_id having max(position) + 1 <> count(*)
     union all select plan_id from findings group by plan_id having max(position) + 1 <> count(*)`
}

/**
 * Everything that must hold of a register at rest, whatever was done to it; each broken promise with the plans that break
 * it, none when all is well. Reads the whole register: for tests, and for registers of their size.
 */
export async function brokenInvariants (db: Db): Promise<string[]> {
  return await db.transaction(async tx => {
    const broken: string[] = []
    const say = (promise: string, rows: string[]) => {
      if (rows.length > 0) broken.push(`${promise}: broken by ${rows.length}: ${rows.slice(0, 5).join('; ')}`)
    }
    for (const [promise, query] of Object.entries(IN_SQL)) {
      const { rows } = await tx.execute<{ row: string }>(query)
      say(promise, rows.map(({ row }) => row))
    }
    const { rows } = await tx.execute<{ id: string }>(sql`select id from plans order by id`)
    for (let start = 0; start < rows.length; start += 500) {
      await sayOf(tx, rows.slice(start, start + 500).map(({ id }) => id), say)
    }
    await sayOfLog(tx, say)
    return broken
  }, { isolationLevel: 'repeatable read', accessMode: 'read only' })
}

/** What the pure core says again of what is stored. */
async function sayOf (db: Tx, ids: string[], say: (promise: string, rows: string[]) => void): Promise<void> {
  const { rows } = await db.execute<{ id: string, identity: string | null, canonicalCode: string | null, issuerKey: string | null, issuerId: string | null }>(sql`
    select id, identity, canonical_code as "canonicalCode", issuer_key as "issuerKey", issuer_id as "issuerId" from plans where id = any(${sql.param(ids)}::uuid[])`)
  const stored = await findPlans(db, ids)
  say('identity, canonical code and key of the issuer follow from the plan', rows.filter(row => {
    const { plan } = stored.get(row.id)!
    return row.identity !== (identityOf(plan, row.issuerId ?? undefined) ?? null) ||
      row.canonicalCode !== (plan.code === undefined ? null : readCode(plan.code).code?.canonical ?? null) ||
      row.issuerKey !== (plan.issuer === undefined ? null : issuerKey(plan.issuer))
  }).map(({ id }) => id))

  const registered = [...stored.values()].filter(({ status }) => status !== 'stub')
  const families = await familiesOf(db, registered)
  const found = await findFindings(db, registered.map(({ plan }) => plan.id))
  say('the stored findings are those of judging the plan afresh', registered.flatMap(({ plan, waivers, status }, index) => {
    const fresh = enforce(judge(families[index]!), waivers, { asIssued: true })
    const findings = (list: readonly object[]) => JSON.stringify(list, (_, value) => isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)) : value)
    return findings(fresh.findings) === findings(found.get(plan.id)!) && fresh.status === status ? [] : [plan.id]
  }))

  const surroundings = new Surroundings()
  const own = await answer(db, surroundings, () => surroundings.each(registered, stored => ownOfStored(surroundings, stored)))
  say('no stub waits for a plan that is registered under its identity', own.flatMap(({ stub, identity }, index) =>
    stub !== undefined && stub.identity === identity ? [registered[index]!.plan.id] : []))

  const cited = registered.flatMap(({ plan, readings }) => plan.citations.map((citation, index) => ({ plan, citation, stored: readings[index]! })))
  const readings = await answer(db, surroundings, () => surroundings.each(cited, ({ plan, citation }) => {
    return readCitation(surroundings, { citation, reference: surroundings.referencesOf([citation], plan)[0]!, citingId: plan.id })
  }))
  say('every citation names what reading it afresh finds', cited.flatMap(({ plan, citation, stored }, index) => {
    const fresh = readings[index]!
    const same = fresh.resolution === stored.resolution && fresh.citedId === stored.citedId && String(fresh.candidateIds) === String(stored.candidateIds)
    return same ? [] : [`${plan.id} ${citation.code ?? citation.title} stored ${stored.resolution}, afresh ${fresh.resolution}`]
  }))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
