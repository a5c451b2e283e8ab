import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Problem } from '../problem.ts'
import { refusalOf } from '../text/json-scanner.ts'
import { wholeNumber } from './query.ts'

/** The query parameters of every list. */
export const pageParameters = {
  // In words: zod leaves the default of a value that it transforms out of the document.
  limit: wholeNumber(1, 1000).default(50).meta({ description: 'How many on a page; 50 when absent.' }),
  cursor: z.string().max(2000).optional().meta({ description: 'nextCursor of the page before, with the same filters.' })
}

/** What every list answers beside its rows; absent on the last page. */
export const pageReply = { nextCursor: z.string().optional() }

/** The filters of a list, as the route received them; `limit` and `cursor` are not among them. */
export type Filters = Readonly<Record<string, unknown>>

const DIGEST_BYTES = 12

/**
 * Where the next page begins: the sort values of the last row read. The digest binds it to the filters and to its own
 * bytes. It is no secret and grants nothing: a position reads only what the filters would let it read anyway.
 */
export function writeCursor (position: readonly unknown[], filters: Filters): string {
  const text = JSON.stringify(position)
  return Buffer.concat([digestOf(text, filters), Buffer.from(text)]).toString('base64url')
}

/** The position in a cursor; throws `cursor-invalid` if it is damaged or belongs to other filters. */
export function readCursor<Position> (cursor: string, filters: Filters, position: z.ZodType<Position>): Position {
  const bytes = Buffer.from(cursor, 'base64url')
  const text = bytes.subarray(DIGEST_BYTES).toString()
  // Writing it again tells apart the spellings that base64url reads alike. Anybody can compute a digest, so the text
  // under it is trusted no more than a body is.
  const intact = bytes.toString('base64url') === cursor &&
    bytes.subarray(0, DIGEST_BYTES).equals(digestOf(text, filters)) && refusalOf(text) === undefined
  if (!intact) throw new Problem('cursor-invalid')
  const read = position.safeParse(JSON.parse(text))
  if (!read.success) throw new Problem('cursor-invalid')
  return read.data
}

/** Cuts `limit + 1` rows to a page; the row too many says that there is another. */
export function pageOf<Row> (rows: Row[], limit: number, filters: Filters, positionOf: (row: Row) => readonly unknown[]): { rows: Row[], nextCursor?: string } {
  const last = rows[limit - 1]
  if (rows.length <= limit || last === undefined) return { rows }
  return { rows: rows.slice(0, limit), nextCursor: writeCursor(positionOf(last), filters) }
}

function digestOf (text: string, filters: Filters): Buffer {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined).sort(([a], [b]) => a < b ? -1 : 1)
  return createHash('sha256').update(JSON.stringify([given, text])).digest().subarray(0, DIGEST_BYTES)
}
