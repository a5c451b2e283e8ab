import type { EffectStatus } from '../../src/domain/effect/standing.ts'
import type { LinkState } from '../../src/domain/effect/link.ts'
import type { Relation } from '../../src/domain/citation.ts'
import type { PartialDate } from '../../src/domain/partial-date.ts'
import { type Matter, effectsOn, matterOf, stands, textOf } from './time-in-force.ts'
import { type Given, type State, childrenOf, parentsOf } from './time-states.ts'

/** What of a cascade is stale, found by looking at everything. */

/** Every state that the register was in, oldest first, up to the one that is asked about. */
export type Past = readonly State[]

const nowOf = (past: Past): State => past.at(-1)!

/** The parent as the plan was judged against it: when the register first held this link, for this day of issue. */
export function judgedAgainst (past: Past, place: number, parent: number): Matter {
  const issuedOn = nowOf(past).plans.get(place)!.plan.issuedOn
  const isSame = (state: State) => parentsOf(state, place).includes(parent) && state.plans.has(parent) && state.plans.get(place)!.plan.issuedOn === issuedOn
  let first = past.length - 1
  while (first > 0 && isSame(past[first - 1]!)) first--
  return matterOf(past[first]!, parent, issuedOn)
}

export interface LinkSeen {
  place: number
  parent: number
  state: LinkState
  before: Matter
  now: Matter
  reviews: Given[]
}

export const statusOn = (state: State, place: number, asOf: PartialDate): EffectStatus =>
  stands(state.plans.get(place)!.plan, effectsOn(state, place), asOf).status

/** The links of every plan that somebody has to care for on the day. */
export function linksOn (past: Past, asOf: PartialDate): LinkSeen[] {
  const state = nowOf(past)
  return [...state.plans.keys()].filter(place => !['draft', 'replaced', 'repealed'].includes(statusOn(state, place, asOf))).flatMap(place =>
    parentsOf(state, place).filter(parent => state.plans.has(parent)).map(parent => {
      const [before, now] = [judgedAgainst(past, place, parent), matterOf(state, parent, asOf)]
      const reviews = state.reviews.filter(review => review.place === place && review.parentPlace === parent)
      return { place, parent, before, now, reviews, state: stateOf(before, now, matterOf(state, place, asOf), reviews) }
    }))
}

/** The last word of those who looked at exactly this parent; nobody did: whether it is the one that the plan was judged against. */
function stateOf (before: Matter, parent: Matter, plan: Matter, reviews: Given[]): LinkState {
  const said = reviews.filter(({ parentMatter }) => parentMatter === textOf(parent))
  const last = said[said.length - 1]
  if (last === undefined) return textOf(before) === textOf(parent) ? 'current' : 'suspect'
  if (last.verdict !== 'valid' && last.planMatter !== textOf(plan)) return 'suspect'
  return last.verdict
}

export interface SuspectSeen {
  place: number
  itself: boolean
  /** The parents through which it is suspect, with the least number of plans on a way from one whose own link does not hold. */
  through: Map<number, number>
}

export function suspectsOn (past: Past, asOf: PartialDate): Map<number, SuspectSeen> {
  const links = linksOn(past, asOf)
  // How far each plan is from one whose own link does not hold; said again until nothing moves.
  const far = new Map<number, number>(links.filter(({ state }) => state === 'suspect' || state === 'invalid' || state === 'will-be-amended').map(({ place }) => [place, 1]))
  for (let moved = true; moved;) {
    moved = false
    for (const { place, parent } of links) {
      const next = far.get(parent)
      if (next === undefined || (far.get(place) ?? Infinity) <= next + 1) continue
      far.set(place, next + 1)
      moved = true
    }
  }
  const places = [...new Set(links.map(({ place }) => place))]
  return new Map(places.map((place): [number, SuspectSeen] => {
    const own = links.filter(link => link.place === place)
    return [place, {
      place,
      itself: own.some(({ state }) => state === 'suspect'),
      through: new Map(own.flatMap(({ parent }) => far.has(parent) ? [[parent, far.get(parent)!] as const] : []))
    }]
  }).filter(([, { itself, through }]) => itself || through.size > 0))
}

/** How many steps every plan below lies away along `implements`, the plan itself at 0. */
export function below (state: State, place: number): Map<number, number> {
  const distances = new Map([[place, 0]])
  for (const [one, distance] of distances) for (const child of childrenOf(state, one)) if (!distances.has(child)) distances.set(child, distance + 1)
  return distances
}

export interface EdgeSeen {
  from: number
  to: number
  relation: Relation
}

export interface WalkSeen {
  distances: Map<number, number>
  edges: EdgeSeen[]
  leftOut: (EdgeSeen & { why: EffectStatus })[]
}

/** An edge binds while the plan that makes it does; without a day all edges are shown. */
const BROKEN: readonly EffectStatus[] = ['draft', 'issued', 'replaced', 'repealed', 'suspended', 'expired']

export function lineage (state: State, place: number, direction: 'ancestors' | 'descendants', relations: readonly Relation[], asOf?: PartialDate): WalkSeen {
  const all = [...state.plans.values()].flatMap(({ place, cites }) => cites.filter(({ relation }) => relations.includes(relation))
    .map(({ relation, place: to }) => ({ from: place, to, relation })))
  const seen: WalkSeen = { distances: new Map([[place, 0]]), edges: [], leftOut: [] }
  for (const [one, distance] of seen.distances) {
    for (const edge of all.filter(({ from, to }) => one === (direction === 'ancestors' ? from : to))) {
      const why = asOf === undefined ? undefined : statusOn(state, edge.from, asOf)
      if (why !== undefined && BROKEN.includes(why)) {
        seen.leftOut.push({ ...edge, why })
        continue
      }
      seen.edges.push(edge)
      const next = direction === 'ancestors' ? edge.to : edge.from
      if (!seen.distances.has(next)) seen.distances.set(next, distance + 1)
    }
  }
  return seen
}
