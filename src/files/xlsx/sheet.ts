import { MOST_ROW_BYTES } from '../limits.ts'
import { SAVE_AGAIN, overLimit, unreadable } from './archive.ts'
import { type Range, isWithin, readAddress, readRange } from './cell-address.ts'
import { unescapeCell } from './cell-escapes.ts'
import { MOST_ARRAY_FORMULAS, MOST_SHEET_COLUMNS, MOST_SHEET_ROWS } from './limits.ts'
import { RichText } from './shared-strings.ts'
import type { CellWords, Workbook } from './workbook.ts'
import { type Attributes, eachInXml } from './xml.ts'

/** A cell that is not blank. */
export interface SheetCell {
  /** From 0. */
  column: number
  /** `iso-date`: a date written as text by the standard's own type, not as a number of days. */
  kind: 'text' | 'number' | 'boolean' | 'error' | 'iso-date'
  /** What is stored: for a number its digits, for a boolean 1 or 0; of a formula the value of the last calculation. */
  text: string
  /** Index of its cell format. */
  style: number
  formula: boolean
}

export interface SheetRow {
  /** As the sheet counts, from 1. */
  number: number
  cells: SheetCell[]
  /** Its texts are longer than a row may be; the rest of them is left out. */
  isOversized: boolean
}

/** The rows that hold something, in order. What is blank, formatted or not, costs time but no memory. */
export const sheetRows = ({ sheetPart }: Workbook, words: CellWords): AsyncGenerator<SheetRow> => {
  const rows: SheetRow[] = []
  const reading = new SheetReading(words, rows)
  return eachInXml(sheetPart, rows, reading)
}

class SheetReading {
  readonly #words: CellWords
  readonly #rows: SheetRow[]
  readonly #rich = new RichText()
  /** Ranges whose values one array formula calculates: only its first cell holds the formula. */
  readonly #calculated: Range[] = []
  #inRows = false
  #row: SheetRow = { number: 0, cells: [], isOversized: false }
  #characters = 0
  #column = -1
  #type = 'n'
  #cell: SheetCell | undefined
  #hasValue = false
  #inValue = false

  constructor (words: CellWords, rows: SheetRow[]) {
    this.#words = words
    this.#rows = rows
  }

  open = (name: string, attributes: Attributes): void => {
    if (name === 'sheetData') this.#inRows = true
    if (!this.#inRows) return
    if (this.#cell !== undefined && (name === 'row' || name === 'c')) throw disordered(attributes.r ?? `<${name}>`)
    if (name === 'row') this.#openRow(attributes.r)
    else if (name === 'c') this.#openCell(attributes)
    if (this.#cell === undefined) return
    if (name === 'v') this.#inValue = this.#hasValue = true
    else if (name === 'is') this.#hasValue = true
    else if (name === 'f') this.#openFormula(this.#cell, attributes)
    else this.#rich.open(name)
  }

  text = (text: string): void => {
    if (this.#cell === undefined) return
    if (this.#inValue) this.#cell.text += text
    else this.#rich.add(text)
  }

  close = (name: string): void => {
    if (name === 'sheetData') this.#inRows = false
    if (!this.#inRows) return
    if (name === 'row' && (this.#row.cells.length > 0 || this.#row.isOversized)) this.#rows.push(this.#row)
    else if (name === 'c') this.#closeCell()
    else if (name === 'v') this.#inValue = false
    else this.#rich.close(name)
  }

  #openRow (r: string | undefined): void {
    const number = r === undefined ? this.#row.number + 1 : Number(r)
    if (!Number.isInteger(number) || number <= this.#row.number || number > MOST_SHEET_ROWS) throw disordered(`row ${r}`)
    this.#row = { number, cells: [], isOversized: false }
    this.#characters = 0
    this.#column = -1
  }

  #openCell ({ r, t = 'n', s = '0' }: Attributes): void {
    const address = r === undefined ? { column: this.#column + 1, row: this.#row.number } : readAddress(r)
    if (address?.row !== this.#row.number || address.column <= this.#column) throw disordered(r ?? '')
    if (address.column >= MOST_SHEET_COLUMNS) {
      throw overLimit({
        vi: `hàng ${this.#row.number} có quá ${MOST_SHEET_COLUMNS} ô.`,
        en: `row ${this.#row.number} has more than ${MOST_SHEET_COLUMNS} cells.`
      })
    }
    this.#column = address.column
    this.#type = t
    this.#cell = { column: address.column, kind: KINDS[t] ?? 'number', text: '', style: Number(s), formula: false }
    this.#hasValue = false
    this.#rich.begin()
  }

  #openFormula (cell: SheetCell, { t, ref }: Attributes): void {
    cell.formula = true
    const range = t === 'array' && ref !== undefined ? readRange(ref) : undefined
    if (range !== undefined && this.#calculated.push(range) > MOST_ARRAY_FORMULAS) {
      throw overLimit({
        vi: `trang tính có quá ${MOST_ARRAY_FORMULAS} công thức mảng; hãy dán lại dạng giá trị.`,
        en: `the sheet has more than ${MOST_ARRAY_FORMULAS} array formulas; paste their values instead.`
      })
    }
  }

  #closeCell (): void {
    const cell = this.#cell!
    this.#cell = undefined
    if (this.#type === 's') {
      const text = cell.text === '' ? '' : this.#words.strings[Number(cell.text)]
      if (text === undefined) throw disordered(`${cell.text} (sharedStrings)`)
      cell.text = text
    } else if (this.#type === 'inlineStr') {
      cell.text = this.#rich.whole()
    } else if (this.#type === 'str') {
      cell.text = unescapeCell(cell.text)
    }
    if (this.#calculated.length > 0) {
      const address = { column: cell.column, row: this.#row.number }
      cell.formula ||= this.#calculated.some(range => isWithin(address, range))
    }
    // A formula whose value is an empty text shows nothing; one that was never calculated may show anything.
    if (cell.text.trim() === '' && !(cell.formula && !this.#hasValue)) return
    this.#characters += cell.text.length
    if (this.#characters > MOST_ROW_BYTES) this.#row.isOversized = true
    else this.#row.cells.push(cell)
  }
}

const KINDS: Record<string, SheetCell['kind']> = { s: 'text', str: 'text', inlineStr: 'text', b: 'boolean', e: 'error', d: 'iso-date' }

const disordered = (where: string) => unreadable({
  vi: `trang tính hỏng ở “${where.slice(0, 40)}” (hàng hoặc ô lặp lại, sai thứ tự hay sai địa chỉ); ${SAVE_AGAIN.vi}`,
  en: `the sheet is damaged at "${where.slice(0, 40)}" (a row or cell that is repeated, out of order or wrongly addressed); ${SAVE_AGAIN.en}`
})
