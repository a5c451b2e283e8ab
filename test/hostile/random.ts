/** A stream of chances that is the same for the same seed (mulberry32). */
export class Chance {
  #state: number

  constructor (seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 to below `limit`. */
  below (limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }

  /** True once in so many times. */
  once (times: number): boolean {
    return this.below(times) === 0
  }

  of<Value> (values: readonly Value[]): Value {
    return values[this.below(values.length)]!
  }
}
