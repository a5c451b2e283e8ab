import { type Column, columnNamed } from '../columns.ts'
import type { Place } from '../row.ts'
import { type TableHeader, readHeader } from '../table-header.ts'
import { cellName } from './cell-address.ts'
import { isErrorColumn } from './error-column.ts'
import { readPartName } from './plan-columns.ts'
import type { SheetRow } from './sheet.ts'

/** The columns of a sheet, each by its index in the sheet. */
export interface SheetTable {
  header: TableHeader
  /** Which column a further part of a long list belongs to, and which part it is. */
  parts: ReadonlyMap<number, { index: number, part: number }>
  errorColumn: number | undefined
  /** Whether the column says anything of a plan. */
  isRead: (index: number) => boolean
  placeOf: (row: number, index: number) => Place
}

/** Lines that people write above a table: the agency, the title of the list, a note. */
const MOST_LINES_ABOVE = 20

/**
 * The rows from the header on. The header is the first row that names two columns; if none does, the first row is, and
 * its names are refused one by one.
 */
export async function * fromHeader (rows: AsyncIterable<SheetRow>): AsyncGenerator<SheetRow> {
  let above: SheetRow[] | undefined = []
  for await (const row of rows) {
    above?.push(row)
    if (above === undefined || isHeader(row)) {
      above = undefined
      yield row
    } else if (above.length > MOST_LINES_ABOVE) {
      yield * above
      above = undefined
    }
  }
  if (above !== undefined) yield * above
}

const isHeader = ({ cells }: SheetRow): boolean =>
  cells.filter(({ kind, text }) => kind === 'text' && columnNamed(text) !== undefined).length > 1

/** Throws `file-columns` with every name at fault. */
export function readSheetTable ({ number, cells }: SheetRow, sheet: string): SheetTable {
  const names: string[] = []
  for (const { column, text } of cells) names[column] = text
  const filled = Array.from(names, name => name ?? '')
  const parts = partsOf(filled)
  const errorColumn = filled.findIndex(isErrorColumn)
  const placeOf = (row: number, index: number): Place => {
    const name = filled[parts.get(index)?.index ?? index] ?? ''
    return { sheet, row, cell: cellName({ column: index, row }), ...(name !== '' && { column: name.trim() }) }
  }
  const header = readHeader(
    filled.map((name, index) => parts.has(index) || index === errorColumn ? '' : name),
    { sheet, row: number },
    index => placeOf(number, index))
  return {
    header,
    parts,
    errorColumn: errorColumn < 0 ? undefined : errorColumn,
    isRead: index => index !== errorColumn && (header[parts.get(index)?.index ?? index] as Column | undefined)?.kind !== 'unread',
    placeOf
  }
}

function partsOf (names: readonly string[]): SheetTable['parts'] {
  const parts = new Map<number, { index: number, part: number }>()
  for (const [index, name] of names.entries()) {
    const further = columnNamed(name) === undefined ? readPartName(name) : undefined
    const column = further && columnNamed(further.name)
    const first = column?.kind === 'json' ? names.findIndex(other => columnNamed(other) === column) : -1
    if (further !== undefined && first >= 0) parts.set(index, { index: first, part: further.part })
  }
  return parts
}
