import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { from as copyFrom } from 'pg-copy-streams'
import type { Session } from './session.ts'

/** How much is made before it is sent: large enough for few writes, small enough to stay in the processor's cache. */
const PIECE_BYTES = 256 * 1024

/** UTF-8 takes so many bytes at most for a unit of a string. */
const BYTES_PER_UNIT = 3

const [TAB, NEWLINE] = [9, 10]

/**
 * Puts rows into a table by COPY: one statement and no parameters for any number of rows. All rows have the members of the
 * first one, named as the columns of the schema are; a column that they do not name takes its default.
 */
export async function copyRows ({ client }: Pick<Session, 'client'>, table: PgTable, rows: readonly object[]): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => name in first)
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ')
  const members = columns.map(([name]) => name)
  await pipeline(
    Readable.from(pieces(rows as readonly Record<string, unknown>[], members), { objectMode: false }),
    client.query(copyFrom(`copy "${getTableName(table)}" (${names}) from stdin`))
  )
}

/** Each text is written where it is sent from: joining texts first would copy every one of them twice more. */
function * pieces (rows: readonly Record<string, unknown>[], members: readonly string[]): Generator<Buffer> {
  let piece = Buffer.allocUnsafe(PIECE_BYTES)
  let end = 0
  for (const row of rows) {
    for (const member of members) {
      const text = written(row[member])
      const room = text.length * BYTES_PER_UNIT + 1
      if (room > piece.length - end) {
        yield piece.subarray(0, end)
        piece = Buffer.allocUnsafe(Math.max(PIECE_BYTES, room))
        end = 0
      }
      end += piece.write(text, end)
      piece[end++] = TAB
    }
    piece[end - 1] = NEWLINE
  }
  yield piece.subarray(0, end)
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
