import { wordsOf } from './area.ts'
import type { Area, Tier, Words } from './area.ts'
import type { DocumentType } from '../document-type.ts'
import { readHead } from './issuer-head.ts'
import type { Head } from './issuer-head.ts'
import type { IssuerKind } from './issuer-words.ts'
import type { Level } from '../level.ts'
import type { PartialDate } from '../partial-date.ts'
import { citySince } from './province.ts'
import { remembered, rememberedOf } from '../remembered.ts'
import { fold, spellingKey } from '../text.ts'

export type { IssuerKind } from './issuer-words.ts'

/** An organization that issues plans, as far as its name tells. */
export interface Issuer {
  kind: IssuerKind
  tier: Tier
  level: Level
  /** Names as written, without the word for the unit; a province in its usual spelling. */
  place: { province?: string, district?: string, commune?: string }
  /** The same places with their unit words, the smallest first. */
  areas: Area[]
  /** The subject of a department or ministry, as `subjectKey` folds it. */
  field?: string
  /** What its codes may end with; empty when not known. */
  symbols: string[]
  /** Its Vietnamese name, standing alone. */
  name: string
  /** Before this day the name meant another body. */
  since?: PartialDate
}

/**
 * Reads an organization's name. A relative one (`UBND tỉnh`, `Sở Nội vụ`) is resolved against the body that writes it,
 * `relativeTo`; one that cannot be resolved gives undefined, and so does a name this cannot read.
 */
export function readIssuer (name: string, relativeTo?: Issuer): Issuer | undefined {
  const alone = readAlone(name)
  const reading = alone === 'relative' && relativeTo !== undefined ? read(wordsOf(name), relativeTo) : alone
  return reading === 'relative' ? undefined : reading
}

const readAlone = remembered(name => read(wordsOf(name), undefined))

/** Whether the name names a body only together with the one that writes it. */
export const isRelativeName = (name: string): boolean => readAlone(name) === 'relative'

/**
 * The key under which the names of one organization meet. A committee shares it with its chairman, and a Party
 * committee with its standing committee, because they share one series of numbers.
 */
export const issuerKey = (name: string, relativeTo?: Issuer): string => relativeTo === undefined ? keyAlone(name) : keyFrom(name, relativeTo)

const keyAlone = remembered(name => keyFrom(name))

function keyFrom (name: string, relativeTo?: Issuer): string {
  const issuer = readIssuer(name, relativeTo)
  return issuer === undefined ? fold(name) : keyOf(issuer)
}

export const keyOf = rememberedOf(({ kind, tier, field, areas, name }: Issuer): string => {
  if (kind === 'party-central') return kind
  if (tier === 'central') return fold(name)
  const inside = areas.filter(area => area.tier !== 'province').map(({ unit, name: place = '' }) => spellingKey(`${unit} ${place}`))
  const province = areas.find(area => area.tier === 'province')?.name
  return [kind, field, province === undefined ? '?' : fold(province), ...inside.toReversed()].filter(part => part !== undefined).join(':')
})

/** The body that alone writes the symbol, by its name; undefined for a symbol that several bodies share. */
export { bodyOfSymbol as issuerOfSymbol } from './issuer-symbol.ts'

/** The level of a plan of this issuer. A decree of the Government heads a cascade; its other plans are national. */
export const levelOf = (issuer: Issuer, type?: DocumentType): Level =>
  issuer.kind === 'government' && type === 'decree' ? 'decree' : issuer.level

function read (words: Words, relativeTo: Issuer | undefined): Issuer | 'relative' | undefined {
  const head = readHead(words)
  if (head === undefined) return undefined
  if (head.central === true) return settled(head, [])
  const [place] = head.areas
  const areas = place?.name === undefined ? resolved(place?.unit, head.home, relativeTo?.areas ?? []) : head.areas
  if (areas === undefined) return 'relative'
  return head.home === 'province' && areas[0]?.tier !== 'province' ? undefined : settled(head, areas)
}

/**
 * The places meant by a bare unit word, or by no word at all, in a text of the body that stands at `against`.
 * `thành phố` is a province or a district; where the body has both above it, nobody can tell.
 */
function resolved (unit: string | undefined, home: Head['home'], against: Area[]): Area[] | undefined {
  const from = (matches: (area: Area) => boolean): Area[] | undefined => {
    const index = against.findIndex(matches)
    return index === -1 ? undefined : against.slice(index)
  }
  if (unit === undefined) return from(({ tier }) => tier === home)
  if (unit === 'tỉnh') return from(area => area.unit === 'tỉnh')
  if (unit === 'thành phố') return against.filter(area => area.unit === unit).length > 1 ? undefined : from(area => area.unit === unit)
  if (['huyện', 'quận', 'thị xã'].includes(unit)) return from(({ tier }) => tier === 'district')
  return from(({ tier }) => tier === 'commune')
}

function settled ({ kind: named, title, field, symbols }: Head, areas: Area[]): Issuer {
  const tier = areas[0]?.tier ?? 'central'
  const kind = named === 'department' && tier !== 'province' ? 'office' : named
  const place = Object.fromEntries(areas.map(area => [area.tier, area.name]))
  const province = areas.find(area => area.tier === 'province')
  const since = tier === 'province' && province?.unit === 'thành phố' ? citySince(province.name ?? '') : undefined
  return {
    kind,
    tier,
    level: levelAt(kind, tier),
    place,
    areas,
    ...(field !== undefined && { field }),
    symbols: symbols[tier] ?? [],
    name: kind === 'party-committee' ? committeeName(areas) : kind === 'party-office' && tier !== 'central' ? `${title} ${committeeName(areas)}` : [title, placeName(areas)].join(' ').trim(),
    ...(since !== undefined && { since })
  }
}

const placeName = (areas: Area[]): string => areas.map(({ unit, name }) => `${unit} ${name}`).join(', ')

const COMMITTEE_TITLES: Record<string, string> = {
  tỉnh: 'Tỉnh ủy', 'thành phố': 'Thành ủy', huyện: 'Huyện ủy', quận: 'Quận ủy', 'thị xã': 'Thị ủy'
}

function committeeName (areas: Area[]): string {
  const title = COMMITTEE_TITLES[areas[0]?.unit ?? '']
  return title === undefined ? `Đảng ủy ${placeName(areas)}` : placeName(areas).replace(areas[0]?.unit ?? '', title)
}

const CENTRAL_LEVELS: Partial<Record<IssuerKind, Level>> = {
  'party-central': 'decree',
  'national-assembly': 'decree',
  'standing-committee': 'decree',
  president: 'decree',
  government: 'national',
  'prime-minister': 'national'
}

function levelAt (kind: IssuerKind, tier: Tier): Level {
  if (tier === 'central') return CENTRAL_LEVELS[kind] ?? 'ministry'
  if (kind === 'office') return 'unit'
  if (kind === 'party-office') return tier === 'province' ? 'agency' : 'unit'
  if (kind === 'department') return 'agency'
  return tier === 'province' ? 'provincial' : tier
}
