import { isAmongTexts } from '../db/among.ts'
import type { Db, Tx } from '../db/connect.ts'
import { substances } from '../db/schema.ts'

/** Keeps contents under their fingerprints. The same content is the same row, however many links rest on it. */
export async function rememberSubstances (tx: Tx, contents: ReadonlyMap<string, object>): Promise<void> {
  if (contents.size === 0) return
  await tx.insert(substances).values([...contents].map(([fingerprint, substance]) => ({ fingerprint, substance }))).onConflictDoNothing()
}

export async function findSubstances (db: Db | Tx, fingerprints: string[]): Promise<Map<string, object>> {
  const unique = [...new Set(fingerprints)]
  if (unique.length === 0) return new Map()
  const rows = await db.select().from(substances).where(isAmongTexts(substances.fingerprint, unique))
  return new Map(rows.map(({ fingerprint, substance }) => [fingerprint, substance]))
}
