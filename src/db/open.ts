import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Config } from '../config.ts'
import { type Connection, connect, type ConnectOptions } from './connect.ts'
import { type Embedded, openEmbedded } from './embedded.ts'
import type { Say } from './embedded-place.ts'
import { migrate } from './migrate.ts'

export interface OpenDatabase extends Connection {
  /** With its password: not for logs. */
  url: string
  embedded: boolean
}

/** Long enough for a database that is started beside the service. */
const PATIENCE_MS = 60_000

/**
 * The database of the configuration, reachable, migrated, connected. close() also leaves the embedded database, which
 * ends with its last user.
 */
export async function openDatabase (
  config: Pick<Config, 'databaseUrl' | 'dataDirectory' | 'poolSize'>, say: Say
): Promise<OpenDatabase> {
  const embedded = config.databaseUrl === undefined
    ? await openEmbedded({ dataDirectory: config.dataDirectory, say })
    : undefined
  const url = embedded?.url ?? config.databaseUrl!
  try {
    const timeouts = await awaitServer(url, say)
    const count = await migrate(url)
    if (count > 0) say(`Applied ${count} migration${count === 1 ? '' : 's'}.`)
    const connection = connect(url, {
      poolSize: config.poolSize, timeouts, onIdleError: error => say(`An idle database connection was lost: ${error.message}`)
    })
    return { ...connection, url, embedded: embedded !== undefined, close: () => closeBoth(connection, embedded) }
  } catch (error) {
    await embedded?.leave()
    throw error
  }
}

/** Throws when the server is older than what the queries are written for. `150007` is 15.7. */
export function checkServerVersion (versionNumber: number): void {
  if (versionNumber >= 150000) return
  throw new Error(`This database is PostgreSQL ${Math.trunc(versionNumber / 10000)}; thac needs PostgreSQL 15 or newer.`)
}

async function closeBoth (connection: Connection, embedded: Embedded | undefined) {
  try {
    await connection.close()
  } finally {
    await embedded?.leave()
  }
}

/** Waits for a server that is about to come, checks its version, and answers how it takes its timeouts. */
async function awaitServer (url: string, say: Say): Promise<ConnectOptions['timeouts']> {
  let timeouts: ConnectOptions['timeouts'] = 'startup'
  let told = false
  for (const givenUp = Date.now() + PATIENCE_MS; ;) {
    const { pool, close } = connect(url, { poolSize: 1, timeouts })
    try {
      const { rows } = await pool.query("select current_setting('server_version_num')::int as version")
      checkServerVersion(rows[0].version)
      return timeouts
    } catch (error) {
      if (refusesTimeouts(error) && timeouts === 'startup') {
        timeouts = 'role'
        say('A pooler stands before the database and takes no timeouts; set them on the role: ' +
          "alter role … set statement_timeout = '5s', idle_in_transaction_session_timeout = '10s'.")
        continue
      }
      if (!mayPass(error) || Date.now() > givenUp) throw error
      if (!told) say(`Waiting for the database at ${placeOf(url)}: ${(error as Error).message || (error as NodeJS.ErrnoException).code}`)
      told = true
    } finally {
      await close()
    }
    await sleep(500)
  }
}

/** PgBouncer, unless its ignore_startup_parameters lists them. */
const refusesTimeouts = (error: unknown) =>
  error instanceof Error && /unsupported startup parameter/.test(error.message)

/** A server that is not there yet, or is starting, stopping or full; a wrong password or name does not pass. */
function mayPass (error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(57P0[1-3]|53300|08)/.test(error.code ?? '')
  const { code, message } = error as NodeJS.ErrnoException
  return /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT)/.test(code ?? '') || /timeout|terminated/i.test(message)
}

const placeOf = (url: string) => new URL(url).host || 'its socket'
