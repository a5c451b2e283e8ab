import type { Db, Tx } from '../db/connect.ts'
import { asKnown } from '../db/known.ts'
import { type Difference, differences } from '../domain/effect/difference.ts'
import type { Suspicion } from '../domain/effect/suspicion.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import { groupedBy } from '../domain/grouped.ts'
import { namesPlan } from '../domain/target/inheritance.ts'
import { walk } from '../graph/walk.queries.ts'
import { toSummary } from '../plans/plan-summary.ts'
import { findSubstances } from '../plans/substance.queries.ts'
import type { PlanSummary } from '../plans/summary.schemas.ts'
import { Problem } from '../problem.ts'
import { type Assessed, type AssessedLink, type Assessment, assess } from './assessment.operations.ts'
import { toReviewReply } from './review-reply.operations.ts'
import type { ImpactReply, SuspectsReply } from './staleness.schemas.ts'

/** A cascade below a plan: this much is looked at, and the answer says when there is more. */
export const MOST_BELOW = { depth: 50, limit: 10_000 }

export interface Moment {
  /** The day for which it is asked what is in force. */
  asOf: PartialDate
  /** The moment for which it is asked what the register knew; absent: now. */
  knownAt?: Date
}

export interface Below {
  assessment: Assessment
  /** Every plan below and the one asked about, nearest first. */
  distances: [id: string, distance: number][]
  truncated: boolean
}

/** The plan and everything that implements it, step by step down, and how all of it stands. */
export async function assessBelow (tx: Tx, id: string, asOf: PartialDate): Promise<Below> {
  const { distances, truncatedBy } = await walk(tx, id, { direction: 'descendants', relations: ['implements'], ...MOST_BELOW })
  const assessment = await assess(tx, [...distances.keys()], asOf)
  if (!assessment.plans.has(id)) throw new Problem('plan-not-found')
  const nearestFirst = [...distances].sort(([a, near], [b, far]) => near - far || (a < b ? -1 : 1))
  return { assessment, distances: nearestFirst, truncated: truncatedBy !== undefined }
}

export const summaryOf = ({ stored: { plan, status } }: Assessed): PlanSummary => toSummary({ ...plan, status })

export const wordFor = ({ itself, through }: Suspicion): 'itself' | 'through' | 'both' =>
  itself ? (through.length > 0 ? 'both' : 'itself') : 'through'

/** The suspects of a cascade, nearest first, beginning after `after`, which is the position of the page before. */
export async function suspectsOf (
  db: Db, id: string, { asOf, knownAt }: Moment, { after, limit }: { after?: [distance: number, id: string], limit: number }
): Promise<Omit<SuspectsReply, 'nextCursor'>> {
  return await asKnown(db, knownAt, async tx => {
    const { assessment, distances, truncated } = await assessBelow(tx, id, asOf)
    const page = distances
      .filter(([planId, distance]) => assessment.suspicionOf(planId) !== undefined &&
        (after === undefined || distance > after[0] || (distance === after[0] && planId > after[1])))
      .slice(0, limit)
    const links = page.flatMap(([planId]) => assessment.linksOf(planId))
    const before = await findSubstances(tx, links.flatMap(({ judgedAgainst }) => judgedAgainst ?? []))
    const changesOf = rememberingChanges(assessment, before)
    return {
      planId: id,
      asOf,
      ...(knownAt !== undefined && { knownAt: knownAt.toISOString() }),
      suspects: page.map(([planId, distance]) => {
        const suspicion = assessment.suspicionOf(planId)!
        return {
          plan: summaryOf(assessment.plans.get(planId)!),
          distance,
          suspect: wordFor(suspicion),
          links: assessment.linksOf(planId).map(link => describeLink(link, assessment, changesOf)),
          through: suspicion.through.map(({ way }) => ({
            path: way.map(step => summaryOf(assessment.plans.get(step)!)),
            state: worstOf(assessment.linksOf(way[0]!))
          }))
        }
      }),
      truncated
    }
  })
}

/** Why the first plan of a way does not stand firm. */
const worstOf = (links: AssessedLink[]): AssessedLink['state'] =>
  (['suspect', 'invalid', 'will-be-amended'] as const).find(state => links.some(link => link.state === state)) ?? 'current'

