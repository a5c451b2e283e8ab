import { cellName, columnLetters } from './cell-address.ts'
import { escapeCell, escapeXml } from './cell-escapes.ts'
import { MOST_SHEET_ROWS } from './limits.ts'

export interface NewSheet {
  name: string
  /** A sheet of values to choose from, that nobody need see. */
  hidden?: boolean
  columns: { width: number, hidden?: boolean }[]
  /** The values that a column offers to choose from: a range on another sheet, `Lists!$A$1:$A$8`. */
  choices?: { column: number, range: string }[]
  /** Its rows, the header first. A cell is a text and stays one: it never becomes a formula, a number or a date. */
  rows: AsyncIterable<string[]> | Iterable<string[]>
}

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** The cell formats that write-workbook.ts declares: text, and text in bold for the header. */
export const TEXT_FORMAT = 1
export const HEADER_FORMAT = 2

const PIECE_CHARACTERS = 64 * 1024

/** The part of a sheet, in pieces. */
export async function * sheetPieces ({ columns, choices = [], rows, hidden }: NewSheet): AsyncGenerator<string> {
  let piece = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    (hidden === true ? '' : '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>') +
    `</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns.map(columnXml).join('')}</cols><sheetData>`
  let row = 0
  for await (const texts of rows) {
    piece += rowXml(texts, ++row)
    if (piece.length < PIECE_CHARACTERS) continue
    yield piece
    piece = ''
  }
  yield `${piece}</sheetData>${choicesXml(choices)}</worksheet>`
}

// A column of text format keeps what people type as they type it: 07/9/2022 becomes no number, and 05/2022 no date.
const columnXml = ({ width, hidden }: NewSheet['columns'][number], index: number): string =>
  `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${TEXT_FORMAT}" customWidth="1"${hidden === true ? ' hidden="1"' : ''}/>`

function rowXml (texts: string[], row: number): string {
  let xml = `<row r="${row}">`
  texts.forEach((text, column) => {
    if (text !== '') xml += cellXml(text, cellName({ column, row }), row === 1 ? HEADER_FORMAT : TEXT_FORMAT)
  })
  return `${xml}</row>`
}

const cellXml = (text: string, name: string, format: number): string =>
  `<c r="${name}" s="${format}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(escapeCell(text))}</t></is></c>`

/** A value that is not offered is warned of and may stay: other spellings are read too. */
function choicesXml (choices: { column: number, range: string }[]): string {
  if (choices.length === 0) return ''
  return `<dataValidations count="${choices.length}">${choices.map(({ column, range }) => {
    const letters = columnLetters(column)
    return `<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" sqref="${letters}2:${letters}${MOST_SHEET_ROWS}"><formula1>${escapeXml(range)}</formula1></dataValidation>`
  }).join('')}</dataValidations>`
}
