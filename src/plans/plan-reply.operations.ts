import type { z } from 'zod'
import type { Db, Tx } from '../db/connect.ts'
import { asKnown } from '../db/known.ts'
import { type Consolidated, consolidated } from '../domain/effect/consolidation.ts'
import type { Effect } from '../domain/effect/effect.ts'
import { standingOn } from '../domain/effect/standing.ts'
import type { JudgedFinding } from '../domain/enforcement.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import { today } from '../organizations/today.ts'
import { Problem } from '../problem.ts'
import { toEffectReply, toLeftOutReply, toStandingReply } from './effect-reply.operations.ts'
import { findEffects } from './effect.queries.ts'
import { countFindings } from './finding.queries.ts'
import type { ListedPlan } from './plan-list.queries.ts'
import { toSummary } from './plan-summary.ts'
import type { PlanReply, listedPlan } from './plan.schemas.ts'
import { type StoredPlan, findKnownPlans, findPlans } from './plan.queries.ts'
import { responsibleOf } from './responsible.operations.ts'
import type { FindingReply, ResponsibleReply } from './summary.schemas.ts'

export const toListed = (plan: ListedPlan, responsible?: ResponsibleReply[]): z.infer<typeof listedPlan> => ({
  ...toSummary(plan),
  ...(plan.issuerId !== undefined && { issuerId: plan.issuerId }),
  ...(responsible !== undefined && { responsible }),
  ...(plan.period !== undefined && { period: plan.period }),
  ...(plan.programme !== undefined && { programme: plan.programme })
})

export const toFindingReply = ({ rule, severity, at, message, facts, waived }: JudgedFinding): FindingReply =>
  ({ rule, severity, at, message: { vi: message.vi, en: message.en }, facts, waived })

export interface DescribeOptions {
  /** The plan as it is in force on this day; absent: as it is recorded, with its standing of today. */
  asOf?: PartialDate | undefined
  /** What the register knew at this moment; absent: now. */
  knownAt?: Date | undefined
  /** Who answers for the issuer on this day. */
  responsibleAt?: PartialDate | undefined
}

/** One plan whole, with what each of its citations names and how it stands. */
export async function describePlan (db: Db, id: string, { asOf, knownAt, responsibleAt }: DescribeOptions = {}): Promise<PlanReply> {
  return await asKnown(db, knownAt, async tx => {
    const stored = (await findPlans(tx, [id])).get(id)
    if (stored === undefined) throw new Problem('plan-not-found')
    const reply = await describe(tx, stored, (await findEffects(tx, [id])).get(id) ?? [], { asOf, knownAt })
    if (responsibleAt === undefined) return reply
    const [responsible] = await responsibleOf(tx, [stored.issuerId], responsibleAt)
    return { ...reply, ...(responsible !== undefined && { responsible }) }
  })
}

async function describe (db: Tx, stored: StoredPlan, effects: Effect[], { asOf, knownAt }: Pick<DescribeOptions, 'asOf' | 'knownAt'>): Promise<PlanReply> {
  const { version, status, canonicalCode, issuerId, readings, waivers, recordedAt, changedAt } = stored
  const { id, effectiveFrom, draft, programme, citations, targetsIncomplete } = stored.plan
  const known = await findKnownPlans(db, [
    ...readings.flatMap(({ citedId, candidateIds }) => [...(citedId === undefined ? [] : [citedId]), ...candidateIds]),
    ...effects.map(({ by }) => by.id)
  ])
  const findingCounts = (await countFindings(db, [id])).get(id)!
  const summaries = (ids: string[]) => ids.flatMap(id => {
    const plan = known.get(id)
    return plan === undefined ? [] : [toSummary(plan)]
  })
  const day = asOf ?? today()
  const inForce = consolidated(stored.plan, effects, day)
  const { period, targets } = asOf === undefined ? stored.plan : inForce.plan
  return {
    ...toSummary({ ...stored.plan, status }),
    version,
    ...(canonicalCode !== undefined && { canonicalCode }),
    ...(issuerId !== undefined && { issuerId }),
    ...(effectiveFrom !== undefined && { effectiveFrom }),
    ...(draft === true && { draft }),
    ...(period !== undefined && { period }),
    ...(programme !== undefined && { programme }),
    citations: citations.map((citation, index) => {
      const { resolution, citedId, candidateIds } = readings[index]!
      const [named] = summaries(citedId === undefined ? [] : [citedId])
      return {
        ...citation,
        resolution,
        ...(named !== undefined && { plan: named }),
        ...(resolution === 'ambiguous' && { candidates: summaries(candidateIds) })
      }
    }),
    targets,
    ...(targetsIncomplete === true && { targetsIncomplete }),
    effect: toStandingReply(standingOn(stored.plan, effects, day), day, known),
    ...(asOf !== undefined && {
      applied: inForce.applied.map(effect => toEffectReply(effect, known)),
      leftOut: toLeftOutReply(inForce.leftOut, known)
    }),
    waivers: waivers.map(({ rule, at, reason, givenBy, givenAt }) =>
      ({ rule, ...(at !== undefined && { at }), reason, givenBy, givenAt: givenAt.toISOString() })),
    findingCounts,
    recordedAt: recordedAt.toISOString(),
    changedAt: changedAt.toISOString(),
    links: {
      self: `/v1/plans/${id}`,
      ...(asOf === undefined && mayBeChanged(inForce) && { inForce: `/v1/plans/${id}?${new URLSearchParams({ asOf: day, ...(knownAt !== undefined && { knownAt: knownAt.toISOString() }) })}` }),
      lineage: `/v1/plans/${id}/lineage`,
      findings: `/v1/plans/${id}/findings`,
      history: `/v1/plans/${id}/history`,
      suspects: `/v1/plans/${id}/suspects`
    }
  }
}

/** Whether other plans have an effect on it, for certain or perhaps: then the record by itself does not tell what is in force. */
const mayBeChanged = ({ applied, leftOut }: Consolidated): boolean =>
  applied.length > 0 || leftOut.some(({ why }) => why === 'unclear' || why === 'unread')
