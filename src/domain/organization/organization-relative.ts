import { PARTY_NAMES, type Organ, organId } from './organization-area.ts'
import { nameKey } from './organization-key.ts'
import type { NameIndex } from './organization-name.ts'
import { type AreaType, type Organization, AREA_TYPES, areaWord, existsAt } from './organization.ts'
import { type Directory, predecessorsOf, superiorsAt } from './organization-succession.ts'
import type { PartialDate } from '../partial-date.ts'

type Place = NonNullable<Organization['area']>

/**
 * What `UBND tỉnh`, `Tỉnh ủy`, `HĐND huyện` or `Sở Nội vụ` mean to the organization that writes it, on that day. Several
 * when a merged body writes of the days before, or when `UBND thành phố` may be the city or the town in it.
 */
export function relatives (index: NameIndex, key: string, date: PartialDate | undefined, relativeTo: Organization): Organization[] {
  const { directory } = index
  // Most names say whose they are; finding out where the writer stands is the dearest part of reading one.
  if (!ORGAN_WORDS.has(key) && !index.departmentWords.has(key)) return []
  const found = new Map<string, Organization>()
  for (const context of inTheirTime(directory, relativeTo, date)) {
    const line = lineAbove(directory, context, date)
    for (const organization of [...organsNamed(directory, key, line), ...departmentsNamed(index, key, line)]) {
      found.set(organization.id, organization)
    }
  }
  const alive = [...found.values()].filter(each => date === undefined || existsAt(each, date) !== 'no')
  return alive.length > 0 ? alive : [...found.values()]
}

/** The organization itself, or those it was made of when it did not exist yet on that day; without a day, all of them. */
export function inTheirTime (directory: Directory, organization: Organization, date?: PartialDate): Organization[] {
  const before = (): Organization[] => predecessorsOf(directory, organization.id).map(step => step.organization)
  if (date === undefined) return [organization, ...before()]
  if (existsAt(organization, date) !== 'no') return [organization]
  const then = before().filter(each => existsAt(each, date) !== 'no')
  return then.length > 0 ? then : [organization]
}

/** The areas it acts in, its own first. */
export const placesOf = (directory: Directory, organization: Organization): Place[] =>
  placesAlong(lineAbove(directory, organization))

function placesAlong (line: readonly Organization[]): Place[] {
  const places = new Map(line.flatMap(({ area }) => area === undefined ? [] : [[area.id, area]]))
  return [...places.values()]
}

/** The organization and its superiors, nearest first: the recorded ones, or those who stood in for them on that day. */
function lineAbove (directory: Directory, organization: Organization, date?: PartialDate): Organization[] {
  const line = new Map([[organization.id, organization]])
  for (const each of line.values()) {
    const recorded = directory.organizations.get(each.superiorId ?? '')
    const then = date === undefined ? [] : superiorsAt(directory, each, date).administrative
    for (const superior of then.length > 0 ? then : recorded === undefined ? [] : [recorded]) line.set(superior.id, superior)
  }
  return [...line.values()]
}

interface OrganWord {
  organ: Organ
  types: readonly AreaType[]
}

const ORGAN_WORDS = new Map<string, OrganWord>([
  ['uy ban nhan dan', { organ: 'committee', types: AREA_TYPES }],
  ['hoi dong nhan dan', { organ: 'council', types: AREA_TYPES }],
  ['dang uy', { organ: 'party', types: AREA_TYPES }],
  ['dang bo', { organ: 'party', types: AREA_TYPES }]
])
for (const type of AREA_TYPES) {
  const word = nameKey(areaWord(type))
  addWord('committee', `uy ban nhan dan ${word}`, type)
  addWord('council', `hoi dong nhan dan ${word}`, type)
  for (const name of [`dang uy ${word}`, `dang bo ${word}`, nameKey(PARTY_NAMES[type] ?? '')]) addWord('party', name, type)
}

function addWord (organ: Organ, key: string, type: AreaType): void {
  if (key !== '') ORGAN_WORDS.set(key, { organ, types: [...ORGAN_WORDS.get(key)?.types ?? [], type] })
}

function organsNamed (directory: Directory, key: string, line: readonly Organization[]): Organization[] {
  const word = ORGAN_WORDS.get(key)
  if (word === undefined) return []
  const places = placesAlong(line).filter(place => word.types.includes(place.type))
  // A bare "UBND" is the nearest one; a word for a type may fit two ("thành phố": the city and the town in it).
  const meant = word.types === AREA_TYPES ? places.slice(0, 1) : places
  return meant.flatMap(place => directory.organizations.get(organId(word.organ, place.id)) ?? [])
}

function departmentsNamed ({ byKey }: NameIndex, key: string, line: readonly Organization[]): Organization[] {
  return placesAlong(line).flatMap(place => {
    const committee = organId('committee', place.id)
    return placeKeys(place).flatMap(written => byKey.get(`${key} ${written}`) ?? [])
      .filter(each => each.level === 'agency' && each.superiorId === committee)
  })
}

/** What their names leave when the place is taken off: under which `departmentsNamed` can find anything. */
export function departmentWordsOf ({ organizations }: Directory): Set<string> {
  const words = new Set<string>()
  const places = new Map([...organizations.values()].flatMap(({ area }) => area === undefined ? [] : [[organId('committee', area.id), area]]))
  for (const each of organizations.values()) {
    const place = each.level === 'agency' ? places.get(each.superiorId ?? '') : undefined
    if (place === undefined) continue
    const endings = placeKeys(place).map(written => ` ${written}`)
    for (const key of [each.name, ...each.aliases].map(nameKey)) {
      for (const ending of endings) if (key.endsWith(ending)) words.add(key.slice(0, -ending.length))
    }
  }
  return words
}

/** As names of departments end with it. */
const placeKeys = ({ name, type }: Place): string[] => [nameKey(name), nameKey(`${areaWord(type)} ${name}`)]
