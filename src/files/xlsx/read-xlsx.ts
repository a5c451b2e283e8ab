import type { Place, Read, RowFault } from '../row.ts'
import { FileProblem } from '../file-problem.ts'
import { MOST_ROW_BYTES } from '../limits.ts'
import { type RefusedCell, readTableRow } from '../table-row.ts'
import { openArchive } from './archive.ts'
import { type CellRefusal, cellText } from './cell-text.ts'
import { MergedCells, mergedRanges } from './merged-cells.ts'
import { type SheetRow, sheetRows } from './sheet.ts'
import { type SheetTable, fromHeader, readSheetTable } from './sheet-table.ts'
import { type CellWords, type Workbook, openWorkbook } from './workbook.ts'

/**
 * The plans of an .xlsx or .xlsm workbook: of its sheet “Văn bản” or “Plans”, else of the first that is not hidden, one in
 * each row under the header; hidden rows count. The upload is held whole, up to MOST_WORKBOOK_BYTES; its sheet is not.
 */
export async function * readXlsx (input: AsyncIterable<Uint8Array>): AsyncGenerator<Read> {
  const workbook = await openWorkbook(await openArchive(input))
  const merged = new MergedCells(await mergedRanges(workbook.sheetPart))
  const words = await workbook.words()
  let table: SheetTable | undefined
  let number = 0
  for await (const row of fromHeader(sheetRows(workbook, words))) {
    if (table === undefined) table = readSheetTable(row, workbook.sheet)
    else if (row.isOversized || row.cells.some(({ column }) => table!.isRead(column))) yield readRow(row, ++number, { workbook, words, table, merged })
  }
  if (table === undefined) {
    throw new FileProblem('file-columns', { sheet: workbook.sheet }, {
      vi: 'trang tính trống. Hàng đầu phải là tên các cột, mỗi hàng sau là một văn bản.',
      en: 'the sheet is empty. Its first row has to name the columns; each row below is a plan.'
    })
  }
}

interface Context {
  workbook: Workbook
  words: CellWords
  table: SheetTable
  merged: MergedCells
}

function readRow (row: SheetRow, number: number, { workbook, words, table, merged }: Context): Read {
  const place: Place = { sheet: workbook.sheet, row: row.number }
  if (row.isOversized) return { fault: tooLong(number, place) }
  const placeOf = (index: number): Place => table.placeOf(row.number, index)
  const texts: string[] = []
  const refused = new Map<number, RefusedCell>()
  const further: { index: number, part: number, text: string }[] = []
  for (const cell of row.cells) {
    if (cell.column === table.errorColumn) continue
    const part = table.parts.get(cell.column)
    const index = part?.index ?? cell.column
    const read: { text: string } | CellRefusal = cellText(cell, table.header[index]?.kind ?? 'text', words.showings[cell.style] ?? 'number', workbook.is1904)
    if ('code' in read) refused.set(index, { ...read, place: placeOf(cell.column) })
    else if (part !== undefined) further.push({ ...part, text: read.text })
    else texts[index] = read.text
  }
  for (const { index, text } of further.sort((a, b) => a.part - b.part)) texts[index] = (texts[index] ?? '') + text
  for (const { column, message } of merged.faultsIn(row.number, table)) refused.set(column, { code: 'cell-merged', message })

  const columns = Math.max(texts.length, ...[...refused.keys()].map(index => index + 1))
  return readTableRow(table.header, { texts: Array.from({ length: columns }, (_, index) => texts[index] ?? ''), refused }, number, place, placeOf)
}

const tooLong = (number: number, place: Place): RowFault => ({
  number,
  place,
  faults: [{
    code: 'row-too-long',
    at: '',
    message: {
      vi: `Các ô của hàng này dài quá ${MOST_ROW_BYTES} ký tự; hãy tách bớt chỉ tiêu hoặc trích dẫn.`,
      en: `The cells of this row are longer than ${MOST_ROW_BYTES} characters; split its targets or citations.`
    }
  }]
})
