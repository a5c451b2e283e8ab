import type { Db, Tx } from '../db/connect.ts'
import { asKnown } from '../db/known.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import { groupedBy } from '../domain/grouped.ts'
import { walk } from '../graph/walk.queries.ts'
import { Problem } from '../problem.ts'
import { type Assessed, type Assessment, assess } from './assessment.operations.ts'
import { describeSuspects } from './suspect-reply.operations.ts'
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
  return { assessment, distances: nearestFirst, truncated: truncatedBy !== undefined || assessment.truncated }
}

export interface Part {
  /** The position of the page before. */
  after?: [distance: number, id: string]
  limit: number
  /** A page ends before it is much longer than this, in characters of JSON; absent: at its limit alone. */
  size?: number
}

/** The suspects of a cascade, nearest first, beginning after `after`; `more`: the page ends before they do. */
export async function suspectsOf (
  db: Db, id: string, { asOf, knownAt }: Moment, { after, limit, size = Infinity }: Part
): Promise<{ reply: Omit<SuspectsReply, 'nextCursor'>, more: boolean }> {
  return await asKnown(db, knownAt, async tx => {
    const { assessment, distances, truncated } = await assessBelow(tx, id, asOf)
    const all = distances.filter(([planId, distance]) => assessment.suspicionOf(planId) !== undefined &&
      (after === undefined || distance > after[0] || (distance === after[0] && planId > after[1])))
    const suspects = await describeSuspects(tx, all.slice(0, limit), assessment, { asOf, size })
    return {
      reply: { planId: id, asOf, ...(knownAt !== undefined && { knownAt: knownAt.toISOString() }), suspects, truncated },
      more: suspects.length < all.length
    }
  })
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
      byLevel: countBy(below, ({ level }) => level, level => level === undefined ? {} : { level }),
      // An organization is one however its documents spell it.
      issuers: countBy(below, ({ issuerId, issuerKey }) => issuerId ?? issuerKey, (_, { issuerId, issuer }) =>
        ({ ...(issuerId !== undefined && { issuerId }), ...(issuer !== undefined && { issuer }) })).slice(0, 100),
      truncated
    }

    function countOf (plans: Assessed[]): Counts {
      const suspicions = plans.flatMap(({ known: { id } }) => assessment.suspicionOf(id) ?? [])
      const itself = suspicions.filter(suspicion => suspicion.itself).length
      return { plans: plans.length, itself, through: suspicions.length - itself }
    }

    /** Those with most to review first; a group is described by the first of its plans. */
    function countBy<Key, Group extends object> (
      plans: Assessed[], keyOf: (known: Assessed['known']) => Key, groupOf: (key: Key, known: Assessed['known']) => Group
    ): (Group & Counts)[] {
      return [...groupedBy(plans, ({ known }) => keyOf(known))].map(([key, plans]) => ({ ...groupOf(key, plans[0]!.known), ...countOf(plans) }))
        .sort((a, b) => b.itself + b.through - a.itself - a.through || b.plans - a.plans)
    }
  })
}
