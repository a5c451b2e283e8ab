import { endsOf } from '../domain/effect/standing.ts'
import type { Family } from '../domain/family.ts'
import { type Plan, nameOf } from '../domain/plan.ts'
import type { Reading } from './reading.operations.ts'
import { endsWhole } from './stored-plan.ts'
import type { Surroundings } from './surroundings.ts'

/** Where a plan stands in the graph: under its id, and under that of the stub that becomes one with it. */
export interface Place {
  plan: Plan
  identity?: string
  merges?: string
}

const selvesOf = ({ plan, merges }: Place): string[] => [plan.id, ...(merges === undefined ? [] : [merges])]

/** What the citation names is the plan itself. */
function isItself ({ citedId, missing, reference }: Reading, place: Place): boolean {
  if (citedId !== undefined) return selvesOf(place).includes(citedId)
  return missing !== undefined && place.identity !== undefined && reference.identity === place.identity
}

/** The circles that the parents of this plan would close. Only a plan that others already implement can close one. */
export function cyclesOf (surroundings: Surroundings, place: Place, readings: readonly Reading[]): Family['cycles'] {
  const { plan } = place
  surroundings.need({ naming: selvesOf(place) })
  const implemented = selvesOf(place).filter(self => surroundings.citationsOf(self).some(({ citation }) => citation.relation === 'implements'))
  return readings.flatMap((reading, citation): Family['cycles'] => {
    if (isItself(reading, place)) return [{ citation, path: [nameOf(plan), nameOf(plan)] }]
    const { citedId } = reading
    if (citedId === undefined || plan.citations[citation]!.relation !== 'implements') return []
    for (const self of implemented) {
      const way = wayUp(surroundings, citedId, self)
      if (way !== undefined) return [{ citation, path: [nameOf(plan), ...namesOf(surroundings, way, place)] }]
    }
    return []
  })
}

/** The circles of plans each of which ends the next one as a whole. */
export function effectCyclesOf (surroundings: Surroundings, place: Place, readings: readonly Reading[]): Family['effectCycles'] {
  const { plan } = place
  return readings.flatMap((reading, citation): Family['effectCycles'] => {
    if (!endsWhole(plan.citations[citation]!)) return []
    const { citedId } = reading
    // A plan that names itself closes a circle already; see cyclesOf.
    if (citedId === undefined || isItself(reading, place)) return []
    for (const self of selvesOf(place)) {
      const way = wayOfEnds(surroundings, citedId, self)
      if (way !== undefined) return [{ citation, path: [nameOf(plan), ...namesOf(surroundings, way, place)] }]
    }
    return []
  })
}

function namesOf (surroundings: Surroundings, way: readonly string[], place: Place): string[] {
  const selves = selvesOf(place)
  surroundings.need({ ids: way.filter(id => !selves.includes(id)) })
  return way.map(id => nameOf(selves.includes(id) ? place.plan : surroundings.known(id)!))
}

/** One shortest way up from a plan to another along `implements`, both ends included; undefined when there is none. */
export const wayUp = (surroundings: Surroundings, from: string, to: string): string[] | undefined =>
  shortestWay(from, to, ids => {
    surroundings.need({ steps: ids })
    return ids.map(id => surroundings.parentIdsOf(id))
  })

/** One shortest way from a plan to another along which each ends the next: walked from the end, where plans know what ends them. */
export const wayOfEnds = (surroundings: Surroundings, from: string, to: string): string[] | undefined =>
  shortestWay(to, from, ids => {
    surroundings.need({ effects: ids })
    return ids.map(id => surroundings.effectsOn({ id }).filter(effect => endsOf([effect]).length > 0).map(({ by }) => by.id))
  })?.reverse()

/** Step by step, each plan once, so that a circle in old records ends by itself. */
function shortestWay (from: string, to: string, next: (ids: string[]) => string[][]): string[] | undefined {
  const below = new Map<string, string | undefined>([[from, undefined]])
  for (let frontier = [from]; frontier.length > 0;) {
    if (below.has(to)) break
    const steps = next(frontier)
    const reached: string[] = []
    for (const [index, ids] of steps.entries()) {
      for (const id of ids) {
        if (below.has(id)) continue
        below.set(id, frontier[index]!)
        reached.push(id)
      }
    }
    frontier = reached
  }
  if (!below.has(to)) return undefined
  const way = [to]
  for (let at = below.get(to); at !== undefined; at = below.get(at)) way.unshift(at)
  return way
}
