import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { isAmongIds } from '../db/among.ts'
import type { Db, Tx } from '../db/connect.ts'
import { reviews } from '../db/schema.ts'
import type { Review } from '../domain/effect/link.ts'

/** The plan that is to amend the one reviewed, as far as it is known, and when it is expected. */
export interface Amendment {
  planId?: string
  code?: string
  by?: string
}

export interface GivenReview extends Review {
  id: string
  planId: string
  parentId: string
  reason: string
  amendment?: Amendment
  /** The day on which both sides were looked at. */
  asOf: string
  givenBy: string
  givenAt: Date
}

type Row = typeof reviews.$inferSelect

const toReview = ({ amendment, knownFrom, ...row }: Row): GivenReview =>
  ({ ...row, ...(amendment !== null && { amendment }), givenAt: knownFrom })

/** Takes Tx: a review and the event that tells of it commit together. Answers them with their moment. */
export async function insertReviews (tx: Tx, given: Omit<GivenReview, 'givenAt'>[]): Promise<GivenReview[]> {
  if (given.length === 0) return []
  return (await tx.insert(reviews).values(given).returning()).map(toReview)
}

/**
 * Of each link of these plans the last review of each content of its parent, oldest first. The moment of the register tells
 * which one is the last: an id is made by the clock of its node, and those of two nodes may differ.
 */
export async function findLastReviews (db: Db | Tx, planIds: string[]): Promise<GivenReview[]> {
  const unique = [...new Set(planIds)]
  if (unique.length === 0) return []
  const rows = await db.selectDistinctOn([reviews.planId, reviews.parentId, reviews.parentFingerprint]).from(reviews)
    .where(isAmongIds(reviews.planId, unique))
    .orderBy(asc(reviews.planId), asc(reviews.parentId), asc(reviews.parentFingerprint), desc(reviews.knownFrom), desc(reviews.id))
  return rows.map(toReview).sort((a, b) => a.givenAt.getTime() - b.givenAt.getTime())
}

/** The reviews of one plan, oldest first, beginning after `after`. */
export async function listReviews (db: Db | Tx, planId: string, { after, limit }: { after?: string, limit: number }): Promise<GivenReview[]> {
  const rows = await db.select().from(reviews)
    .where(and(eq(reviews.planId, planId), after === undefined ? undefined : sql`(${reviews.knownFrom}, ${reviews.id}) > (select known_from, id from reviews where id = ${after})`))
    .orderBy(asc(reviews.knownFrom), asc(reviews.id)).limit(limit)
  return rows.map(toReview)
}
