import { asc, eq, gt, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { apiKeys } from '../db/schema.ts'
import type { StoredKey } from '../http/auth.ts'
import { SCOPES, type Scope } from '../http/scopes.ts'

/** A key as it may be shown: without anything of its secret. */
export interface IssuedKey {
  id: string
  name: string
  scopes: Scope[]
  createdAt: Date
  expiresAt?: Date
  revokedAt?: Date
}

type Row = typeof apiKeys.$inferSelect

/** One row by its primary key: asked for every request that carries a key. */
export async function findKey (db: Db | Tx, id: string): Promise<StoredKey | undefined> {
  const [row] = await db.select().from(apiKeys).where(eq(apiKeys.id, id))
  return row && { ...toIssuedKey(row), secretHash: row.secretHash }
}

/** Oldest first, as the service gave them out. */
export async function findKeys (db: Db | Tx): Promise<IssuedKey[]> {
  const rows = await db.select().from(apiKeys).orderBy(asc(apiKeys.createdAt), asc(apiKeys.id))
  return rows.map(toIssuedKey)
}

/** A page of the keys by id, beginning after `after`. */
export async function listKeys (db: Db, { after, limit }: { after?: string, limit: number }): Promise<IssuedKey[]> {
  const rows = await db.select().from(apiKeys).where(after === undefined ? undefined : gt(apiKeys.id, after)).orderBy(asc(apiKeys.id)).limit(limit)
  return rows.map(toIssuedKey)
}

/** Takes Tx: a key comes with its event. */
export async function insertKey (tx: Tx, key: Pick<StoredKey, 'id' | 'name' | 'scopes' | 'secretHash' | 'expiresAt'>): Promise<IssuedKey> {
  const [row] = await tx.insert(apiKeys).values({ ...key, scopes: [...key.scopes] }).returning()
  return toIssuedKey(row!)
}

/** Sets the time of revocation; a key revoked before keeps its time. Undefined: there is no such key. */
export async function revoke (tx: Tx, id: string): Promise<{ key: IssuedKey, before: boolean } | undefined> {
  const [row] = await tx.select().from(apiKeys).where(eq(apiKeys.id, id)).for('update')
  if (row === undefined) return undefined
  if (row.revokedAt !== null) return { key: toIssuedKey(row), before: true }
  const [revoked] = await tx.update(apiKeys).set({ revokedAt: sql`now()` }).where(eq(apiKeys.id, id)).returning()
  return { key: toIssuedKey(revoked!), before: false }
}

/** Held to the end of the transaction: nobody else can add a first key meanwhile, and readers do not wait. */
export async function lockKeys (tx: Tx): Promise<void> {
  await tx.execute(sql`lock table ${apiKeys} in share row exclusive mode`)
}

function toIssuedKey (row: Row): IssuedKey {
  return {
    id: row.id,
    name: row.name,
    // A scope that this version no longer knows grants nothing.
    scopes: SCOPES.filter(scope => row.scopes.includes(scope)),
    createdAt: row.createdAt,
    ...(row.expiresAt !== null && { expiresAt: row.expiresAt }),
    ...(row.revokedAt !== null && { revokedAt: row.revokedAt })
  }
}
