import { uuidv7 } from 'uuidv7'
import type { Tx } from '../db/connect.ts'
import { recordEvents } from '../events/event.queries.ts'
import { insertPlans } from './plan.queries.ts'
import type { Reading } from './reading.operations.ts'

/**
 * Makes a stub for each plan that is cited and that nobody holds; two citations of one plan share it. Answers the id of
 * the stub beside each reading, undefined where none is missing.
 */
export async function recordStubs (tx: Tx, readings: Reading[]): Promise<(string | undefined)[]> {
  const ids = new Map<string, string>()
  const missing = readings.flatMap(({ missing, reference }) => {
    if (missing === undefined || reference.identity === undefined || ids.has(reference.identity)) return []
    const id = uuidv7()
    ids.set(reference.identity, id)
    return [{
      plan: { ...missing, id },
      version: 1,
      status: 'stub' as const,
      identity: reference.identity,
      ...(reference.canonicalCode !== undefined && { canonicalCode: reference.canonicalCode }),
      ...(reference.issuerKey !== undefined && { issuerKey: reference.issuerKey }),
      ...(reference.issuerId !== undefined && { issuerId: reference.issuerId })
    }]
  })
  await insertPlans(tx, missing)
  await recordEvents(tx, missing.map(({ plan }) => ({ by: 'system', type: 'plan.stubbed', planId: plan.id, version: 1, after: plan })))
  return readings.map(({ missing, reference }) =>
    missing === undefined || reference.identity === undefined ? undefined : ids.get(reference.identity))
}
