import { type SQL, and, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Db, Tx } from '../db/connect.ts'
import { ORIGINS, organizationSuccessions, organizations } from '../db/schema.ts'
import type { Organization, Succession } from '../domain/organization/organization.ts'

export type Origin = (typeof ORIGINS)[number]

export type StoredOrganization = Organization & { origin: Origin }

export type StoredSuccession = Succession & { origin: Origin }

/** Those of the ids that are held, ordered by id as code units are, whatever the collation of the database. */
export async function findOrganizations (db: Db | Tx, ids: readonly string[]): Promise<StoredOrganization[]> {
  if (ids.length === 0) return []
  const rows = await db.select().from(organizations).where(isAmong(organizations.id, ids))
  return rows.map(toOrganization).sort((a, b) => a.id < b.id ? -1 : 1)
}

/** The successions between two of the ids, in order. */
export async function findSuccessions (db: Db | Tx, ids: readonly string[]): Promise<StoredSuccession[]> {
  if (ids.length < 2) return []
  const rows = await db.select().from(organizationSuccessions)
    .where(and(isAmong(organizationSuccessions.predecessorId, ids), isAmong(organizationSuccessions.successorId, ids)))
  const key = ({ predecessorId, successorId }: StoredSuccession) => `${predecessorId} ${successorId}`
  return rows.map(toSuccession).sort((a, b) => key(a) < key(b) ? -1 : 1)
}

/** All that is held: for loading, which judges it whole, and for whoever has thousands of names to read. */
export async function findEverything (tx: Db | Tx): Promise<{ organizations: StoredOrganization[], successions: StoredSuccession[] }> {
  const [bodies, steps] = [await tx.select().from(organizations), await tx.select().from(organizationSuccessions)]
  return { organizations: bodies.map(toOrganization), successions: steps.map(toSuccession) }
}

/** One parameter for the whole list: a list of parameters ends at 65,535. */
const isAmong = (column: AnyPgColumn, ids: readonly string[]): SQL => sql`${column} = any(${sql.param([...ids])}::text[])`

export function toOrganization (row: typeof organizations.$inferSelect): StoredOrganization {
  return {
    id: row.id,
    name: row.name,
    aliases: row.aliases,
    kind: row.kind,
    level: row.level,
    symbols: row.symbols,
    ...(row.validFrom !== null && { validFrom: row.validFrom }),
    ...(row.validTo !== null && { validTo: row.validTo }),
    ...(row.superiorId !== null && { superiorId: row.superiorId }),
    ...(row.functionalSuperiorId !== null && { functionalSuperiorId: row.functionalSuperiorId }),
    ...(row.areaId !== null && row.areaName !== null && row.areaType !== null && {
      area: {
        id: row.areaId,
        ...(row.areaCode !== null && { code: row.areaCode }),
        ...(row.areaCodeVerified !== null && { codeVerified: row.areaCodeVerified }),
        name: row.areaName,
        type: row.areaType
      }
    }),
    ...(row.electronicCodes !== null && { electronicCodes: row.electronicCodes }),
    source: row.source,
    origin: row.origin
  }
}

const toSuccession = (row: typeof organizationSuccessions.$inferSelect): StoredSuccession => ({
  predecessorId: row.predecessorId,
  successorId: row.successorId,
  on: row.on,
  kind: row.kind,
  source: row.source,
  origin: row.origin
})
