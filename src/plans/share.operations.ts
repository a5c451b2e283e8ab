import type { Share } from '../domain/family.ts'
import { namesPlan } from '../domain/target/inheritance.ts'
import type { Plan } from '../domain/plan.ts'
import type { StoredShare } from './share.queries.ts'

/** Where one plan is judged: what it ends itself counts as ended, and that it ended something before counts no more. */
interface Beside {
  of: string
  ends: string[]
}

/** The shares that count against the totals of this parent, and those of plans that were replaced or repealed. */
export function sharesInForce (parent: Plan, taken: StoredShare[], beside?: Beside): { counted: Share[], ended: Share[] } {
  const shares: { counted: Share[], ended: Share[] } = { counted: [], ended: [] }
  for (const { parentId, namedPlan, endedBy, ...share } of taken) {
    if (!namesPlan({ key: share.key, how: 'allocated', ...(namedPlan !== undefined && { plan: namedPlan }) }, parent)) continue
    const isEnded = beside?.ends.includes(share.planId) === true || endedBy.some(id => id !== beside?.of)
    shares[isEnded ? 'ended' : 'counted'].push(share)
  }
  return shares
}
