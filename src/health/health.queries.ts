import { sql } from 'drizzle-orm'
import type { Db } from '../db/connect.ts'

export interface DatabaseState {
  /** A standby, or a server that only reads: writes would fail. */
  readOnly: boolean
  /** When the newest applied migration was made, in milliseconds; 0 if none is. */
  newestMigration: number
}

/** Fails when the server does not answer or was never migrated. */
export async function findDatabaseState (db: Db): Promise<DatabaseState> {
  const { rows } = await db.execute<{ readOnly: boolean, newestMigration: number }>(sql`
    select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as "readOnly",
           coalesce(max(created_at), 0)::float8 as "newestMigration"
      from drizzle.__drizzle_migrations`)
  return rows[0]!
}
