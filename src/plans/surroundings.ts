import type { Citation } from '../domain/citation.ts'
import { type Effect, effectOf } from '../domain/effect/effect.ts'
import type { JudgedFinding } from '../domain/enforcement.ts'
import type { Plan } from '../domain/plan.ts'
import { type Reference, referenceOf } from '../domain/reference.ts'
import type { Event } from '../events/event.queries.ts'
import { type IssuerOrganization, Issuers, type WantedOrganization, issuerWanted } from './issuer.operations.ts'
import { type CodeKey, codeKeysOf } from './code-key.ts'
import type { CitingCitation, StoredEffect } from './citation.queries.ts'
import type { KnownPlan, StoredPlan } from './plan.queries.ts'
import type { StoredShare, TakenShare } from './share.queries.ts'
import { newPlanId } from './new-id.ts'
import { Shelf } from './shelf.ts'
import { entriesOf } from './shelf-entries.ts'
import { type Answer, answersIn, endsWhole, knownOf, parentIdsIn } from './stored-plan.ts'

/** Plans by the plans that they implement, one step up. */
interface Step {
  planId: string
  parentIds: string[]
}

const KINDS = [
  'codes', 'identities', 'ids', 'wholes', 'findings', 'effects', 'shares', 'answers', 'mentions', 'naming', 'steps'
] as const

export type Kind = (typeof KINDS)[number]

/** Keys by what is asked about them. */
export type Wants = Partial<Record<Kind, Iterable<string>>>

/** The question cannot be answered from what was fetched; what it takes stands in `Surroundings.wanted`. */
export class Unfetched extends Error {
  constructor () {
    super('asked beyond what was fetched')
  }
}

/** Kinds whose keys are ids of plans: of an id that was made here the database knows nothing. */
const BY_PLAN = new Set<Kind>(['ids', 'wholes', 'findings', 'effects', 'shares', 'answers', 'naming', 'steps'])

/**
 * The part of the register around some plans, in memory. It answers as the register would, and throws Unfetched where it
 * was not told enough: what was not fetched is never taken for what is not there. What is put into it stands from then on,
 * so the next decision sees it as if it had been stored. Whoever uses it to write holds the lock of the register.
 */
export class Surroundings {
  /** The moment of the transaction; what only reads has none. */
  readonly moment: Date
  /** What names of issuers mean; outlives the surroundings where many follow each other. */
  readonly issuers: Issuers
  readonly wanted: Record<Kind, Set<string>>
  /** What fingerprints were made of, for those that come to be stored. */
  readonly substances = new Map<string, object>()
  /** What happened, in order, and is not stored yet. */
  readonly events: Event[] = []

  readonly codes = new Shelf<KnownPlan>(({ id }) => id)
  readonly identities = new Shelf<KnownPlan>(({ id }) => id)
  readonly effects = new Shelf<StoredEffect>(({ citing }) => citing.id)
  readonly shares = new Shelf<TakenShare>(({ planId }) => planId)
  readonly answers = new Shelf<Answer>(({ planId }) => planId)
  readonly mentions = new Shelf<CitingCitation>(({ planId }) => planId)
  readonly naming = new Shelf<CitingCitation>(({ planId }) => planId)

  /** What citations refer to, read against the issuer and day of whoever makes them. */
  #references = new WeakMap<Citation, { citing: Pick<Plan, 'issuer' | 'issuedOn'>, reference: Reference }>()
  #known = new Map<string, KnownPlan | undefined>()
  #wholes = new Map<string, StoredPlan | undefined>()
  #findings = new Map<string, JudgedFinding[]>()
  #steps = new Map<string, string[]>()
  /** Ids of plans of which the register knew nothing when it was asked. */
  #made = new Set<string>()
  #changed = new Map<string, StoredPlan | undefined>()
  #judged = new Map<string, JudgedFinding[]>()
  #touched = new Set<string>()
  #touchedFindings = new Set<string>()
  #undo: (() => void)[] = []
  /** Where it is told of each kind what was fetched. */
  readonly #fetched: Record<Kind, { has: (key: string) => boolean }> = {
    codes: this.codes,
    identities: this.identities,
    ids: this.#known,
    wholes: this.#wholes,
    findings: this.#findings,
    effects: this.effects,
    shares: this.shares,
    answers: this.answers,
    mentions: this.mentions,
    naming: this.naming,
    steps: { has: id => this.#wholes.has(id) || this.#steps.has(id) }
  }

