import { sql } from 'drizzle-orm'
import { type Db, SNAPSHOT, type Tx } from './connect.ts'

/**
 * Reads the register as it was at that moment, or as it is: one snapshot, and nothing can be written.
 *
 * The views of the schema `known` take the places of the tables by their names, so `read` may ask any query there is. Both
 * settings are those of the transaction: they leave nothing behind on the connection, also through PgBouncer.
 */
export async function asKnown<T> (db: Db, knownAt: Date | undefined, read: (tx: Tx) => Promise<T>): Promise<T> {
  return await db.transaction(async tx => {
    if (knownAt !== undefined) {
      // Nothing was known before 1970, and PostgreSQL has no year 0.
      const moment = new Date(Math.max(knownAt.getTime(), 0)).toISOString()
      await tx.execute(sql`select set_config('search_path', 'known, public', true), set_config('thac.known_at', ${moment}, true)`)
    }
    return await read(tx)
  }, SNAPSHOT)
}
