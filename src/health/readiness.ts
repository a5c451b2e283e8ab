import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Db } from '../db/connect.ts'
import { MIGRATIONS } from '../db/migrate.ts'
import type { Fault } from '../problem.ts'
import { findDatabaseState } from './health.queries.ts'

/** A probe is asked again soon; one that hangs on a dead server tells nothing. */
const PATIENCE_MS = 2_000

/** What keeps the node from serving; empty when it is ready. */
export async function faultsOfDatabase (db: Db, patienceMs = PATIENCE_MS): Promise<Fault[]> {
  const newest = await newestMigrationOf(MIGRATIONS)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>(resolve => { timer = setTimeout(resolve, patienceMs, undefined) })
  // Why it does not answer stands in the log of whoever uses it; to the caller it is one fault.
  const state = await Promise.race([findDatabaseState(db).catch(() => undefined), late])
  clearTimeout(timer)
  if (state === undefined) {
    return [fault('database-silent', 'Cơ sở dữ liệu không trả lời hoặc chưa được khởi tạo.', 'The database does not answer or was never migrated.')]
  }
  return [
    ...(state.readOnly ? [fault('database-read-only', 'Cơ sở dữ liệu chỉ cho đọc.', 'The database only reads.')] : []),
    ...(state.newestMigration === newest
      ? []
      : [fault('migrations-differ', 'Cấu trúc cơ sở dữ liệu không đúng phiên bản của dịch vụ.', 'The schema of the database is not the one of this version.')])
  ]
}

export const CLOSING = fault('closing', 'Máy đang dừng.', 'The node is shutting down.')

function fault (code: string, vi: string, en: string): Fault {
  return { at: '', code, message: { vi, en } }
}

async function newestMigrationOf (folder: string): Promise<number> {
  const { entries } = JSON.parse(await readFile(join(folder, 'meta', '_journal.json'), 'utf8')) as { entries: { when: number }[] }
  return Math.max(0, ...entries.map(({ when }) => when))
}
