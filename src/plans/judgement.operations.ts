import { isDeepStrictEqual } from 'node:util'
import type { Db, Tx } from '../db/connect.ts'
import { hasEffect } from '../domain/effect/effect-faults.ts'
import { enforce } from '../domain/enforcement.ts'
import type { Family } from '../domain/family.ts'
import { ofUnknownYear } from '../domain/identity.ts'
import { judge } from '../domain/judge.ts'
import { mayBe, type Reference } from '../domain/reference.ts'
import { nameOf } from '../domain/plan.ts'
import { Problem } from '../problem.ts'
import { putWithBaselines } from './baseline.operations.ts'
import { codeKeysSought } from './code-key.ts'
import type { CitingCitation } from './citation.queries.ts'
import { wayOfEnds, wayUp } from './cycle.operations.ts'
import { type FamilyOptions, familyOf } from './family.operations.ts'
import { type Own, ownOfStored } from './own.operations.ts'
import type { KnownPlan, StoredPlan } from './plan.queries.ts'
import { type Reading, readCitation } from './reading.operations.ts'
import { dropUncitedStubs, makeStubs } from './stub.operations.ts'
import { answer } from './surroundings.operations.ts'
import { citedBy, endsWhole, isImplements, knownOf } from './stored-plan.ts'
import { Surroundings } from './surroundings.ts'

/**
 * Judges again every plan whose verdict can have changed because this one arrived or changed: those that implement it,
 * those that it affects with those that implement them, those that change one of all these, those that may be one with it,
 * those whose citations now name another plan, and those that answer for a total which these plans share. `before` says
 * what it was, `namesakes` are the plans that may be one with it now, and `stubs` came or left the register with the change.
 */
export function judgeAffected (
  surroundings: Surroundings, changed: StoredPlan, before: StoredPlan | undefined, { namesakes }: Pick<Own, 'namesakes'>, stubs: readonly KnownPlan[]
): void {
  const { id } = changed.plan
  const states = before === undefined ? [changed] : [changed, before]
  const { concerned, movedIds, left, affectedIds } = reread(surroundings, [...states.map(knownOf), ...stubs], id)
  const touched = [...states.flatMap(state => citedBy(state, hasEffect)), ...affectedIds]
  const again = new Set(concerned)
  for (const affected of touched) again.add(affected)
  surroundings.need({ naming: [id, ...touched], wholes: [...touched, ...movedIds] })
  const children = new Set<string>()
  for (const one of [id, ...touched]) {
    for (const { planId, citation: { relation } } of surroundings.citationsOf(one)) {
      if (isImplements(relation)) children.add(planId)
      // Whether it may still be changed, and from when, rests on what else is done to it.
      if (hasEffect(relation)) again.add(planId)
    }
  }
  for (const child of children) again.add(child)
  surroundings.need({ naming: children })
  // What changes a child has to meet what these plans ask of it.
  for (const child of children) {
    for (const { planId, citation } of surroundings.citationsOf(child)) if (citation.changes !== undefined) again.add(planId)
  }
  const sharing = [id, ...touched, ...movedIds].flatMap(one => citedBy(surroundings.whole(one) ?? NOTHING, isImplements))
  const parents = new Set([...sharing, ...before === undefined ? [] : citedBy(before, isImplements), ...left])
  surroundings.need({ answers: parents })
  for (const parentId of parents) for (const planId of surroundings.answering(parentId)) again.add(planId)
  const formerly = before === undefined ? [] : ownOfStored(surroundings, before).namesakes
  for (const namesake of [...namesakes, ...formerly]) again.add(namesake.id)
  // A plan that changed was judged when it was decided about; only citations that moved since are news to it.
  if (movedIds.length === 0) again.delete(id)
  else again.add(id)
  judgeAgain(surroundings, [...again])
}

const NOTHING: Parameters<typeof citedBy>[0] = { plan: { id: '', citations: [], targets: [] }, readings: [] }

interface Reread {
  /** The plans in which a citation came to name something else, or may mean the plan that changed. */
  concerned: Set<string>
  movedIds: string[]
  /** The parents that a citation names no more. */
  left: string[]
  /** What a citation came to affect, or affects no more. */
  affectedIds: string[]
}

