import { ConfigError, readConfig } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { openDatabase } from '../db/open.ts'
import { findKeys } from '../keys/key.queries.ts'
import { VERSION } from '../version.ts'
import { EXIT } from './exit-codes.ts'
import { failureInWords } from './failure.ts'
import { closingOnSignal } from './interrupt.ts'
import { faultOfNode } from './node-version.ts'
import { connectAsUser, faultsOfSchema, findServer } from './open.ts'
import { show, table, type Terminal } from './terminal.ts'

interface Check {
  name: 'node' | 'configuration' | 'database' | 'schema' | 'keys'
  ok: boolean
  detail: string
}

const CODE_OF_WRONG: Record<Check['name'], number> = {
  node: EXIT.unavailable,
  configuration: EXIT.usage,
  database: EXIT.unavailable,
  schema: EXIT.unavailable,
  keys: EXIT.unauthorized
}

/** Says what is wrong with an installation and how to mend it. A database that is not our own is only looked at. */
export async function doctor (terminal: Terminal): Promise<void> {
  const checks = await examine(terminal)
  show(terminal, checks, () => table(terminal, checks.map(({ name, ok, detail }) =>
    [ok ? ['green', 'ok'] : ['red', 'wrong'], name, detail])))
  const wrong = checks.find(({ ok }) => !ok)
  if (wrong !== undefined) terminal.endWith(CODE_OF_WRONG[wrong.name])
}

/** Each check rests on those before it: the first that fails in a way that hides the rest is the last. */
async function examine (terminal: Terminal): Promise<Check[]> {
  const checks: Check[] = [nodeCheck(process.versions.node)]
  let database: Connection | undefined
  try {
    const config = readConfig(terminal.env)
    const { databaseUrl } = config
    checks.push({ name: 'configuration', ok: true, detail: databaseUrl === undefined ? 'the service brings its own PostgreSQL' : 'DATABASE_URL names the database' })
    database = databaseUrl === undefined
      ? await closingOnSignal(terminal, openDatabase(config, message => terminal.say(message)), { abandonable: false, expected: false })
      : connectAsUser(databaseUrl)
    const { version, encoding } = await findServer(database)
    checks.push({
      name: 'database',
      ok: encoding === 'UTF8',
      detail: `PostgreSQL ${version}, encoding ${encoding}` + (encoding === 'UTF8' ? '' : ': Vietnamese needs a database made with encoding UTF8')
    })
    const [fault] = await faultsOfSchema(database)
    checks.push({ name: 'schema', ok: fault === undefined, detail: fault?.en ?? 'the one of this version' })
    if (fault === undefined) checks.push(await keyCheck(database))
  } catch (error) {
    const name = error instanceof ConfigError ? 'configuration' : 'database'
    checks.push({ name, ok: false, detail: failureInWords(error, { ...terminal, language: 'en' }).replace(/\s+/g, ' ') })
  } finally {
    await database?.close()
  }
  return checks
}

export function nodeCheck (version: string): Check {
  const fault = faultOfNode(version)
  return { name: 'node', ok: fault === undefined, detail: fault ?? `Node ${version}, thac ${VERSION}` }
}

async function keyCheck ({ db }: Connection): Promise<Check> {
  const keys = await findKeys(db)
  const administrators = keys.filter(({ revokedAt, expiresAt, scopes }) =>
    revokedAt === undefined && (expiresAt === undefined || expiresAt.getTime() > Date.now()) && scopes.includes('keys:admin'))
  if (keys.length === 0) return { name: 'keys', ok: true, detail: 'none yet: the first start of the service prints one' }
  return administrators.length === 0
    ? { name: 'keys', ok: false, detail: 'no key may issue others: thac keys create <name> --scopes keys:admin' }
    : { name: 'keys', ok: true, detail: `${keys.length}, of which ${administrators.length} may issue others` }
}
