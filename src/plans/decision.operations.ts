import { completed, tersely } from '../domain/completion.ts'
import { hasEffect } from '../domain/effect/effect-faults.ts'
import { type Verdict, type Waiver, enforce } from '../domain/enforcement.ts'
import { judge } from '../domain/judge.ts'
import { type Plan, datedNameOf, nameOf } from '../domain/plan.ts'
import { type Reference, isSame } from '../domain/reference.ts'
import { sharedTarget } from '../domain/target/shared-target.ts'
import { Problem } from '../problem.ts'
import { putWithBaselines } from './baseline.operations.ts'
import { cyclesOf, effectCyclesOf } from './cycle.operations.ts'
import { type Subject, assembleFamily, familyOf } from './family.operations.ts'
import { issuerWanted } from './issuer.operations.ts'
import { judgeAffected } from './judgement.operations.ts'
import { type Names, type Own, namesOf, ownOf } from './own.operations.ts'
import type { StoredPlan, StoredReading } from './plan.queries.ts'
import { type Reading, readCitations } from './reading.operations.ts'
import { dropUncitedStubs, makeStubs } from './stub.operations.ts'
import { knownOf } from './stored-plan.ts'
import type { Surroundings } from './surroundings.ts'
import { toldOf } from './told.ts'

/** A plan as a caller hands it in. */
export interface IssuedPlan extends Omit<Plan, 'id'> {
  waivers: Waiver[]
}

export interface RecordOptions {
  /** The public id of the key that asks. */
  by: string
  /** The document was lawfully issued as it is: errors make it nonconforming instead of refusing it. */
  asIssued: boolean
}

/** All that is decided about a plan before anything changes. */
export interface Decision {
  plan: Plan
  own: Own
  readings: Reading[]
  waivers: StoredPlan['waivers']
  verdict: Verdict
  /** What the plan comes to be the next version of: its record, or the stub that it takes over. */
  before?: StoredPlan
  /** A stub of the very identity that comes to be that of the plan; it becomes one with it. */
  merges?: string
}

/** What follows from the words of a plan alone, wherever it comes to stand. */
export interface Words {
  plan: Omit<Plan, 'id'>
  waivers: Waiver[]
  names: Names
  /** One for each citation. */
  references: Reference[]
}

export function wordsOf (surroundings: Surroundings, { waivers, ...fields }: IssuedPlan): Words {
  const { id, ...plan } = completed(tersely({ id: '', ...fields, targets: fields.targets.map(sharedTarget) }))
  const { issuer, issuedOn } = plan
  const own = [{ name: issuer, date: issuedOn }]
  // The plan's own issuer and those it cites are asked about together: the question is the dearest part of a decision.
  surroundings.issuers.note([...own, ...plan.citations.map(citation => issuerWanted(citation, plan))])
  const [organization] = surroundings.organizationsOf(own)
  return {
    plan,
    waivers,
    names: namesOf(plan, organization?.id),
    references: surroundings.referencesOf(plan.citations, plan)
  }
}

/** The record that is corrected, or the id that a new plan is to have; absent: a new plan, or one that waits as a stub. */
export interface As {
  record?: StoredPlan
  id?: string
}

/**
 * Decides about one plan as if it were recorded now; changes nothing. Recording, correcting, importing and the verdict
 * without the write all come through here, so they cannot differ.
 */
export function decide (surroundings: Surroundings, words: Words, { by, asIssued }: RecordOptions, { record, id }: As = {}): Decision {
  const { names, references, waivers } = words
  const draft: Plan = { id: record?.plan.id ?? id ?? surroundings.newId(), ...words.plan }
  const own = ownOf(surroundings, draft, names)
  const keepsId = record !== undefined || id !== undefined
  const takesOver = !keepsId && own.stub !== undefined
  const plan = takesOver ? { ...draft, id: own.stub!.id } : draft
  const before = takesOver ? surroundings.whole(plan.id)! : record
  const merges = keepsId && own.stub !== undefined && (record === undefined || isSame(own, own.stub)) ? own.stub.id : undefined
  const readings = readCitations(surroundings, plan.citations.map((citation, index) => ({
    citation,
    reference: references[index]!,
    citingId: plan.id,
    ...(merges !== undefined && { citingStubId: merges })
  })))
  const place = { plan, ...(own.identity !== undefined && { identity: own.identity }), ...(merges !== undefined && { merges }) }
  const family = assembleFamily(surroundings, {
    plan,
    readings: readings.map(subjectReading),
    cycles: cyclesOf(surroundings, place, readings),
    namesakes: own.namesakes,
    effectCycles: effectCyclesOf(surroundings, place, readings)
  }, plan.issuedOn)
  return {
    plan,
    own,
    readings,
    waivers: waivers.map(waiver => givenBefore(record, waiver) ?? { ...waiver, givenBy: by, givenAt: surroundings.moment }),
    verdict: enforce(judge(family), waivers, { asIssued }),
    ...(before !== undefined && { before }),
    ...(merges !== undefined && { merges })
  }
}

