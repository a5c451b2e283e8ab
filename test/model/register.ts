import type { Citation } from '../../src/domain/citation.ts'
import { readCode } from '../../src/domain/code/code.ts'
import { completed } from '../../src/domain/completion.ts'
import { type JudgedFinding, type Verdict, enforce } from '../../src/domain/enforcement.ts'
import { consolidated } from '../../src/domain/effect/consolidation.ts'
import { type Effect, effectOf } from '../../src/domain/effect/effect.ts'
import { hasEffect } from '../../src/domain/effect/effect-faults.ts'
import { endsOf } from '../../src/domain/effect/standing.ts'
import type { Family, Resolution } from '../../src/domain/family.ts'
import { identityOf } from '../../src/domain/identity.ts'
import { issuerKey } from '../../src/domain/issuer/issuer.ts'
import { judge } from '../../src/domain/judge.ts'
import { type Plan, datedNameOf, nameOf } from '../../src/domain/plan.ts'
import { type Candidate, type Reference, mayBe, referenceOf, resolve } from '../../src/domain/reference.ts'

export type Body = Omit<Plan, 'id'>

export interface Reading {
  resolution: Resolution
  citedId?: string
  candidateIds: string[]
}

/** A plan of the model's register. What is derived is derived again each time; only stubs have no body of their own. */
export interface Held extends Candidate {
  plan: Plan
  /** As declared, without what follows from it. */
  body: Body
  readings: Reading[]
}

export type Outcome =
  | { refused: 'identity-taken' | 'plan-refused', verdict: Verdict }
  | { refused?: undefined, after: Register, id: string, verdict: Verdict }
  /** What somebody else's citation would come to name closes a circle. */
  | { refused: 'circle-elsewhere' }

/**
 * The register as it must be, said the slow way: after every change all citations are read against all plans until
 * nothing moves, and every plan is judged afresh. It knows nothing of what a change may have affected, which is what it
 * checks the service for.
 */
export class Register {
  readonly plans: Map<string, Held>

  constructor (plans: Iterable<Held> = []) {
    this.plans = new Map([...plans].map(held => [held.id, { ...held }]))
  }

  registered (): Held[] {
    return [...this.plans.values()].filter(held => !held.stub)
  }

  stubs (): Held[] {
    return [...this.plans.values()].filter(held => held.stub)
  }

  /** `newId` is the id that the plan gets unless a stub is waiting for it. */
  record (body: Body, { newId, asIssued }: { newId: string, asIssued: boolean }): Outcome {
    const draft = heldOf(newId, body)
    const waiting = this.#alike(draft).filter(held => held.stub)
    const stub = waiting.find(held => held.identity === draft.identity) ?? (waiting.length === 1 ? waiting[0] : undefined)
    return this.#put(heldOf(stub?.id ?? newId, body), asIssued)
  }

  amend (id: string, body: Body, { asIssued }: { asIssued: boolean }): Outcome {
    return this.#put(heldOf(id, body), asIssued)
  }

