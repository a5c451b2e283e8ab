import type { Db, Tx } from '../db/connect.ts'
import { asKnown } from '../db/known.ts'
import type { JudgedFinding } from '../domain/enforcement.ts'
import { enforce } from '../domain/enforcement.ts'
import { type Effect, whyLeftOut } from '../domain/effect/effect.ts'
import { placeByKey, waiversInForce } from '../domain/effect/place.ts'
import { groupedBy } from '../domain/grouped.ts'
import { judge } from '../domain/judge.ts'
import { type PartialDate, firstDay } from '../domain/partial-date.ts'
import { findEffects } from '../plans/effect.queries.ts'
import { familiesOf } from '../plans/judgement.operations.ts'
import { toFindingReply } from '../plans/plan-reply.operations.ts'
import { type IssuedPlan, judgePlan, recordPlan } from '../plans/plan.operations.ts'
import { findPlans, lockRegister } from '../plans/plan.queries.ts'
import type { PlanSummary } from '../plans/summary.schemas.ts'
import { Problem } from '../problem.ts'
import { findLastChange } from './last-change.queries.ts'
import { summaryOf, wordFor } from './suspect-reply.operations.ts'
import { type Below, assessBelow } from './suspect.operations.ts'
import type { WhatIfReply } from './staleness.schemas.ts'

/** How many plans are judged with one set of queries. */
const CHUNK = 500

/** How everything below a plan stands on a day, as far as an amendment can touch it. */
interface Picture {
  below: Below
  /** What the rules find of each plan, with it and its parents as they are in force on the day. */
  findings: Map<string, PlacedFinding[]>
  orphaned: Set<string>
}

/** With its place by the key of its target, which stays the same where the draft ends a target before it. */
type PlacedFinding = JudgedFinding & { place: string }

/** Ends the transaction with an answer and nothing kept. */
class Answer extends Error {
  readonly reply: WhatIfReply

  constructor (reply: WhatIfReply) {
    super('rolled back on purpose')
    this.reply = reply
  }
}

/**
 * What would become of everything below a plan if this draft were issued: the draft is recorded by the very code that
 * records plans, the cascade is looked at before and after, and the transaction is rolled back.
 */
export async function whatIf (db: Db, id: string, draft: IssuedPlan, { asOf, by }: { asOf: PartialDate, by: string }): Promise<WhatIfReply> {
  const { draft: _, ...issued } = { issuedOn: firstDay(asOf), ...draft }
  // A picture takes as long as recording does, and others may write while the first one is taken; only if one of them
  // did, it is taken again while they wait.
  const seen = await asKnown(db, undefined, async tx => ({ last: await findLastChange(tx), picture: await pictureOf(tx, id, asOf) }))
  try {
    return await db.transaction(async tx => {
      await lockRegister(tx)
      const before = await findLastChange(tx) === seen.last ? seen.picture : await pictureOf(tx, id, asOf)
      const verdict = await judgePlan(tx, issued, { by, asIssued: false })
      const recorded = await recordUnlessImpossible(tx, issued, by)
      const effects = ((await findEffects(tx, [id])).get(id) ?? []).filter(({ by }) => by.id === recorded)
      if (recorded !== undefined && effects.length === 0) throw new Problem('draft-without-effect')
      const after = recorded === undefined ? before : await pictureOf(tx, id, asOf)
      throw new Answer({
        planId: id,
        asOf,
        refused: verdict.refused,
        findings: verdict.findings.map(toFindingReply),
        leftOut: effects.flatMap(effect => notApplied(effect, asOf)),
        ...consequences(before, after, recorded)
      })
    })
  } catch (error) {
    if (error instanceof Answer) return error.reply
    throw error
  }
}

/**
 * Who asks about today what takes effect next year is told so, and so is who does not say what changes: an answer without
 * consequences would mislead.
 */
function notApplied (effect: Effect, asOf: PartialDate): WhatIfReply['leftOut'] {
  const why = whyLeftOut(effect, asOf)
  if (why === undefined) return []
  const { relation, from, until, part } = effect
  return [{ relation, ...(from !== undefined && { from }), ...(until !== undefined && { until }), ...(part !== undefined && { part }), why }]
}

