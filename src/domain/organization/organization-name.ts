import type { Message } from '../message.ts'
import { isPlain, nameKey, spelling } from './organization-key.ts'
import { departmentWordsOf, inTheirTime, placesOf, relatives } from './organization-relative.ts'
import { type Organization, areaWord, existsAt } from './organization.ts'
import { type Directory, nowUnder, responsibleAt } from './organization-succession.ts'
import type { PartialDate } from '../partial-date.ts'
import { remembered } from '../remembered.ts'

/** Everything needed to find organizations by what people write. */
export interface NameIndex {
  directory: Directory
  /** By every name and alias, folded. */
  byKey: ReadonlyMap<string, Organization[]>
  /** What departments are called without their places. */
  departmentWords: ReadonlySet<string>
  /** What a name says by itself, whoever writes it and whenever. */
  readingsOf: (name: string) => NameReading[]
}

/** One way to read a name; the first that finds somebody counts. */
interface NameReading {
  key: string
  named: Organization[]
}

export function nameIndexOf (directory: Directory): NameIndex {
  const organizations = [...directory.organizations.values()]
  const keys = organizations.flatMap(each =>
    [...new Set([each.name, ...each.aliases].map(nameKey))].map(key => [key, each] as const))
  const byKey = grouped(keys)
  const readingsOf = remembered(name => withoutOffices(nameKey(name)).map(key => ({ key, named: bestSpelled(readNamed(directory, byKey, key), name) })))
  return { directory, byKey, departmentWords: departmentWordsOf(directory), readingsOf }
}

export interface Candidate {
  organization: Organization
  /** Why the name may mean it. */
  reason: Message
}

export type NameFinding =
  | { outcome: 'one', candidate: Candidate }
  | { outcome: 'several', candidates: Candidate[] }
  | { outcome: 'none', reason: Message }

// Longer than any name with its commune, district and province; a paragraph pasted by mistake is not searched.
const LETTERS_MAX = 300

/**
 * What a name means on a day. A name without a place (`UBND tỉnh`, `Sở Nội vụ`), or none at all, is read from where
 * `relativeTo` stands, as things were on that day. What fits several organizations stays several: nothing is guessed.
 */
export function findByName (index: NameIndex, name: string, date?: PartialDate, relativeTo?: Organization): NameFinding {
  const key = nameKey(name.slice(0, LETTERS_MAX))
  if (key === '') return relativeTo === undefined ? none(needsPlace(name)) : finding([candidate(relativeTo, OWN)])
  if (name.length > LETTERS_MAX) return none(unknownName(`${name.slice(0, 60)}…`))
  for (const { key: reading, named } of index.readingsOf(name)) {
    const near = relativeTo === undefined ? [] : relatives(index, reading, date, relativeTo)
    if (near.length > 0) return atDate(index.directory, near, name, date, RELATIVE)
    if (named.length > 0) return atDate(index.directory, closest(index, named, relativeTo), name, date, NAMED)
  }
  return none(/^(?:uy ban nhan dan|hoi dong nhan dan|so|(?:tinh|thanh|huyen|quan|thi|dang) uy)\b/.test(withoutOffices(key).at(-1)!)
    ? needsPlace(name)
    : unknownName(name))
}

/** Every key of `byKey` that findByName may look up for this name: an index that holds these organizations holds enough. */
export const lookupKeys = (name: string): string[] =>
  withoutOffices(nameKey(name.slice(0, LETTERS_MAX))).flatMap(reading => {
    const words = reading.split(' ')
    return words.slice(1).map((_, index) => words.slice(0, index + 2).join(' '))
  })

/** The Chairman signs with the committee's symbol, and a Standing Board speaks for its Party committee. */
function withoutOffices (key: string): string[] {
  const stripped = key.replace(/^(?:(?:chu tich|thuong truc|ban thuong vu|ban chap hanh) )+(?=\S)/, '')
  return stripped === key ? [key] : [key, stripped]
}

/** The whole text as a name, or its longest beginning that is one, when the rest names the places around it. */
function readNamed (directory: Directory, byKey: NameIndex['byKey'], reading: string): Organization[] {
  const words = reading.split(' ')
  for (let cut = words.length; cut > 1; cut--) {
    const rest = words.slice(cut).join(' ')
    const found = (byKey.get(words.slice(0, cut).join(' ')) ?? [])
      .filter(each => rest === '' || liesIn(placesOf(directory, each).slice(1), rest))
    if (found.length > 0) return found
  }
  return []
}

