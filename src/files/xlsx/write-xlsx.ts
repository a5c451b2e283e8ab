import type { Language } from '../cell-values.ts'
import { COLUMNS } from '../columns.ts'
import { FileProblem } from '../file-problem.ts'
import { cellsOf, headerNames } from '../table-row.ts'
import { MOST_CELL_CHARACTERS, MOST_SHEET_ROWS } from './limits.ts'
import { EXPORT_COLUMNS, MOST_PARTS, partName } from './plan-columns.ts'
import { SHEET_NAMES } from './workbook.ts'
import { writeWorkbook } from './write-workbook.ts'

/** Plans as a workbook, streamed, with the names of its columns and of types and levels in the language. */
export const writeXlsx = (plans: AsyncIterable<object> | Iterable<object>, { language = 'vi' }: { language?: Language } = {}): AsyncGenerator<Buffer> =>
  writeWorkbook([{
    name: SHEET_NAMES[language],
    columns: EXPORT_COLUMNS.map(({ width, part }) => ({ width, hidden: part !== undefined })),
    rows: rowsOf(plans, language)
  }])

async function * rowsOf (plans: AsyncIterable<object> | Iterable<object>, language: Language): AsyncGenerator<string[]> {
  const names = headerNames(language)
  yield EXPORT_COLUMNS.map(({ index, part }) => partName(names[index]!, part))
  let row = 1
  for await (const plan of plans) {
    if (++row > MOST_SHEET_ROWS) {
      throw new FileProblem('file-over-limit', { sheet: SHEET_NAMES[language] }, {
        vi: `một trang tính chỉ chứa ${MOST_SHEET_ROWS - 1} văn bản; hãy xuất CSV hoặc NDJSON, hoặc lọc bớt.`,
        en: `a sheet holds ${MOST_SHEET_ROWS - 1} plans; export CSV or NDJSON, or fewer of them.`
      })
    }
    yield planCells(plan, language)
  }
}

/** The texts of a plan's cells; a long list goes on in the further parts of its column. */
function planCells (plan: object, language: Language): string[] {
  const texts = cellsOf(plan, language)
  return EXPORT_COLUMNS.map(({ index, part = 1 }) => {
    const text = texts[index]!
    const from = (part - 1) * MOST_CELL_CHARACTERS
    if (part === MOST_PARTS && text.length > from + MOST_CELL_CHARACTERS) throw tooLong(COLUMNS[index]![language], text.length)
    return text.length <= from ? '' : text.slice(from, from + MOST_CELL_CHARACTERS)
  })
}

const tooLong = (column: string, length: number): FileProblem => new FileProblem('file-over-limit', { column }, {
  vi: `danh sách dài ${length} ký tự, một hàng của trang tính chỉ chứa ${MOST_PARTS * MOST_CELL_CHARACTERS}; hãy xuất NDJSON.`,
  en: `the list is ${length} characters long, a row of a sheet holds ${MOST_PARTS * MOST_CELL_CHARACTERS}; export NDJSON.`
})
