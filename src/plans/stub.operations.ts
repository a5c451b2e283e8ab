import type { StoredPlan } from './plan.queries.ts'
import type { Reading } from './reading.operations.ts'
import type { Surroundings } from './surroundings.ts'
import { toldOf } from './told.ts'

/**
 * Makes a stub for each plan that is cited and that nobody holds; two citations of one plan share it. Answers the id of
 * the stub beside each reading, undefined where none is missing.
 */
export function makeStubs (surroundings: Surroundings, readings: readonly Reading[]): (string | undefined)[] {
  const ids = new Map<string, string>()
  return readings.map(({ missing, reference: { identity, canonicalCode, issuerKey, issuerId } }) => {
    if (missing === undefined || identity === undefined) return undefined
    const made = ids.get(identity)
    if (made !== undefined) return made
    const id = surroundings.newId()
    ids.set(identity, id)
    const plan = { ...missing, id }
    const stub: StoredPlan = {
      plan,
      version: 1,
      status: 'stub',
      identity,
      ...(canonicalCode !== undefined && { canonicalCode }),
      ...(issuerKey !== undefined && { issuerKey }),
      ...(issuerId !== undefined && { issuerId }),
      readings: [],
      waivers: [],
      recordedAt: surroundings.moment,
      changedAt: surroundings.moment
    }
    surroundings.put(stub)
    surroundings.events.push({ by: 'system', type: 'plan.stubbed', planId: id, version: 1, after: toldOf(stub, []) })
    return id
  })
}

/** Takes out the stubs that nobody cites any more, and answers which they were. */
export function dropUncitedStubs (surroundings: Surroundings, ids: Iterable<string>): string[] {
  const unique = [...new Set(ids)]
  surroundings.need({ ids: unique })
  const stubs = unique.filter(id => surroundings.known(id)?.stub === true)
  surroundings.need({ naming: stubs, wholes: stubs })
  return stubs.flatMap(id => {
    if (surroundings.citationsOf(id).length > 0) return []
    surroundings.events.push({ by: 'system', type: 'plan.stub-removed', planId: id, before: toldOf(surroundings.whole(id)!, []) })
    surroundings.remove(id)
    return id
  })
}
