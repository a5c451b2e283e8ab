import { readFileSync } from 'node:fs'
import { areaLevel } from '../src/domain/organization/organization-area.ts'
import { type AreaType, AREA_TYPES, areaWord } from '../src/domain/organization/organization.ts'
import { fold, tidy } from '../src/domain/text.ts'

const linesOf = (name: string): string[] =>
  readFileSync(new URL(`../reference/tables/${name}`, import.meta.url), 'utf8').trimEnd().split('\n')

/** A table of ours; no cell holds a comma. */
export function csvTable<Column extends string> (name: string): Record<Column, string>[] {
  const [head = '', ...rows] = linesOf(name)
  const columns = head.split(',')
  return rows.map(row => {
    const cells = row.split(',')
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])) as Record<Column, string>
  })
}

export const ndjsonTable = <Row> (name: string): Row[] => linesOf(name).map(line => JSON.parse(line) as Row)

/** Absent means unknown: empty cells and undefined fields are left out. */
export const present = <Value extends object> (value: { [Key in keyof Value]: Value[Key] | undefined }): Value =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined && part !== '')) as Value

/** `Thị Xã  Buôn Hồ` → town, Buôn Hồ. Thành phố is a province or a district: the level decides. */
export function readAreaName (text: string, level: ReturnType<typeof areaLevel>): { type: AreaType, name: string } {
  const written = tidy(text)
  const type = AREA_TYPES.find(each => areaLevel(each) === level && written.toLowerCase().startsWith(`${areaWord(each)} `))
  if (type === undefined) throw new Error(`"${text}" does not begin with the word for a ${level} area`)
  return { type, name: written.slice(areaWord(type).length + 1) }
}

export const slug = (text: string): string => fold(text).replaceAll(' ', '-')

export const areaSlug = ({ type, name }: { type: AreaType, name: string }): string => `${slug(areaWord(type))}-${slug(name)}`

/** The packages write one province in several ways: `Thành phố Huế`, `Tỉnh Thừa Thiên Huế`, `Hà Nội`. */
export const placeKey = (place: string, province: string): string =>
  `${tidy(place).toLowerCase()}, ${fold(province).replace(/^(?:tinh|thanh pho) /, '').replace('thua thien hue', 'hue')}`
