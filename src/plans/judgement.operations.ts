import { isDeepStrictEqual } from 'node:util'
import type { Db, Tx } from '../db/connect.ts'
import type { Relation } from '../domain/citation.ts'
import { enforce } from '../domain/enforcement.ts'
import type { Family, Parent, Share } from '../domain/family.ts'
import { judge } from '../domain/judge.ts'
import { type Plan, datedNameOf, nameOf } from '../domain/plan.ts'
import { recordEvents } from '../events/event.queries.ts'
import { findWayUp } from '../graph/walk.queries.ts'
import { Problem } from '../problem.ts'
import { findChildIds, findCitationsToReread, findEndings, updateReading } from './citation.queries.ts'
import { findFindings, replaceFindings, updateStatus } from './finding.queries.ts'
import { type StoredPlan, deleteUncitedStubs, findKnownPlans, findPlans } from './plan.queries.ts'
import { findIssuerOrganizations } from './issuer.operations.ts'
import { findOwn } from './own.operations.ts'
import { issuerWanted, readCitations } from './reading.operations.ts'
import { sharesInForce } from './share.operations.ts'
import { type StoredShare, findAnswering, findShares } from './share.queries.ts'
import { recordStubs } from './stub.operations.ts'

/** How many plans are judged with one set of queries. */
const CHUNK = 500

/** What a family is assembled from: a plan and what its citations were found to name. */
export interface Subject {
  plan: Plan
  readings: {
    resolution: Family['readings'][number]['resolution']
    citedId?: string
    /** A parent that nobody holds, described by the citation. */
    missing?: Omit<Plan, 'id'>
    candidates: Family['readings'][number]['candidates']
  }[]
  cycles: Family['cycles']
  namesakes: Family['namesakes']
}

/** Any number of families with a handful of queries: what a rule may look at is fetched here and nowhere else. */
export async function assembleFamilies (db: Db | Tx, subjects: Subject[]): Promise<Family[]> {
  const stored = await findPlans(db, subjects.flatMap(subject => citedBy(subject, ['implements'])))
  const endings = await findEndings(db, [...stored.keys()])
  const taken = await findShares(db, subjects.filter(takesShares).flatMap(subject => citedBy(subject, ['implements'])))
  return subjects.map(subject => {
    const { plan, readings, cycles, namesakes } = subject
    return {
      plan,
      parents: readings.flatMap(({ citedId, missing }, citation): Parent[] => {
        if (plan.citations[citation]!.relation !== 'implements') return []
        if (missing !== undefined) return [{ citation, plan: { ...missing, id: '' }, stub: true, endings: [] }]
        const parent = citedId === undefined ? undefined : stored.get(citedId)
        if (parent === undefined) return []
        const shares = takesShares(subject) ? sharesBeside(subject, parent.plan, taken.get(parent.plan.id) ?? []) : undefined
        return [{
          citation,
          plan: parent.plan,
          stub: parent.status === 'stub',
          endings: endings.get(parent.plan.id) ?? [],
          ...(shares !== undefined && { shares })
        }]
      }),
      readings: readings.map(({ resolution, candidates }, index) => ({ citation: plan.citations[index]!, resolution, candidates })),
      cycles,
      namesakes
    }
  })
}

const citedBy = ({ plan, readings }: Pick<Subject, 'plan'> & { readings: { citedId?: string }[] }, relations: Relation[]): string[] =>
  readings.flatMap(({ citedId }, index) => relations.includes(plan.citations[index]!.relation) ? citedId ?? [] : [])

const takesShares = ({ plan }: Pick<Subject, 'plan'>): boolean =>
  plan.targets.some(({ inherits = [] }) => inherits.some(({ how }) => how === 'allocated'))

/** Undefined where the effect of the plan's own share has ended. */
function sharesBeside (subject: Subject, parent: Plan, taken: StoredShare[]): Share[] | undefined {
  const { counted, ended } = sharesInForce(parent, taken, { of: subject.plan.id, ends: citedBy(subject, ['replaces', 'repeals']) })
  return ended.some(({ planId }) => planId === subject.plan.id) ? undefined : counted
}

