import { sql } from 'drizzle-orm'
import { Problem } from '../problem.ts'
import { type Db, SNAPSHOT, type Tx } from './connect.ts'

/**
 * Reads the register as it was at that moment, or as it is: one snapshot, and nothing can be written.
 *
 * The views of the schema `known` take the places of the tables by their names, so `read` may ask any query there is. Both
 * settings are those of the transaction: they leave nothing behind on the connection, also through PgBouncer.
 */
export async function asKnown<T> (db: Db, knownAt: Date | undefined, read: (tx: Tx) => Promise<T>): Promise<T> {
  if (knownAt !== undefined) await refuseUnsettled(db, knownAt)
  return await db.transaction(async tx => {
    if (knownAt !== undefined) {
      // Nothing was known before 1970, and PostgreSQL has no year 0.
      const moment = new Date(Math.max(knownAt.getTime(), 0)).toISOString()
      await tx.execute(sql`select set_config('search_path', 'known, public', true), set_config('thac.known_at', ${moment}, true)`)
    }
    return await read(tx)
  }, SNAPSHOT)
}

/**
 * An import begins at one moment and stands only when it has ended, minutes later: what the register knew since then would
 * be told in two ways. Asked before the snapshot, so that whoever ends in between is seen, and whoever begins is later.
 */
async function refuseUnsettled (db: Db, knownAt: Date): Promise<void> {
  const { rows: [writer] } = await db.execute<{ since: string }>(sql`
    select timestamptz 'epoch' + interval '1 millisecond' * (select last_value from public.register_clock) as since
      from pg_locks
     where locktype = 'advisory' and granted and objsubid = 1 and database = (select oid from pg_database where datname = current_database())
       and (classid::bigint << 32 | objid::bigint) = hashtext('thac.register')::bigint`)
  if (writer === undefined || knownAt.getTime() < new Date(writer.since).getTime()) return
  const since = new Date(writer.since).toISOString()
  throw new Problem('try-again', {
    vi: `Sổ đang được ghi từ ${since}; những gì sổ biết tại ${knownAt.toISOString()} chỉ chắc chắn khi việc ghi kết thúc. Hãy hỏi với knownAt trước ${since}, hoặc hỏi lại sau.`,
    en: `The register is being written since ${since}; what it knew at ${knownAt.toISOString()} is settled when that has ended. Ask with a knownAt before ${since}, or ask again later.`
  }, { retryAfterSeconds: 5 })
}
