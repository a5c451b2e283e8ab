import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type pg from 'pg'
import type { Session } from './session.ts'

/** How much goes into one message: large enough for few writes, small enough to stay in the processor's cache. */
const PIECE_BYTES = 256 * 1024

/** UTF-8 takes so many bytes at most for a unit of a string. */
const BYTES_PER_UNIT = 3

const [TAB, NEWLINE] = [9, 10]

/** CopyData and its length, which counts itself and not the letter: https://www.postgresql.org/docs/current/protocol-message-formats.html */
const COPY_DATA = 'd'.charCodeAt(0)
const HEADER_BYTES = 5
const COPY_DONE = Buffer.from([...Buffer.from('c'), 0, 0, 0, 4])

/** Rows of a table as they are sent. */
export interface Copied {
  statement: string
  messages: Buffer[]
}

/**
 * Rows in the text format of COPY, which takes any number of them in one statement and has no parameters. All rows have the
 * members of the first one, named as the columns of the schema are; a column that they do not name takes its default.
 */
export function toCopied (table: PgTable, rows: readonly object[]): Copied | undefined {
  const [first] = rows
  if (first === undefined) return undefined
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => name in first)
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ')
  return {
    statement: `copy "${getTableName(table)}" (${names}) from stdin`,
    messages: messagesOf(rows as readonly Record<string, unknown>[], columns.map(([name]) => name))
  }
}

/**
 * Puts rows into tables, one after the other, in one message to the server. All of them are handed to the socket at once, so
 * they go on being sent whenever this thread has a moment, while it decides about the rows that follow.
 */
export async function copyAll ({ client }: Pick<Session, 'client'>, tables: readonly Copied[]): Promise<void> {
  if (tables.length === 0) return
  await new Promise<void>((resolve, reject) => { client.query(new CopyAll(tables, error => error === undefined ? resolve() : reject(error))) })
}

/** What the driver tells a query of its connection. */
interface Wire {
  query (text: string): void
  stream: { cork (): void, uncork (): void, write (bytes: Buffer): boolean }
}

/**
 * The statements and their rows without waiting for the server to ask for each: it reads them in this order. Should a
 * statement fail, the server passes over the rows that still come, as the protocol promises.
 */
class CopyAll implements pg.Submittable {
  readonly #tables: readonly Copied[]
  readonly #ended: (error?: Error) => void

  constructor (tables: readonly Copied[], ended: (error?: Error) => void) {
    this.#tables = tables
    this.#ended = ended
  }

  submit (connection: unknown): void {
    const wire = connection as Wire
    const { stream } = wire
    stream.cork()
    wire.query(this.#tables.map(({ statement }) => statement).join('; '))
    for (const { messages } of this.#tables) {
      for (const message of messages) stream.write(message)
      stream.write(COPY_DONE)
    }
    stream.uncork()
  }

  handleCopyInResponse (): void {}

  handleCommandComplete (): void {}

  handleReadyForQuery (): void {
    this.#ended()
  }

  handleError (error: Error): void {
    this.#ended(error)
  }
}

/** Each text is written where it is sent from: joining texts first would copy every one of them twice more. */
function messagesOf (rows: readonly Record<string, unknown>[], members: readonly string[]): Buffer[] {
  const messages: Buffer[] = []
  let piece = Buffer.allocUnsafe(PIECE_BYTES)
  let end = HEADER_BYTES
  const close = () => {
    piece[0] = COPY_DATA
    piece.writeUInt32BE(end - 1, 1)
    messages.push(piece.subarray(0, end))
  }
  for (const row of rows) {
    for (const member of members) {
      const text = written(row[member])
      const room = text.length * BYTES_PER_UNIT + 1
      if (room > piece.length - end) {
        close()
        piece = Buffer.allocUnsafe(Math.max(PIECE_BYTES, room + HEADER_BYTES))
        end = HEADER_BYTES
      }
      end += piece.write(text, end)
      piece[end++] = TAB
    }
    piece[end - 1] = NEWLINE
  }
  close()
  return messages
}

/** A value in the text format of COPY. Lists of text and ids are arrays, everything else that is an object is a document. */
function written (value: unknown): string {
  switch (typeof value) {
    case 'undefined': return '\\N'
    case 'string': return escaped(value)
    case 'boolean': return value ? 't' : 'f'
    case 'number': return String(value)
  }
  if (value === null) return '\\N'
  if (value instanceof Date) return value.toISOString()
  if (isListOfIds(value)) return `{${value.join(',')}}`
  return escaped(JSON.stringify(value))
}

const isListOfIds = (value: unknown): value is string[] => Array.isArray(value) && value.every(one => typeof one === 'string')

const SPECIAL = /[\\\n\r\t]/
const SPECIALS = /[\\\n\r\t]/g
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escaped = (text: string): string => SPECIAL.test(text) ? text.replace(SPECIALS, letter => ESCAPES[letter]!) : text
