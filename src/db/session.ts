import { drizzle } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import type { Db, Tx } from './connect.ts'
import * as schema from './schema.ts'

/** A transaction with the connection beneath it: rows are streamed past the query builder. */
export interface Session {
  tx: Tx
  client: pg.PoolClient
}

/** Rolls back what `withSession` did, and hands on the answer. */
export class RolledBack<T> extends Error {
  readonly answer: T

  constructor (answer: T) {
    super('rolled back as asked')
    this.answer = answer
  }
}

/** One transaction on a connection of its own; whatever is thrown rolls it back. Statements of bulk work may take `statementMs`. */
export async function withSession<T> (db: Db, { statementMs = 600_000 }: { statementMs?: number }, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await db.$client.connect()
  let broken: Error | undefined
  try {
    return await drizzle({ client, schema }).transaction(async tx => {
      await client.query(`set local statement_timeout = ${Math.trunc(statementMs)}`)
      // Deciding about a chunk takes seconds. A frozen process holds the lock of the register no longer than this.
      await client.query('set local idle_in_transaction_session_timeout = 120000')
      return await work({ tx: tx as unknown as Tx, client })
    })
  } catch (error) {
    if (error instanceof RolledBack) return error.answer as T
    // A connection that may have stopped within a stream is not handed to anybody else.
    broken = error as Error
    throw error
  } finally {
    client.release(broken)
  }
}
