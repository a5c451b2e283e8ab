/** What is known under one key. */
interface Slot<E> {
  entries: E[]
  /** Whether its rows were fetched: then what is not there does not exist. */
  fetched: boolean
  unsorted: boolean
}

/**
 * What is known under each key, in the order of the plans it belongs to: rows that were fetched, and in their place what
 * came since of the plans that changed in memory. Looking a key up is what an import does most of all, so it takes one step.
 */
export class Shelf<E> {
  readonly #slots = new Map<string, Slot<E>>()
  readonly #planOf: (entry: E) => string

  constructor (planOf: (entry: E) => string) {
    this.#planOf = planOf
  }

  /** Whether the rows of the key were fetched. */
  has (key: string): boolean {
    return this.#slots.get(key)?.fetched === true
  }

  /** Never to be changed by the caller, and to be copied by one who changes plans while walking through it. */
  get (key: string): readonly E[] {
    const slot = this.#slots.get(key)
    return slot === undefined ? NOTHING : this.#sorted(slot)
  }

  /** As `get`; undefined where the rows were not fetched. */
  fetchedOf (key: string): readonly E[] | undefined {
    const slot = this.#slots.get(key)
    return slot?.fetched === true ? this.#sorted(slot) : undefined
  }

  #sorted (slot: Slot<E>): readonly E[] {
    if (slot.unsorted) {
      slot.unsorted = false
      const planOf = this.#planOf
      slot.entries.sort((a, b) => planOf(a) < planOf(b) ? -1 : planOf(a) > planOf(b) ? 1 : 0)
    }
    return slot.entries
  }

  /** Of one plan in the order of its own positions. */
  add (key: string, entry: E): void {
    this.#put(this.#slotOf(key), entry)
  }

  drop (key: string, planId: string): void {
    const slot = this.#slots.get(key)
    if (slot !== undefined) slot.entries = slot.entries.filter(entry => this.#planOf(entry) !== planId)
  }

  /** The rows of a key as the database has them; those of plans that changed in memory are out of date and left out. */
  fill (key: string, rows: readonly E[], isChanged: (planId: string) => boolean): void {
    const slot = this.#slotOf(key)
    slot.fetched = true
    for (const row of rows) if (!isChanged(this.#planOf(row))) this.#put(slot, row)
  }

  #slotOf (key: string): Slot<E> {
    const known = this.#slots.get(key)
    if (known !== undefined) return known
    const slot = { entries: NOTHING, fetched: false, unsorted: false }
    this.#slots.set(key, slot)
    return slot
  }

  #put (slot: Slot<E>, entry: E): void {
    const last = slot.entries.at(-1)
    if (last === undefined) {
      slot.entries = [entry]
      return
    }
    // Ids grow with time, so what arrives nearly always belongs at the end.
    if (this.#planOf(last) > this.#planOf(entry)) slot.unsorted = true
    slot.entries.push(entry)
  }
}

/** Of thousands of keys that nothing stands under; nothing is ever put into it. */
const NOTHING: never[] = []
