import { type Language, readCell, writeCell } from './cell-values.ts'
import { COLUMNS, type Column } from './columns.ts'
import type { Place, Read, ReadRow, RowFaultDetail } from './row.ts'
import type { TableHeader } from './table-header.ts'

/** Why a cell is not even read. */
export interface RefusedCell extends Pick<RowFaultDetail, 'code' | 'message'> {
  /** Where a list goes on in further cells: the one at fault. */
  place?: Place
}

export interface TableCells {
  texts: readonly string[]
  /** By the index of the column. */
  refused?: ReadonlyMap<number, RefusedCell>
}

interface UnreadableCell {
  index: number
  /** Of what the cell holds; asked when every citation of the row is known. */
  pointer: () => string
  fault: Omit<RowFaultDetail, 'at'>
}

/**
 * The plan in a row of a table, from the words of its cells; a blank cell is a member that is not known. `placeOf` an
 * index of a column.
 */
export function readTableRow (
  header: TableHeader, { texts, refused = new Map() }: TableCells, number: number, place: Place, placeOf: (index: number) => Place
): Read {
  const value: Record<string, unknown> = {}
  const cited = new Map<string, { citation: Record<string, unknown>, indexes: Map<string, number> }>()
  const unreadable: UnreadableCell[] = []

  for (const [index, text] of texts.entries()) {
    const column = header[index]
    const refusal = refused.get(index)
    if (refusal === undefined && (text.trim() === '' || column?.kind === 'unread')) continue
    if (column === undefined) {
      unreadable.push({ index, pointer: () => '', fault: refusal ?? WITHOUT_COLUMN })
      continue
    }
    const read = refusal === undefined ? readCell(column.kind, text) : { fault: { ...refusal, at: '' } }
    const citation = column.citation === undefined ? undefined : citationOf(column.citation)
    citation?.indexes.set(column.pointer, index)
    if ('fault' in read) {
      const { at, ...fault } = read.fault
      unreadable.push({ index, pointer: () => (citation === undefined ? '' : `/citations/${firstFlat + groups.indexOf(citation)}`) + column.pointer + at, fault })
    } else {
      put(citation?.citation ?? value, column.pointer, read.value)
    }
  }

  const groups = [...cited.values()]
  const listed = value.citations ?? []
  const firstFlat = Array.isArray(listed) ? listed.length : 0
  if (groups.length > 0 && Array.isArray(listed)) value.citations = [...listed, ...groups.map(({ citation }) => citation)]
  const unsaid = unsaidUnder(header)
  const row: ReadRow = { number, place, value, placeOf: placeOfPointer, ...(unsaid.length > 0 && { unsaid }) }
  if (unreadable.length === 0) return { row }
  const faults = unreadable.map(({ index, pointer, fault }): RowFaultDetail => {
    const at = pointer()
    return { ...fault, at, place: { ...fault.place ?? placeOf(index), ...(at !== '' && { pointer: at }) } }
  })
  return { fault: { number, place, faults, rest: row } }

  /** Also for a cell that cannot be read: a citation of which the date is unknown is a citation. */
  function citationOf ({ relation, number }: NonNullable<Column['citation']>) {
    const key = `${relation} ${number}`
    const group = cited.get(key) ?? { citation: { relation }, indexes: new Map<string, number>() }
    cited.set(key, group)
    return group
  }

  function placeOfPointer (pointer: string): Place {
    const [, list, item, ...within] = pointer.split('/')
    const flat = list === 'citations' ? groups[Number(item) - firstFlat] : undefined
    const index = flat !== undefined
      ? flat.indexes.get(`/${within.join('/')}`) ?? Math.min(...flat.indexes.values())
      : header.findIndex(column => column !== undefined && column.citation === undefined && column.kind !== 'unread' && isWithin(column, pointer))
    return { ...(index >= 0 ? placeOf(index) : place), ...(pointer !== '' && { pointer }) }
  }
}

/** Members of a plan that no column of the table holds; a whole period is one. */
function unsaidUnder (header: TableHeader): string[] {
  const said = new Set(header.flatMap(column => column === undefined || column.kind === 'unread' ? [] : column.citation === undefined ? memberOf(column) : 'citations'))
  return MEMBERS.filter(member => !said.has(member))
}

const memberOf = ({ pointer }: Column): string => pointer.split('/')[1]!

/** Whether the pointer is the column's or leads further in; a fault of the whole period stands at its first end. */
const isWithin = (column: Column, pointer: string): boolean =>
  `${pointer}/`.startsWith(`${column.pointer}/`) || (pointer === '/period' && column.pointer.startsWith('/period/'))

const WITHOUT_COLUMN = {
  code: 'cell-without-column',
  message: {
    vi: 'Ô này có nội dung nhưng cột không có tên ở hàng tiêu đề. Hãy đặt tên cột hoặc xóa nội dung.',
    en: 'The cell holds something, but its column has no name in the header. Name the column or empty the cell.'
  }
}

/** Pointers of columns have one step or two. */
function put (value: Record<string, unknown>, pointer: string, found: unknown): void {
  const [, member, within] = pointer.split('/')
  if (within === undefined) value[member!] = found
  else value[member!] = { ...value[member!] as object | undefined, [within]: found }
}

/** But for the id, which a plan keeps. */
const MEMBERS = [...new Set(COLUMNS.map(memberOf))].filter(member => member !== 'id')

/** The header of the tables we write. */
export const headerNames = (language: Language): string[] => COLUMNS.map(column => column[language])

/** The cells of a plan's body under that header; nothing is lost but a period of which neither end is known. */
export const cellsOf = (body: object, language: Language): string[] => COLUMNS.map(({ pointer, kind }) => {
  const [, member, within] = pointer.split('/')
  const outer: unknown = Reflect.get(body, member!)
  const value: unknown = within === undefined ? outer : Reflect.get(outer ?? {}, within)
  return value === undefined ? '' : writeCell(kind, value, language)
})
