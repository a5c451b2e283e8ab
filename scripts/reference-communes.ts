import type { Area } from '../src/domain/organization/organization-area.ts'
import { spelling } from '../src/domain/organization/organization-key.ts'
import type { Succession } from '../src/domain/organization/organization.ts'
import { type Areas, LAST_DAY_BEFORE, REORGANIZED_ON, provinceAt, writtenName } from './reference-areas.ts'
import { COMMUNE_PACKAGE, type CommuneTables, type DistrictTables, type Mapping } from './reference-packages.ts'
import { areaSlug, placeKey, present, readAreaName } from './reference-tables.ts'

// Ia Mơ went on alone, and the office's rule is that a code never changes while its unit exists (Quyết định
// 124/2004/QĐ-TTg): the package gives it a new one, and maps no old commune to it.
const IA_MO = { written: '23737', code: '23938' }

// The package knows the district by the name it had before it took in its neighbours.
const DISTRICT_WRITTEN = new Map([['huyện đạ tẻh, lam dong', '682']])

export interface Communes extends Areas {
  /** Special zones by the id of the island district that they were. */
  zones: Map<string, Area>
  counts: { communesBefore: number, communesAfter: number, communesUnchanged: number, communesDivided: number, rowsLeftOut: number }
}

export function communes (tables: CommuneTables, second: DistrictTables, districts: ReadonlyMap<string, Area>, provinces: readonly Area[]): Communes {
  const after = communesAfter(tables, provinces)
  const before = communesBefore(tables, second, districts)
  const pairs = tables.mappings.filter(isMapped).map(row => [before.byCode.get(row.old_ward_code)!, after.byCode.get(row.new_ward_code)!] as const)
  pairs.push([before.byCode.get(IA_MO.code)!, after.byCode.get(IA_MO.written)!])

  const otherParts = tables.mappings.filter(row => row.old_ward_code === null).flatMap(row => {
    const from = before.byPlace.get(oldPlace(row))
    const to = after.byPlace.get(placeKey(row.new_ward_name, row.new_province_name))
    return from === undefined || to === undefined ? [] : [[from, to] as const]
  })
  const known = new Set(pairs.map(([from, to]) => `${from.id} ${to.id}`))
  const divided = new Set<Area>()
  for (const [from, to] of otherParts) {
    if (known.has(`${from.id} ${to.id}`)) continue
    known.add(`${from.id} ${to.id}`)
    pairs.push([from, to])
    divided.add(from)
  }

  const parts = new Map<Area, number>()
  for (const [, to] of pairs) parts.set(to, (parts.get(to) ?? 0) + 1)
  const kindOf = (from: Area, to: Area): Succession['kind'] => {
    if (divided.has(from)) return 'split'
    if (parts.get(to) !== 1) return 'merged'
    return writtenName(from) === writtenName(to) ? 'replaced' : 'renamed'
  }
  const successions = pairs.map(([from, to]) => ({
    predecessorId: from.id, successorId: to.id, on: REORGANIZED_ON, kind: kindOf(from, to), source: COMMUNE_PACKAGE.name
  }))
  return {
    areas: [...before.byCode.values(), ...after.byCode.values()],
    successions,
    zones: zonesOf(tables, districts, after.byCode),
    counts: {
      communesBefore: before.byCode.size,
      communesAfter: after.byCode.size,
      communesUnchanged: successions.filter(each => each.kind === 'replaced').length,
      communesDivided: divided.size,
      rowsLeftOut: tables.mappings.filter(row => row.old_ward_code === null).length - otherParts.length
    }
  }
}

const isMapped = (row: Mapping): row is Mapping & { old_ward_code: string } => row.old_ward_code !== null && row.old_ward_code !== ''

const oldPlace = (row: Mapping): string =>
  `${readAreaName(row.old_ward_name!, 'commune').type} ${placeKey(row.old_ward_name!, row.old_province_name!)}, ${placeKey(row.old_district_name!, '')}`

function communesAfter (tables: CommuneTables, provinces: readonly Area[]): { byCode: Map<string, Area>, byPlace: Map<string, Area> } {
  const byCode = new Map<string, Area>()
  const byPlace = new Map<string, Area>()
  const names = new Map(tables.provinces.map(each => [each.province_code, each.name]))
  for (const row of tables.wards) {
    const read = readAreaName(row.name, 'commune')
    const code = row.ward_code === IA_MO.written ? IA_MO.code : row.ward_code
    const area: Area = {
      id: `${areaSlug(read)}-${code}-2025`,
      code,
      ...read,
      within: provinceAt(provinces, row.province_code, REORGANIZED_ON).id,
      validFrom: REORGANIZED_ON,
      source: COMMUNE_PACKAGE.name
    }
    byCode.set(row.ward_code, area)
    byPlace.set(placeKey(row.name, names.get(row.province_code)!), area)
  }
  return { byCode, byPlace }
}

function communesBefore (tables: CommuneTables, second: DistrictTables, districts: ReadonlyMap<string, Area>): { byCode: Map<string, Area>, byPlace: Map<string, Area> } {
  const byCode = new Map<string, Area>()
  const byPlace = new Map<string, Area>()
  const provinceNames = new Map(second.provinceData.map(each => [each.idProvince, each.name]))
  const districtCodes = new Map(DISTRICT_WRITTEN)
  for (const { idDistrict, idProvince } of second.districtData) {
    districtCodes.set(placeKey(writtenName(districts.get(idDistrict)!), provinceNames.get(idProvince)!), idDistrict)
  }
  const seconds = new Map(second.communeData.map(each => [each.idCommune, each]))
  const add = (code: string, written: string, districtCode: string): Area => {
    const read = readAreaName(written, 'commune')
    const other = seconds.get(code)
    const area = present<Area>({
      id: `${areaSlug(read)}-${code}`,
      code,
      // Two sources that agree on the code and the name.
      codeVerified: other !== undefined && spelling(other.name) === spelling(writtenName(read)) ? true : undefined,
      ...read,
      within: districts.get(districtCode)!.id,
      validTo: LAST_DAY_BEFORE,
      source: COMMUNE_PACKAGE.name
    })
    byCode.set(code, area)
    return area
  }
  for (const row of tables.mappings.filter(isMapped)) {
    const district = districtCodes.get(placeKey(row.old_district_name!, row.old_province_name!))
    if (district === undefined) throw new Error(`no district is called "${row.old_district_name}" in "${row.old_province_name}"`)
    byPlace.set(oldPlace(row), add(row.old_ward_code, row.old_ward_name!, district))
  }
  const iaMo = seconds.get(IA_MO.code)!
  add(IA_MO.code, iaMo.name, iaMo.idDistrict)
  return { byCode, byPlace }
}

function zonesOf (tables: CommuneTables, districts: ReadonlyMap<string, Area>, after: ReadonlyMap<string, Area>): Map<string, Area> {
  return new Map(tables.mappings.filter(row => row.old_ward_code === '').map(row => {
    const zone = after.get(row.new_ward_code)!
    const island = [...districts.values()].find(area => area.name === zone.name && area.type === 'district')!
    return [island.id, zone]
  }))
}
