import { type Config, readConfig } from '../config.ts'
import { type Connection, connect } from '../db/connect.ts'
import { checkServerVersion, openDatabase } from '../db/open.ts'
import { faultsOfDatabase } from '../health/readiness.ts'
import { Problem } from '../problem.ts'
import { closingOnSignal } from './interrupt.ts'
import type { Terminal } from './terminal.ts'

/** A command that answers sooner needs no talk about how its database was opened. */
const TALK_AFTER_MS = 700

/**
 * Opens the database of the environment for one command and leaves it however the command ends. `stop` is called before
 * that when a signal ends it: work that is under way must let go of its connections first.
 */
export async function withDatabase<Result> (
  terminal: Terminal, run: (database: Connection) => Promise<Result>, stop: () => Promise<void> = async () => {}
): Promise<Result> {
  const config = readConfig(terminal.env)
  const talk = lateTalk(terminal)
  const opening = openForCommand(config, talk.say).finally(talk.end).then(({ close, ...database }) => ({
    ...database,
    close: async () => {
      await stop()
      await close()
    }
  }))
  const database = await closingOnSignal(terminal, opening, { abandonable: config.databaseUrl !== undefined, expected: false })
  try {
    return await run(database)
  } finally {
    await database.close()
  }
}

/** The embedded database is the user's own, and is brought up to date; another one is migrated only by whoever asks for it. */
async function openForCommand (config: Readonly<Config>, say: (message: string) => void): Promise<Connection> {
  if (config.databaseUrl === undefined) return await openDatabase(config, say)
  const connection = connectAsUser(config.databaseUrl)
  try {
    await findServer(connection)
    const [fault] = await faultsOfSchema(connection)
    if (fault !== undefined) throw new Problem('not-ready', fault)
    return connection
  } catch (error) {
    await connection.close()
    throw error
  }
}

// A person at a terminal may wait for a long answer, and a pooler refuses timeouts as startup parameters.
export const connectAsUser = (url: string): Connection => connect(url, { poolSize: 2, timeouts: 'role' })

/** Throws when the server does not answer or is too old. `version` is the major one. */
export async function findServer ({ pool }: Connection): Promise<{ version: number, encoding: string }> {
  const { rows: [server] } = await pool.query<{ version: number, encoding: string }>(
    "select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding")
  checkServerVersion(server!.version)
  return { version: Math.trunc(server!.version / 10000), encoding: server!.encoding }
}

/** What keeps this version from working on the database. A standby is good enough to read. */
export async function faultsOfSchema ({ db }: Connection): Promise<Problem['detail'][]> {
  return (await faultsOfDatabase(db)).filter(({ code }) => code !== 'database-read-only').map(({ message }) => ({
    vi: `${message.vi} Hãy chạy thac migrate; nếu lệnh đó báo cơ sở dữ liệu mới hơn, hãy dùng phiên bản thac mới hơn.`,
    en: `${message.en} Run thac migrate; if that says the database is newer, use the newer thac.`
  }))
}

/** Keeps talk back until it is worth reading: at once when opening takes long, never when it was quick. */
function lateTalk (terminal: Terminal): { say: (message: string) => void, end: () => void } {
  const kept: string[] = []
  let late = false
  const timer = setTimeout(() => {
    late = true
    kept.forEach(message => terminal.say(message))
  }, TALK_AFTER_MS)
  return {
    say: message => { if (late) terminal.say(message); else kept.push(message) },
    end: () => clearTimeout(timer)
  }
}
