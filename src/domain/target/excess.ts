import { shareOut } from './allocation.ts'
import { add, compareDecimals, type Decimal } from '../decimal.ts'
import type { Parent, Share } from '../family.ts'
import { namesPlan } from './inheritance.ts'
import type { Plan } from '../plan.ts'
import { claimsOn, sharedTotals, type Claim, type SharedTotal } from './shared-total.ts'
import type { Amount, Target } from './target.ts'

/** A total of a parent that the shares of its children exceed, for which this plan has to answer. */
export interface Excess {
  parent: Plan
  /** The parent's target. */
  target: Target
  /** Index into the plan's targets: the last one that takes of this total. */
  index: number
  shared: SharedTotal
  /** The most that this plan may take, in the unit of the sums; negative: the others alone exceed the total. */
  left: Decimal
  /** What this plan takes, and what the others took. */
  own: Amount[]
  others: { planId: string, plan: string, amount: Amount }[]
}

interface OwnShare extends Pick<Share, 'issuer' | 'target'> {
  index: number
}

export function excessesOf (plan: Plan, parents: Parent[]): Excess[] {
  return parents.flatMap(({ plan: parent, shares }) => shares === undefined
    ? []
    : parent.targets.flatMap(target => {
      const own = ownShares(plan, parent, target)
      return own.length === 0 ? [] : excessesOn(plan, parent, target, own, shares.filter(({ key }) => key === target.key))
    }))
}

function ownShares (plan: Plan, parent: Plan, { key }: Target): OwnShare[] {
  return plan.targets.flatMap((target, index) =>
    (target.inherits ?? []).some(link => link.key === key && link.how === 'allocated' && namesPlan(link, parent))
      ? [{ index, target, ...(plan.issuer !== undefined && { issuer: plan.issuer }) }]
      : [])
}

function excessesOn (plan: Plan, parent: Plan, target: Target, own: OwnShare[], held: Share[]): Excess[] {
  const others = claimsOn(target, held.filter(({ planId }) => planId !== plan.id))
  const before = claimsOn(target, held.filter(({ planId }) => planId === plan.id))
  const mine = claimsOn(target, own)
  const totals = (claims: Claim[]) => sharedTotals(target, claims)
  const [without, formerly] = [totals(others), totals([...others, ...before])]
  const upToThis = totals([...others.filter(({ planId }) => planId < plan.id), ...mine])
  return totals([...others, ...mine]).flatMap((shared, index): Excess[] => {
    if (!isExceeded(shared)) return []
    // Whoever takes what his own row gives him adds nothing, whatever the other rows say.
    if (!takesMore(shared, without[index]!)) return []
    const answers = takesMore(shared, formerly[index]!) || before.some(share => share.answers) ||
      (!others.some(share => share.answers) && isExceeded(upToThis[index]!))
    if (!answers) return []
    const taken = shared.taken.slice(others.length).flatMap(amount => amount ?? [])
    return [{
      parent,
      target,
      index: own.at(-1)!.index,
      shared,
      left: add(shareOut(shared.total, taken, {})!.ends.at(-1)!.sum, shared.given.ends.at(-1)!.remainder),
      own: taken,
      others: others.flatMap(({ planId, plan }, at) => shared.taken[at] === undefined ? [] : [{ planId, plan, amount: shared.taken[at] }])
    }]
  })
}

const isExceeded = ({ given }: SharedTotal): boolean => given.outcome === 'over-cap' || given.outcome === 'mismatch'

/** At the far end: that is what counts against a total. */
const takesMore = (now: SharedTotal, then: SharedTotal): boolean =>
  compareDecimals(now.given.ends.at(-1)!.sum, then.given.ends.at(-1)!.sum) === 1
