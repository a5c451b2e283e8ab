import type { Message } from '../../domain/message.ts'
import { shorten } from '../../text/shorten.ts'
import type { CellKind } from '../columns.ts'
import type { Showing } from './number-formats.ts'
import { dateOfSerial } from './serial-date.ts'
import type { SheetCell } from './sheet.ts'

export interface CellRefusal {
  code: 'cell-formula' | 'cell-error' | 'cell-is-date' | 'cell-shows-otherwise' | 'not-a-date'
  message: Message
}

/** The words of a cell as a person reads them on the screen; refused where the sheet stores something else than it shows. */
export function cellText (cell: SheetCell, kind: CellKind, showing: Showing, is1904: boolean): { text: string } | CellRefusal {
  if (kind === 'unread') return { text: cell.text }
  if (cell.formula) return FORMULA
  const wantsDate = kind === 'date' || kind === 'years'
  switch (cell.kind) {
    case 'error': return errorValue(cell.text)
    case 'boolean': return { text: cell.text === '1' ? 'TRUE' : 'FALSE' }
    case 'iso-date': return wantsDate ? { text: cell.text.slice(0, 10) } : turnedIntoDate(cell.text.slice(0, 10))
    case 'number': return wantsDate ? dateText(cell.text, showing, is1904) : numberText(cell.text, showing, is1904)
    default: return { text: cell.text }
  }
}

function dateText (stored: string, showing: Showing, is1904: boolean): { text: string } | CellRefusal {
  switch (showing) {
    case 'number': return { text: digits(stored) }
    case 'year': case 'month': case 'day': {
      const date = dateOfSerial(Number(stored), showing, is1904)
      return date === undefined ? notADay(stored) : { text: date }
    }
    case 'day-without-year': return withoutYear(dateOfSerial(Number(stored), 'day', is1904) ?? stored)
    default: return notADay(stored)
  }
}

function numberText (stored: string, showing: Showing, is1904: boolean): { text: string } | CellRefusal {
  switch (showing) {
    case 'number': return { text: digits(stored) }
    case 'other': return showsOtherwise(digits(stored))
    default: return turnedIntoDate(dateOfSerial(Number(stored), showing === 'year' || showing === 'month' ? showing : 'day', is1904) ?? stored)
  }
}

/** Excel stores up to 17 digits, 1.1000000000000001 for 1.1; what is no number stays as it is and is judged as a text. */
const digits = (stored: string): string => Number.isFinite(Number(stored)) ? String(Number(stored)) : stored

// The value of the last calculation may be old, and programs write any: nobody can vouch for it.
const FORMULA: CellRefusal = {
  code: 'cell-formula',
  message: {
    vi: 'Ô chứa công thức, giá trị lưu kèm có thể đã cũ. Hãy chép ô rồi dán lại dạng giá trị (Dán đặc biệt → Giá trị).',
    en: 'The cell holds a formula, and the value stored with it may be old. Copy the cell and paste it as a value (Paste Special → Values).'
  }
}

const errorValue = (text: string): CellRefusal => ({
  code: 'cell-error',
  message: {
    vi: `Ô báo lỗi ${shorten(text)}. Hãy ghi lại nội dung đúng, hoặc để trống.`,
    en: `The cell shows the error ${shorten(text)}. Write what it should hold, or leave it empty.`
  }
})

const turnedIntoDate = (date: string): CellRefusal => ({
  code: 'cell-is-date',
  message: {
    vi: `Excel đã đổi nội dung ô thành ngày (${shorten(date)}). Hãy định dạng cột là Văn bản (Text) rồi ghi lại.`,
    en: `Excel has turned the cell into a date (${shorten(date)}). Format the column as Text and write it again.`
  }
})

const showsOtherwise = (number: string): CellRefusal => ({
  code: 'cell-shows-otherwise',
  message: {
    vi: `Ô lưu số ${shorten(number)} nhưng định dạng hiển thị khác đi. Hãy định dạng cột là Văn bản (Text) rồi ghi đúng như hiển thị.`,
    en: `The cell stores the number ${shorten(number)}, and its format shows something else. Format the column as Text and write what it shows.`
  }
})

const withoutYear = (date: string): CellRefusal => ({
  code: 'not-a-date',
  message: {
    vi: `Ô chỉ hiển thị ngày và tháng; năm (${shorten(date)}) do Excel tự thêm. Hãy ghi đủ ngày/tháng/năm.`,
    en: `The cell shows a day and a month only; Excel has added the year (${shorten(date)}). Write day, month and year.`
  }
})

const notADay = (stored: string): CellRefusal => ({
  code: 'not-a-date',
  message: {
    vi: `Số ${shorten(stored)} của ô không phải là ngày từ năm 1900 đến 2200. Hãy ghi lại ngày/tháng/năm, ví dụ 07/9/2022.`,
    en: `The number ${shorten(stored)} in the cell is no day between 1900 and 2200. Write day/month/year, such as 07/9/2022.`
  }
})
