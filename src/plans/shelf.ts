/**
 * What is known under each key, in the order of the plans it belongs to: rows that were fetched, and in their place what
 * came since of the plans that changed in memory.
 */
export class Shelf<E> {
  #lists = new Map<string, E[]>()
  #unsorted = new Set<string>()
  readonly #planOf: (entry: E) => string

  /** Keys whose rows were fetched: what is not there does not exist. */
  readonly fetched = new Set<string>()

  constructor (planOf: (entry: E) => string) {
    this.#planOf = planOf
  }

  /** Never to be changed by the caller, and to be copied by one who changes plans while walking through it. */
  get (key: string): readonly E[] {
    const list = this.#lists.get(key)
    if (list === undefined) return []
    if (this.#unsorted.delete(key)) {
      const planOf = this.#planOf
      list.sort((a, b) => planOf(a) < planOf(b) ? -1 : planOf(a) > planOf(b) ? 1 : 0)
    }
    return list
  }

  /** Of one plan in the order of its own positions. */
  add (key: string, entry: E): void {
    const list = this.#lists.get(key)
    if (list === undefined) {
      this.#lists.set(key, [entry])
      return
    }
    // Ids grow with time, so what arrives nearly always belongs at the end.
    const last = list.at(-1)
    if (last !== undefined && this.#planOf(last) > this.#planOf(entry)) this.#unsorted.add(key)
    list.push(entry)
  }

  drop (key: string, planId: string): void {
    const list = this.#lists.get(key)
    if (list !== undefined) this.#lists.set(key, list.filter(entry => this.#planOf(entry) !== planId))
  }

  /** The rows of a key as the database has them; those of plans that changed in memory are out of date and left out. */
  fill (key: string, rows: readonly E[], isChanged: (planId: string) => boolean): void {
    this.fetched.add(key)
    for (const row of rows) if (!isChanged(this.#planOf(row))) this.add(key, row)
  }
}