  constructor (moment: Date = new Date(0), issuers = new Issuers()) {
    this.moment = moment
    this.issuers = issuers
    this.wanted = Object.fromEntries(KINDS.map(kind => [kind, new Set<string>()])) as Record<Kind, Set<string>>
  }

  newId (): string {
    const id = newPlanId()
    this.#made.add(id)
    return id
  }

  /** An id that somebody else chose, once it is sure that the register does not hold it. */
  adopt (id: string): void {
    if (this.whole(id) === undefined) this.#made.add(id)
  }

  /** Says at once all that the next questions take, so that it is fetched together. */
  need (wants: Wants): void {
    if (this.note(wants)) throw new Unfetched()
  }

  /** Notes what is not there yet; `true`: something is missing. */
  note (wants: Wants): boolean {
    let missing = false
    for (const kind in wants) if (this.#noteAll(kind as Kind, wants[kind as Kind]!)) missing = true
    return missing
  }

  #noteAll (kind: Kind, keys: Iterable<string>): boolean {
    const fetched = this.#fetched[kind]
    let missing = false
    for (const key of keys) {
      if (fetched.has(key) || (BY_PLAN.has(kind) && this.#made.has(key))) continue
      this.wanted[kind].add(key)
      missing = true
    }
    return missing
  }

  #needOne (kind: Kind, key: string): void {
    if (!this.#fetched[kind].has(key)) this.need({ [kind]: [key] })
  }

  /** What stands under a key of this kind. */
  #shelved <K extends 'answers' | 'effects' | 'mentions' | 'naming'> (kind: K, key: string): ReturnType<this[K]['get']> {
    const shelf = this[kind]
    const entries = shelf.fetchedOf(key)
    if (entries === undefined) this.need({ [kind]: [key] })
    return (entries ?? shelf.get(key)) as ReturnType<this[K]['get']>
  }

  organizationsOf (wanted: readonly WantedOrganization[]): (IssuerOrganization | undefined)[] {
    if (!this.issuers.note(wanted)) throw new Unfetched()
    return wanted.map(one => this.issuers.of(one))
  }

  /** What each of the citations of one plan refers to; read once for each. */
  referencesOf (citations: readonly Citation[], citing: Pick<Plan, 'issuer' | 'issuedOn'>): Reference[] {
    const known = citations.map(citation => {
      const read = this.#references.get(citation)
      return read?.citing.issuer === citing.issuer && read?.citing.issuedOn === citing.issuedOn ? read?.reference : undefined
    })
    if (known.every(reference => reference !== undefined)) return known
    const organizations = this.organizationsOf(citations.map(citation => issuerWanted(citation, citing)))
    return citations.map((citation, index) => {
      const reference = referenceOf(citation, citing.issuer, organizations[index])
      this.#references.set(citation, { citing: { ...citing }, reference })
      return reference
    })
  }

  /** The same question for each; what all of them lack is fetched together. */
  each <T, R> (list: readonly T[], ask: (one: T, index: number) => R): R[] {
    let lacking: Unfetched | undefined
    const answers = list.map((one, index) => {
      try {
        return ask(one, index)
      } catch (error) {
        if (!(error instanceof Unfetched)) throw error
        lacking = error
        return undefined
      }
    })
    if (lacking !== undefined) throw lacking
    return answers as R[]
  }

  /** Every plan, stubs included, that stands under one of these codes or identities, in the order of the ids. */
  alike (codes: readonly CodeKey[], identities: readonly string[]): readonly KnownPlan[] {
    const lists: (readonly KnownPlan[])[] = []
    let missing = false
    const look = (kind: 'codes' | 'identities', keys: readonly string[]) => {
      for (const key of keys) {
        const list = this[kind].fetchedOf(key)
        if (list === undefined) {
          this.wanted[kind].add(key)
          missing = true
        } else if (list.length > 0) lists.push(list)
      }
    }
    look('codes', codes)
    look('identities', identities)
    if (missing) throw new Unfetched()
    const [first = NOBODY] = lists
    // Nearly always it is one plan, which each list has.
    if (lists.length <= 1 || lists.every(list => list.length === 1 && list[0]!.id === first[0]!.id)) return first
    const found = new Map(lists.flat().map(known => [known.id, known]))
    return [...found.values()].sort((a, b) => a.id < b.id ? -1 : 1)
  }

  known (id: string): KnownPlan | undefined {
    this.#needOne('ids', id)
    return this.#known.get(id)
  }

  whole (id: string): StoredPlan | undefined {
    this.#needOne('wholes', id)
    return this.#wholes.get(id)
  }

  findings (id: string): JudgedFinding[] {
    this.#needOne('findings', id)
    return this.#findings.get(id) ?? []
  }

  /** The effects of registered plans on this one, whether they have begun or not. */
  effectsOn ({ id, issuedOn }: Pick<Plan, 'id' | 'issuedOn'>): Effect[] {
    const stored = this.#shelved('effects', id)
    return stored.length === 0 ? NONE : stored.map(({ citing, citation }) => effectOf(citing, citation, { ...(issuedOn !== undefined && { issuedOn }) }))
  }

  /** What the children of this plan take of its totals. */
  sharesOf (parentId: string): StoredShare[] {
    this.need({ shares: [parentId], answers: [parentId], effects: [parentId] })
    const taken = this.shares.get(parentId)
    this.need({ effects: taken.map(({ planId }) => planId) })
    const answers = new Set(this.answers.get(parentId).map(({ planId, key }) => `${planId} ${key}`))
    return taken.map(share => ({
      ...share,
      answers: answers.has(`${share.planId} ${share.key}`),
      endedBy: this.effects.get(share.planId).filter(({ citing, citation }) => endsWhole(citing.citations[citation]!)).map(({ citing }) => citing.id)
    }))
  }

  /** The plans that answer for an exceeded total of this one. */
  answering (parentId: string): string[] {
    return this.#shelved('answers', parentId).map(({ planId }) => planId)
  }

  /** The citations of this canonical code that name no plan: none is told apart, or several are. */
  mentionsOf (code: string): readonly CitingCitation[] {
    return this.#shelved('mentions', code)
  }

  /** The citations that name this plan. */
  citationsOf (id: string): readonly CitingCitation[] {
    return this.#shelved('naming', id)
  }

  /** The plans that this one implements. */
  parentIdsOf (id: string): string[] {
    const whole = this.#wholes.get(id)
    if (whole !== undefined) return parentIdsIn(whole)
    this.#needOne('steps', id)
    return this.#steps.get(id) ?? []
  }

  put (plan: StoredPlan): void {
    this.#change(plan.plan.id, plan)
  }

  remove (id: string): void {
    this.#change(id, undefined)
  }

  #change (id: string, after: StoredPlan | undefined): void {
    const before = this.whole(id)
    if (!this.#changed.has(id)) this.#changed.set(id, before)
    this.#undo.push(() => this.#replace(id, after, before))
    this.#replace(id, before, after)
  }

  #replace (id: string, before: StoredPlan | undefined, after: StoredPlan | undefined): void {
    this.#touched.add(id)
    this.#wholes.set(id, after)
    this.#known.set(id, after && knownOf(after))
    if (before !== undefined) for (const { kind, key } of entriesOf(before)) this[kind].drop(key, id)
    if (after !== undefined) for (const { kind, key, entry } of entriesOf(after)) (this[kind] as Shelf<unknown>).add(key, entry)
  }

