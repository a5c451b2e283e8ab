import type { Message } from '../domain/message.ts'

/** Where in a file something stands, as finely as the format lets one say. */
export interface Place {
  /** From 1, as editors count. */
  line?: number
  /** The header of the column, as the file spells it. */
  column?: string
  sheet?: string
  /** Row of the sheet, from 1; the header counts. */
  row?: number
  /** `C7`. */
  cell?: string
  /** JSON Pointer, inside the row. */
  pointer?: string
}

export interface RowFaultDetail {
  code: string
  /** JSON Pointer inside the row; empty for the row as a whole. */
  at: string
  message: Message
  /** The name that was probably meant. */
  near?: string
  /** Finer than the row's place. */
  place?: Place
}

/** What a row asks for; absent: to be recorded. Packets of the document axis (edXML) also ask for the others. */
export type RowAction = 'record' | 'recall' | 'replace' | 'update'

export interface ReadRow {
  /** From 1, among the rows of the file; what holds no row (header, blank line) is not counted. */
  number: number
  place: Place
  /** A plain JSON value, still to be checked as a plan's body. */
  value: unknown
  /** The place of a fault that is found later at this JSON Pointer of `value`. Absent: the row's place and the pointer. */
  placeOf?: (pointer: string) => Place
  action?: RowAction
  /** The document that an update or a recall is about, where the packet names it by its id. Absent: the one `value` names. */
  about?: { code: string, issuedOn: string, issuer?: string }
  /** Members for which the table has no column: nothing is said of them, so what is recorded of them stays. */
  unsaid?: readonly string[]
  /** The format has no room for most of a plan (edXML: no citations, no targets): what `value` leaves out stays as it is recorded. */
  partial?: true
}

/** A row that cannot be read; reading goes on after it. */
export interface RowFault {
  number: number
  place: Place
  faults: RowFaultDetail[]
  /** The row without the cells at fault, so that what else is wrong with it can be told at the same time. */
  rest?: ReadRow
}

export type Read = { row: ReadRow } | { fault: RowFault }

/**
 * The rows of a file, one after another, in memory that does not grow with the file. A file that cannot be read at all,
 * or no further, ends in a Problem; nothing else is ever thrown but what the input itself throws.
 */
export type Reader = (input: AsyncIterable<Uint8Array>) => AsyncIterable<Read>

/** The place of a fault in a row, found by the reader or later by the schema. */
export const placeIn = (row: ReadRow, pointer: string): Place =>
  row.placeOf?.(pointer) ?? { ...row.place, ...(pointer !== '' && { pointer }) }
