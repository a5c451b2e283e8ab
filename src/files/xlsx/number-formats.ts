import type { Part } from './archive.ts'
import { overLimit } from './archive.ts'
import { MOST_STYLES } from './limits.ts'
import { readXml } from './xml.ts'

/**
 * What a number format makes people see. A date without its year was completed by Excel with the year of that day, which
 * nobody sees; `other` shows something else than the number, such as 119 as `119/KH-UBND`.
 */
export type Showing = 'number' | 'year' | 'month' | 'day' | 'day-without-year' | 'time' | 'other'

/** The number formats that have no text of their own in a workbook (ECMA-376 part 1, 18.8.30); 27 to 58 are East Asian dates. */
const BUILT_IN = new Map<number, Showing>([
  [14, 'day'], [15, 'day'], [16, 'day-without-year'], [17, 'month'], [18, 'time'], [19, 'time'], [20, 'time'], [21, 'time'], [22, 'day'],
  ...[27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map(id => [id, 'day'] as const),
  ...[32, 33, 34, 35, 45, 46, 47, 55, 56].map(id => [id, 'time'] as const)
])

/** How each cell format of the workbook shows a number, by its index. */
export async function readShowings (part: Part | undefined): Promise<Showing[]> {
  const own = new Map<number, Showing>()
  const showings: Showing[] = []
  let inCellFormats = false
  if (part === undefined) return showings
  await readXml(part, {
    open: (name, attributes) => {
      if (name === 'numFmt') own.set(Number(attributes.numFmtId), showingOf(attributes.formatCode ?? ''))
      else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes.numFmtId ?? 0)
        showings.push(own.get(id) ?? BUILT_IN.get(id) ?? 'number')
      }
      if (own.size + showings.length > MOST_STYLES) {
        throw overLimit({
          vi: `sổ tính có quá ${MOST_STYLES} định dạng ô; hãy chép dữ liệu sang sổ tính mới.`,
          en: `the workbook has more than ${MOST_STYLES} cell formats; copy the cells into a new workbook.`
        })
      }
    },
    close: name => {
      if (name === 'cellXfs') inCellFormats = false
    }
  })
  return showings
}

/** What a format code such as `dd/mm/yyyy` shows of a positive number. */
export function showingOf (code: string): Showing {
  const [first = ''] = code.replace(/"[^"]*"|\\.|[_*]./g, mark => /^"|^\\/.test(mark) ? 'L' : '').replace(/\[[^\]]*\]/g, '').split(';')
  const marks = first.replaceAll('General', '').toLowerCase()
  const dates = marks.replaceAll('l', '')
  if (/[0#?]/.test(dates) || !/[ymdhs]/.test(dates)) return /l/.test(marks) || /^0{2,}/.test(marks) ? 'other' : 'number'
  if (!dates.includes('d')) return dates.includes('y') ? (dates.includes('m') ? 'month' : 'year') : 'time'
  return dates.includes('y') ? 'day' : 'day-without-year'
}
