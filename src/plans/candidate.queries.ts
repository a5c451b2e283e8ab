import { type SQL, eq, sql } from 'drizzle-orm'
import { isAmongTexts } from '../db/among.ts'
import type { Db, Tx } from '../db/connect.ts'
import { plans } from '../db/schema.ts'
import { type CodeKey, type Whose, partsOf } from './code-key.ts'
import { type KnownPlan, known, toKnownPlan } from './plan.queries.ts'

/**
 * Every plan, stubs included, that stands under one of these codes or identities. Each way is a query of its own within
 * one statement: with OR the planner would read the whole table.
 */
export async function findAlike (db: Db | Tx, keys: readonly CodeKey[], identities: readonly string[]): Promise<KnownPlan[]> {
  const parts = keys.map(partsOf)
  const of = (whose: Whose) => parts.filter(part => part.whose === whose)
  const [byKey, byOrganization, ofUnknown, ofAnyone] = [of('key'), of('organization'), of('unknown'), of('anyone')]
  const wanted = (list: typeof parts) => sql`unnest(${sql.param(list.map(({ code }) => code))}::text[], ${sql.param(list.map(({ issuer }) => issuer))}::text[]) as wanted (code, issuer)`
  const ids: SQL[] = [
    ...identities.length === 0 ? [] : [sql`select id from ${plans} where ${isAmongTexts(plans.identity, identities)}`],
    ...byKey.length === 0 ? [] : [sql`select id from ${wanted(byKey)} join ${plans} on ${plans.canonicalCode} = wanted.code and ${plans.issuerKey} = wanted.issuer`],
    ...byOrganization.length === 0 ? [] : [sql`select id from ${wanted(byOrganization)} join ${plans} on ${plans.canonicalCode} = wanted.code and ${plans.issuerId} = wanted.issuer`],
    ...ofUnknown.length === 0 ? [] : [sql`select id from ${plans} where ${isAmongTexts(plans.canonicalCode, ofUnknown.map(({ code }) => code))} and ${plans.issuerKey} is null`],
    ...ofAnyone.length === 0 ? [] : [sql`select id from ${plans} where ${isAmongTexts(plans.canonicalCode, ofAnyone.map(({ code }) => code))}`]
  ]
  if (ids.length === 0) return []
  const rows = await db.select(known).from(plans)
    .innerJoin(sql`(${sql.join(ids, sql` union `)}) as alike`, eq(plans.id, sql`alike.id`)).orderBy(plans.id)
  return rows.map(toKnownPlan)
}
