/** What a row is known by in its batch, and what of the batch it needs to be there before it. */
export interface RowKeys {
  /** Code, year and issuer in one, where all are known. */
  exact?: string
  /** The code alone. */
  code?: string
  id?: string
  /** The plans it implements or changes. */
  wants: { exact?: string, code?: string, id?: string }[]
}

/** More rows than these with one code are no help: the citation says too little to mean one of them. */
const MOST_NAMESAKES = 16

/** Numbers in a typed array that grows: a million rows in some tens of MB, where objects would take hundreds. */
class Numbers {
  length = 0
  #values = new Float64Array(1024)

  push (value: number): void {
    if (this.length === this.#values.length) {
      const wider = new Float64Array(this.length * 2)
      wider.set(this.#values)
      this.#values = wider
    }
    this.#values[this.length++] = value
  }

  at (index: number): number { return this.#values[index]! }

  trimmed (): Float64Array { return this.#values.subarray(0, this.length) }
}

/**
 * 53 bits of a text (cyrb53: two multiplications a character; a digest of node:crypto takes ten times as long); 0: no text.
 * Rows that share a hash by chance or by malice only stand in another order.
 */
function hashOf (text: string | undefined): number {
  if (text === undefined) return 0
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0) + 1
}

/** Which rows of a batch need which others. Rows go by their index, from 0. */
export class RowGraph {
  readonly #exact = new Numbers()
  readonly #code = new Numbers()
  readonly #id = new Numbers()
  /** For each wish: the row that has it, and the three hashes it may be met by. */
  readonly #wishes = { row: new Numbers(), exact: new Numbers(), code: new Numbers(), id: new Numbers() }

  get size (): number { return this.#exact.length }

  add ({ exact, code, id, wants }: RowKeys): void {
    for (const want of wants) {
      this.#wishes.row.push(this.size)
      this.#wishes.exact.push(hashOf(want.exact))
      this.#wishes.code.push(hashOf(want.code))
      this.#wishes.id.push(hashOf(want.id))
    }
    this.#exact.push(hashOf(exact))
    this.#code.push(hashOf(code))
    this.#id.push(hashOf(id))
  }

  close (): RowOrder {
    const [exact, code, id] = [this.#exact, this.#code, this.#id].map(hashes => new Lookup(hashes.trimmed())) as [Lookup, Lookup, Lookup]
    const starts = new Uint32Array(this.size + 1)
    const above = new Numbers()
    const { row, exact: exactWish, code: codeWish, id: idWish } = this.#wishes
    let wish = 0
    for (let index = 0; index < this.size; index++) {
      starts[index] = above.length
      for (; wish < row.length && row.at(wish) === index; wish++) {
        const found = firstFound([[id, idWish.at(wish)], [exact, exactWish.at(wish)], [code, codeWish.at(wish)]])
        for (const parent of found) if (parent !== index) above.push(parent)
      }
    }
    starts[this.size] = above.length
    return new RowOrder(starts, Uint32Array.from(above.trimmed()), twinsOf(this.size, id, exact))
  }
}

function firstFound (ways: [Lookup, number][]): Uint32Array {
  for (const [lookup, hash] of ways) {
    const found = lookup.find(hash)
    if (found.length > 0) return found.length > MOST_NAMESAKES ? found.subarray(0, 0) : found
  }
  return new Uint32Array(0)
}

/** For each row 1 and the index of the first row of its id or of its code, year and issuer; 0: it is the only one. */
function twinsOf (size: number, ...ways: Lookup[]): Uint32Array {
  const twins = new Uint32Array(size)
  for (const lookup of ways) {
    for (const alike of lookup.alike()) for (const row of alike) if (twins[row] === 0) twins[row] = alike[0]! + 1
  }
  return twins
}

/** Rows by hash: sorted once, found by halving. */
class Lookup {
  readonly #hashes: Float64Array
  readonly #rows: Uint32Array

  constructor (hashes: Float64Array) {
    this.#hashes = hashes
    this.#rows = Uint32Array.from({ length: hashes.length }, (_, row) => row)
      .sort((a, b) => hashes[a]! - hashes[b]! || a - b)
  }

  /** Rows of one hash, wherever there are several. */
  * alike (): Generator<Uint32Array> {
    for (let start = 0, end = 0; start < this.#rows.length; start = end) {
      const hash = this.#hashes[this.#rows[start]!]!
      for (end = start + 1; end < this.#rows.length && this.#hashes[this.#rows[end]!] === hash;) end++
      if (hash !== 0 && end - start > 1) yield this.#rows.subarray(start, end)
    }
  }

  find (hash: number): Uint32Array {
    if (hash === 0) return this.#rows.subarray(0, 0)
    let low = 0
    let high = this.#rows.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#hashes[this.#rows[middle]!]! < hash) low = middle + 1
      else high = middle
    }
    let end = low
    while (end < this.#rows.length && this.#hashes[this.#rows[end]!] === hash) end++
    return this.#rows.subarray(low, end)
  }
}

/** The order of recording: that of the file, but for rows that another one needs, which come just before it. */
export class RowOrder {
  /** Row indexes in the order of recording. */
  readonly rows: Uint32Array
  readonly #starts: Uint32Array
  readonly #above: Uint32Array
  readonly #twins: Uint32Array

  constructor (starts: Uint32Array, above: Uint32Array, twins: Uint32Array) {
    this.#twins = twins
    this.#starts = starts
    this.#above = above
    this.rows = this.#parentsFirst()
  }

  /** The rows that this one needs. */
  above (row: number): Uint32Array {
    return this.#above.subarray(this.#starts[row], this.#starts[row + 1])
  }

  /** The first row that seems to tell of the same plan, which may be this one; undefined: no other row does. */
  firstTwin (row: number): number | undefined {
    const twin = this.#twins[row]!
    return twin === 0 ? undefined : twin - 1
  }

  /** Depth first, with a stack of its own: a chain of a million plans must not end the call stack. A circle is cut where it is met. */
  #parentsFirst (): Uint32Array {
    const size = this.#starts.length - 1
    const order = new Uint32Array(size)
    const seen = new Uint8Array(size)
    const next = this.#starts.slice()
    const stack = new Uint32Array(size)
    let placed = 0
    for (let first = 0; first < size; first++) {
      if (seen[first] === 1) continue
      seen[first] = 1
      stack[0] = first
      for (let depth = 1; depth > 0;) {
        const row = stack[depth - 1]!
        if (next[row]! < this.#starts[row + 1]!) {
          const parent = this.#above[next[row]!]!
          next[row]!++
          if (seen[parent] === 1) continue
          seen[parent] = 1
          stack[depth++] = parent
        } else {
          order[placed++] = row
          depth--
        }
      }
    }
    return order
  }
}