/**
 * Judges again every plan whose verdict can have changed because these plans arrived or changed: those that implement
 * them, those that implement what they end, those that may be one with them, those whose citations now name another plan,
 * and those that answer for a total which these plans share; `before` says what they were. `codes` are those of stubs that
 * came or went with the change.
 */
export async function judgeAffected (tx: Tx, changed: StoredPlan[], before: StoredPlan[] = [], codes: string[] = []): Promise<void> {
  const own = [...changed, ...before].flatMap(({ canonicalCode }) => canonicalCode ?? [])
  const changedIds = changed.map(({ plan }) => plan.id)
  const { concerned, movedIds, left, endedIds } = await reread(tx, [...own, ...codes], changedIds)
  const ended = [...[...changed, ...before].flatMap(plan => citedBy(plan, ['replaces', 'repeals'])), ...endedIds]
  const affected = new Set(concerned)
  for (const planId of await findChildIds(tx, [...changedIds, ...ended])) affected.add(planId)
  const parents = [...before.flatMap(plan => citedBy(plan, ['implements'])), ...left]
  for (const planId of await findAnswering(tx, [...changedIds, ...ended, ...movedIds], parents)) affected.add(planId)
  for (const { namesakes } of await findOwn(tx, [...changed, ...before].map(ownSubject))) {
    for (const { id } of namesakes) affected.add(id)
  }
  // A plan that changed was judged when it was decided about; only citations that moved since are news to it.
  for (const id of changedIds) {
    if (movedIds.length === 0) affected.delete(id)
    else affected.add(id)
  }
  const ids = [...affected]
  for (let start = 0; start < ids.length; start += CHUNK) await judgeAgain(tx, ids.slice(start, start + CHUNK))
}

const ownSubject = ({ plan, issuerId }: StoredPlan) => ({ plan, ...(issuerId !== undefined && { issuerId }) })

interface Reread {
  /** The plans in which a citation came to name something else, or may mean a plan that changed. */
  concerned: Set<string>
  movedIds: string[]
  /** The parents that a citation names no more. */
  left: string[]
  /** What a citation came to end, or ends no more. */
  endedIds: string[]
}

/**
 * Reads again the citations that may mean plans of these codes or that rest on these plans, until nothing moves: a stub
 * that comes or goes with one citation can be what another one names.
 */
async function reread (tx: Tx, codes: string[], changedIds: string[]): Promise<Reread> {
  const found: Reread = { concerned: new Set(), movedIds: [], left: [], endedIds: [] }
  let rounds = 0
  for (let ids = changedIds; codes.length > 0 || ids.length > 0;) {
    // Each round needs a stub that came or went; this many mean a fault of ours, and nobody else could write meanwhile.
    if (++rounds > 100) throw new Error('the citations do not come to rest')
    const old = await findCitationsToReread(tx, [...new Set(codes)], ids)
    const organizations = await findIssuerOrganizations(tx, old.map(({ citation, citing }) => issuerWanted(citation, citing)))
    const readings = await readCitations(tx, old.map(({ citation, citing, planId }, index) => ({
      citation,
      citingId: planId,
      ...(citing.issuer !== undefined && { citingIssuer: citing.issuer }),
      ...(organizations[index] !== undefined && { organization: organizations[index] })
    })))
    for (const { planId, candidateIds } of old) if (candidateIds.some(id => changedIds.includes(id))) found.concerned.add(planId)
    const moved = old.flatMap((before, index) => {
      const after = readings[index]!
      const same = before.citedId === after.citedId && before.resolution === after.resolution &&
        isDeepStrictEqual(before.candidateIds, after.candidateIds) && after.missing === undefined
      return same ? [] : [{ before, after }]
    })
    const stubs = await recordStubs(tx, moved.map(({ after }) => after))
    for (const [index, { before, after }] of moved.entries()) {
      const citedId = stubs[index] ?? after.citedId
      if (citedId !== undefined && (citedId === before.planId || before.citation.relation === 'implements')) await refuseCircle(tx, before.planId, citedId)
      await updateReading(tx, before.planId, before.position, {
        resolution: after.resolution, candidateIds: after.candidateIds, ...(citedId !== undefined && { citedId })
      })
      found.concerned.add(before.planId)
      found.movedIds.push(before.planId)
      const { relation } = before.citation
      if (relation === 'implements' && before.citedId !== undefined) found.left.push(before.citedId)
      if (relation === 'replaces' || relation === 'repeals') found.endedIds.push(...[before.citedId ?? [], citedId ?? []].flat())
    }
    codes = [
      ...moved.flatMap(({ after }, index) => stubs[index] === undefined ? [] : after.canonicalCode ?? []),
      ...await deleteUncitedStubs(tx, moved.flatMap(({ before }) => before.citedId ?? []))
    ]
    ids = []
  }
  return found
}

