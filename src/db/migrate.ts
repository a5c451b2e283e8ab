import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import pg from 'pg'
import { PACKAGE_ROOT } from '../program-place.ts'

export interface MigrateOptions {
  /** Absent: the migrations of this version of the package. */
  folder?: string
}

interface Migration {
  tag: string
  /** When drizzle-kit made it, in milliseconds; what orders migrations. */
  madeAt: number
  hash: string
  statements: string[]
}

type Applied = Pick<Migration, 'madeAt' | 'hash'>

export const MIGRATIONS = join(PACKAGE_ROOT, 'migrations')

/** `migr` in ASCII. */
const LOCK = 0x6d696772

/**
 * Brings the schema to what migrations/ says and answers how many were applied. Any number of nodes may do it at once.
 * Throws without a change when the database is not a past of this folder.
 *
 * drizzle's own migrate() takes no lock, and passes silently over a migration that is older than the last one applied.
 * Its journal table is kept, so that drizzle-kit goes on working. The lock is one of the transaction: through PgBouncer
 * in transaction mode a lock of the session would stay behind on a connection that is no longer ours. One transaction
 * for each migration: a killed node leaves no half of one, and a value added to an enum can be used by the next.
 */
export async function migrate (url: string, { folder = MIGRATIONS }: MigrateOptions = {}): Promise<number> {
  const migrations = await readMigrations(folder)
  const client = new pg.Client({ connectionString: url, application_name: 'thac migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    let count = 0
    while (await applyNext(client, migrations)) count++
    return count
  } finally {
    await client.end()
  }
}

async function applyNext (client: pg.Client, migrations: Migration[]): Promise<boolean> {
  await client.query('begin')
  try {
    await client.query('set local statement_timeout = 0')
    await client.query('set local lock_timeout = 0')
    await client.query('set local idle_in_transaction_session_timeout = 0')
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    await client.query('create schema if not exists drizzle')
    await client.query(
      'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)')
    const { rows } = await client.query<Applied>(
      'select hash, created_at::float8 as "madeAt" from drizzle.__drizzle_migrations order by created_at, id')

    const next = nextMigration(migrations, rows)
    for (const statement of next?.statements ?? []) await client.query(statement)
    if (next) {
      await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [next.hash, next.madeAt])
    }
    await client.query('commit')
    return next !== undefined
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** The first migration not applied. Throws unless what is applied is exactly the beginning of the list. */
export function nextMigration (migrations: Migration[], applied: Applied[]): Migration | undefined {
  const newest = migrations.at(-1)
  for (const [index, { madeAt, hash }] of applied.entries()) {
    const expected = migrations[index]
    if (expected?.madeAt === madeAt && expected.hash === hash) continue
    const same = migrations.find(migration => migration.madeAt === madeAt)
    if (same && same.hash !== hash) {
      throw new Error(`The migration ${same.tag} was changed after it was applied to this database. ` +
        'Restore the file, and write a new migration for the change.')
    }
    if (expected && expected.madeAt < madeAt) {
      throw new Error(`The migration ${expected.tag} was never applied to this database, although a later one was. ` +
        'Make it again with drizzle-kit, so that it comes last.')
    }
    if (newest && madeAt < newest.madeAt) {
      throw new Error(`This database has a migration of ${dateOf(madeAt)} that is missing from migrations/. ` +
        'Restore its file, or use the version of thac that made this database.')
    }
    throw new Error(`This database is newer than this version of thac: it has ${applied.length} migrations, the last of ` +
      `${dateOf(applied.at(-1)!.madeAt)}; this version knows ${migrations.length}, up to ` +
      `${newest ? `${newest.tag} of ${dateOf(newest.madeAt)}` : 'none'}. Use the newer version of thac.`)
  }
  return migrations[applied.length]
}

async function readMigrations (folder: string): Promise<Migration[]> {
  const { entries } = JSON.parse(await readFile(join(folder, 'meta', '_journal.json'), 'utf8')) as { entries: Array<{ tag: string }> }
  return readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis, hash, sql }, index) =>
    ({ tag: entries[index]!.tag, madeAt: folderMillis, hash, statements: sql }))
}

const dateOf = (milliseconds: number) => new Date(milliseconds).toISOString()
