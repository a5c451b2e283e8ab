import { uuidv7 } from 'uuidv7'
import { type Db, SNAPSHOT, type Tx } from '../db/connect.ts'
import { completed } from '../domain/completion.ts'
import { type Verdict, type Waiver, enforce } from '../domain/enforcement.ts'
import { judge } from '../domain/judge.ts'
import { type Plan, datedNameOf, nameOf } from '../domain/plan.ts'
import { isSame } from '../domain/reference.ts'
import { recordEvents } from '../events/event.queries.ts'
import { findWayUp } from '../graph/walk.queries.ts'
import { Problem } from '../problem.ts'
import { mergeStub } from './citation.queries.ts'
import { replaceFindings } from './finding.queries.ts'
import { type Subject, assembleFamilies, judgeAffected } from './judgement.operations.ts'
import {
  type GivenWaiver, type PlanRecord, type StoredPlan, deleteUncitedStubs, findKnownPlans, findPlans, insertPlans, lockRegister,
  replaceCitations, replaceTargets, replaceWaivers, updatePlan
} from './plan.queries.ts'
import { findIssuerOrganizations } from './issuer.operations.ts'
import { type Own, findOwn } from './own.operations.ts'
import { type Reading, issuerWanted, readCitations } from './reading.operations.ts'
import { recordStubs } from './stub.operations.ts'

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

/** All that is decided about a plan before anything is written. */
interface Decision {
  record: PlanRecord
  readings: Reading[]
  /** A stub of the very identity that an amended plan comes to have; it becomes one with it. */
  merges?: string
  waivers: (Waiver & { givenBy: string, givenAt?: Date })[]
  verdict: Verdict
}

/**
 * Decides about a plan as if it were recorded now; writes nothing. Recording, amending and the verdict without the write
 * all come through here, so they cannot differ.
 */
async function decide (
  db: Db | Tx, issued: IssuedPlan, { by, asIssued }: RecordOptions, existing: StoredPlan | undefined
): Promise<Decision> {
  const { waivers, ...fields } = issued
  const draft = completed<Plan>({ id: existing?.plan.id ?? uuidv7(), ...fields })
  const { issuer, issuedOn } = draft
  // The plan's own issuer and those it cites are asked about together: the question is the dearest part of a decision.
  const [organization, ...citedOrganizations] = await findIssuerOrganizations(db, [
    { ...(issuer !== undefined && { name: issuer }), ...(issuedOn !== undefined && { date: issuedOn }) },
    ...draft.citations.map(citation => issuerWanted(citation, draft))
  ])
  const [own] = await findOwn(db, [{ plan: draft, ...(organization !== undefined && { issuerId: organization.id }) }]) as [Own]
  const plan = existing === undefined && own.stub !== undefined ? { ...draft, id: own.stub.id } : draft
  const merges = existing !== undefined && own.stub !== undefined && isSame(own, own.stub) ? own.stub.id : undefined
  const readings = await readCitations(db, plan.citations.map((citation, index) => ({
    citation,
    citingId: plan.id,
    ...(merges !== undefined && { citingStubId: merges }),
    ...(issuer !== undefined && { citingIssuer: issuer }),
    ...(citedOrganizations[index] !== undefined && { organization: citedOrganizations[index] })
  })))
  const [family] = await assembleFamilies(db, [{
    plan,
    readings: readings.map(subjectReading),
    cycles: await findCycles(db, plan, readings, own.identity, merges),
    namesakes: own.namesakes
  }])
  const verdict = enforce(judge(family!), waivers, { asIssued })
  return {
    record: {
      plan,
      version: existing === undefined ? 1 : existing.version + 1,
      status: verdict.status,
      ...(own.identity !== undefined && { identity: own.identity }),
      ...(own.canonicalCode !== undefined && { canonicalCode: own.canonicalCode }),
      ...(own.issuerKey !== undefined && { issuerKey: own.issuerKey }),
      ...(own.issuerId !== undefined && { issuerId: own.issuerId })
    },
    readings,
    ...(merges !== undefined && { merges }),
    waivers: waivers.map(waiver => givenBefore(existing, waiver) ?? { ...waiver, givenBy: by }),
    verdict
  }
}

const subjectReading = ({ resolution, citedId, missing, known }: Reading): Subject['readings'][number] => ({
  resolution,
  ...(citedId !== undefined && { citedId }),
  ...(missing !== undefined && { missing }),
  candidates: resolution === 'ambiguous' ? known.map(one => ({ id: one.id, name: datedNameOf(one) })) : []
})

/** A waiver sent again unchanged keeps who gave it and when. */
const givenBefore = (existing: StoredPlan | undefined, waiver: Waiver): GivenWaiver | undefined =>
  existing?.waivers.find(given => given.rule === waiver.rule && given.at === waiver.at && given.reason === waiver.reason)

/** The circles that the parents of this plan would close. Only a plan that others already cite can close one. */
async function findCycles (db: Db | Tx, plan: Plan, readings: Reading[], identity: string | undefined, merges: string | undefined): Promise<Subject['cycles']> {
  const cycles: Subject['cycles'] = []
  // What cites the stub that becomes one with the plan will cite the plan.
  const selves = [plan.id, ...(merges === undefined ? [] : [merges])]
  for (const [citation, { citedId, missing, reference }] of readings.entries()) {
    const itself = citedId === undefined
      ? missing !== undefined && identity !== undefined && reference.identity === identity
      : selves.includes(citedId)
    if (itself) cycles.push({ citation, path: [nameOf(plan), nameOf(plan)] })
    if (itself || citedId === undefined || plan.citations[citation]!.relation !== 'implements') continue
    for (const self of selves) {
      const way = await findWayUp(db, citedId, self)
      if (way === undefined) continue
      const known = await findKnownPlans(db, way)
      cycles.push({ citation, path: [plan, ...way.map(id => id === self ? plan : known.get(id)!)].map(nameOf) })
      break
    }
  }
  return cycles
}