/** Recorded as issued, so that a draft with errors shows its consequences too; undefined where even that is refused. */
async function recordUnlessImpossible (tx: Tx, issued: IssuedPlan, by: string): Promise<string | undefined> {
  try {
    return (await tx.transaction(async inner => await recordPlan(inner, issued, { by, asIssued: true }))).plan.id
  } catch (error) {
    if (error instanceof Problem && (error.code === 'plan-refused' || error.code === 'identity-taken')) return undefined
    throw error
  }
}

async function pictureOf (tx: Tx, id: string, asOf: PartialDate): Promise<Picture> {
  const below = await assessBelow(tx, id, asOf)
  const { plans, linksOf } = below.assessment
  const cascade = below.distances.flatMap(([planId]) => plans.get(planId)!.known.stub ? [] : planId)
  const findings = new Map<string, PlacedFinding[]>()
  for (let start = 0; start < cascade.length; start += CHUNK) {
    const chunk = [...(await findPlans(tx, cascade.slice(start, start + CHUNK))).values()]
    const families = await familiesOf(tx, chunk, { asOf })
    for (const [index, { plan, waivers }] of chunk.entries()) {
      const family = families[index]!
      const { findings: found } = enforce(judge(family), waiversInForce(waivers, plan, family.plan), { asIssued: true })
      findings.set(plan.id, found.map(finding => ({ ...finding, place: placeByKey(finding.at, family.plan) })))
    }
  }
  const orphaned = new Set(below.distances.map(([planId]) => planId).filter(planId => {
    const links = linksOf(planId)
    return links.length > 0 && links.every(({ parentId }) => ['replaced', 'repealed'].includes(plans.get(parentId)!.standing.status))
  }))
  return { below, findings, orphaned }
}

const CONSEQUENCES = { weaker: 'target-ambition', missing: 'targets-inherited', outOfPeriod: 'period-within' } as const

/** What the second picture shows and the first one does not; the draft itself is not told of, it is what was asked about. */
function consequences (before: Picture, after: Picture, draftId: string | undefined): Omit<WhatIfReply, 'planId' | 'asOf' | 'refused' | 'findings' | 'leftOut'> {
  const plans = after.below.distances.filter(([planId]) => planId !== draftId)
  const summary = (planId: string): PlanSummary => summaryOf(after.below.assessment.plans.get(planId)!)
  const appeared = (rule: string) => plans.flatMap(([planId]) => {
    const findings = newFindings(before.findings.get(planId) ?? [], after.findings.get(planId) ?? [], rule)
    return findings.length === 0 ? [] : [{ plan: summary(planId), findings: findings.map(toFindingReply) }]
  })
  const stale = plans.flatMap(([planId, distance]) => {
    const [old, now] = [before, after].map(({ below }) => below.assessment.suspicionOf(planId))
    return now === undefined || (old !== undefined && wordFor(old) === wordFor(now)) ? [] : [{ plan: summary(planId), distance, suspect: wordFor(now) }]
  })
  const found = {
    stale,
    weaker: appeared(CONSEQUENCES.weaker),
    missing: appeared(CONSEQUENCES.missing),
    outOfPeriod: appeared(CONSEQUENCES.outOfPeriod),
    orphaned: plans.flatMap(([planId]) => after.orphaned.has(planId) && !before.orphaned.has(planId) ? [{ plan: summary(planId) }] : [])
  }
  const named = new Map(Object.values(found).flat().map(({ plan }) => [plan.id, plan]))
  return {
    ...found,
    byLevel: [...groupedBy(named.values(), ({ level }) => level)].map(([level, { length }]) => ({ ...(level !== undefined && { level }), plans: length })),
    truncated: after.below.truncated
  }
}

/** Errors and warnings of one rule that were not there before, by what they say. */
function newFindings (before: PlacedFinding[], after: PlacedFinding[], rule: string): PlacedFinding[] {
  const nameOf = ({ rule, severity, place, message }: PlacedFinding) => [rule, severity, place, message.en].join(' ')
  const known = new Set(before.map(nameOf))
  return after.filter(finding => finding.rule === rule && finding.severity !== 'info' &&
    !known.has(nameOf(finding)))
}