  setFindings (id: string, after: JudgedFinding[]): void {
    const before = this.findings(id)
    if (!this.#judged.has(id)) this.#judged.set(id, before)
    this.#undo.push(() => this.#replaceFindings(id, after, before))
    this.#replaceFindings(id, before, after)
  }

  #replaceFindings (id: string, before: JudgedFinding[], after: JudgedFinding[]): void {
    this.#touchedFindings.add(id)
    this.#findings.set(id, after)
    for (const { parentId } of answersIn(id, before)) this.answers.drop(parentId, id)
    for (const answer of answersIn(id, after)) this.answers.add(answer.parentId, answer)
  }

  /** All of it stands or none: what is thrown takes back what was put in. */
  attempt <T> (work: () => T): T {
    const [undo, events] = [this.#undo.length, this.events.length]
    try {
      return work()
    } catch (error) {
      while (this.#undo.length > undo) this.#undo.pop()!()
      this.events.length = events
      throw error
    }
  }

  /** What differs from what is stored; from then on it counts as stored. */
  takeChanges (): Changes {
    const plans = [...this.#changed].flatMap(([id, before]) => {
      const after = this.#wholes.get(id)
      return before === after ? [] : [{ id, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
    })
    const findings = [...this.#judged].flatMap(([planId, before]) => {
      const after = this.#wholes.has(planId) && this.#wholes.get(planId) === undefined ? [] : this.#findings.get(planId)!
      return before === after ? [] : [{ planId, before, after }]
    })
    const events = this.events.splice(0)
    const substances = new Map(plans.flatMap(({ after }) => (after?.readings ?? []).flatMap(({ baseline }) => {
      const substance = baseline === undefined ? undefined : this.substances.get(baseline.against)
      return substance === undefined ? [] : [[baseline!.against, substance] as const]
    })))
    this.substances.clear()
    this.#changed.clear()
    this.#judged.clear()
    this.#undo.length = 0
    return { plans, findings, events, substances }
  }

  /** What others decided meanwhile stands here too, although what was fetched may be from before it. */
  assume ({ plans, findings }: Changes): void {
    for (const { id, before, after } of plans) {
      if (before === undefined) this.#made.add(id)
      this.#replace(id, before, after)
    }
    for (const { planId, before, after } of findings) this.#replaceFindings(planId, before, after)
  }

  fillAlike (codes: Iterable<CodeKey>, identities: Iterable<string>, rows: readonly KnownPlan[]): void {
    this.#fill(this.codes, codes, rows, codeKeysOf)
    this.#fill(this.identities, identities, rows, ({ identity }) => identity === undefined ? [] : [identity])
    for (const row of rows) if (!this.#touched.has(row.id)) this.#known.set(row.id, row)
  }

  fillIds (ids: Iterable<string>, rows: ReadonlyMap<string, KnownPlan>): void {
    for (const id of ids) if (!this.#known.has(id)) this.#known.set(id, rows.get(id))
  }

  fillWholes (ids: Iterable<string>, rows: ReadonlyMap<string, StoredPlan>): void {
    for (const id of ids) {
      if (this.#wholes.has(id)) continue
      const whole = rows.get(id)
      this.#wholes.set(id, whole)
      this.#known.set(id, whole && knownOf(whole))
    }
  }

  fillFindings (rows: ReadonlyMap<string, JudgedFinding[]>): void {
    for (const [id, list] of rows) if (!this.#findings.has(id)) this.#findings.set(id, list)
  }

  fillSteps (ids: Iterable<string>, rows: readonly Step[]): void {
    const byId = new Map(rows.map(({ planId, parentIds }) => [planId, parentIds]))
    for (const id of ids) this.#steps.set(id, byId.get(id) ?? [])
  }

  fillEffects (ids: Iterable<string>, rows: readonly StoredEffect[]): void {
    this.#fill(this.effects, ids, rows, ({ affectedId }) => [affectedId])
  }

  fillShares (ids: Iterable<string>, rows: readonly TakenShare[]): void {
    this.#fill(this.shares, ids, rows, ({ parentId }) => [parentId])
  }

  fillAnswers (ids: Iterable<string>, rows: readonly Answer[]): void {
    this.#fill(this.answers, ids, rows, ({ parentId }) => [parentId], this.#touchedFindings)
  }

  fillMentions (codes: Iterable<string>, rows: readonly CitingCitation[]): void {
    this.#fill(this.mentions, codes, rows, ({ citedId, canonicalCode }) => citedId !== undefined || canonicalCode === undefined ? [] : [canonicalCode])
  }

  fillNaming (ids: Iterable<string>, rows: readonly CitingCitation[]): void {
    this.#fill(this.naming, ids, rows, ({ citedId }) => citedId === undefined ? [] : [citedId])
  }

  #fill <E> (shelf: Shelf<E>, keys: Iterable<string>, rows: readonly E[], keysOf: (row: E) => readonly string[], touched = this.#touched): void {
    const byKey = new Map<string, E[]>()
    for (const row of rows) {
      for (const key of keysOf(row)) {
        const list = byKey.get(key)
        if (list === undefined) byKey.set(key, [row])
        else list.push(row)
      }
    }
    for (const key of keys) if (!shelf.has(key)) shelf.fill(key, byKey.get(key) ?? [], id => touched.has(id))
  }
}

export interface Changes {
  plans: { id: string, before?: StoredPlan, after?: StoredPlan }[]
  findings: { planId: string, before: JudgedFinding[], after: JudgedFinding[] }[]
  events: Event[]
  substances: Map<string, object>
}

const NONE: Effect[] = []

const NOBODY: readonly KnownPlan[] = []
