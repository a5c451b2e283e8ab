import { desc, isNotNull } from 'drizzle-orm'
import type { Tx } from '../db/connect.ts'
import { events } from '../db/schema.ts'

/**
 * The place in the log of the last change of a plan. Changes of plans get their places under the lock of the register, so
 * the last one committed has the highest; a key that is made meanwhile takes a place without it and does not count.
 */
export async function findLastChange (tx: Tx): Promise<number | undefined> {
  const [last] = await tx.select({ seq: events.seq }).from(events).where(isNotNull(events.planId)).orderBy(desc(events.seq)).limit(1)
  return last?.seq
}