  #put (held: Held, asIssued: boolean): Outcome {
    // A stub of the very identity gives way: what cites it cites the plan from then on.
    const gone = this.stubs().find(one => one.id !== held.id && one.identity !== undefined && one.identity === held.identity)
    const others = [...this.plans.values()].filter(one => one.id !== held.id && one !== gone)
    const after = new Register([...others, held]).renamed(gone?.id ?? held.id, held.id)
    const own = after.plans.get(held.id)!
    // A circle refuses a plan although the plan itself might make another's citation too vague to close it.
    own.readings = own.plan.citations.map(citation => after.#read(own, citation))
    const closed = after.#cyclesOf(own)
    after.#settle()
    const family = after.familyOf(own, closed.length > 0 ? closed : after.#cyclesOf(own))
    const verdict = enforce(judge({ ...family, effectCycles: after.#effectCyclesOf(own) }), [], { asIssued })
    if (after.namesakesOf(own).some(({ certain }) => certain)) return { refused: 'identity-taken', verdict }
    if (verdict.refused) return { refused: 'plan-refused', verdict }
    if (after.registered().some(one => [...after.#cyclesOf(one), ...after.#effectCyclesOf(one)].length > 0)) return { refused: 'circle-elsewhere' }
    return { after, id: held.id, verdict }
  }

  /** Today's verdict on a plan of the register. */
  verdictOf (held: Held): Verdict {
    return enforce(judge(this.familyOf(held, [])), [], { asIssued: true })
  }

  /** Along `implements`, the plan itself left out. */
  reachable (id: string, direction: 'ancestors' | 'descendants'): Set<string> {
    const reached = new Set([id])
    for (const from of reached) for (const next of this.#next(from, direction)) reached.add(next)
    reached.delete(id)
    return reached
  }

  #next (id: string, direction: 'ancestors' | 'descendants'): string[] {
    const parentsOf = ({ plan, readings }: Held) => readings.flatMap(({ citedId }, index) =>
      citedId !== undefined && plan.citations[index]!.relation === 'implements' ? [citedId] : [])
    return direction === 'ancestors'
      ? parentsOf(this.plans.get(id)!)
      : this.registered().filter(held => parentsOf(held).includes(id)).map(held => held.id)
  }

  namesakesOf (held: Held): Family['namesakes'] {
    return this.#alike(held).filter(one => !one.stub)
      .map(one => ({ id: one.id, name: datedNameOf(one.plan), certain: one.identity === held.identity }))
  }

  #alike (held: Held): Held[] {
    return held.identity === undefined
      ? []
      : [...this.plans.values()].filter(one => one.id !== held.id && one.identity !== undefined && mayBe({ ...held, named: held.plan }, one))
  }

  #settle (): void {
    for (let round = 0; ; round++) {
      if (round > 20) throw new Error('The citations of the model do not come to rest.')
      const before = this.#picture()
      // All against the register as it stands, and only then the stubs: the order of citations must not matter.
      const read = this.registered().map(held => ({ held, readings: held.plan.citations.map(citation => this.#read(held, citation)) }))
      for (const { held, readings } of read) {
        held.readings = readings.map(({ missing, ...reading }) => missing === undefined ? reading : { ...reading, citedId: this.#stub(missing) })
      }
      for (const stub of this.stubs()) if (!this.#isCited(stub.id)) this.plans.delete(stub.id)
      if (this.#picture() === before) return
    }
  }

  #picture = (): string => JSON.stringify([[...this.plans.keys()].sort(), this.registered().map(({ id, readings }) => [id, readings])])

  #isCited (id: string): boolean {
    return this.registered().some(({ readings }) => readings.some(({ citedId }) => citedId === id))
  }

  #read (citing: Held, citation: Citation): Reading & { missing?: Reference } {
    if (citation.planId !== undefined) {
      const named = this.plans.get(citation.planId)!
      return { resolution: named.stub ? 'stub' : 'resolved', citedId: named.id, candidateIds: [] }
    }
    const reference = referenceOf(citation, citing.plan.issuer)
    const others = [...this.plans.values()].filter(one => one.id !== citing.id || (one.identity !== undefined && one.identity === reference.identity))
    const { resolution, matches } = resolve(reference, others)
    switch (resolution) {
      case 'ambiguous': return { resolution, candidateIds: matches.map(({ id }) => id).sort() }
      case 'unidentified': return { resolution, candidateIds: [] }
      case 'resolved': return { resolution, citedId: matches[0]!.id, candidateIds: [] }
      case 'stub': return { resolution, candidateIds: [], ...(matches[0] === undefined ? { missing: reference } : { citedId: matches[0].id }) }
    }
  }

  #stub ({ named, ...reference }: Reference): string {
    const id = `stub of ${reference.identity}`
    this.plans.set(id, {
      ...reference, id, stub: true, plan: { ...named, id }, body: named, readings: [], ...(named.type !== undefined && { type: named.type }), ...(named.issuedOn !== undefined && { issuedOn: named.issuedOn })
    })
    return id
  }

  #cyclesOf ({ id, plan, readings }: Held): Family['cycles'] {
    return readings.flatMap(({ citedId }, citation) => {
      const closes = citedId === id || (citedId !== undefined && plan.citations[citation]!.relation === 'implements' &&
        this.reachable(citedId, 'ancestors').has(id))
      return closes ? [{ citation, path: [nameOf(plan)] }] : []
    })
  }

  familyOf (held: Held, cycles: Family['cycles']): Family {
    const { plan, readings } = held
    return {
      plan,
      parents: readings.flatMap(({ citedId }, citation) => {
        if (citedId === undefined || plan.citations[citation]!.relation !== 'implements') return []
        const parent = this.plans.get(citedId)!
        const effects = this.#effectsOn(parent)
        return [{
          citation,
          plan: consolidated(parent.plan, effects, plan.issuedOn).plan,
          stub: parent.stub,
          endings: endsOf(effects),
          suspensions: effects.filter(({ relation }) => relation === 'suspends')
        }]
      }),
      readings: readings.map(({ resolution, candidateIds }, index) => ({
        citation: plan.citations[index]!,
        resolution,
        candidates: candidateIds.map(id => ({ id, name: datedNameOf(this.plans.get(id)!.plan) }))
      })),
      cycles,
      namesakes: this.namesakesOf(held),
      affected: readings.flatMap(({ citedId }, citation) => {
        if (citedId === undefined || !hasEffect(plan.citations[citation]!.relation)) return []
        const cited = this.plans.get(citedId)!
        const effects = this.#effectsOn(cited).filter(({ by }) => by.id !== plan.id)
        return [{ citation, effect: effectOf(plan, citation, cited.plan), plan: cited.plan, stub: cited.stub, effects }]
      }),
      effectCycles: []
    }
  }

  #effectsOn ({ id, plan: affected }: Held): Effect[] {
    return this.registered().filter(({ plan }) => plan.draft !== true).sort((a, b) => a.id < b.id ? -1 : 1).flatMap(({ plan, readings }) =>
      readings.flatMap(({ citedId }, index) => citedId === id && hasEffect(plan.citations[index]!.relation) ? [effectOf(plan, index, affected)] : []))
  }

  #effectCyclesOf ({ id, plan, readings }: Held): Family['effectCycles'] {
    const endsOfPlan = ({ plan, readings }: Held) => readings.flatMap(({ citedId }, index) =>
      citedId !== undefined && ['replaces', 'repeals'].includes(plan.citations[index]!.relation) ? [citedId] : [])
    return readings.flatMap(({ citedId }, citation) => {
      if (citedId === undefined || citedId === id || !['replaces', 'repeals'].includes(plan.citations[citation]!.relation)) return []
      const reached = new Set([citedId])
      for (const from of reached) for (const next of endsOfPlan(this.plans.get(from)!)) reached.add(next)
      return reached.has(id) ? [{ citation, path: [nameOf(plan)] }] : []
    })
  }

  /** The same register with one plan under another id, wherever it is named. */
  renamed (from: string, to: string): Register {
    const name = (id: string) => id === from ? to : id
    const citations = (given: Citation[]) => given.map(citation => citation.planId === undefined ? citation : { ...citation, planId: name(citation.planId) })
    return new Register([...this.plans.values()].map(held => ({
      ...held,
      id: name(held.id),
      plan: { ...held.plan, id: name(held.id), citations: citations(held.plan.citations) },
      body: { ...held.body, citations: citations(held.body.citations) },
      readings: held.readings.map(({ resolution, citedId, candidateIds }) =>
        ({ resolution, ...(citedId !== undefined && { citedId: name(citedId) }), candidateIds: candidateIds.map(name).sort() }))
    })))
  }
}

/** A finding as far as two readers must agree about it word for word: which rule, how grave, where. */
export const essence = ({ rule, severity, at }: Pick<JudgedFinding, 'rule' | 'severity' | 'at'>): string => `${rule} ${severity} ${at}`

function heldOf (id: string, body: Body): Held {
  const plan = completed({ id, ...body })
  const identity = identityOf(plan)
  const canonicalCode = plan.code === undefined ? undefined : readCode(plan.code).code?.canonical
  return {
    id,
    stub: false,
    plan,
    body,
    readings: [],
    ...(identity !== undefined && { identity }),
    ...(canonicalCode !== undefined && { canonicalCode }),
    ...(plan.issuer !== undefined && { issuerKey: issuerKey(plan.issuer) }),
    ...(plan.type !== undefined && { type: plan.type }),
    ...(plan.issuedOn !== undefined && { issuedOn: plan.issuedOn })
  }
}