function liesIn (places: readonly NonNullable<Organization['area']>[], rest: string): boolean {
  let left = `${rest} `
  for (const { name, type } of places) {
    const place = nameKey(name)
    for (const written of [`${areaWord(type)} ${name}`].map(nameKey).concat(place)) {
      if (left.startsWith(`${written} `)) {
        left = left.slice(written.length + 1)
        break
      }
    }
  }
  return left === ''
}

/** Those spelled as written; all of them when the text has no diacritics, or none is spelled so. */
function bestSpelled (found: Organization[], name: string): Organization[] {
  if (isPlain(name)) return found
  const written = ` ${spelling(name)} `
  const exact = found.filter(({ area, name: own, aliases }) =>
    (area === undefined ? [own, ...aliases] : [area.name]).some(each => written.includes(` ${spelling(each)} `)))
  return exact.length > 0 ? exact : found
}

/** Of several with one name, those in the province of the one who cites; all of them when none is. */
function closest ({ directory }: NameIndex, found: Organization[], relativeTo?: Organization): Organization[] {
  if (relativeTo === undefined || found.length < 2) return found
  const home = new Set(inTheirTime(directory, relativeTo).flatMap(each => placesOf(directory, each)).map(place => place.id))
  const near = found.filter(each => placesOf(directory, each).some(place => home.has(place.id)))
  return near.length > 0 ? near : found
}

function atDate (directory: Directory, found: Organization[], name: string, date: PartialDate | undefined, reason: Message): NameFinding {
  if (date === undefined) return finding(found.map(each => candidate(each, reason)))
  const alive = found.filter(each => existsAt(each, date) !== 'no')
  if (alive.length > 0) return finding(alive.map(each => candidate(each, existsAt(each, date) === 'yes' ? reason : unclear(reason, date))))
  return none(notThen(directory, found, name, date))
}

const finding = (candidates: Candidate[]): NameFinding =>
  candidates.length === 1 ? { outcome: 'one', candidate: candidates[0]! } : { outcome: 'several', candidates }

const candidate = (organization: Organization, reason: Message): Candidate => ({ organization, reason })

const none = (reason: Message): NameFinding => ({ outcome: 'none', reason })

const OWN: Message = { vi: 'không nêu cơ quan: hiểu là chính cơ quan ban hành văn bản', en: 'no body is named: read as the issuer itself' }

const NAMED: Message = { vi: 'trùng tên gọi', en: 'it has this name' }

const RELATIVE: Message = {
  vi: 'tên không kèm địa danh: hiểu theo địa bàn của cơ quan ban hành tại thời điểm đó',
  en: 'named without a place: read from where the issuer stood on that date'
}

const unclear = ({ vi, en }: Message, date: PartialDate): Message => ({
  vi: `${vi}; chưa rõ còn tồn tại vào ${date} hay không`,
  en: `${en}; whether it existed on ${date} is not known`
})

const needsPlace = (name: string): Message => ({
  vi: `"${name}" không cho biết thuộc địa phương nào hoặc nêu một địa phương chưa có trong danh mục. Hãy ghi kèm tỉnh, huyện hoặc xã, ví dụ "UBND tỉnh Thái Bình".`,
  en: `"${name}" does not say of which place, or names one that is not known. Add the province, district or commune, such as "UBND tỉnh Thái Bình".`
})

const unknownName = (name: string): Message => ({
  vi: `Không có cơ quan nào tên "${name}" trong danh mục. Hãy kiểm tra chính tả hoặc thêm cơ quan này.`,
  en: `No organization is called "${name}". Check the spelling, or add the organization.`
})

function notThen (directory: Directory, found: Organization[], name: string, date: PartialDate): Message {
  const lives = found.slice(0, 5).map(each => {
    const now = nowUnder(each, responsibleAt(directory, each.id, date))
    const [from, to] = [each.validFrom, each.validTo]
    return {
      vi: `${each.name}${from === undefined ? '' : ` từ ${from}`}${to === undefined ? '' : ` đến ${to}`}${now === undefined ? '' : `, ${now.vi}`}`,
      en: `${each.name}${from === undefined ? '' : ` from ${from}`}${to === undefined ? '' : ` until ${to}`}${now === undefined ? '' : `, ${now.en}`}`
    }
  })
  return {
    vi: `Không có "${name}" vào ${date}: chỉ có ${lives.map(life => life.vi).join('; ')}. Hãy kiểm tra ngày hoặc tên cơ quan.`,
    en: `There was no "${name}" on ${date}: there is only ${lives.map(life => life.en).join('; ')}. Check the date or the name.`
  }
}

function grouped<V> (pairs: readonly (readonly [string, V])[]): Map<string, V[]> {
  const groups = new Map<string, V[]>()
  for (const [key, value] of pairs) {
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [value])
    else group.push(value)
  }
  return groups
}
