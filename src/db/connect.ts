import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import * as schema from './schema.ts'

export type Db = ReturnType<typeof toDb>
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

export interface Connection {
  db: Db
  pool: pg.Pool
  close: () => Promise<void>
}

export interface ConnectOptions {
  poolSize: number
  /** Told of a connection that broke while nobody used it. The pool replaces it. */
  onIdleError?: (error: Error) => void
  /** `role`: the server's role sets the timeouts, for a pooler that refuses them as startup parameters. */
  timeouts?: 'startup' | 'role'
}

/** One moment for all queries of an answer: what one of them tells of is there for the next. */
export const SNAPSHOT = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const

/** What a request may take of the database. */
const REQUEST_TIMEOUTS = {
  statement_timeout: 5_000,
  idle_in_transaction_session_timeout: 10_000
}

/**
 * A pool of connections. Opens none by itself, so it does not fail while the server is away.
 *
 * The timeouts travel as startup parameters: they hold from the first statement, cost no round trip, and leave nothing
 * behind on a connection that PgBouncer in transaction mode hands to somebody else, as SET would. Nothing else of a
 * session is used: no SET, no named statements, no session locks.
 */
export function connect (url: string, { poolSize, onIdleError = () => {}, timeouts = 'startup' }: ConnectOptions): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'thac',
    max: poolSize,
    // The default of pg is to wait for ever; a caller in that queue is better told to come back.
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    ...(timeouts === 'startup' ? REQUEST_TIMEOUTS : {})
  })
  // Without a listener Node ends the process when the server closes an idle connection.
  pool.on('error', onIdleError)
  // The same holds of one that is in use: the pool listens only while it is not. Its query fails with the error anyway.
  pool.on('connect', client => { client.on('error', () => {}) })
  return { db: toDb(pool), pool, close: async () => { await pool.end() } }
}

const toDb = (pool: pg.Pool) => drizzle({ client: pool, schema })
