import type { Tx } from '../db/connect.ts'
import { consolidated } from '../domain/effect/consolidation.ts'
import { type LinkState, linkState } from '../domain/effect/link.ts'
import { type EffectStatus, type Standing, standingOn } from '../domain/effect/standing.ts'
import { type Substance, substanceOf } from '../domain/effect/substance.ts'
import { type Suspicion, suspicions } from '../domain/effect/suspicion.ts'
import { groupedBy } from '../domain/grouped.ts'
import type { Message } from '../domain/message.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import { findEffects } from '../plans/effect.queries.ts'
import { fingerprintOf } from '../plans/fingerprint.ts'
import { type StoredPlan, findPlans } from '../plans/plan.queries.ts'
import { type StoredLink, findLinks } from './link.queries.ts'
import { type GivenReview, findReviews } from './review.queries.ts'

/** A plan as it is in force on the day asked about. */
export interface Assessed {
  stored: StoredPlan
  standing: Standing
  substance: Substance
  fingerprint: string
}

export interface AssessedLink extends StoredLink {
  state: LinkState
  /** Of this link, oldest first. */
  reviews: GivenReview[]
}

export interface Assessment {
  plans: Map<string, Assessed>
  /** The links upwards of each plan; of those that stand on the day. */
  linksOf: (planId: string) => AssessedLink[]
  suspicionOf: (planId: string) => Suspicion | undefined
}

/** Nobody has to review what is not issued yet or has ended; and nothing is stale because of it. */
export const ASKED_FOR_NOTHING = {
  draft: { vi: 'chưa được ban hành', en: 'is not issued' },
  replaced: { vi: 'đã bị thay thế', en: 'has been replaced' },
  repealed: { vi: 'đã bị bãi bỏ', en: 'has been repealed' }
} as const satisfies Partial<Record<EffectStatus, Message>>

export const isAskedForNothing = (status: EffectStatus): status is keyof typeof ASKED_FOR_NOTHING => Object.hasOwn(ASKED_FOR_NOTHING, status)

/**
 * How these plans and everything above them stand on a day: what is in force, which links hold, who is suspect and
 * through whom. A handful of queries and one for each step up, whatever the number of plans.
 */
export async function assess (tx: Tx, planIds: string[], asOf: PartialDate): Promise<Assessment> {
  const stored = await linksUpwards(tx, planIds)
  const plans = await assessPlans(tx, [...new Set([...planIds, ...stored.map(({ parentId }) => parentId)])], asOf)
  const given = groupedBy(await findReviews(tx, [...plans.keys()]), ({ planId, parentId }) => `${planId} ${parentId}`)
  const links = stored.flatMap((link): AssessedLink[] => {
    const plan = plans.get(link.planId)!
    if (isAskedForNothing(plan.standing.status)) return []
    const reviews = given.get(`${link.planId} ${link.parentId}`) ?? []
    const state = linkState({
      ...link, parentFingerprint: plans.get(link.parentId)!.fingerprint, planFingerprint: plan.fingerprint, reviews
    })
    return [{ ...link, state, reviews }]
  })
  const byPlan = groupedBy(links, ({ planId }) => planId)
  const suspicion = suspicions(links)
  return { plans, linksOf: planId => byPlan.get(planId) ?? [], suspicionOf: planId => suspicion.get(planId) }
}

/** Every link above these plans, their own first; each plan is asked about once, so circles in old records end. */
async function linksUpwards (tx: Tx, planIds: string[]): Promise<StoredLink[]> {
  const reached = new Set(planIds)
  const links: StoredLink[] = []
  for (let frontier = planIds; frontier.length > 0;) {
    const step = await findLinks(tx, frontier)
    links.push(...step)
    frontier = [...new Set(step.map(({ parentId }) => parentId))].filter(id => !reached.has(id))
    for (const id of frontier) reached.add(id)
  }
  return links
}

async function assessPlans (tx: Tx, ids: string[], asOf: PartialDate): Promise<Map<string, Assessed>> {
  const stored = await findPlans(tx, ids)
  const effects = await findEffects(tx, ids)
  return new Map([...stored].map(([id, one]) => {
    const on = effects.get(id) ?? []
    const standing = standingOn(one.plan, on, asOf)
    const substance = substanceOf(consolidated(one.plan, on, asOf).plan, standing)
    return [id, { stored: one, standing, substance, fingerprint: fingerprintOf(substance) }]
  }))
}
