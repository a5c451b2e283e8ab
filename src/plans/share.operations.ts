import type { Db, Tx } from '../db/connect.ts'
import type { Share } from '../domain/family.ts'
import type { Plan } from '../domain/plan.ts'
import { namesPlan } from '../domain/target/inheritance.ts'
import type { StoredShare } from './share.queries.ts'
import { answer } from './surroundings.operations.ts'
import { Surroundings } from './surroundings.ts'

/** Where one plan is judged: what it ends itself counts as ended, and that it ended something before counts no more. */
interface Beside {
  of: string
  ends: string[]
}

/** The shares that count against the totals of this parent, and those of plans that were replaced or repealed. */
export function sharesInForce (parent: Plan, taken: readonly StoredShare[], beside?: Beside): { counted: Share[], ended: Share[] } {
  const shares: { counted: Share[], ended: Share[] } = { counted: [], ended: [] }
  for (const share of taken) {
    const { key, namedPlan, planId, endedBy } = share
    if (!namesPlan({ key, how: 'allocated', ...(namedPlan !== undefined && { plan: namedPlan }) }, parent)) continue
    const isEnded = beside?.ends.includes(planId) === true || endedBy.some(id => id !== beside?.of)
    shares[isEnded ? 'ended' : 'counted'].push(share)
  }
  return shares
}

/** What the children of this plan take of its totals, in the order in which the register came to know them. */
export const findShares = async (db: Db | Tx, parentId: string): Promise<StoredShare[]> => {
  const surroundings = new Surroundings()
  return await answer(db, surroundings, () => surroundings.sharesOf(parentId))
}
