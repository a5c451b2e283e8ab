import type { PartialDate } from '../../src/domain/partial-date.ts'
import { type State, nothing } from './time-states.ts'
import { PLACES } from './time-words.ts'

/** One state of the register, the clock of the database when it had been reached, and the ids under which its plans were known. */
export interface Entry {
  state: State
  moment: Date
  ids: ReadonlyMap<number, string>
  /** The bodies that were recorded. */
  bodies: ReadonlySet<number>
}

/** Everything that happened to one cascade, in order. */
export class Chronicle {
  readonly entries: Entry[] = []
  readonly bodies = new Set<number>()
  /** The day since which the third body answers for one of the others. */
  readonly mergedOn = new Map<number, PartialDate>()

  #series: number

  constructor (series: number) {
    this.#series = series
  }

  get state (): State {
    return this.entries.at(-1)?.state ?? nothing(this.#series)
  }

  get ids (): ReadonlyMap<number, string> {
    return this.entries.at(-1)?.ids ?? new Map()
  }

  add (entry: Omit<Entry, 'bodies'>): void {
    this.entries.push({ ...entry, bodies: new Set(this.bodies) })
  }

  /** The place of a registered plan, counted through from 0. */
  at (on: number): number | undefined {
    const places = [...this.state.plans.keys()]
    return places[on % places.length]
  }

  /** This place, or the next one at which no plan is registered yet. */
  free (place: number): number | undefined {
    return Array.from({ length: PLACES }, (_, step) => (place + step) % PLACES).find(one => !this.state.plans.has(one))
  }
}
