import { type SQL, and, asc, eq, gt, isNull, like, or, sql } from 'drizzle-orm'
import { isAmongTexts } from '../db/among.ts'
import type { Db } from '../db/connect.ts'
import { plans } from '../db/schema.ts'
import { readCode } from '../domain/code/code.ts'
import type { DocumentType } from '../domain/document-type.ts'
import { issuerKey } from '../domain/issuer/issuer.ts'
import type { Level } from '../domain/level.ts'
import type { Period } from '../domain/partial-date.ts'
import { searchable } from '../domain/sought.ts'
import type { Status } from '../domain/status.ts'
import { fold } from '../domain/text.ts'

export interface PlanFilters {
  code?: string
  issuer?: string
  /** The key of the issuer, for whoever has read its name already. */
  issuerKey?: string
  /** Plans of any of these organizations. */
  issuerIds?: string[]
  level?: Level
  type?: DocumentType
  programme?: string
  /** Plans issued in this year, and plans of which the year is not known. */
  issuedInYear?: number
  /** Plans whose period has a year in common with this one; a plan without a period never matches. */
  period?: { fromYear: number, toYear: number }
  status?: Status
  text?: string
}

export interface ListedPlan {
  id: string
  code?: string
  canonicalCode?: string
  issuerKey?: string
  issuerId?: string
  type?: DocumentType
  title?: string
  issuer?: string
  level?: Level
  issuedOn?: string
  period?: Period
  programme?: string
  status: Status
}

/**
 * A page in the order in which the register came to know the plans, beginning after `after`. Every filter has an index
 * that ends in the id, so a page costs what it shows.
 */
export async function listPlans (db: Db, filters: PlanFilters, { after, limit }: { after?: string, limit: number }): Promise<ListedPlan[]> {
  const { code, level, type, programme, period, status, text, issuer, issuedInYear } = filters
  const key = filters.issuerKey ?? (issuer === undefined ? undefined : issuerKey(issuer))
  const conditions: (SQL | undefined)[] = [
    after === undefined ? undefined : gt(plans.id, after),
    // A code that nobody can read is looked for as it is printed.
    code === undefined ? undefined : eq(plans.canonicalCode, readCode(code).code?.canonical ?? code),
    key === undefined ? undefined : eq(plans.issuerKey, key),
    filters.issuerIds === undefined ? undefined : isAmongTexts(plans.issuerId, filters.issuerIds),
    level === undefined ? undefined : eq(plans.level, level),
    type === undefined ? undefined : eq(plans.type, type),
    programme === undefined ? undefined : eq(plans.programmeKey, fold(programme)),
    status === undefined ? undefined : eq(plans.status, status),
    // A year inside the code (24/2021/QH15) counts where the date is not known; the caller compares it.
    issuedInYear === undefined ? undefined : or(isNull(plans.issuedOn), like(plans.issuedOn, `${issuedInYear}%`)),
    period === undefined ? undefined : sql`${plans.periodYears} && int4range(${period.fromYear}, ${period.toYear}, '[]')`,
    ...(text === undefined ? [] : contains(text))
  ]
  const rows = await db.select().from(plans).where(and(...conditions)).orderBy(asc(plans.id)).limit(limit)
  return rows.map(row => {
    const period = { ...(row.periodFrom !== null && { from: row.periodFrom }), ...(row.periodTo !== null && { to: row.periodTo }) }
    return {
      id: row.id,
      ...(row.code !== null && { code: row.code }),
      ...(row.canonicalCode !== null && { canonicalCode: row.canonicalCode }),
      ...(row.issuerKey !== null && { issuerKey: row.issuerKey }),
      ...(row.issuerId !== null && { issuerId: row.issuerId }),
      ...(row.type !== null && { type: row.type as DocumentType }),
      ...(row.title !== null && { title: row.title }),
      ...(row.issuer !== null && { issuer: row.issuer }),
      ...(row.level !== null && { level: row.level }),
      ...(row.issuedOn !== null && { issuedOn: row.issuedOn }),
      ...(Object.keys(period).length > 0 && { period }),
      ...(row.programme !== null && { programme: row.programme }),
      status: row.status
    }
  })
}

/** Every word, in any order; folding leaves nothing in a word that LIKE reads as a pattern. No word at all finds nothing. */
function contains (text: string): SQL[] {
  const words = searchable(text).split(' ').filter(word => word !== '')
  return words.length === 0 ? [sql`false`] : words.map(word => like(plans.searchText, `%${word}%`))
}
