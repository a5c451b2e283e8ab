import type { Tx } from '../db/connect.ts'
import { type LinkState, linkState } from '../domain/effect/link.ts'
import type { EffectStatus, Standing } from '../domain/effect/standing.ts'
import { type Suspicion, suspicions } from '../domain/effect/suspicion.ts'
import { groupedBy } from '../domain/grouped.ts'
import type { Message } from '../domain/message.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import { type KnownPlan, findKnownPlans } from '../plans/plan.queries.ts'
import { standingsOf } from '../plans/standing.operations.ts'
import { fingerprintsOf } from './content.operations.ts'
import { type StoredLink, findLinks } from './link.queries.ts'
import { type GivenReview, findLastReviews } from './review.queries.ts'

/** How far and how wide it is looked upwards from the plans asked about, beyond their own links. */
const MOST_ABOVE = { steps: 50, links: 100_000 }

/** A plan and how it stands on the day asked about. */
export interface Assessed {
  known: KnownPlan
  standing: Standing
}

export interface AssessedLink extends StoredLink {
  state: LinkState
  /** Of the parent on the day. */
  fingerprint: string
  /** Of this link, the last of each content of the parent, oldest first. */
  reviews: GivenReview[]
}

export interface Assessment {
  plans: Map<string, Assessed>
  /** The links upwards of each plan; of those that stand on the day. */
  linksOf: (planId: string) => AssessedLink[]
  suspicionOf: (planId: string) => Suspicion | undefined
  /** More stands above than was looked at, so that a plan may be suspect through something nobody saw. */
  truncated: boolean
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
 * through whom. A handful of queries and one for each step up, whatever the number of plans; whole plans are read only
 * where a link rests on them, so a wide last step costs what its dates cost.
 */
export async function assess (tx: Tx, planIds: string[], asOf: PartialDate): Promise<Assessment> {
  const { links: stored, truncated } = await linksUpwards(tx, planIds)
  const plans = await assessPlans(tx, [...planIds, ...stored.map(({ parentId }) => parentId)], asOf)
  const standing = stored.filter(({ planId }) => !isAskedForNothing(plans.get(planId)!.standing.status))
  const given = groupedBy(await findLastReviews(tx, standing.map(({ planId }) => planId)), ({ planId, parentId }) => `${planId} ${parentId}`)
  const fingerprints = await fingerprintsOf(tx, standing.flatMap(({ planId, parentId }) =>
    given.get(`${planId} ${parentId}`)?.some(({ verdict }) => verdict !== 'valid') === true ? [planId, parentId] : [parentId]), asOf)
  const links = standing.map((link): AssessedLink => {
    const reviews = given.get(`${link.planId} ${link.parentId}`) ?? []
    const [fingerprint, planFingerprint] = [fingerprints.get(link.parentId)!, fingerprints.get(link.planId)]
    const state = linkState({ ...link, parentFingerprint: fingerprint, ...(planFingerprint !== undefined && { planFingerprint }), reviews })
    return { ...link, state, fingerprint, reviews }
  })
  const byPlan = groupedBy(links, ({ planId }) => planId)
  const suspicion = suspicions(links)
  return { plans, linksOf: planId => byPlan.get(planId) ?? [], suspicionOf: planId => suspicion.get(planId), truncated }
}

/** Every link above these plans, their own first; each plan is asked about once, so circles in old records end. */
async function linksUpwards (tx: Tx, planIds: string[]): Promise<{ links: StoredLink[], truncated: boolean }> {
  const reached = new Set(planIds)
  const links: StoredLink[] = []
  let frontier = [...reached]
  for (let step = 0; frontier.length > 0; step++) {
    const room = MOST_ABOVE.links - links.length
    if (step > MOST_ABOVE.steps || room <= 0) return { links, truncated: true }
    const found = await findLinks(tx, frontier, room + 1)
    links.push(...found.slice(0, room))
    if (found.length > room) return { links, truncated: true }
    frontier = [...new Set(found.map(({ parentId }) => parentId))].filter(id => !reached.has(id))
    for (const id of frontier) reached.add(id)
  }
  return { links, truncated: false }
}

async function assessPlans (tx: Tx, ids: string[], asOf: PartialDate): Promise<Map<string, Assessed>> {
  const known = await findKnownPlans(tx, ids)
  const standings = await standingsOf(tx, [...known.keys()], asOf)
  return new Map([...known].map(([id, plan]) => [id, { known: plan, standing: standings.get(id)! }]))
}
