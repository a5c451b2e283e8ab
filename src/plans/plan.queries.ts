import { and, asc, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { citations, plans, targets, waivers } from '../db/schema.ts'
import type { Citation } from '../domain/citation.ts'
import type { DocumentType } from '../domain/document-type.ts'
import type { Waiver } from '../domain/enforcement.ts'
import type { Resolution } from '../domain/family.ts'
import type { Plan } from '../domain/plan.ts'
import type { Candidate } from '../domain/reference.ts'
import { searchable } from '../domain/sought.ts'
import type { Status } from '../domain/status.ts'
import { fold } from '../domain/text.ts'

/** What a stored citation was found to name. */
export interface StoredReading {
  resolution: Resolution
  citedId?: string
  candidateIds: string[]
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
  issuerId?: string
  /** One for each of `plan.citations`, in their order. */
  readings: StoredReading[]
  waivers: GivenWaiver[]
  recordedAt: Date
  changedAt: Date
}

/** A plan of the register as it is recognised: enough for a candidate, a name and a summary. */
export type KnownPlan = Candidate & Pick<Plan, 'code' | 'title' | 'issuer' | 'level'> & { type?: DocumentType, status: Status }

/** Drops what is null: a column that holds nothing is a member that is absent. */
const present = <T extends Record<string, unknown>>(row: T) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as { [K in keyof T]: Exclude<T[K], null> }

/**
 * One writer of the register at a time, until its transaction ends. Two requests could otherwise each close half a
 * circle, both stub the same plan, or both find an identity free; every such race ends in this one line.
 */
export async function lockRegister (tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('thac.register'))`)
}

/** Ids that name no plan are missing from the answer. */
export async function findPlans (db: Db | Tx, ids: string[]): Promise<Map<string, StoredPlan>> {
  const unique = [...new Set(ids)]
  const found = new Map<string, StoredPlan>()
  if (unique.length === 0) return found
  const rows = await db.select().from(plans).where(inArray(plans.id, unique))
  for (const row of rows) found.set(row.id, toStoredPlan(row))

  const cited = await db.select().from(citations).where(inArray(citations.planId, unique))
    .orderBy(asc(citations.planId), asc(citations.position))
  for (const row of cited) {
    const stored = found.get(row.planId)
    stored?.plan.citations.push(toCitation(row))
    stored?.readings.push({ resolution: row.resolution, ...(row.citedId !== null && { citedId: row.citedId }), candidateIds: row.candidateIds })
  }
  const held = await db.select({ planId: targets.planId, target: targets.target }).from(targets)
    .where(inArray(targets.planId, unique)).orderBy(asc(targets.planId), asc(targets.position))
  for (const { planId, target } of held) found.get(planId)?.plan.targets.push(target)

  const given = await db.select().from(waivers).where(inArray(waivers.planId, unique))
    .orderBy(asc(waivers.planId), asc(waivers.position))
  for (const { planId, position, ...waiver } of given) found.get(planId)?.waivers.push(toWaiver(waiver))
  return found
}

const toWaiver = ({ at, ...rest }: { rule: string, at: string | null, reason: string, givenBy: string, givenAt: Date }): GivenWaiver =>
  ({ ...rest, ...(at !== null && { at }) })

function toStoredPlan (row: typeof plans.$inferSelect): StoredPlan {
  const { id, code, type, title, issuer, level, issuedOn, periodFrom, periodTo, programme } = row
  const period = present({ from: periodFrom, to: periodTo })
  return {
    plan: {
      id,
      ...present({ code, type: type as DocumentType | null, title, issuer, level, issuedOn }),
      ...(Object.keys(period).length > 0 && { period }),
      ...present({ programme }),
      citations: [],
      targets: [],
      ...(row.targetsIncomplete && { targetsIncomplete: true })
    },
    version: row.version,
    status: row.status,
    ...present({ identity: row.identity, canonicalCode: row.canonicalCode, issuerId: row.issuerId }),
    readings: [],
    waivers: [],
    recordedAt: row.recordedAt,
    changedAt: row.changedAt
  }
}

function toCitation (row: typeof citations.$inferSelect): Citation {
  const { relation, code, issuer, issuedOn, title, note } = row
  return {
    relation,
    ...present({ code, issuer, issuedOn, title }),
    ...(row.pinned && row.citedId !== null && { planId: row.citedId }),
    ...(row.inferred && { inferred: true }),
    ...present({ note })
  }
}

const known = {
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

const toKnownPlan = (row: { [K in keyof typeof known]: unknown } & { id: string, status: Status }): KnownPlan =>
  ({ ...present(row), stub: row.status === 'stub' }) as KnownPlan

/** Every plan, stubs included, that has one of these canonical codes or identities. */
export async function findCandidates (db: Db | Tx, codes: string[], identities: string[]): Promise<KnownPlan[]> {
  if (codes.length === 0 && identities.length === 0) return []
  const rows = await db.select(known).from(plans)
    .where(or(inArray(plans.canonicalCode, codes), inArray(plans.identity, identities)))
    .orderBy(asc(plans.id))
  return rows.map(toKnownPlan)
}

export async function findKnownPlans (db: Db | Tx, ids: string[]): Promise<Map<string, KnownPlan>> {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return new Map()
  const rows = await db.select(known).from(plans).where(inArray(plans.id, unique))
  return new Map(rows.map(row => [row.id, toKnownPlan(row)]))
}

/** A plan with what the register derives from it, ready to be stored. */
export interface PlanRecord {
  plan: Plan
  version: number
  status: Status
  identity?: string
  canonicalCode?: string
  issuerKey?: string
  issuerId?: string
}

function toRow ({ plan, version, status, identity, canonicalCode, issuerKey, issuerId }: PlanRecord) {
  return {
    id: plan.id,
    identity: identity ?? null,
    version,
    status,
    code: plan.code ?? null,
    canonicalCode: canonicalCode ?? null,
    type: plan.type ?? null,
    title: plan.title ?? null,
    issuer: plan.issuer ?? null,
    issuerKey: issuerKey ?? null,
    issuerId: issuerId ?? null,
    level: plan.level ?? null,
    issuedOn: plan.issuedOn ?? null,
    periodFrom: plan.period?.from ?? null,
    periodTo: plan.period?.to ?? null,
    programme: plan.programme ?? null,
    programmeKey: plan.programme === undefined ? null : fold(plan.programme),
    targetsIncomplete: plan.targetsIncomplete ?? false,
    searchText: searchText(plan)
  }
}

/** What a search without diacritics looks in. */
const searchText = ({ code, title, issuer, programme }: Plan): string =>
  [code, title, issuer, programme].filter(part => part !== undefined).map(searchable).join(' · ')

/** Takes Tx: a plan without its citations must never be visible. */
export async function insertPlans (tx: Tx, records: PlanRecord[]): Promise<void> {
  if (records.length > 0) await tx.insert(plans).values(records.map(toRow))
}

/** Everything but the id is replaced; the targets and citations are replaced by their own functions. */
export async function updatePlan (tx: Tx, record: PlanRecord): Promise<void> {
  const { id, ...row } = toRow(record)
  await tx.update(plans).set({ ...row, changedAt: sql`now()` }).where(eq(plans.id, id))
}

export interface CitationRecord extends StoredReading {
  citation: Citation
  canonicalCode?: string
}

export async function replaceCitations (tx: Tx, planId: string, records: CitationRecord[]): Promise<void> {
  await tx.delete(citations).where(eq(citations.planId, planId))
  if (records.length === 0) return
  await tx.insert(citations).values(records.map(({ citation, canonicalCode, resolution, citedId, candidateIds }, position) => ({
    planId,
    position,
    relation: citation.relation,
    citedId,
    resolution,
    candidateIds,
    pinned: citation.planId !== undefined,
    code: citation.code,
    canonicalCode,
    issuer: citation.issuer,
    issuedOn: citation.issuedOn,
    title: citation.title,
    inferred: citation.inferred ?? false,
    note: citation.note
  })))
}

export async function replaceTargets (tx: Tx, plan: Plan): Promise<void> {
  await tx.delete(targets).where(eq(targets.planId, plan.id))
  if (plan.targets.length === 0) return
  await tx.insert(targets).values(plan.targets.map((target, position) =>
    ({ planId: plan.id, position, key: target.key, indicator: target.indicator, target })))
}

export async function replaceWaivers (tx: Tx, planId: string, given: (Waiver & { givenBy: string, givenAt?: Date })[]): Promise<void> {
  await tx.delete(waivers).where(eq(waivers.planId, planId))
  if (given.length === 0) return
  await tx.insert(waivers).values(given.map((waiver, position) => ({ planId, position, ...waiver })))
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

/** Stubs that no plan cites any more; the register holds nothing that nobody names. Answers the codes that are free again. */
export async function deleteUncitedStubs (tx: Tx, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx.delete(plans).where(sql`${plans.status} = 'stub' and ${inArray(plans.id, ids)}
    and not exists (select from ${citations} where ${citations.citedId} = ${plans.id})`).returning({ canonicalCode: plans.canonicalCode })
  return rows.flatMap(({ canonicalCode }) => canonicalCode ?? [])
}
