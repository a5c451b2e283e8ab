import { and, asc, eq, inArray, or } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { citations, plans } from '../db/schema.ts'
import type { Citation } from '../domain/citation.ts'
import type { Ending } from '../domain/family.ts'
import { type Plan, nameOf } from '../domain/plan.ts'
import type { StoredReading } from './plan.queries.ts'

/** What replaces or repeals these plans, by the plan that is ended. A stub ends nothing: nobody has seen the document. */
export async function findEndings (db: Db | Tx, ids: string[]): Promise<Map<string, Ending[]>> {
  const endings = new Map<string, Ending[]>()
  if (ids.length === 0) return endings
  const rows = await db.select({
    endedId: citations.citedId, relation: citations.relation, code: plans.code, title: plans.title, issuer: plans.issuer, issuedOn: plans.issuedOn
  })
    .from(citations).innerJoin(plans, eq(plans.id, citations.planId))
    .where(and(inArray(citations.citedId, ids), inArray(citations.relation, ['replaces', 'repeals'])))
    .orderBy(asc(citations.planId), asc(citations.position))
  for (const { endedId, relation, issuedOn, ...named } of rows) {
    if (endedId === null) continue
    const by = nameOf({ code: named.code ?? undefined, title: named.title ?? undefined, issuer: named.issuer ?? undefined })
    const ending = { relation: relation as Ending['relation'], by, ...(issuedOn !== null && { on: issuedOn }) }
    endings.set(endedId, [...endings.get(endedId) ?? [], ending])
  }
  return endings
}

/** The plans that implement one of these, each once. */
export async function findChildIds (db: Db | Tx, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db.selectDistinct({ id: citations.planId }).from(citations)
    .where(and(inArray(citations.citedId, ids), eq(citations.relation, 'implements'))).orderBy(asc(citations.planId))
  return rows.map(row => row.id)
}

export interface CitingCitation extends StoredReading {
  planId: string
  position: number
  citation: Citation
  citing: Pick<Plan, 'issuer' | 'issuedOn'>
}

/**
 * Every citation that may mean a plan of one of these codes or that rests on one of these plans: what one citation names
 * can change with every plan that arrives. One that names its plan by id still learns whether that is a stub.
 */
export async function findCitationsToReread (tx: Tx, canonicalCodes: string[], ids: string[]): Promise<CitingCitation[]> {
  const rows = await tx.select({ citation: citations, citingIssuer: plans.issuer, citingIssuedOn: plans.issuedOn })
    .from(citations).innerJoin(plans, eq(plans.id, citations.planId))
    .where(or(inArray(citations.citedId, ids), and(eq(citations.pinned, false), inArray(citations.canonicalCode, canonicalCodes))))
    .orderBy(asc(citations.planId), asc(citations.position))
  return rows.map(({ citation: row, citingIssuer, citingIssuedOn }) => ({
    planId: row.planId,
    position: row.position,
    resolution: row.resolution,
    ...(row.citedId !== null && { citedId: row.citedId }),
    candidateIds: row.candidateIds,
    citation: {
      relation: row.relation,
      ...(row.code !== null && { code: row.code }),
      ...(row.issuer !== null && { issuer: row.issuer }),
      ...(row.issuedOn !== null && { issuedOn: row.issuedOn }),
      ...(row.title !== null && { title: row.title }),
      ...(row.pinned && row.citedId !== null && { planId: row.citedId })
    },
    citing: { ...(citingIssuer !== null && { issuer: citingIssuer }), ...(citingIssuedOn !== null && { issuedOn: citingIssuedOn }) }
  }))
}

/**
 * Takes Tx: whoever cited the stub cites the plan from now on, and the stub is gone. The citations are still called stubs,
 * so that reading them again finds that they moved.
 */
export async function mergeStub (tx: Tx, stubId: string, planId: string): Promise<void> {
  await tx.delete(citations).where(and(eq(citations.citedId, stubId), eq(citations.planId, planId)))
  await tx.update(citations).set({ citedId: planId }).where(eq(citations.citedId, stubId))
  await tx.delete(plans).where(and(eq(plans.id, stubId), eq(plans.status, 'stub')))
}

export async function updateReading (tx: Tx, planId: string, position: number, reading: StoredReading): Promise<void> {
  await tx.update(citations)
    .set({ resolution: reading.resolution, citedId: reading.citedId ?? null, candidateIds: reading.candidateIds })
    .where(and(eq(citations.planId, planId), eq(citations.position, position)))
}
