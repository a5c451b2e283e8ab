import { fold } from '../../domain/text.ts'
import type { Message } from '../../domain/message.ts'
import { columnLetters, readAddress } from './cell-address.ts'
import { MOST_CELL_CHARACTERS } from './limits.ts'

/** The column of a returned workbook that says what is wrong in each row; a reader passes it over. */
export const ERROR_COLUMN = 'Lỗi (Errors)'

const NAMES = [ERROR_COLUMN, 'Lỗi', 'Errors'].map(fold)

export const isErrorColumn = (header: string): boolean => NAMES.includes(fold(header))

/** What is wrong with a row, or with one cell of it. */
export interface CellFault {
  /** `C7`; absent: the row as a whole. */
  cell?: string
  message: Message
}

/** One line for each fault, the column's letter before it in brackets: by it the rule of `redFormula` finds the cell. */
export function errorText (faults: readonly CellFault[]): string {
  const text = faults.map(({ cell, message: { vi, en } }) => {
    const address = cell === undefined ? undefined : readAddress(cell)
    return `${address === undefined ? '' : `[${columnLetters(address.column)}] `}${vi} — ${en}`
  }).join('\n')
  return text.length > MOST_CELL_CHARACTERS ? `${text.slice(0, MOST_CELL_CHARACTERS - 1)}…` : text
}

/**
 * True in the cells that the text of the error column names at the beginning of a line: a value quoted there may be “[A]”. A rule instead of a fill: the cell formats of the clerk stay
 * as they are, the red goes when the text is deleted, and both move along when rows are sorted.
 */
export const redFormula = (errorColumn: number, firstRow: number): string =>
  `ISNUMBER(FIND(CHAR(10)&"["&SUBSTITUTE(ADDRESS(1,COLUMN(),4),"1","")&"] ",CHAR(10)&$${columnLetters(errorColumn)}${firstRow}))`
