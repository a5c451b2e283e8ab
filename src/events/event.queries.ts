import { events } from '../db/schema.ts'
import type { Tx } from '../db/connect.ts'

/** One change, as the log keeps it. */
export interface Event {
  /** The public id of the key that asked for it; `system` for what follows of itself. */
  by: string
  /** Noun and past participle, `plan.recorded`, `key.revoked`. */
  type: string
  planId?: string
  version?: number
  before?: unknown
  after?: unknown
}

/** Takes Tx: the log and the change it tells of commit together or not at all. */
export async function recordEvents (tx: Tx, changes: Event[]): Promise<void> {
  if (changes.length > 0) await tx.insert(events).values(changes)
}
