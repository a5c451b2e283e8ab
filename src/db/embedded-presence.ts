import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

export interface Presence {
  /** Somebody else used the database when we came. */
  others: boolean
  /** Runs `stop` when nobody else is left; until it has ended, nobody can come in. */
  leave: (stop: () => Promise<void>) => Promise<void>
}

/** `thac` in ASCII. */
const KEY = 0x74686163

/**
 * Everybody who uses the embedded database holds one shared lock in it; the last one to leave gets it alone and stops
 * the server. The server itself notices the death of a holder, kill -9 included, so nothing can be left behind.
 *
 * Absent: the server takes no connections yet, or somebody is about to stop it.
 */
export async function enter (url: string, directory: string): Promise<Presence | undefined> {
  let client = await hold(url, directory)
  if (!client) return undefined
  const others = await countOthers(client)
  const leaving = new AbortController()

  // A crash of the server ends every session, and the lock with it.
  const holdAgain = async () => {
    while (!leaving.signal.aborted) {
      await sleep(500, undefined, { signal: leaving.signal }).catch(() => {})
      const next = await hold(url, directory).catch(() => undefined)
      if (!next) continue
      client = next.once('end', holdAgain)
      return
    }
  }
  client.once('end', holdAgain)

  return {
    others: others > 0,
    leave: async stop => {
      leaving.abort()
      if (client && await isAlone(client)) await stop()
      await client?.end().catch(() => {})
    }
  }
}

async function hold (url: string, directory: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString: url, application_name: 'thac presence', keepAlive: true })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query(
      `select pg_try_advisory_lock_shared(${KEY}) as held, current_setting('data_directory') = $1 as ours`, [directory])
    if (rows[0].held && rows[0].ours) return client
  } catch (error) {
    if (isRefusedLogin(error)) throw error
  }
  await client.end().catch(() => {})
  return undefined
}

/** Shared becomes exclusive only when no other holder is left. A lost connection answers no: the next start finds the database. */
async function isAlone (client: pg.Client): Promise<boolean> {
  try {
    await client.query(`select pg_advisory_unlock_shared(${KEY})`)
    const { rows } = await client.query(`select pg_try_advisory_lock(${KEY}) as alone`)
    return rows[0].alone
  } catch {
    return false
  }
}

async function countOthers (client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ others: number }>(`
    select count(*)::int as others from pg_locks
     where locktype = 'advisory' and objid = ${KEY} and granted and pid <> pg_backend_pid()`)
  return rows[0]!.others
}

const isRefusedLogin = (error: unknown) => error instanceof pg.DatabaseError && error.code?.startsWith('28') === true