/**
 * Reads again the citations that may mean one of these plans or that rest on the one that changed, until nothing moves: a
 * stub that comes or goes with one citation can be what another one names.
 */
function reread (surroundings: Surroundings, news: readonly KnownPlan[], changedId: string): Reread {
  const found: Reread = { concerned: new Set(), movedIds: [], left: [], affectedIds: [] }
  let rounds = 0
  for (let naming = true; naming || news.length > 0; naming = false) {
    // Each round needs a stub that came or went; this many mean a fault of ours, and nobody else could write meanwhile.
    if (++rounds > 100) throw new Error('the citations do not come to rest')
    const moved = moves(surroundings, citationsConcerned(surroundings, news, naming ? changedId : undefined), changedId, found.concerned)
    const stubs = makeStubs(surroundings, moved.map(({ after }) => after))
    for (const [index, move] of moved.entries()) settle(surroundings, move, stubs[index] ?? move.after.citedId, found)
    const made = [...new Set(stubs)].flatMap(id => id === undefined ? [] : surroundings.known(id)!)
    const left = moved.flatMap(({ before }) => before.citedId ?? [])
    surroundings.need({ ids: left })
    const known = new Map(left.map(id => [id, surroundings.known(id)]))
    const gone = dropUncitedStubs(surroundings, left)
    news = [...made, ...gone.map(id => known.get(id)!)]
  }
  return found
}

/** In the order of the plans, each citation once. */
function citationsConcerned (surroundings: Surroundings, news: readonly KnownPlan[], changedId: string | undefined): { before: CitingCitation, reference: Reference }[] {
  const codes = [...new Set(news.flatMap(({ canonicalCode }) => canonicalCode ?? []))]
  const rivals = rivalsOf(surroundings, news).filter(id => id !== changedId)
  surroundings.need({ mentions: codes, naming: changedId === undefined ? rivals : [changedId, ...rivals] })
  const readable = (list: readonly CitingCitation[]) => surroundings.each(list, before =>
    ({ before, reference: surroundings.referencesOf([before.citation], before.citing)[0]! }))
  // A citation is read from the plans that it may mean, so one that can mean none of these names what it named before.
  const mentioned = [...codes.flatMap(code => surroundings.mentionsOf(code)), ...rivals.flatMap(id => surroundings.citationsOf(id))]
    .filter(({ citation }) => citation.planId === undefined)
  const concerned = [
    ...changedId === undefined ? [] : readable(surroundings.citationsOf(changedId)),
    ...readable(mentioned).filter(({ before, reference }) =>
      news.some(known => mayBe(reference, known) || before.candidateIds.includes(known.id) || before.citedId === known.id))
  ]
  return concerned.length < 2
    ? concerned
    : concerned.sort((a, b) => a.before.planId < b.before.planId ? -1 : a.before.planId > b.before.planId ? 1 : a.before.position - b.before.position)
}

/**
 * The other plans that a citation may mean which may mean one of these: of one code or identity, and perhaps of one body.
 * Every province has a 119/KH-UBND each year, so those of other bodies are left out before anybody asks who cites them.
 */
function rivalsOf (surroundings: Surroundings, news: readonly KnownPlan[]): string[] {
  return [...new Set(news.flatMap(known => {
    const { identity } = known
    return surroundings.alike(codeKeysSought(known), identity === undefined ? [] : [identity, ofUnknownYear(identity)])
      .flatMap(({ id }) => id === known.id ? [] : id)
  }))]
}

interface Move {
  before: CitingCitation
  after: Reading
}

function moves (surroundings: Surroundings, old: { before: CitingCitation, reference: Reference }[], changedId: string, concerned: Set<string>): Move[] {
  const readings = surroundings.each(old, ({ before: { citation, planId }, reference }) => readCitation(surroundings, { citation, reference, citingId: planId }))
  for (const { before: { planId, candidateIds } } of old) if (candidateIds.includes(changedId)) concerned.add(planId)
  const moved = old.flatMap(({ before }, index) => {
    const after = readings[index]!
    const same = before.citedId === after.citedId && before.resolution === after.resolution &&
      isDeepStrictEqual(before.candidateIds, after.candidateIds) && after.missing === undefined
    return same ? [] : [{ before, after }]
  })
  surroundings.need({ wholes: moved.map(({ before }) => before.planId) })
  return moved
}

