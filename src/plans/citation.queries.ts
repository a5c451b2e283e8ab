import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm'
import { isAmongIds, isAmongTexts } from '../db/among.ts'
import type { Db, Tx } from '../db/connect.ts'
import { present } from '../db/present.ts'
import { citations, plans } from '../db/schema.ts'
import type { Citation } from '../domain/citation.ts'
import { EFFECT_RELATIONS } from '../domain/effect/effect.ts'
import type { Plan } from '../domain/plan.ts'
import { type StoredReading, toCitation } from './plan.queries.ts'

/** A citation with an effect: the plan that makes it, with that citation alone at its place. */
export interface StoredEffect {
  affectedId: string
  citing: Plan
  citation: number
}

/** What has an effect on these plans. A stub has none, for nobody has seen the document, and a draft has none yet. */
export async function findStoredEffects (db: Db | Tx, ids: readonly string[]): Promise<StoredEffect[]> {
  if (ids.length === 0) return []
  const rows = await db.select({
    citation: citations,
    citing: { id: plans.id, code: plans.code, title: plans.title, issuer: plans.issuer, issuedOn: plans.issuedOn, effectiveFrom: plans.effectiveFrom }
  })
    .from(citations).innerJoin(plans, eq(plans.id, citations.planId))
    .where(and(isAmongIds(citations.citedId, ids), inArray(citations.relation, EFFECT_RELATIONS), eq(plans.draft, false)))
    .orderBy(asc(citations.planId), asc(citations.position))
  return rows.flatMap(({ citation, citing: { id, ...words } }) => {
    if (citation.citedId === null) return []
    const cited: Citation[] = []
    cited[citation.position] = toCitation(citation)
    return [{ affectedId: citation.citedId, citing: { id, ...present(words), citations: cited, targets: [] }, citation: citation.position }]
  })
}

export interface CitingCitation extends StoredReading {
  planId: string
  position: number
  citation: Citation
  citing: Pick<Plan, 'issuer' | 'issuedOn'>
}

/** Every citation that names one of these plans, and every one of these codes that names no plan. */
export async function findCitingCitations (db: Db | Tx, { codes, ids }: { codes: readonly string[], ids: readonly string[] }): Promise<CitingCitation[]> {
  if (codes.length === 0 && ids.length === 0) return []
  const rows = await db.select({ citation: citations, issuer: plans.issuer, issuedOn: plans.issuedOn })
    .from(citations).innerJoin(plans, eq(plans.id, citations.planId))
    .where(or(isAmongIds(citations.citedId, ids), and(isNull(citations.citedId), isAmongTexts(citations.canonicalCode, codes))))
    .orderBy(asc(citations.planId), asc(citations.position))
  return rows.map(({ citation: row, issuer, issuedOn }) => ({
    planId: row.planId,
    position: row.position,
    resolution: row.resolution,
    ...(row.citedId !== null && { citedId: row.citedId }),
    candidateIds: row.candidateIds,
    ...(row.canonicalCode !== null && { canonicalCode: row.canonicalCode }),
    citation: toCitation(row),
    citing: present({ issuer, issuedOn })
  }))
}

/** The plans that each of these implements, each once, in the order of its citations. */
export async function findParentIds (db: Db | Tx, ids: readonly string[]): Promise<{ planId: string, parentIds: string[] }[]> {
  if (ids.length === 0) return []
  const rows = await db.select({ planId: citations.planId, citedId: citations.citedId }).from(citations)
    .where(and(isAmongIds(citations.planId, ids), eq(citations.relation, 'implements')))
    .orderBy(asc(citations.planId), asc(citations.position))
  const byPlan = new Map<string, Set<string>>()
  for (const { planId, citedId } of rows) {
    const parents = byPlan.get(planId) ?? new Set()
    if (citedId !== null) parents.add(citedId)
    byPlan.set(planId, parents)
  }
  return [...byPlan].map(([planId, parents]) => ({ planId, parentIds: [...parents] }))
}
