import { randomBytes } from 'node:crypto'
import type { Db, Tx } from '../db/connect.ts'
import { recordEvents } from '../events/event.queries.ts'
import { hashOf, makeKey, printKey } from '../http/key-secret.ts'
import { SCOPES, type Scope } from '../http/scopes.ts'
import { Problem } from '../problem.ts'
import { findKeys, insertKey, lockKeys, revoke, type IssuedKey } from './key.queries.ts'

export interface KeyRequest {
  name: string
  scopes: readonly Scope[]
  expiresAt?: Date
}

/** The key itself, `thac_<id>_<secret>`, is known here for the last time. */
export interface NewKey {
  key: string
  issued: IssuedKey
}

export const createKey = (db: Db, wanted: KeyRequest, by: string): Promise<NewKey> =>
  db.transaction(tx => issue(tx, wanted, by))

/**
 * A key with every right, when there is none at all yet; undefined otherwise. Nodes that start at the same moment on an
 * empty database make one between them.
 */
export async function ensureFirstKey (db: Db): Promise<NewKey | undefined> {
  if ((await findKeys(db)).length > 0) return undefined
  return db.transaction(async tx => {
    await lockKeys(tx)
    if ((await findKeys(tx)).length > 0) return undefined
    return issue(tx, { name: 'first key', scopes: SCOPES }, 'system')
  })
}

/** Ends a key at once, on every node. Revoking it again changes nothing. */
export async function revokeKey (db: Db, id: string, by: string): Promise<IssuedKey> {
  return db.transaction(async tx => {
    const revoked = await revoke(tx, id)
    if (revoked === undefined) {
      throw new Problem('key-not-found', { vi: `Không có khóa nào mang mã ${id}.`, en: `No key has the id ${id}.` })
    }
    if (!revoked.before) {
      const { revokedAt, ...before } = revoked.key
      await recordEvents(tx, [{ by, type: 'key.revoked', before, after: { ...before, revokedAt } }])
    }
    return revoked.key
  })
}

async function issue (tx: Tx, { name, scopes, expiresAt }: KeyRequest, by: string): Promise<NewKey> {
  const halves = makeKey(randomBytes)
  const issued = await insertKey(tx, { id: halves.id, secretHash: hashOf(halves.secret), name, scopes, expiresAt })
  await recordEvents(tx, [{ by, type: 'key.created', after: issued }])
  return { key: printKey(halves), issued }
}