/** Writes what was decided; answers the codes of the stubs that came with it. Takes Tx: all of it or nothing. */
async function store (tx: Tx, { record, readings, merges, waivers, verdict }: Decision, known: boolean): Promise<string[]> {
  const { plan } = record
  if (merges !== undefined) await mergeStub(tx, merges, plan.id)
  if (known) await updatePlan(tx, record)
  else await insertPlans(tx, [record])
  const stubs = await recordStubs(tx, readings)
  await replaceCitations(tx, plan.id, readings.map((reading, index) => {
    const citedId = stubs[index] ?? reading.citedId
    return { ...reading, ...(citedId !== undefined && { citedId }) }
  }))
  await replaceTargets(tx, plan)
  await replaceWaivers(tx, plan.id, waivers)
  await replaceFindings(tx, new Map([[plan.id, verdict.findings]]))
  return readings.flatMap(({ canonicalCode }, index) => stubs[index] === undefined ? [] : canonicalCode ?? [])
}

/** A refusal says every finding; the place of a plan that is already there comes first, as a link. */
function refuse ({ verdict, record }: Decision, namesake: string | undefined): void {
  if (!verdict.refused) return
  const { findings } = verdict
  const errors = findings.filter(finding => finding.severity === 'error' && !finding.waived)
  if (namesake !== undefined) {
    throw new Problem('identity-taken', errors.find(finding => finding.rule === 'unique-identity')!.message, {
      findings, links: { plan: `/v1/plans/${namesake}` }
    })
  }
  throw new Problem('plan-refused', {
    vi: `${nameOf(record.plan)}: ${errors.length} lỗi. ${errors.map(finding => finding.message.vi).join(' ')}`,
    en: `${nameOf(record.plan)}: ${errors.length} error${errors.length === 1 ? '' : 's'}. ${errors.map(finding => finding.message.en).join(' ')}`
  }, { findings })
}

const takenBy = ({ verdict }: Decision): string | undefined =>
  verdict.findings.find(finding => finding.rule === 'unique-identity' && finding.severity === 'error')?.facts['planId'] as string | undefined

/** The verdict without the write: the same decision, in a transaction that only reads. */
export async function judgePlan (db: Db, issued: IssuedPlan, options: RecordOptions): Promise<Verdict> {
  return await db.transaction(async tx => (await decide(tx, issued, options, undefined)).verdict, SNAPSHOT)
}

/** Records a plan and says what the rules find. An error that nobody waived refuses it, and nothing is stored. */
export async function recordPlan (db: Db, issued: IssuedPlan, options: RecordOptions): Promise<StoredPlan> {
  return await db.transaction(async tx => {
    await lockRegister(tx)
    const decision = await decide(tx, issued, options, undefined)
    refuse(decision, takenBy(decision))
    const { plan } = decision.record
    const stub = (await findPlans(tx, [plan.id])).get(plan.id)
    if (stub !== undefined) decision.record.version = stub.version + 1
    const codes = await store(tx, decision, stub !== undefined)
    return await announce(tx, decision, { by: options.by, type: 'plan.recorded', ...(stub !== undefined && { before: stub.plan }) }, stub === undefined ? [] : [stub], codes)
  })
}

export interface Change {
  /** The version the caller has seen; another one refuses the change. */
  version: number
  /** The plan with the change applied. */
  apply: (before: StoredPlan) => IssuedPlan
}

/** Corrects a record under the same rules as recording it. A stub is not corrected: its document is recorded instead. */
export async function amendPlan (db: Db, id: string, { version, apply }: Change, options: RecordOptions): Promise<StoredPlan> {
  return await db.transaction(async tx => {
    await lockRegister(tx)
    const before = (await findPlans(tx, [id])).get(id)
    if (before === undefined) throw new Problem('plan-not-found')
    if (before.version !== version) {
      throw new Problem('version-mismatch', {
        vi: `Bản ghi đang ở phiên bản ${before.version}, yêu cầu sửa dựa trên phiên bản ${version}. Hãy đọc lại rồi sửa trên bản mới.`,
        en: `The record is at version ${before.version}; the change was made on version ${version}. Read it again and change the new version.`
      }, { links: { plan: `/v1/plans/${id}` } })
    }
    if (before.status === 'stub') throw new Problem('plan-is-stub')
    const decision = await decide(tx, apply(before), options, before)
    refuse(decision, takenBy(decision))
    const codes = await store(tx, decision, true)
    codes.push(...await deleteUncitedStubs(tx, before.readings.flatMap(({ citedId }) => citedId ?? [])))
    return await announce(tx, decision, { by: options.by, type: 'plan.amended', before: before.plan }, [before], codes)
  })
}

/** Writes the event, judges again whoever the change concerns, and reads back what is stored. */
async function announce (
  tx: Tx, { record }: Decision, event: { by: string, type: string, before?: Plan }, before: StoredPlan[], codes: string[]
): Promise<StoredPlan> {
  const { plan, version } = record
  await recordEvents(tx, [{ ...event, planId: plan.id, version, after: plan }])
  const stored = (await findPlans(tx, [plan.id])).get(plan.id)!
  await judgeAffected(tx, [stored], before, codes)
  return stored
}