const subjectReading = ({ resolution, citedId, missing, known }: Reading): Subject['readings'][number] => ({
  resolution,
  ...(citedId !== undefined && { citedId }),
  ...(missing !== undefined && { missing }),
  candidates: resolution === 'ambiguous' ? known.map(one => ({ id: one.id, name: datedNameOf(one) })) : []
})

/** A waiver sent again unchanged keeps who gave it and when. */
const givenBefore = (record: StoredPlan | undefined, waiver: Waiver): StoredPlan['waivers'][number] | undefined =>
  record?.waivers.find(given => given.rule === waiver.rule && given.at === waiver.at && given.reason === waiver.reason)

/** A refusal says every finding; the place of a plan that is already there comes first, as a link. */
export function refusalOf ({ verdict, plan }: Decision): Problem | undefined {
  if (!verdict.refused) return undefined
  const { findings } = verdict
  const errors = findings.filter(finding => finding.severity === 'error' && !finding.waived)
  const taken = errors.find(finding => finding.rule === 'unique-identity')
  if (taken !== undefined) {
    return new Problem('identity-taken', taken.message, { findings, links: { plan: `/v1/plans/${String(taken.facts['planId'])}` } })
  }
  return new Problem('plan-refused', {
    vi: `${nameOf(plan)}: ${errors.length} lỗi. ${errors.map(finding => finding.message.vi).join(' ')}`,
    en: `${nameOf(plan)}: ${errors.length} error${errors.length === 1 ? '' : 's'}. ${errors.map(finding => finding.message.en).join(' ')}`
  }, { findings })
}

/** What was decided stands: with its stubs, its event, and the verdicts on whoever it concerns. */
export function accept (surroundings: Surroundings, decision: Decision, { by, type }: { by: string, type: string }): StoredPlan {
  const { plan, own, readings, waivers, verdict, before, merges } = decision
  const stubs = merges === undefined ? [] : [knownOf(surroundings.whole(merges)!)]
  if (merges !== undefined) mergeStub(surroundings, merges, plan.id)
  const made = makeStubs(surroundings, readings)
  const unbased: StoredPlan = {
    plan,
    version: before === undefined ? 1 : before.version + 1,
    status: verdict.status,
    ...(own.identity !== undefined && { identity: own.identity }),
    ...(own.canonicalCode !== undefined && { canonicalCode: own.canonicalCode }),
    ...(own.issuerKey !== undefined && { issuerKey: own.issuerKey }),
    ...(own.issuerId !== undefined && { issuerId: own.issuerId }),
    readings: readings.map((reading, index) => storedReading(reading, made[index])),
    waivers,
    recordedAt: before?.recordedAt ?? surroundings.moment,
    changedAt: surroundings.moment
  }
  const stored = putWithBaselines(surroundings, unbased, before)
  const old = surroundings.findings(plan.id)
  // A finding names the plan that is affected by its id, and a stub that came with this plan has had none until here.
  const affectsMade = made.some((id, index) => id !== undefined && hasEffect(plan.citations[index]!.relation))
  surroundings.setFindings(plan.id, affectsMade
    ? enforce(judge(familyOf(surroundings, stored)), waivers, { asIssued: true }).findings
    : verdict.findings)
  for (const id of new Set(made)) if (id !== undefined) stubs.push(surroundings.known(id)!)
  if (before !== undefined) {
    const cited = before.readings.flatMap(({ citedId }) => citedId ?? [])
    surroundings.need({ ids: cited })
    const known = new Map(cited.map(id => [id, surroundings.known(id)]))
    stubs.push(...dropUncitedStubs(surroundings, cited).map(id => known.get(id)!))
  }
  surroundings.events.push({
    by,
    type,
    planId: plan.id,
    version: stored.version,
    ...(before !== undefined && { before: toldOf(before, old) }),
    after: toldOf(stored, surroundings.findings(plan.id))
  })
  judgeAffected(surroundings, stored, before, own, stubs)
  return surroundings.whole(plan.id)!
}

function storedReading ({ resolution, citedId, candidateIds, canonicalCode }: Reading, madeId: string | undefined): StoredReading {
  const id = madeId ?? citedId
  return { resolution, ...(id !== undefined && { citedId: id }), candidateIds, ...(canonicalCode !== undefined && { canonicalCode }) }
}

/**
 * Whoever cited the stub cites the plan from now on, and the stub is gone. The citations are still called stubs, so that
 * reading them again finds that they moved.
 */
function mergeStub (surroundings: Surroundings, stubId: string, planId: string): void {
  const citing = [...new Set(surroundings.citationsOf(stubId).map(citation => citation.planId))].filter(id => id !== planId)
  surroundings.need({ wholes: citing })
  for (const id of citing) {
    const stored = surroundings.whole(id)!
    surroundings.put({ ...stored, readings: stored.readings.map(reading => reading.citedId === stubId ? { ...reading, citedId: planId } : reading) })
  }
  surroundings.events.push({ by: 'system', type: 'plan.stub-merged', planId: stubId, before: toldOf(surroundings.whole(stubId)!, []), after: { planId } })
  surroundings.remove(stubId)
}
