import { type SQL, and, asc, eq, gt, gte, lte, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { organizationNames, organizations } from '../db/schema.ts'
import type { IssuerKind } from '../domain/issuer/issuer-words.ts'
import type { Level } from '../domain/level.ts'
import { nameKey } from '../domain/organization/organization-key.ts'
import type { AreaType, Validity } from '../domain/organization/organization.ts'
import { type PartialDate, firstDay, lastDay } from '../domain/partial-date.ts'
import { tidy } from '../domain/text.ts'
import { bothForms } from './electronic-forms.ts'
import { type StoredOrganization, toOrganization } from './organization.queries.ts'

export interface OrganizationFilters {
  /** Words or parts of words of one of its names. */
  text?: string
  kind?: IssuerKind
  level?: Level
  /** As printed in codes, in capitals or not. */
  symbol?: string
  areaCode?: string
  /** In either of the circulating forms. */
  electronicCode?: string
  /** The id of the recorded superior, administrative or functional. */
  superior?: string
  /** Those that may have existed on that day. */
  asOf?: PartialDate
}

/** A page in the order of the ids, beginning after `after`. */
export async function listOrganizations (
  db: Db, filters: OrganizationFilters, { after, limit }: { after?: string, limit: number }
): Promise<StoredOrganization[]> {
  const { text, kind, level, symbol, areaCode, electronicCode, superior, asOf } = filters
  const rows = await db.select().from(organizations).where(and(
    after === undefined ? undefined : gt(organizations.id, after),
    text === undefined ? undefined : isNamed(text),
    kind === undefined ? undefined : eq(organizations.kind, kind),
    level === undefined ? undefined : eq(organizations.level, level),
    symbol === undefined ? undefined : sql`${organizations.symbols} && ${sql.param([tidy(symbol), tidy(symbol).toUpperCase()])}::text[]`,
    areaCode === undefined ? undefined : eq(organizations.areaCode, areaCode),
    electronicCode === undefined
      ? undefined
      : sql`${organizations.electronicCodes} @> any(${sql.param(bothForms(electronicCode).map(code => JSON.stringify([{ code }])))}::jsonb[])`,
    superior === undefined ? undefined : or(eq(organizations.superiorId, superior), eq(organizations.functionalSuperiorId, superior)),
    asOf === undefined ? undefined : existedOn(asOf)
  )).orderBy(asc(organizations.id)).limit(limit)
  return rows.map(toOrganization)
}

/** Every word in one and the same name; a key leaves nothing in a word that LIKE reads as a pattern. No word finds nothing. */
function isNamed (text: string): SQL {
  const words = nameKey(text).split(' ').filter(word => word !== '')
  if (words.length === 0) return sql`false`
  return sql`${organizations.id} in (
    select ${organizationNames.organizationId} from ${organizationNames}
     where ${sql.join(words.map(word => sql`${organizationNames.key} like ${`%${word}%`}`), sql` and `)})`
}

/** The names of organizations that look most like this one, the likest first; of unlike ones none. */
export async function findNamesAlike (db: Db | Tx, name: string, limit: number): Promise<string[]> {
  const key = nameKey(name)
  const likeness = sql<number>`max(similarity(${organizationNames.key}, ${key}))`
  const rows = await db.select({ name: organizations.name }).from(organizationNames)
    .innerJoin(organizations, eq(organizations.id, organizationNames.organizationId))
    .where(sql`${organizationNames.key} % ${key}`)
    .groupBy(organizations.name).orderBy(sql`${likeness} desc`, asc(organizations.name)).limit(limit)
  return rows.map(row => row.name)
}

const existedOn = (date: PartialDate): SQL | undefined =>
  and(lte(organizations.existsFrom, lastDay(date)), gte(organizations.existsTo, firstDay(date)))

/** The bodies recorded directly under any of these, as far as they may have existed on that day, ordered by id. */
export async function findSubordinates (db: Db | Tx, superiorIds: readonly string[], date: PartialDate): Promise<StoredOrganization[]> {
  const rows = await db.select().from(organizations)
    .where(and(sql`${organizations.superiorId} = any(${sql.param([...superiorIds])}::text[])`, existedOn(date)))
  return rows.map(toOrganization).sort((a, b) => a.id < b.id ? -1 : 1)
}

export interface CodedArea extends Validity {
  name: string
  type: AreaType
}

/** The areas that bore a code at any time, the earliest first. */
export async function findAreasCoded (db: Db, areaCode: string): Promise<CodedArea[]> {
  const rows = await db.selectDistinctOn([organizations.existsFrom, organizations.areaId], {
    name: organizations.areaName, type: organizations.areaType, validFrom: organizations.validFrom, validTo: organizations.validTo
  }).from(organizations)
    .where(and(eq(organizations.areaCode, areaCode), eq(organizations.kind, 'peoples-committee')))
    .orderBy(asc(organizations.existsFrom), asc(organizations.areaId))
  return rows.flatMap(({ name, type, validFrom, validTo }) => name === null || type === null
    ? []
    : [{ name, type, ...(validFrom !== null && { validFrom }), ...(validTo !== null && { validTo }) }])
}
