import { type Area, areaLevel } from '../src/domain/organization/organization-area.ts'
import { type AreaType, type Succession, type SuccessionKind, areaWord, existsAt } from '../src/domain/organization/organization.ts'
import { COMMUNE_PACKAGE, DISTRICT_PACKAGE, type DistrictTables } from './reference-packages.ts'
import { areaSlug, csvTable, present, readAreaName } from './reference-tables.ts'

/** The district level ended and the communes were formed anew (Luật 72/2025/QH15; resolutions 1654–1687/NQ-UBTVQH15). */
export const REORGANIZED_ON = '2025-07-01'
export const LAST_DAY_BEFORE = '2025-06-30'

export interface Areas {
  areas: Area[]
  successions: Succession[]
}

type ProvinceColumn =
  | 'id' | 'name' | 'type' | 'code' | 'validFrom' | 'validTo' | 'successorId' | 'successionOn' | 'successionKind'
  | 'electronicCode' | 'electronicCodeVerified' | 'source'

export function provinces (): Areas {
  const rows = csvTable<ProvinceColumn>('provinces.csv')
  return {
    areas: rows.map(row => present<Area>({
      id: row.id,
      code: row.code,
      codeVerified: true,
      name: row.name,
      type: row.type as AreaType,
      validFrom: row.validFrom,
      validTo: row.validTo,
      electronicCodes: row.electronicCode === ''
        ? undefined
        : [`000.00.00.${row.electronicCode}`, row.electronicCode].map(code => ({ code, verified: row.electronicCodeVerified === 'yes' })),
      source: row.source
    })),
    successions: rows.filter(row => row.successorId !== '').map(row => ({
      predecessorId: row.id,
      successorId: row.successorId,
      on: row.successionOn,
      kind: row.successionKind as SuccessionKind,
      source: row.source
    }))
  }
}

export const provinceAt = (areas: readonly Area[], code: string, day: string): Area =>
  areas.find(area => areaLevel(area.type) === 'provincial' && area.code === code && existsAt(area, day) === 'yes')!

/** The districts of the last day by their code, in the package's order. */
export function districts (tables: DistrictTables, provinces: readonly Area[]): Map<string, Area> {
  const begun = new Map(csvTable<'code' | 'name' | 'validFrom' | 'within' | 'id'>('districts-begun.csv').map(row => [row.code, row]))
  return new Map(tables.districtData.map(({ idProvince, idDistrict, name }) => {
    const own = begun.get(idDistrict)
    // A district that was there before its province took its present form began in the earlier one.
    const province = provinces.find(area => area.code === idProvince && area.validFrom === undefined)!
    const read = readAreaName(own?.name || name, 'district')
    return [idDistrict, present<Area>({
      id: own?.id || `${areaSlug(read)}-${areaSlug(province).replace(/^(?:tinh|thanh-pho)-/, '')}`,
      code: idDistrict,
      ...read,
      within: own?.within || province.id,
      validFrom: own?.validFrom,
      validTo: LAST_DAY_BEFORE,
      source: DISTRICT_PACKAGE.name
    })]
  }))
}

/** Districts that ended or changed their kind in 2024 and 2025, and what became of them. No source with dates was read. */
export function districtChanges (current: ReadonlyMap<string, Area>): Areas {
  const ended = csvTable<'code' | 'name' | 'provinceId' | 'successionOn' | 'successorCode' | 'kind'>('districts-ended.csv')
    .map(row => ({ row, area: endedDistrict(row) }))
  const splits = csvTable<'code' | 'validFrom' | 'splitFrom'>('districts-begun.csv').filter(row => row.splitFrom !== '')
  return {
    areas: [...new Map(ended.map(({ area }) => [area.id, area])).values()],
    successions: [
      ...ended.map(({ row, area }) => ({
        predecessorId: area.id,
        successorId: current.get(row.successorCode)!.id,
        on: row.successionOn,
        kind: row.kind as SuccessionKind,
        source: 'unverified'
      })),
      ...splits.map(row => ({
        predecessorId: current.get(row.splitFrom)!.id,
        successorId: current.get(row.code)!.id,
        on: row.validFrom,
        kind: 'split' as const,
        source: 'unverified'
      }))
    ]
  }
}

function endedDistrict (row: { code: string, name: string, provinceId: string, successionOn: string }): Area {
  const read = readAreaName(row.name, 'district')
  return {
    id: `${areaSlug(read)}-${row.provinceId.replace(/^(?:tinh|thanh-pho)-/, '')}`,
    code: row.code,
    ...read,
    within: row.provinceId,
    validTo: dayBefore(row.successionOn),
    source: 'unverified'
  }
}

/** A date of less precision stays as it is: what ended "before 2025" may have ended in 2025. */
function dayBefore (date: string): string {
  if (date.length < 10) return date
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

/** The province takes the place of its districts; an island district without communes goes on as a special zone. */
export function districtEndings (current: ReadonlyMap<string, Area>, zones: ReadonlyMap<string, Area>, provinces: Areas, tables: DistrictTables): Succession[] {
  const provinceCodes = new Map(tables.districtData.map(each => [each.idDistrict, each.idProvince]))
  return [...current].map(([code, { id }]) => {
    const before = provinceAt(provinces.areas, provinceCodes.get(code)!, LAST_DAY_BEFORE)
    const step = provinces.successions.find(each => each.predecessorId === before.id && each.on === REORGANIZED_ON)
    const zone = zones.get(id)
    return {
      predecessorId: id,
      successorId: zone?.id ?? step?.successorId ?? before.id,
      on: REORGANIZED_ON,
      kind: 'replaced' as const,
      source: zone === undefined ? 'law-72-2025-qh15' : COMMUNE_PACKAGE.name
    }
  })
}

export const writtenName = ({ type, name }: Pick<Area, 'type' | 'name'>): string => `${areaWord(type)} ${name}`
