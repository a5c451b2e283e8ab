import type { Level } from '../level.ts'
import { type AreaType, type ElectronicCode, type Organization, type Succession, type Validity, areaWord } from './organization.ts'

/** A province, district or commune, as it was between two days. Its council, committee and Party committee follow by rule. */
export interface Area extends Validity {
  /** `tinh-thai-binh`; the organs' ids are made from it. */
  id: string
  code?: string
  codeVerified?: boolean
  name: string
  aliases?: string[]
  type: AreaType
  /** The area it lies in, one level up. */
  within?: string
  /** Of its People's Committee. */
  electronicCodes?: ElectronicCode[]
  source: string
}

/** Whom the organs of a province answer to. */
export interface Heads {
  committee: string
  council: string
  party: string
}

export const areaLevel = (type: AreaType): Extract<Level, 'provincial' | 'district' | 'commune'> => {
  if (type === 'province' || type === 'city') return 'provincial'
  return ['commune', 'ward', 'township', 'special-zone'].includes(type) ? 'commune' : 'district'
}

/** What the Party committee of an area is called when it is not Đảng ủy. */
export const PARTY_NAMES: Readonly<Partial<Record<AreaType, string>>> = {
  province: 'Tỉnh ủy',
  city: 'Thành ủy',
  district: 'Huyện ủy',
  'urban-district': 'Quận ủy',
  town: 'Thị ủy',
  'provincial-city': 'Thành ủy'
}

const PARTY_SYMBOLS = { provincial: 'TU', district: 'HU', commune: 'ĐU' } as const

const PREFIXES = { committee: 'ubnd', council: 'hdnd', party: 'dang-uy' } as const

export type Organ = keyof typeof PREFIXES

export const organId = (organ: Organ, areaId: string): string => `${PREFIXES[organ]}-${areaId}`

/**
 * The three bodies every administrative unit has (Luật Tổ chức chính quyền địa phương; Điều lệ Đảng): People's Committee,
 * People's Council and Party committee. The committee answers to the one above and to its own council.
 */
export function organsOf (area: Area, heads: Heads): Organization[] {
  const level = areaLevel(area.type)
  const place = `${areaWord(area.type)} ${area.name}`
  const places = [place, ...(area.aliases ?? []).map(alias => `${areaWord(area.type)} ${alias}`)]
  const party = PARTY_NAMES[area.type]
  const partyNames = party === undefined
    ? places.map(each => `Đảng ủy ${each}`)
    : [area.name, ...(area.aliases ?? [])].map(name => `${party} ${name}`)
  const superior = (organ: Organ): string => area.within === undefined ? heads[organ] : organId(organ, area.within)
  const shared = {
    level,
    ...(area.validFrom !== undefined && { validFrom: area.validFrom }),
    ...(area.validTo !== undefined && { validTo: area.validTo }),
    area: {
      id: area.id,
      ...(area.code !== undefined && { code: area.code, codeVerified: area.codeVerified ?? false }),
      name: area.name,
      type: area.type
    },
    source: area.source
  }
  return [{
    ...shared,
    id: organId('committee', area.id),
    name: `UBND ${place}`,
    aliases: [...places.map(each => `Ủy ban nhân dân ${each}`), ...places.slice(1).map(each => `UBND ${each}`)],
    kind: 'peoples-committee',
    symbols: ['UBND'],
    superiorId: superior('committee'),
    functionalSuperiorId: organId('council', area.id),
    ...(area.electronicCodes !== undefined && { electronicCodes: area.electronicCodes })
  }, {
    ...shared,
    id: organId('council', area.id),
    name: `HĐND ${place}`,
    aliases: [...places.map(each => `Hội đồng nhân dân ${each}`), ...places.slice(1).map(each => `HĐND ${each}`)],
    kind: 'peoples-council',
    symbols: ['HĐND'],
    superiorId: superior('council')
  }, {
    ...shared,
    id: organId('party', area.id),
    name: partyNames[0]!,
    aliases: [...partyNames.slice(1), ...places.map(each => `Đảng bộ ${each}`)],
    kind: 'party-committee',
    symbols: [PARTY_SYMBOLS[level]],
    superiorId: superior('party')
  }]
}

/** What happens to an area happens to its three organs. */
export const successionsOfOrgans = (succession: Succession): Succession[] =>
  (Object.keys(PREFIXES) as Organ[]).map(organ => ({
    ...succession,
    predecessorId: organId(organ, succession.predecessorId),
    successorId: organId(organ, succession.successorId)
  }))

/** What the reference files hold: areas, whose organs follow by rule, and every other body in full. */
export interface Reference {
  heads: Heads
  areas: Area[]
  areaSuccessions: Succession[]
  organizations: Organization[]
  successions: Succession[]
}

/** Every organization and succession of the reference files, the organs of each area included. */
export const expandReference = (reference: Reference): { organizations: Organization[], successions: Succession[] } => ({
  organizations: [...reference.organizations, ...reference.areas.flatMap(area => organsOf(area, reference.heads))],
  successions: [...reference.successions, ...reference.areaSuccessions.flatMap(successionsOfOrgans)]
})
