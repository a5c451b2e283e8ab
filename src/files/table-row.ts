import { type Language, readCell, writeCell } from './cell-values.ts'
import { COLUMNS, type Column } from './columns.ts'
import type { Place, Read, ReadRow, RowFaultDetail } from './row.ts'
import type { TableHeader } from './table-header.ts'

/**
 * The plan in a row of a table, from the words of its cells; a blank cell is a member that is not known. `placeOf` an
 * index of a column.
 */
export function readTableRow (header: TableHeader, cells: readonly string[], number: number, place: Place, placeOf: (index: number) => Place): Read {
  const value: Record<string, unknown> = {}
  const cited = new Map<string, { citation: Record<string, unknown>, indexes: Map<string, number> }>()
  const faults: RowFaultDetail[] = []

  for (const [index, cell] of cells.entries()) {
    const column = header[index]
    if (cell.trim() === '' || column?.kind === 'unread') continue
    if (column === undefined) {
      faults.push({ at: '', code: 'cell-without-column', message: WITHOUT_COLUMN, place: placeOf(index) })
      continue
    }
    const read = readCell(column.kind, cell)
    if ('fault' in read) {
      const { at, ...fault } = read.fault
      const pointer = (column.citation === undefined ? column.pointer : '/citations') + at
      faults.push({ ...fault, at: pointer, place: { ...placeOf(index), pointer } })
    } else if (column.citation === undefined) {
      put(value, column.pointer, read.value)
    } else {
      const { relation } = column.citation
      const key = `${relation} ${column.citation.number}`
      const group = cited.get(key) ?? { citation: { relation }, indexes: new Map() }
      put(group.citation, column.pointer, read.value)
      group.indexes.set(column.pointer, index)
      cited.set(key, group)
    }
  }

  const groups = [...cited.values()]
  const listed = value.citations ?? []
  if (groups.length > 0 && Array.isArray(listed)) value.citations = [...listed, ...groups.map(({ citation }) => citation)]
  const firstFlat = Array.isArray(listed) ? listed.length : Infinity
  const row: ReadRow = { number, place, value, placeOf: placeOfPointer }
  return faults.length === 0 ? { row } : { fault: { number, place, faults, rest: row } }

  function placeOfPointer (pointer: string): Place {
    const [, list, item, ...within] = pointer.split('/')
    const flat = list === 'citations' ? groups[Number(item) - firstFlat] : undefined
    const index = flat !== undefined
      ? flat.indexes.get(`/${within.join('/')}`) ?? Math.min(...flat.indexes.values())
      : header.findIndex(column => column !== undefined && column.citation === undefined && column.kind !== 'unread' && isWithin(column, pointer))
    return { ...(index >= 0 ? placeOf(index) : place), ...(pointer !== '' && { pointer }) }
  }
}

/** Whether the pointer is the column's or leads further in; a fault of the whole period stands at its first end. */
const isWithin = (column: Column, pointer: string): boolean =>
  `${pointer}/`.startsWith(`${column.pointer}/`) || (pointer === '/period' && column.pointer.startsWith('/period/'))

const WITHOUT_COLUMN = {
  vi: 'Ô này có nội dung nhưng cột không có tên ở hàng tiêu đề. Hãy đặt tên cột hoặc xóa nội dung.',
  en: 'The cell holds something, but its column has no name in the header. Name the column or empty the cell.'
}

/** Pointers of columns have one step or two. */
function put (value: Record<string, unknown>, pointer: string, found: unknown): void {
  const [, member, within] = pointer.split('/')
  if (within === undefined) value[member!] = found
  else value[member!] = { ...value[member!] as object | undefined, [within]: found }
}

/** The header of the tables we write. */
export const headerNames = (language: Language): string[] => COLUMNS.map(column => column[language])

/** The cells of a plan's body under that header; nothing is lost but a period of which neither end is known. */
export const cellsOf = (body: object, language: Language): string[] => COLUMNS.map(({ pointer, kind }) => {
  const [, member, within] = pointer.split('/')
  const outer: unknown = Reflect.get(body, member!)
  const value: unknown = within === undefined ? outer : Reflect.get(outer ?? {}, within)
  return value === undefined ? '' : writeCell(kind, value, language)
})
