import { remembered } from '../domain/remembered.ts'

/** How much goes into one message: large enough for few writes, small enough to stay in the processor's cache. */
const PIECE_BYTES = 256 * 1024

/** UTF-8 takes so many bytes at most for a unit of a string. */
const BYTES_PER_UNIT = 3

/** CopyData and its length, which counts itself and not the letter: https://www.postgresql.org/docs/current/protocol-message-formats.html */
const COPY_DATA = 'd'.charCodeAt(0)
const HEADER_BYTES = 5

/** What is frozen stays as it is, and thousands of rows may have it: its bytes are kept while it is in use. */
const kept = new WeakMap<object, Buffer>()

/**
 * Rows in the text format of COPY, as messages of the protocol. Each text is written where it is sent from: joining the
 * texts of a row first would copy every one of them twice more.
 */
export class CopyText {
  readonly #messages: Buffer[] = []
  #piece = Buffer.allocUnsafe(PIECE_BYTES)
  #end = HEADER_BYTES
  /** Comes next and is not in the piece yet: one long text is written faster than many short ones. */
  #pending = ''

  /** The members of a row that have these names, in their order. */
  row (row: Readonly<Record<string, unknown>>, names: readonly string[]): void {
    let before = ''
    for (const name of names) {
      this.#pending += before
      this.#value(row[name])
      before = '\t'
    }
    this.#pending += '\n'
    this.#flush()
  }

  end (): Buffer[] {
    this.#close()
    return this.#messages
  }

  /** Lists of text and ids are arrays, everything else that is an object is a document. */
  #value (value: unknown): void {
    if (value === undefined || value === null) this.#pending += '\\N'
    else if (typeof value === 'string') this.#pending += escaped(value)
    else if (typeof value === 'boolean') this.#pending += value ? 't' : 'f'
    else if (typeof value === 'number') this.#pending += value
    else if (value instanceof Date) this.#pending += value.toISOString()
    else if (isListOfIds(value)) this.#pending += `{${value.join(',')}}`
    else this.#document(value)
  }

  /** As JSON.stringify, of what JSON can say. */
  #document (value: unknown): void {
    if (typeof value !== 'object' || value === null || value instanceof Date) {
      this.#pending += jsonText(value)
    } else if (Object.isFrozen(value)) {
      this.#flush()
      this.#put(bytesOf(value))
    } else if (Array.isArray(value)) {
      let before = '['
      for (const item of value) {
        this.#pending += before
        this.#document(item ?? null)
        before = ','
      }
      this.#pending += before === '[' ? '[]' : ']'
    } else {
      let before = '{'
      for (const [name, member] of Object.entries(value)) {
        if (member === undefined) continue
        this.#pending += before + nameText(name)
        this.#document(member)
        before = ','
      }
      this.#pending += before === '{' ? '{}' : '}'
    }
  }

  #flush (): void {
    this.#room(this.#pending.length * BYTES_PER_UNIT)
    this.#end += this.#piece.write(this.#pending, this.#end)
    this.#pending = ''
  }

  #put (bytes: Buffer): void {
    this.#room(bytes.length)
    this.#piece.set(bytes, this.#end)
    this.#end += bytes.length
  }

  #room (bytes: number): void {
    if (bytes <= this.#piece.length - this.#end) return
    this.#close()
    this.#piece = Buffer.allocUnsafe(Math.max(PIECE_BYTES, bytes + HEADER_BYTES))
    this.#end = HEADER_BYTES
  }

  #close (): void {
    this.#piece[0] = COPY_DATA
    this.#piece.writeUInt32BE(this.#end - 1, 1)
    this.#messages.push(this.#piece.subarray(0, this.#end))
  }
}

/** Members of documents have few names. */
const nameText = remembered(name => `${jsonText(name)}:`, { most: 1_000 })

function bytesOf (document: object): Buffer {
  const known = kept.get(document)
  if (known !== undefined) return known
  const bytes = Buffer.from(jsonText(document))
  kept.set(document, bytes)
  return bytes
}

const isListOfIds = (value: unknown): value is string[] => Array.isArray(value) && value.every(one => typeof one === 'string')

/** Within JSON, the only letter that COPY takes for more than itself. */
function jsonText (value: unknown): string {
  const text = JSON.stringify(value)
  return text.includes('\\') ? text.replaceAll('\\', '\\\\') : text
}

const SPECIAL = /[\\\n\r\t]/
const SPECIALS = /[\\\n\r\t]/g
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escaped = (text: string): string => SPECIAL.test(text) ? text.replace(SPECIALS, letter => ESCAPES[letter]!) : text
