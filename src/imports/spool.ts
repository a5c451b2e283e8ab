import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Written at once when so much has gathered. */
const PAGE_BYTES = 1024 * 1024

/** Two records nearer to each other than this are read in one go. */
const GAP_BYTES = 64 * 1024

/**
 * Records of JSON on the disk, read again in any order: what does not fit in memory. The offsets are kept, 8 bytes each.
 */
export class Spool<Item> {
  readonly #directory: string
  readonly #file: FileHandle
  #offsets = new Float64Array(1024)
  #length = 0
  #pending: Buffer[] = []
  #pendingBytes = 0
  #written = 0

  private constructor (directory: string, file: FileHandle) {
    this.#directory = directory
    this.#file = file
  }

  /** The file lies in a directory that only this account can read, and goes with `close`. */
  static async open<Item> (): Promise<Spool<Item>> {
    const directory = await mkdtemp(join(tmpdir(), 'thac-import-'))
    return new Spool(directory, await open(join(directory, 'rows'), 'w+', 0o600))
  }

  get length (): number { return this.#length }

  /** Bytes of all records so far. */
  get #end (): number { return this.#written + this.#pendingBytes }

  /** A promise only when there is something to wait for: of a million rows, nearly none. */
  push (item: Item): Promise<void> | undefined {
    const bytes = Buffer.from(JSON.stringify(item))
    if (this.#length + 1 >= this.#offsets.length) {
      const wider = new Float64Array(this.#offsets.length * 2)
      wider.set(this.#offsets)
      this.#offsets = wider
    }
    this.#offsets[this.#length++] = this.#end
    this.#pending.push(bytes)
    this.#pendingBytes += bytes.length
    this.#offsets[this.#length] = this.#end
    return this.#pendingBytes >= PAGE_BYTES ? this.flush() : undefined
  }

  /** Before reading what was pushed. */
  async flush (): Promise<void> {
    const page = Buffer.concat(this.#pending)
    this.#pending = []
    this.#pendingBytes = 0
    await this.#file.write(page, 0, page.length, this.#written)
    this.#written += page.length
  }

  /** The records with these indexes, in this order. */
  async read (indexes: Uint32Array): Promise<Item[]> {
    const byPlace = Uint32Array.from(indexes).sort()
    const read = new Map<number, Item>()
    for (let first = 0; first < byPlace.length;) {
      let last = first
      while (last + 1 < byPlace.length && this.#offsets[byPlace[last + 1]!]! - this.#offsets[byPlace[last]! + 1]! <= GAP_BYTES) last++
      const from = this.#offsets[byPlace[first]!]!
      const bytes = Buffer.allocUnsafe(this.#offsets[byPlace[last]! + 1]! - from)
      await this.#file.read(bytes, 0, bytes.length, from)
      for (let each = first; each <= last; each++) {
        const index = byPlace[each]!
        read.set(index, JSON.parse(bytes.toString('utf8', this.#offsets[index]! - from, this.#offsets[index + 1]! - from)))
      }
      first = last + 1
    }
    return Array.from(indexes, index => read.get(index)!)
  }

  async close (): Promise<void> {
    await this.#file.close()
    await rm(this.#directory, { recursive: true, force: true })
  }
}
