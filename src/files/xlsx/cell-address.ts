import { MOST_SHEET_COLUMNS, MOST_SHEET_ROWS } from './limits.ts'

/** A cell of a sheet; columns count from 0, rows from 1 as people see them. */
export interface Address {
  column: number
  row: number
}

export interface Range {
  from: Address
  to: Address
}

/** `C7`; undefined when it is none of a sheet's cells. By hand, without regular expressions: a sheet asks it of each of its cells. */
export function readAddress (text: string): Address | undefined {
  let at = 0
  let column = 0
  for (let code = text.charCodeAt(0); code >= 65 && code <= 90 && at < 4; code = text.charCodeAt(++at)) column = column * 26 + code - 64
  const digits = text.length - at
  let row = 0
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9 || digits > 7) return undefined
    row = row * 10 + digit
  }
  return column < 1 || column > MOST_SHEET_COLUMNS || row < 1 || row > MOST_SHEET_ROWS ? undefined : { column: column - 1, row }
}

/** `C3:C7`, or one cell. */
export function readRange (text: string): Range | undefined {
  const [first = '', last = first] = text.replaceAll('$', '').split(':')
  const from = readAddress(first)
  const to = readAddress(last)
  return from && to && { from, to }
}

export const isWithin = ({ column, row }: Address, { from, to }: Range): boolean =>
  column >= from.column && column <= to.column && row >= from.row && row <= to.row

/** 0 → `A`, 26 → `AA`. */
export function columnLetters (column: number): string {
  let letters = ''
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(65 + rest % 26) + letters
  return letters
}

export const cellName = ({ column, row }: Address): string => `${columnLetters(column)}${row}`

export const rangeName = ({ from, to }: Range): string => `${cellName(from)}:${cellName(to)}`
