import { and, asc, eq, gt } from 'drizzle-orm'
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

/** The reviews of these plans' links, oldest first. */
export async function findReviews (db: Db | Tx, planIds: string[]): Promise<GivenReview[]> {
  if (planIds.length === 0) return []
  return (await db.select().from(reviews).where(isAmongIds(reviews.planId, planIds)).orderBy(asc(reviews.id))).map(toReview)
}

/** The reviews of one plan, oldest first, beginning after `after`. */
export async function listReviews (db: Db | Tx, planId: string, { after, limit }: { after?: string, limit: number }): Promise<GivenReview[]> {
  const rows = await db.select().from(reviews)
    .where(and(eq(reviews.planId, planId), after === undefined ? undefined : gt(reviews.id, after)))
    .orderBy(asc(reviews.id)).limit(limit)
  return rows.map(toReview)
}
