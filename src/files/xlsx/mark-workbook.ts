import { type Archive, openArchive } from './archive.ts'
import { type CellFault, errorText, isErrorColumn } from './error-column.ts'
import { MOST_SHEET_COLUMNS } from './limits.ts'
import { markedSheet } from './marked-sheet.ts'
import { markedStyles } from './marked-styles.ts'
import { sheetRows } from './sheet.ts'
import { fromHeader } from './sheet-table.ts'
import { openWorkbook } from './workbook.ts'
import { zipParts } from './zip-parts.ts'

export interface MarkedRow {
  /** Row of the sheet, `Place.row`. */
  row: number
  faults: CellFault[]
}

/**
 * The same workbook with a column “Lỗi (Errors)” behind the others, which says what is wrong in each row, and the cells
 * meant painted red. Everything else, other sheets, formats and macros included, is as it was; earlier sentences of ours
 * are replaced. `marked` comes in the order of the rows, and is drawn as the workbook is written.
 */
export async function * markWorkbook (input: AsyncIterable<Uint8Array>, marked: AsyncIterable<MarkedRow> | Iterable<MarkedRow>): AsyncGenerator<Buffer> {
  const archive = await openArchive(input)
  const workbook = await openWorkbook(archive)
  const words = await workbook.words()
  let headerRow: number | undefined
  let errorColumn: number | undefined
  let last = -1
  for await (const { number, cells } of fromHeader(sheetRows(workbook, words))) {
    if (headerRow === undefined) {
      headerRow = number
      errorColumn = cells.find(({ kind, text }) => kind === 'text' && isErrorColumn(text))?.column
    }
    last = Math.max(last, cells.at(-1)?.column ?? -1)
  }
  const styles = workbook.stylesPart && await markedStyles(workbook.stylesPart)
  const rows = new RowTexts(marked)
  try {
    yield * zipParts(replaced(archive, new Map<string, () => AsyncIterable<string> | Iterable<string>>([
      ...styles ? [[workbook.stylesPart!.name, () => [styles.text]] as const] : [],
      [workbook.sheetPart.name, () => markedSheet(workbook.sheetPart, {
        headerRow: headerRow ?? 1,
        errorColumn: errorColumn ?? Math.min(last + 1, MOST_SHEET_COLUMNS - 1),
        ...(styles && { red: styles.red }),
        textOfRow: row => rows.textOf(row)
      })]
    ])))
  } finally {
    await rows.end()
  }
}

const replaced = ({ parts }: Archive, texts: ReadonlyMap<string, () => AsyncIterable<string> | Iterable<string>>) =>
  [...parts.values()].map(part => ({ name: part.name, pieces: texts.get(part.name) ?? part.bytes }))

/** Walks the marked rows alongside the rows of the sheet. */
class RowTexts {
  readonly #rows: AsyncIterator<MarkedRow> | Iterator<MarkedRow>
  #next: Promise<IteratorResult<MarkedRow>> | undefined

  constructor (marked: AsyncIterable<MarkedRow> | Iterable<MarkedRow>) {
    this.#rows = Symbol.asyncIterator in marked ? marked[Symbol.asyncIterator]() : marked[Symbol.iterator]()
  }

  async textOf (row: number): Promise<string> {
    const faults: CellFault[] = []
    for (;;) {
      this.#next ??= Promise.resolve(this.#rows.next())
      const { done, value } = await this.#next
      if (done === true || value.row > row) return errorText(faults)
      if (value.row === row) faults.push(...value.faults)
      this.#next = undefined
    }
  }

  async end (): Promise<void> {
    await this.#rows.return?.()
  }
}