function describeLink (
  link: AssessedLink, { plans }: Assessment, changesOf: (link: AssessedLink) => Changed
): SuspectsReply['suspects'][number]['links'][number] {
  const parent = plans.get(link.parentId)!
  const { stored: { plan } } = plans.get(link.planId)!
  const { all, ofTarget } = changesOf(link)
  const review = link.reviews.at(-1)
  return {
    parent: summaryOf(parent),
    state: link.state,
    ...(link.judgedAgainst !== undefined && { judgedAgainst: link.judgedAgainst }),
    fingerprint: parent.fingerprint,
    differences: all,
    targets: plan.targets.flatMap(({ key, inherits = [] }) => inherits
      .filter(inherit => namesPlan(inherit, parent.stored.plan))
      .flatMap(inherit => {
        const differences = ofTarget.get(inherit.key)
        return differences === undefined ? [] : [{ key, inherits: inherit.key, differences }]
      })),
    ...(review !== undefined && { review: toReviewReply(review) })
  }
}

interface Changed {
  all: Difference[]
  /** By `Target.key`, which needs no escape in a pointer. */
  ofTarget: Map<string, Difference[]>
}

/** What has changed in a parent since a link was made. Siblings mostly rest on one content, so that it is compared once. */
function rememberingChanges ({ plans }: Assessment, before: Map<string, object>): (link: AssessedLink) => Changed {
  const known = new Map<string, Changed>()
  return ({ judgedAgainst, parentId }) => {
    const { fingerprint, substance } = plans.get(parentId)!
    const name = `${judgedAgainst} ${fingerprint}`
    const changed = known.get(name) ?? changedBetween(judgedAgainst === undefined || judgedAgainst === fingerprint ? undefined : before.get(judgedAgainst), substance)
    known.set(name, changed)
    return changed
  }
}

function changedBetween (old: object | undefined, substance: object): Changed {
  const all = old === undefined ? [] : differences(old, substance)
  const ofTarget = groupedBy(all.filter(({ at }) => at.startsWith('/targets/')), ({ at }) => at.split('/')[2]!)
  return { all, ofTarget }
}

interface Counts {
  plans: number
  itself: number
  through: number
}

/** How much of what is below a plan is suspect, at which levels, and whose it is. */
export async function impactOf (db: Db, id: string, { asOf, knownAt }: Moment): Promise<ImpactReply> {
  return await asKnown(db, knownAt, async tx => {
    const { assessment, distances, truncated } = await assessBelow(tx, id, asOf)
    const below = distances.filter(([planId]) => planId !== id).map(([planId]) => assessment.plans.get(planId)!)
    return {
      planId: id,
      asOf,
      ...(knownAt !== undefined && { knownAt: knownAt.toISOString() }),
      ...countOf(below),
      byLevel: countBy(below, ({ plan: { level } }) => level, level => level === undefined ? {} : { level }),
      // An organization is one however its documents spell it.
      issuers: countBy(below, ({ issuerId, issuerKey }) => issuerId ?? issuerKey, (_, { issuerId, plan: { issuer } }) =>
        ({ ...(issuerId !== undefined && { issuerId }), ...(issuer !== undefined && { issuer }) })).slice(0, 100),
      truncated
    }

    function countOf (plans: Assessed[]): Counts {
      const suspicions = plans.flatMap(({ stored: { plan } }) => assessment.suspicionOf(plan.id) ?? [])
      const itself = suspicions.filter(suspicion => suspicion.itself).length
      return { plans: plans.length, itself, through: suspicions.length - itself }
    }

    /** Those with most to review first; a group is described by the first of its plans. */
    function countBy<Key, Group extends object> (
      plans: Assessed[], keyOf: (stored: Assessed['stored']) => Key, groupOf: (key: Key, stored: Assessed['stored']) => Group
    ): (Group & Counts)[] {
      return [...groupedBy(plans, ({ stored }) => keyOf(stored))].map(([key, plans]) => ({ ...groupOf(key, plans[0]!.stored), ...countOf(plans) }))
        .sort((a, b) => b.itself + b.through - a.itself - a.through || b.plans - a.plans)
    }
  })
}