/** What another plan's citation comes to name must not close a circle either. */
async function refuseCircle (tx: Tx, planId: string, citedId: string): Promise<void> {
  const way = await findWayUp(tx, citedId, planId)
  if (way === undefined) return
  const known = await findKnownPlans(tx, way)
  const path = [planId, ...way].map(id => nameOf(known.get(id)!)).join(' → ')
  throw new Problem('plan-refused', {
    vi: `Với thay đổi này, một trích dẫn đã có trong sổ khép kín một vòng: ${path}. Hãy sửa trích dẫn đó trước, ghi rõ ngày ban hành hoặc planId.`,
    en: `With this change a citation of the register closes a circle: ${path}. Correct that citation first, with a date of issue or a planId.`
  })
}

/** The families of plans of the register, as judging them again sees them. */
export async function familiesOf (db: Db | Tx, stored: StoredPlan[]): Promise<Family[]> {
  const candidates = await findKnownPlans(db, stored.flatMap(({ readings }) => readings.flatMap(({ candidateIds }) => candidateIds)))
  const own = await findOwn(db, stored.map(ownSubject))
  return await assembleFamilies(db, stored.map(({ plan, readings }, index) => ({
    plan,
    readings: readings.map(({ resolution, citedId, candidateIds }) => ({
      resolution,
      ...(citedId !== undefined && { citedId }),
      candidates: candidateIds.flatMap(id => {
        const candidate = candidates.get(id)
        return candidate === undefined ? [] : [{ id, name: datedNameOf(candidate) }]
      })
    })),
    cycles: [],
    namesakes: own[index]!.namesakes
  })))
}

/** The verdict of today, stored if it differs; an error that appears on a plan of the register never removes it. */
async function judgeAgain (tx: Tx, ids: string[]): Promise<void> {
  const stored = [...(await findPlans(tx, ids)).values()].filter(({ status }) => status !== 'stub')
  const families = await familiesOf(tx, stored)
  const before = await findFindings(tx, ids)
  for (const [index, { plan, status, waivers }] of stored.entries()) {
    const verdict = enforce(judge(families[index]!), waivers, { asIssued: true })
    // What jsonb gives back has no members that are undefined.
    const findings = JSON.parse(JSON.stringify(verdict.findings)) as typeof verdict.findings
    const old = before.get(plan.id) ?? []
    if (isDeepStrictEqual(old, findings) && status === verdict.status) continue
    await replaceFindings(tx, new Map([[plan.id, findings]]))
    const version = status === verdict.status ? undefined : await updateStatus(tx, plan.id, verdict.status)
    await recordEvents(tx, [{
      by: 'system',
      type: 'plan.judged',
      planId: plan.id,
      ...(version !== undefined && { version }),
      before: { status, findings: old },
      after: { status: verdict.status, findings }
    }])
  }
}