/** Writes down what the citation has come to name. */
function settle (surroundings: Surroundings, { before, after }: Move, citedId: string | undefined, found: Reread): void {
  const { planId, position, citation } = before
  if (citedId !== undefined) refuseCircle(surroundings, { planId, citedId, citation })
  const stored = surroundings.whole(planId)!
  const readings = stored.readings.map((reading, index) => index !== position
    ? reading
    : {
        resolution: after.resolution,
        ...(citedId !== undefined && { citedId }),
        candidateIds: after.candidateIds,
        ...(reading.canonicalCode !== undefined && { canonicalCode: reading.canonicalCode })
      })
  const settled = putWithBaselines(surroundings, { ...stored, readings }, stored)
  surroundings.events.push({
    by: 'system',
    type: 'plan.citation-reread',
    planId,
    before: { citation: position, ...stored.readings[position] },
    after: { citation: position, ...settled.readings[position] }
  })
  found.concerned.add(planId)
  found.movedIds.push(planId)
  if (citation.relation === 'implements' && before.citedId !== undefined) found.left.push(before.citedId)
  if (hasEffect(citation.relation)) found.affectedIds.push(...[before.citedId ?? [], citedId ?? []].flat())
}

/** What another plan's citation comes to name must not close a circle either. */
function refuseCircle (surroundings: Surroundings, { planId, citedId, citation }: { planId: string, citedId: string, citation: CitingCitation['citation'] }): void {
  const way = citedId === planId
    ? [planId]
    : isImplements(citation.relation)
      ? wayUp(surroundings, citedId, planId)
      : endsWhole(citation) ? wayOfEnds(surroundings, citedId, planId) : undefined
  if (way === undefined) return
  surroundings.need({ ids: way })
  const path = [planId, ...way].map(id => nameOf(surroundings.known(id)!)).join(' → ')
  throw new Problem('plan-refused', {
    vi: `Với thay đổi này, một trích dẫn đã có trong sổ khép kín một vòng: ${path}. Hãy sửa trích dẫn đó trước, ghi rõ ngày ban hành hoặc planId.`,
    en: `With this change a citation of the register closes a circle: ${path}. Correct that citation first, with a date of issue or a planId.`
  })
}

/** The verdict of today, stored if it differs; an error that appears on a plan of the register never removes it. */
function judgeAgain (surroundings: Surroundings, ids: readonly string[]): void {
  surroundings.need({ wholes: ids, findings: ids })
  const registered = ids.flatMap(id => {
    const stored = surroundings.whole(id)
    return stored === undefined || stored.status === 'stub' ? [] : stored
  })
  const families = surroundings.each(registered, stored => familyOf(surroundings, stored))
  for (const [index, stored] of registered.entries()) {
    const { plan: { id }, status, version, waivers } = stored
    const verdict = enforce(judge(families[index]!), waivers, { asIssued: true })
    const [before, findings] = [plain(surroundings.findings(id)), plain(verdict.findings)]
    if (isDeepStrictEqual(before, findings) && status === verdict.status) continue
    surroundings.setFindings(id, findings)
    const moved = status === verdict.status ? undefined : version + 1
    if (moved !== undefined) surroundings.put({ ...stored, status: verdict.status, version: moved, changedAt: surroundings.moment })
    surroundings.events.push({
      by: 'system',
      type: 'plan.judged',
      planId: id,
      ...(moved !== undefined && { version: moved }),
      before: { status, findings: before },
      after: { status: verdict.status, findings }
    })
  }
}

/** Any number of families of plans of the register, with a set of queries for all of them. */
export async function familiesOf (db: Db | Tx, stored: readonly StoredPlan[], options: FamilyOptions = {}): Promise<Family[]> {
  const surroundings = new Surroundings()
  return await answer(db, surroundings, () => surroundings.each(stored, one => familyOf(surroundings, one, options)))
}

/** As the database gives it back: without members that are undefined. */
const plain = <T> (value: T): T => JSON.parse(JSON.stringify(value)) as T
