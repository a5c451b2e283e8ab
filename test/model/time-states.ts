import { completed } from '../../src/domain/completion.ts'
import { type Verdict, enforce } from '../../src/domain/enforcement.ts'
import type { ReviewVerdict } from '../../src/domain/effect/link.ts'
import type { Affected, Ending, Family, Parent } from '../../src/domain/family.ts'
import { judge } from '../../src/domain/judge.ts'
import type { PartialDate } from '../../src/domain/partial-date.ts'
import { type Plan, nameOf } from '../../src/domain/plan.ts'
import { referenceOf } from '../../src/domain/reference.ts'
import { changed, effectsOn, hasEffect, inForce } from './time-in-force.ts'
import { type Body, type Cited, type Content, codeOf, issuerOf } from './time-words.ts'

/** A plan that is registered, as it was told. */
export interface Held {
  place: number
  content: Content
  cites: Cited[]
  body: Body
  plan: Plan
}

export interface Given {
  id: string
  place: number
  parentPlace: number
  verdict: ReviewVerdict
  asOf: PartialDate
  /** What was compared, as texts. */
  parentMatter: string
  planMatter: string
}

/** All that the register holds at one moment. A state never changes; what happens next makes the next one. */
export interface State {
  series: number
  plans: ReadonlyMap<number, Held>
  /** Oldest first. */
  reviews: readonly Given[]
}

export const nothing = (series: number): State => ({ series, plans: new Map(), reviews: [] })

export const heldOf = (place: number, id: string, content: Content, cites: Cited[], body: Body): Held => {
  const { waivers, ...rest } = body
  return { place, content, cites, body, plan: completed({ id, ...rest }) }
}

export const withPlan = (state: State, held: Held): State => ({ ...state, plans: new Map([...state.plans, [held.place, held]]) })

export const withReviews = (state: State, reviews: Given[]): State => ({ ...state, reviews: [...state.reviews, ...reviews] })

export const isCited = (state: State, place: number): boolean =>
  [...state.plans.values()].some(({ cites }) => cites.some(cited => cited.place === place))

/** Cited, and nobody has registered it. */
export const isStub = (state: State, place: number): boolean => !state.plans.has(place) && isCited(state, place)

export const parentsOf = (state: State, place: number): number[] =>
  [...new Set((state.plans.get(place)?.cites ?? []).flatMap(({ relation, place }) => relation === 'implements' ? [place] : []))]

export const childrenOf = (state: State, place: number): number[] => [...state.plans.keys()].filter(child => parentsOf(state, child).includes(place))

/** The plan as whoever cites it describes it, where nobody has registered it. */
const described = ({ series }: State, place: number): Plan =>
  ({ ...referenceOf({ relation: 'references', code: codeOf(series, place), issuer: issuerOf(series, place) }, undefined).named, id: '' })

/** What the rules look at when they judge a plan of the register: on the day of its issue, or on another one. */
export function familyOf (state: State, held: Held, asOf?: PartialDate): Family {
  const on = asOf ?? held.plan.issuedOn
  return {
    plan: asOf === undefined ? held.plan : inForce(held.plan, effectsOn(state, held.place), asOf).plan,
    parents: parentsIn(state, held, on),
    readings: held.cites.map(({ place }, index) => ({ citation: held.plan.citations[index]!, resolution: state.plans.has(place) ? 'resolved' : 'stub', candidates: [] })),
    cycles: [],
    namesakes: [],
    affected: affectedIn(state, held),
    effectCycles: []
  }
}

function parentsIn (state: State, held: Held, on: PartialDate | undefined): Parent[] {
  return held.cites.flatMap(({ relation, place }, citation): Parent[] => {
    if (relation !== 'implements') return []
    const parent = state.plans.get(place)
    const effects = effectsOn(state, place)
    const endings = effects.flatMap(({ relation, by, from, part }): Ending[] =>
      (relation === 'replaces' || relation === 'repeals') && part === undefined ? [{ relation, by: by.name, ...(from !== undefined && { on: from }) }] : [])
    return [{
      citation,
      // What an amendment says of a plan that nobody has registered is known of it.
      plan: inForce(parent?.plan ?? described(state, place), effects, on).plan,
      stub: parent === undefined,
      endings,
      suspensions: effects.filter(({ relation }) => relation === 'suspends')
    }]
  })
}

function affectedIn (state: State, held: Held): Affected[] {
  // A draft is judged by what it would do.
  const issued = withPlan(state, { ...held, plan: { ...held.plan, draft: false } })
  return held.cites.flatMap(({ relation, place }, citation): Affected[] => {
    if (!hasEffect(relation)) return []
    const all = effectsOn(issued, place)
    const effect = all.find(one => one.by.id === held.plan.id && one.citation === citation)!
    const others = all.filter(({ by }) => by.id !== held.plan.id)
    const affected = state.plans.get(place)
    if (affected === undefined) return [{ citation, effect, plan: described(state, place), stub: true, effects: others }]
    const changedPlan = changed(inForce(affected.plan, others, effect.from).plan, effect)
    return [{
      citation,
      effect,
      plan: affected.plan,
      stub: false,
      effects: others,
      ...(effect.changes !== undefined && {
        changed: { plan: changedPlan, parents: parentsIn(state, affected, effect.from), readings: [], cycles: [], namesakes: [], affected: [], effectCycles: [] }
      })
    }]
  })
}

export const verdictOf = (state: State, held: Held, asOf?: PartialDate): Verdict =>
  enforce(judge(familyOf(state, held, asOf)), held.body.waivers, { asIssued: true })

/** The verdict on a plan that comes, or is told anew: also on the circles that it would close. */
export function decide (state: State, held: Held, asIssued: boolean): Verdict {
  const after = withPlan(state, held)
  return enforce(judge({
    ...familyOf(after, held),
    cycles: circles(after, held, ({ relation }) => relation === 'implements'),
    effectCycles: circles(after, held, ({ relation, part }) => (relation === 'replaces' || relation === 'repeals') && part === undefined)
  }), held.body.waivers, { asIssued })
}

/** Which citations lead back to the plan, along citations of one kind. */
function circles (state: State, held: Held, counts: (cited: Cited) => boolean): { citation: number, path: string[] }[] {
  return held.cites.flatMap((cited, citation) => {
    if (!counts(cited)) return []
    const reached = new Set([cited.place])
    for (const place of reached) for (const next of state.plans.get(place)?.cites ?? []) if (counts(next)) reached.add(next.place)
    return reached.has(held.place) ? [{ citation, path: [nameOf(held.plan)] }] : []
  })
}
