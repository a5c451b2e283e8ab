import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { plans } from '../db/schema.ts'
import { type CodeKey, type Whose, partsOf } from './code-key.ts'
import { type KnownPlan, known, toKnownPlan } from './plan.queries.ts'

/** Plans by lists of values, a look into an index for each: a join would be planned by how many rows the table seems to have. */
const lookedUp = (columns: Record<string, string[]>, where: SQL): SQL => {
  const lists = sql.join(Object.values(columns).map(list => sql`${sql.param(list)}::text[]`), sql`, `)
  const names = sql.join(Object.keys(columns).map(name => sql.identifier(name)), sql`, `)
  return sql`select found.id from unnest(${lists}) as wanted (${names}), lateral (select id from ${plans} where ${where} offset 0) as found`
}

/**
 * Every plan, stubs included, that stands under one of these codes or identities. Each way is a query of its own within
 * one statement: with OR the planner would read the whole table.
 */
export async function findAlike (db: Db | Tx, keys: readonly CodeKey[], identities: readonly string[]): Promise<KnownPlan[]> {
  const parts = keys.map(partsOf)
  const by = (whose: Whose, andWhose: SQL): SQL[] => {
    const wanted = parts.filter(part => part.whose === whose)
    const columns = { code: wanted.map(({ code }) => code), issuer: wanted.map(({ issuer }) => issuer) }
    return wanted.length === 0 ? [] : [lookedUp(columns, sql`${plans.canonicalCode} = wanted.code ${andWhose}`)]
  }
  const ids: SQL[] = [
    ...identities.length === 0 ? [] : [lookedUp({ identity: [...identities] }, sql`${plans.identity} = wanted.identity`)],
    ...by('key', sql`and ${plans.issuerKey} = wanted.issuer`),
    ...by('organization', sql`and ${plans.issuerId} = wanted.issuer`),
    ...by('unknown', sql`and ${plans.issuerKey} is null`),
    ...by('anyone', sql``)
  ]
  if (ids.length === 0) return []
  const rows = await db.select(known).from(plans).where(sql`${plans.id} = any(array(${sql.join(ids, sql` union `)}))`).orderBy(plans.id)
  return rows.map(toKnownPlan)
}
