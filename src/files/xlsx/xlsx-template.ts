import { LEVEL_NAMES, type Language, TYPE_NAMES } from '../cell-values.ts'
import type { Column } from '../columns.ts'
import { LEVELS } from '../../domain/level.ts'
import { DOCUMENT_TYPES } from '../../domain/document-type.ts'
import { COLUMN_GUIDE } from './column-guide.ts'
import { TEMPLATE_COLUMNS, widthOf } from './plan-columns.ts'
import { SHEET_NAMES } from './workbook.ts'
import { writeWorkbook } from './write-workbook.ts'
import { columnLetters } from './cell-address.ts'

/** An empty workbook to fill in: the columns, lists of types and levels to choose from, and a sheet that explains them. */
export function xlsxTemplate ({ language = 'vi' }: { language?: Language } = {}): AsyncGenerator<Buffer> {
  const lists = [
    { kind: 'type', values: language === 'vi' ? TYPE_NAMES : DOCUMENT_TYPES.map(({ type }) => type) },
    { kind: 'level', values: language === 'vi' ? LEVEL_NAMES : LEVELS }
  ]
  return writeWorkbook([
    {
      name: SHEET_NAMES[language],
      columns: TEMPLATE_COLUMNS.map(column => ({ width: widthOf(column) })),
      choices: lists.map(({ kind, values }, index) => ({
        column: TEMPLATE_COLUMNS.findIndex(column => column.kind === kind),
        range: `'${LIST_SHEET[language]}'!$${columnLetters(index)}$1:$${columnLetters(index)}$${values.length}`
      })),
      rows: [TEMPLATE_COLUMNS.map(column => column[language])]
    },
    {
      name: GUIDE_SHEET[language],
      columns: [32, 24, 70, 70, 60].map(width => ({ width })),
      rows: [
        ['Cột', 'Column', 'Ý nghĩa', 'Meaning', 'Ví dụ / Example'],
        ...TEMPLATE_COLUMNS.map(column => {
          const { meaning, example } = COLUMN_GUIDE[guideKey(column)]!
          return [column.vi, column.en, meaning.vi, meaning.en, example]
        })
      ]
    },
    {
      name: LIST_SHEET[language],
      hidden: true,
      columns: lists.map(() => ({ width: 30 })),
      rows: Array.from({ length: Math.max(...lists.map(({ values }) => values.length)) }, (_, row) => lists.map(({ values }) => values[row] ?? ''))
    }
  ])
}

const GUIDE_SHEET = { vi: 'Hướng dẫn', en: 'Guide' } as const
const LIST_SHEET = { vi: 'Danh mục', en: 'Lists' } as const

export const guideKey = ({ pointer, citation }: Column): string => citation === undefined ? pointer : `${citation.relation}${pointer}`
