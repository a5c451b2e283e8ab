import { eq, sql } from 'drizzle-orm'
import type { Db } from '../db/connect.ts'
import { targets } from '../db/schema.ts'

/** How many plans have a target of this indicator: read from the index on indicator and plan alone. */
export async function countPlansWith (db: Db, indicator: string): Promise<number> {
  const [row] = await db.select({ count: sql<number>`count(distinct ${targets.planId})::integer` })
    .from(targets).where(eq(targets.indicator, indicator))
  return row!.count
}
