import type { Tx } from '../db/connect.ts'
import { consolidated } from '../domain/effect/consolidation.ts'
import { standingOn } from '../domain/effect/standing.ts'
import { type Substance, substanceOf } from '../domain/effect/substance.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import { findEffects } from '../plans/effect.queries.ts'
import { fingerprintOf } from '../plans/fingerprint.ts'
import { findPlans } from '../plans/plan.queries.ts'

/** How many whole plans are in memory at once, and how many are digested while nobody else is answered. */
const CHUNK = 100

/** What matters of a plan on a day. */
export interface Content {
  substance: Substance
  fingerprint: string
}

/** The contents of these plans on a day; of as many as fit into memory. */
export async function contentsOf (tx: Tx, ids: readonly string[], asOf: PartialDate): Promise<Map<string, Content>> {
  const found = new Map<string, Content>()
  await eachContent(tx, ids, asOf, (id, content) => found.set(id, content))
  return found
}

/** The fingerprints of any number of plans on a day: a plan may have hundreds of targets, so only some are held at a time. */
export async function fingerprintsOf (tx: Tx, ids: readonly string[], asOf: PartialDate): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  await eachContent(tx, ids, asOf, (id, { fingerprint }) => found.set(id, fingerprint))
  return found
}

async function eachContent (tx: Tx, ids: readonly string[], asOf: PartialDate, take: (id: string, content: Content) => void): Promise<void> {
  const unique = [...new Set(ids)]
  for (let start = 0; start < unique.length; start += CHUNK) {
    const chunk = unique.slice(start, start + CHUNK)
    const effects = await findEffects(tx, chunk)
    for (const [id, { plan }] of await findPlans(tx, chunk)) {
      const on = effects.get(id) ?? []
      const substance = substanceOf(consolidated(plan, on, asOf).plan, standingOn(plan, on, asOf))
      take(id, { substance, fingerprint: fingerprintOf(substance) })
    }
  }
}
