import { isCity, provinceNamed, provinceUnit } from './province.ts'
import { fold, latinized, tidy, withoutInvisible } from '../text.ts'

export type Tier = 'central' | 'province' | 'district' | 'commune'

/** A place with the word for its unit: `huyện`, `Như Xuân`. */
export interface Area {
  tier: Exclude<Tier, 'central'>
  unit: string
  /** Absent in a relative name, `UBND huyện`. */
  name?: string
}

/** A word of a name, as written and folded, and whether a comma stands before it. */
export interface Word {
  text: string
  folded: string
  start: number
  end: number
  afterComma: boolean
}

export interface Words {
  text: string
  words: Word[]
  /** Typed without any diacritics, so that a unit word must be known without them. */
  plain: boolean
}

// Beyond the longest name of a joint issuer; what is longer is a text.
const LONGEST_NAME = 300

/** The words of a name, without what stands in brackets. */
export function wordsOf (name: string): Words {
  const text = name.length > LONGEST_NAME ? '' : tidy(latinized(withoutInvisible(name)).replace(/\([^()]*\)/gu, ' '))
  const found = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)]
  // Folding the whole text once is several times faster; a ligature or a fraction may fold to more words than it has.
  const whole = fold(text).split(' ')
  const folded = whole.length === found.length ? whole : found.map(([word]) => fold(word))
  let last = 0
  const words = found.map(({ 0: word, index }, at) => {
    const afterComma = text.slice(last, index).includes(',')
    last = index + word.length
    return { text: word.toLowerCase(), folded: folded[at] ?? '', start: index, end: last, afterComma }
  })
  return { text, words, plain: words.every(({ text: written, folded: key }) => written === key) }
}

/** Where the phrase, folded, ends when it stands at `from`. */
export function endOf ({ words }: Words, phrase: string, from: number): number | undefined {
  const first = words[from]?.folded
  // Most phrases fail at their first word; the others are taken apart.
  if (first === undefined || !phrase.startsWith(first)) return undefined
  const parts = phrase.split(' ')
  return parts.every((part, index) => words[from + index]?.folded === part) ? from + parts.length : undefined
}

interface Unit {
  unit: string
  tier: Area['tier']
  /** The words it is written with, and the same without diacritics. */
  words: string[]
  folded: string[]
}

const UNITS: readonly Unit[] = ([
  ['tỉnh', 'province'],
  ['thành phố', 'province'],
  ['thành phố', 'province', 'tp'],
  ['thị xã', 'district'],
  ['thị xã', 'district', 'tx'],
  ['huyện', 'district'],
  ['quận', 'district'],
  ['thị trấn', 'commune'],
  ['phường', 'commune'],
  ['đặc khu', 'commune'],
  ['xã', 'commune']
] as const).map(([unit, tier, written = unit]) => ({ unit, tier, words: written.split(' '), folded: fold(written).split(' ') }))

const tierOf = (unit: string): Area['tier'] => UNITS.find(known => known.unit === unit)?.tier ?? 'commune'

function unitAt ({ words, plain }: Words, from: number): { unit: string, tier: Area['tier'], end: number } | undefined {
  for (const { unit, tier, words: marked, folded } of UNITS) {
    // The marks count: quận is a unit, Quan and Quản begin names.
    const stands = plain
      ? folded.every((part, index) => words[from + index]?.folded === part)
      : marked.every((part, index) => words[from + index]?.text === part)
    if (stands) return { unit, tier, end: from + marked.length }
  }
}

/** Where the first word for a unit of these tiers stands, at or after `from`: a subject may hold others (Xã hội). */
export function firstUnit (words: Words, from: number, tiers: Area['tier'][]): number | undefined {
  for (let at = from; at < words.words.length; at++) {
    const found = unitAt(words, at)
    if (found !== undefined && tiers.includes(found.tier)) return at
  }
}

/**
 * The places a name ends with, the smallest first: `xã Cát Vân, huyện Như Xuân, tỉnh Thanh Hóa`. A bare unit word gives
 * one area without a name; no words give none; what is no chain of places gives undefined.
 */
export function areasAt (words: Words, from: number, knownUnit?: string): Area[] | undefined {
  const areas: { unit: string | undefined, name: string }[] = []
  let at = from
  let unit = knownUnit
  while (at < words.words.length || unit !== undefined) {
    const written = unit === undefined ? unitAt(words, at) : { unit, end: at }
    const start = written?.end ?? at
    // The word after a unit is its name, whatever it is: quận 10, phường Xã Đàn.
    let end = start
    if (start < words.words.length && (written === undefined || words.words[start]?.afterComma === false)) end++
    while (end > start && end < words.words.length && !endsName(words, end)) end++
    areas.push({ unit: written?.unit, name: words.text.slice(words.words[start]?.start ?? Infinity, words.words[end - 1]?.end) })
    at = end
    unit = undefined
  }
  return named(areas)
}

const endsName = (words: Words, at: number): boolean =>
  words.words[at]?.afterComma === true || unitAt(words, at) !== undefined

function named (areas: { unit: string | undefined, name: string }[]): Area[] | undefined {
  const [only] = areas
  if (only !== undefined && only.unit !== undefined && only.name === '') {
    return areas.length === 1 ? [{ tier: tierOf(only.unit), unit: only.unit }] : undefined
  }
  const read: Area[] = []
  for (const { unit, name } of areas.toReversed()) {
    const province = provinceNamed(name)
    const below = read[0] !== undefined
    if (name === '') return undefined
    if (unit === undefined) {
      if (province === undefined || below) return undefined
      read.unshift({ tier: 'province', unit: provinceUnit(province), name: province })
    } else if (unit === 'tỉnh' || (unit === 'thành phố' && !below && province !== undefined && isCity(province))) {
      read.unshift({ tier: 'province', unit, name: province ?? name })
    } else {
      // A town or city that bears the name of a province is its seat: thành phố Lào Cai.
      if (!below && province !== undefined && (unit === 'thành phố' || unit === 'thị xã')) read.unshift({ tier: 'province', unit: 'tỉnh', name: province })
      read.unshift({ tier: unit === 'thành phố' ? 'district' : tierOf(unit), unit, name: province ?? name })
    }
  }
  const order = ['commune', 'district', 'province']
  return read.every(({ tier }, index) => index === 0 || order.indexOf(tier) > order.indexOf(read[index - 1]?.tier ?? '')) ? read : undefined
}
