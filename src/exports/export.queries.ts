import { type SQL, and, asc, eq, gt, inArray, isNotNull, ne } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { citations, plans } from '../db/schema.ts'
import { issuerKey } from '../domain/issuer/issuer.ts'

export interface ExportFilters {
  /** The issuer by name, in any spelling. */
  issuer?: string
  /** The issuer as an organization. */
  issuerId?: string
}

/** Registered plans after one id, in the order of their ids: the next page of all that fit. */
export async function listRegisteredIds (
  db: Db | Tx, filters: ExportFilters, { after, limit }: { after: string | undefined, limit: number }
): Promise<string[]> {
  const rows = await db.select({ id: plans.id }).from(plans)
    .where(and(after === undefined ? undefined : gt(plans.id, after), ...conditions(filters)))
    .orderBy(asc(plans.id)).limit(limit)
  return rows.map(({ id }) => id)
}

/** Those of these ids that are registered plans and fit, in order. */
export async function findRegisteredIds (db: Db | Tx, filters: ExportFilters, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db.select({ id: plans.id }).from(plans).where(and(inArray(plans.id, ids), ...conditions(filters))).orderBy(asc(plans.id))
  return rows.map(({ id }) => id)
}

/** Whether the register knows a plan of this issuer, be it only as a stub; the name in any spelling. */
export async function hasIssued (db: Db | Tx, issuer: string): Promise<boolean> {
  const rows = await db.select({ id: plans.id }).from(plans).where(eq(plans.issuerKey, issuerKey(issuer))).limit(1)
  return rows.length > 0
}

/** A stub is not exported: it follows from the citations that name it. */
const conditions = ({ issuer, issuerId }: ExportFilters): (SQL | undefined)[] => [
  ne(plans.status, 'stub'),
  issuer === undefined ? undefined : eq(plans.issuerKey, issuerKey(issuer)),
  issuerId === undefined ? undefined : eq(plans.issuerId, issuerId)
]

/** Whatever these plans cite, each once, stubs included. */
export async function findCitedIds (db: Db | Tx, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db.selectDistinct({ id: citations.citedId }).from(citations)
    .where(and(inArray(citations.planId, ids), isNotNull(citations.citedId)))
  return rows.map(({ id }) => id!)
}

/** The plans that implement one of these, each once. */
export async function findChildIds (db: Db | Tx, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db.selectDistinct({ id: citations.planId }).from(citations)
    .where(and(inArray(citations.citedId, ids), eq(citations.relation, 'implements')))
  return rows.map(({ id }) => id)
}
