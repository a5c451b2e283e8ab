import { sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Db, Tx } from './connect.ts'

/**
 * Tells the planner what these tables hold now, rows of this transaction included. Autovacuum does so too, but only a
 * minute after the rows were committed, and until then a table that was just filled is planned for as if it were empty.
 */
export async function renewStatistics (db: Db | Tx, tables: readonly PgTable[]): Promise<void> {
  await db.execute(sql`analyze ${sql.join([...tables], sql`, `)}`)
}
