import { and, asc, eq, gt } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { events } from '../db/schema.ts'

export type StoredEvent = typeof events.$inferSelect

/** What happened to one plan, in the order in which it was committed, beginning after `after`. */
export async function listEvents (db: Db | Tx, planId: string, { after, limit }: { after: number, limit: number }): Promise<StoredEvent[]> {
  return await db.select().from(events).where(and(eq(events.planId, planId), gt(events.seq, after))).orderBy(asc(events.seq)).limit(limit)
}
