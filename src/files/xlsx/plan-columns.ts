import { CITATION_COLUMNS, COLUMNS, type Column } from '../columns.ts'

/**
 * A list of a plan may be as long as a request body (1 MiB), a cell of Excel holds 32,767 characters: the rest stands in
 * hidden columns of the same row, where sorting and filtering cannot part it from its plan.
 */
export const MOST_PARTS = 34

/** A column of an export: of which column of COLUMNS it holds the text, and from part 2 on, what the parts before could not hold. */
export interface ExportColumn {
  index: number
  /** In characters of the default font, as Excel counts. */
  width: number
  part?: number
}

/** Every member, and room for long lists. */
export const EXPORT_COLUMNS: readonly ExportColumn[] = [
  ...COLUMNS.map((column, index) => ({ index, width: widthOf(column) })),
  ...COLUMNS.flatMap((column, index) => column.kind !== 'json'
    ? []
    : Array.from({ length: MOST_PARTS - 1 }, (_, more) => ({ index, width: 10, part: more + 2 })))
]

/** What a person fills in: no id, and one parent and one legal basis in columns of their own in the place of JSON. */
export const TEMPLATE_COLUMNS: readonly Column[] = COLUMNS
  .flatMap(column => column.pointer === '/citations'
    ? CITATION_COLUMNS.filter(({ citation, pointer }) => citation!.number === 1 && pointer !== '/title')
    : [column])
  .filter(({ pointer }) => !['/id', '/waivers'].includes(pointer))

/** How the header of a further part is told from that of the first: `targets (2)`. */
export const partName = (name: string, part: number | undefined): string => part === undefined ? name : `${name} (${part})`

/** The column and the part that such a header names; undefined for a header of any other form. */
export function readPartName (header: string): { name: string, part: number } | undefined {
  const [, name, part] = /^(.+) \((\d{1,2})\)$/s.exec(header.trim()) ?? []
  return name === undefined ? undefined : { name, part: Number(part) }
}

/** In characters of the default font, as Excel counts. */
export function widthOf ({ kind, pointer }: Column): number {
  if (pointer === '/title') return 60
  if (pointer === '/issuer' || pointer === '/id') return 38
  return { text: 22, type: 16, level: 20, date: 16, years: 16, 'yes-no': 12, json: 30, unread: 8 }[kind]
}
