import { and, asc, eq, gt, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { isAmongIds, isAmongTexts } from '../db/among.ts'
import type { Db, Tx } from '../db/connect.ts'
import { present } from '../db/present.ts'
import { citations, plans, targets, waivers } from '../db/schema.ts'
import type { Citation } from '../domain/citation.ts'
import type { DocumentType } from '../domain/document-type.ts'
import type { Waiver } from '../domain/enforcement.ts'
import type { Resolution } from '../domain/family.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import type { Plan } from '../domain/plan.ts'
import type { Candidate } from '../domain/reference.ts'
import type { Status } from '../domain/status.ts'

/** What a parent was in substance when its child came to rest on it. */
export interface Baseline {
  /** Fingerprint of the substance. */
  against: string
  /** The moment at which the register held the parent so. */
  at: Date
  /** The day of issue of the child, on which the parent is seen; absent: not known. */
  on?: PartialDate
}

/** What a stored citation was found to name. */
export interface StoredReading {
  resolution: Resolution
  citedId?: string
  candidateIds: string[]
  /** Of the code by which it names the plan. */
  canonicalCode?: string
  /** Of `implements` alone, when it names a registered plan. */
  baseline?: Baseline
}

export interface GivenWaiver extends Waiver {
  givenBy: string
  givenAt: Date
}

export interface StoredPlan {
  plan: Plan
  version: number
  status: Status
  identity?: string
  canonicalCode?: string
  issuerKey?: string
  issuerId?: string
  /** One for each of `plan.citations`, in their order. */
  readings: StoredReading[]
  waivers: GivenWaiver[]
  recordedAt: Date
  changedAt: Date
}

/** A plan of the register as it is recognised: enough for a candidate, a name and a summary. */
export type KnownPlan = Candidate & Pick<Plan, 'code' | 'title' | 'issuer' | 'level'> & { type?: DocumentType, status: Status }

/**
 * One writer of the register at a time, until its transaction ends. Two requests could otherwise each close half a
 * circle, both stub the same plan, or both find an identity free; every such race ends in this one line. Answers the moment
 * of the transaction.
 */
export async function lockRegister (tx: Tx): Promise<Date> {
  const { rows } = await tx.execute<{ moment: string }>(sql`select begin_register_moment() as moment`)
  return new Date(rows[0]!.moment)
}

/** Ids that name no plan are missing from the answer. */
export async function findPlans (db: Db | Tx, ids: readonly string[]): Promise<Map<string, StoredPlan>> {
  const unique = [...new Set(ids)]
  const found = new Map<string, StoredPlan>()
  if (unique.length === 0) return found
  const rows = await db.select().from(plans).where(isAmongIds(plans.id, unique))
  for (const row of rows) found.set(row.id, toStoredPlan(row))

  const cited = await db.select().from(citations).where(isAmongIds(citations.planId, unique))
    .orderBy(asc(citations.planId), asc(citations.position))
  for (const row of cited) {
    const stored = found.get(row.planId)
    stored?.plan.citations.push(toCitation(row))
    stored?.readings.push(toReading(row))
  }
  const held = await db.select({ planId: targets.planId, target: targets.target }).from(targets)
    .where(isAmongIds(targets.planId, unique)).orderBy(asc(targets.planId), asc(targets.position))
  for (const { planId, target } of held) found.get(planId)?.plan.targets.push(target)

  const given = await db.select().from(waivers).where(isAmongIds(waivers.planId, unique))
    .orderBy(asc(waivers.planId), asc(waivers.position))
  for (const row of given) found.get(row.planId)?.waivers.push(toWaiver(row))
  return found
}

const toWaiver = ({ rule, at, reason, givenBy, givenAt }: typeof waivers.$inferSelect): GivenWaiver =>
  ({ rule, ...(at !== null && { at }), reason, givenBy, givenAt })

function toStoredPlan (row: typeof plans.$inferSelect): StoredPlan {
  const { id, code, type, title, issuer, level, issuedOn, effectiveFrom, periodFrom, periodTo, programme } = row
  const period = present({ from: periodFrom, to: periodTo })
  return {
    plan: {
      id,
      ...present({ code, type: type as DocumentType | null, title, issuer, level, issuedOn, effectiveFrom }),
      ...(row.draft && { draft: true }),
      ...(Object.keys(period).length > 0 && { period }),
      ...present({ programme }),
      citations: [],
      targets: [],
      ...(row.targetsIncomplete && { targetsIncomplete: true })
    },
    version: row.version,
    status: row.status,
    ...present({ identity: row.identity, canonicalCode: row.canonicalCode, issuerKey: row.issuerKey, issuerId: row.issuerId }),
    readings: [],
    waivers: [],
    recordedAt: row.recordedAt,
    changedAt: row.changedAt
  }
}

const toReading = ({ resolution, citedId, candidateIds, canonicalCode, judgedAgainst, judgedAt, judgedOn }: typeof citations.$inferSelect): StoredReading => ({
  resolution,
  ...present({ citedId }),
  candidateIds,
  ...present({ canonicalCode }),
  ...(judgedAgainst !== null && judgedAt !== null && { baseline: { against: judgedAgainst, at: judgedAt, ...present({ on: judgedOn }) } })
})

export function toCitation (row: typeof citations.$inferSelect): Citation {
  const { relation, code, issuer, issuedOn, title, note, effectFrom, effectUntil, part, changes } = row
  return {
    relation,
    ...present({ code, issuer, issuedOn, title }),
    ...(row.pinned && row.citedId !== null && { planId: row.citedId }),
    ...(row.inferred && { inferred: true }),
    ...present({ note, from: effectFrom, until: effectUntil, part, changes })
  }
}

export const known = {
  id: plans.id,
  status: plans.status,
  canonicalCode: plans.canonicalCode,
  issuerKey: plans.issuerKey,
  issuerId: plans.issuerId,
  identity: plans.identity,
  type: plans.type,
  issuedOn: plans.issuedOn,
  code: plans.code,
  title: plans.title,
  issuer: plans.issuer,
  level: plans.level
}

export const toKnownPlan = (row: { [K in keyof typeof known]: unknown } & { id: string, status: Status }): KnownPlan =>
  ({ ...present(row), stub: row.status === 'stub' }) as KnownPlan

/** Every plan, stubs included, that has one of these canonical codes or identities. */
export async function findCandidates (db: Db | Tx, codes: readonly string[], identities: readonly string[]): Promise<KnownPlan[]> {
  if (codes.length === 0 && identities.length === 0) return []
  const rows = await db.select(known).from(plans)
    .where(or(isAmongTexts(plans.canonicalCode, codes), isAmongTexts(plans.identity, identities)))
    .orderBy(asc(plans.id))
  return rows.map(toKnownPlan)
}

export async function findKnownPlans (db: Db | Tx, ids: readonly string[]): Promise<Map<string, KnownPlan>> {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return new Map()
  const rows = await db.select(known).from(plans).where(isAmongIds(plans.id, unique))
  return new Map(rows.map(row => [row.id, toKnownPlan(row)]))
}

/** Plans whose issuer is named and not known as an organization, in the order of their ids. */
export async function findPlansWithoutOrganization (
  tx: Tx, { after, limit }: { after: string, limit: number }
): Promise<(Pick<Plan, 'id' | 'code' | 'type' | 'title' | 'issuedOn'> & { issuer: string })[]> {
  const rows = await tx.select({
    id: plans.id, code: plans.code, type: plans.type, title: plans.title, issuer: sql<string>`${plans.issuer}`, issuedOn: plans.issuedOn
  })
    .from(plans)
    .where(and(isNull(plans.issuerId), isNotNull(plans.issuer), after === '' ? undefined : gt(plans.id, after)))
    .orderBy(asc(plans.id)).limit(limit)
  return rows.map(row => ({
    id: row.id,
    issuer: row.issuer,
    ...present({ code: row.code, type: row.type as DocumentType | null, title: row.title, issuedOn: row.issuedOn })
  }))
}

/** `false`: another plan has the identity already, and nothing is changed. */
export async function updateIssuerOrganization (tx: Tx, id: string, issuerId: string, identity: string | undefined): Promise<boolean> {
  const rows = await tx.update(plans).set({ issuerId, identity: identity ?? null })
    .where(and(eq(plans.id, id), identity === undefined
      ? undefined
      : sql`not exists (select from plans as other where other.identity = ${identity} and other.id <> ${id})`))
    .returning({ id: plans.id })
  return rows.length > 0
}
