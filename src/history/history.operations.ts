import type { Db, Tx } from '../db/connect.ts'
import { asKnown } from '../db/known.ts'
import { differences } from '../domain/effect/difference.ts'
import { byOrderOfEffect } from '../domain/effect/effect.ts'
import { findEffects } from '../plans/effect.queries.ts'
import { describeEffects } from '../plans/effect-reply.operations.ts'
import { findKnownPlans } from '../plans/plan.queries.ts'
import { Problem } from '../problem.ts'
import { listEvents } from './history.queries.ts'
import type { HistoryReply } from './history.schemas.ts'

/** How many entries are read at once. */
const CHUNK = 50

/** Both time lines of one plan: what other plans did to it, and what the register came to know of it. */
export async function historyOf (
  db: Db, id: string, knownAt: Date | undefined, { after, limit }: { after: number, limit: number }
): Promise<Omit<HistoryReply, 'nextCursor'>> {
  return await asKnown(db, knownAt, async tx => {
    if (!(await findKnownPlans(tx, [id])).has(id)) throw new Problem('plan-not-found')
    const effects = (await findEffects(tx, [id])).get(id) ?? []
    return {
      planId: id,
      ...(knownAt !== undefined && { knownAt: knownAt.toISOString() }),
      effects: await describeEffects(tx, effects.toSorted(byOrderOfEffect)),
      entries: await entriesOf(tx, id, { after, limit })
    }
  })
}

/** An entry of the log holds the whole plan before and after: they are read some at a time, and only what differs is kept. */
async function entriesOf (tx: Tx, id: string, { after, limit }: { after: number, limit: number }): Promise<HistoryReply['entries']> {
  const entries: HistoryReply['entries'] = []
  while (entries.length < limit) {
    const asked = Math.min(CHUNK, limit - entries.length)
    const read = await listEvents(tx, id, { after: entries.at(-1)?.seq ?? after, limit: asked })
    for (const { seq, at, by, type, version, before, after } of read) {
      entries.push({ seq, at: at.toISOString(), by, type, ...(version !== null && { version }), differences: differences(before ?? {}, after ?? {}) })
    }
    if (read.length < asked) break
  }
  return entries
}
