import type { Message } from '../domain/message.ts'
import { nearest } from '../text/nearest.ts'
import { shorten } from '../text/shorten.ts'
import { COLUMN_NAMES, type Column, columnNamed } from './columns.ts'
import { FileProblem } from './file-problem.ts'
import { MOST_COLUMNS } from './limits.ts'
import type { Place, RowFaultDetail } from './row.ts'

/** The column at each index; undefined where the header is blank, and then the cells below have to be blank as well. */
export type TableHeader = readonly (Column | undefined)[]

/** The header of a table of plans. Throws `file-columns` with every name that is unknown or stands twice. */
export function readHeader (names: readonly string[], place: Place, placeOf: (index: number) => Place): TableHeader {
  const count = names.findLastIndex(name => name.trim() !== '') + 1
  if (count > MOST_COLUMNS) {
    throw new FileProblem('file-over-limit', place, {
      vi: `hàng tiêu đề có ${count} cột, nhiều nhất ${MOST_COLUMNS} cột.`,
      en: `the header has ${count} columns; at most ${MOST_COLUMNS} are read.`
    })
  }
  const columns = names.slice(0, count).map(name => name.trim() === '' ? undefined : columnNamed(name))
  const details = columns.flatMap((column, index) => faultOf(columns, names, column, index, placeOf))
  if (details.length > 0) {
    const { vi, en } = details[0]!.message
    const more = details.length - 1
    throw new FileProblem('file-columns', place, {
      vi: vi.charAt(0).toLowerCase() + vi.slice(1) + (more > 0 ? ` Còn ${more} cột khác, xem faults.` : ''),
      en: en.charAt(0).toLowerCase() + en.slice(1) + (more > 0 ? ` There are ${more} more, see faults.` : '')
    }, details)
  }
  if (!columns.some(column => column !== undefined && column.citation === undefined && ['/code', '/title'].includes(column.pointer))) {
    throw new FileProblem('file-columns', place, {
      vi: 'không thấy cột “Số, ký hiệu” hay “Trích yếu”. Hàng đầu tiên của bảng phải là tên các cột.',
      en: 'there is neither a column "code" nor "title". The first row of the table has to hold the names of the columns.'
    })
  }
  return columns
}

function faultOf (columns: TableHeader, names: readonly string[], column: Column | undefined, index: number, placeOf: (index: number) => Place): RowFaultDetail[] {
  const name = names[index]!
  if (name.trim() === '') return []
  const fault = (code: string, message: Message, near?: string): RowFaultDetail[] =>
    [{ at: '', code, message, ...(near !== undefined && { near }), place: placeOf(index) }]
  const said = shorten(name.trim())
  if (column === undefined) {
    const near = nearest(name.trim(), COLUMN_NAMES)
    return fault('unknown-name', {
      vi: `Không có cột “${said}”.${near === undefined ? ' Hãy xóa cột này hoặc đổi tên theo tệp mẫu.' : ` Có phải là “${near}”?`}`,
      en: `There is no column "${said}".${near === undefined ? ' Delete it, or name it as in the template.' : ` Did you mean "${near}"?`}`
    }, near)
  }
  const before = columns.findIndex(other => other !== undefined && overlap(other, column))
  if (before === index) return []
  return fault('repeated-column', {
    vi: `Cột “${said}” nói cùng một điều với cột “${shorten(names[before]!.trim())}”; chỉ giữ một.`,
    en: `The column "${said}" says the same as "${shorten(names[before]!.trim())}"; keep one of them.`
  })
}

/** A period in one cell says what its two ends say. */
const overlap = (a: Column, b: Column): boolean =>
  a === b || (a.pointer === '/period' && b.pointer.startsWith('/period/')) || (b.pointer === '/period' && a.pointer.startsWith('/period/'))
