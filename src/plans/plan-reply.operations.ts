import type { z } from 'zod'
import { type Db, SNAPSHOT, type Tx } from '../db/connect.ts'
import type { JudgedFinding } from '../domain/enforcement.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import { Problem } from '../problem.ts'
import { countFindings } from './finding.queries.ts'
import type { ListedPlan } from './plan-list.queries.ts'
import type { PlanReply, listedPlan } from './plan.schemas.ts'
import { type KnownPlan, type StoredPlan, findKnownPlans, findPlans } from './plan.queries.ts'
import { responsibleOf } from './responsible.operations.ts'
import type { FindingReply, PlanSummary, ResponsibleReply } from './summary.schemas.ts'

/** What callers see of a plan; named member by member, so that no column is shown by accident. */
export const toSummary = ({ id, code, title, issuer, type, level, issuedOn, status }: Omit<KnownPlan, 'stub'>): PlanSummary => ({
  id,
  ...(code !== undefined && { code }),
  ...(title !== undefined && { title }),
  ...(issuer !== undefined && { issuer }),
  ...(type !== undefined && { type }),
  ...(level !== undefined && { level }),
  ...(issuedOn !== undefined && { issuedOn }),
  status
})

export const toListed = (plan: ListedPlan, responsible?: ResponsibleReply[]): z.infer<typeof listedPlan> => ({
  ...toSummary(plan),
  ...(plan.issuerId !== undefined && { issuerId: plan.issuerId }),
  ...(responsible !== undefined && { responsible }),
  ...(plan.period !== undefined && { period: plan.period }),
  ...(plan.programme !== undefined && { programme: plan.programme })
})

export const toFindingReply = ({ rule, severity, at, message, facts, waived }: JudgedFinding): FindingReply =>
  ({ rule, severity, at, message: { vi: message.vi, en: message.en }, facts, waived })

/** Several plans whole, with what each of their citations names, in the order asked for. */
export async function describePlans (db: Db | Tx, stored: StoredPlan[]): Promise<PlanReply[]> {
  const cited = await findKnownPlans(db, stored.flatMap(({ readings }) =>
    readings.flatMap(({ citedId, candidateIds }) => [...(citedId === undefined ? [] : [citedId]), ...candidateIds])))
  const counts = await countFindings(db, stored.map(({ plan }) => plan.id))
  const summaries = (ids: string[]) => ids.flatMap(id => {
    const known = cited.get(id)
    return known === undefined ? [] : [toSummary(known)]
  })
  return stored.map(({ plan, version, status, canonicalCode, issuerId, readings, waivers, recordedAt, changedAt }) => {
    const { id, period, programme, citations, targets, targetsIncomplete } = plan
    return {
      ...toSummary({ ...plan, status }),
      version,
      ...(canonicalCode !== undefined && { canonicalCode }),
      ...(issuerId !== undefined && { issuerId }),
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
      waivers: waivers.map(({ rule, at, reason, givenBy, givenAt }) =>
        ({ rule, ...(at !== undefined && { at }), reason, givenBy, givenAt: givenAt.toISOString() })),
      findingCounts: counts.get(id)!,
      recordedAt: recordedAt.toISOString(),
      changedAt: changedAt.toISOString(),
      links: { self: `/v1/plans/${id}`, lineage: `/v1/plans/${id}/lineage`, findings: `/v1/plans/${id}/findings` }
    }
  })
}

export async function describePlan (db: Db, id: string, responsibleAt?: PartialDate): Promise<PlanReply> {
  return await db.transaction(async tx => {
    const stored = (await findPlans(tx, [id])).get(id)
    if (stored === undefined) throw new Problem('plan-not-found')
    const [reply] = await describePlans(tx, [stored])
    if (responsibleAt === undefined) return reply!
    const [responsible] = await responsibleOf(tx, [stored.issuerId], responsibleAt)
    return { ...reply!, ...(responsible !== undefined && { responsible }) }
  }, SNAPSHOT)
}
