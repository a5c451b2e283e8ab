import type { IssuerKind } from '../issuer/issuer-words.ts'
import type { Level } from '../level.ts'
import { type PartialDate, firstDay, lastDay } from '../partial-date.ts'

const AREA_WORDS = {
  province: 'tỉnh',
  city: 'thành phố',
  district: 'huyện',
  'urban-district': 'quận',
  town: 'thị xã',
  'provincial-city': 'thành phố',
  commune: 'xã',
  ward: 'phường',
  township: 'thị trấn',
  'special-zone': 'đặc khu'
} as const

export type AreaType = keyof typeof AREA_WORDS

export const AREA_TYPES = Object.keys(AREA_WORDS) as AreaType[]

/** The Vietnamese word in front of an area's name. */
export const areaWord = (type: AreaType): string => AREA_WORDS[type]

/** Two circulating forms of the identification code (Quyết định 20/2020/QĐ-TTg): `000.00.00.H49` and `H49.01.02`. */
export interface ElectronicCode {
  code: string
  /** `false`: nobody has seen it in a source. Shown, never used to refuse. */
  verified: boolean
}

/** From the first day to the last, both included; an end that is absent is not known, and bounds nothing. */
export interface Validity {
  validFrom?: PartialDate
  validTo?: PartialDate
}

/**
 * A body that issues documents, as it was between two days. Never renamed in place: what a merger makes is another
 * organization, even under the same name and the same official code.
 */
export interface Organization extends Validity {
  /** Readable and stable for ever: `ubnd-tinh-thai-binh`. */
  id: string
  name: string
  aliases: string[]
  kind: IssuerKind
  level: Level
  /** What its codes may end with; empty when not known. */
  symbols: string[]
  /**
   * Whom it answers to in the line of administration. When that body ends first, whoever answers for it takes its place:
   * see `superiorsAt`. So the superior recorded is the one at its beginning.
   */
  superiorId?: string
  /** The other master of dual subordination (song trùng trực thuộc): the ministry of a department, the council of a committee. */
  functionalSuperiorId?: string
  area?: {
    id: string
    /** Official code of the statistics office for that time: 24 was Bắc Giang and is Bắc Ninh. */
    code?: string
    codeVerified?: boolean
    name: string
    type: AreaType
  }
  electronicCodes?: ElectronicCode[]
  /** Key of a source in the manifest, or the caller's own words. */
  source: string
}

export const SUCCESSION_KINDS = ['merged', 'split', 'renamed', 'replaced'] as const

export type SuccessionKind = (typeof SUCCESSION_KINDS)[number]

/** One step of n:m: `on` is the first day on which the successor answers for what the predecessor did. */
export interface Succession {
  predecessorId: string
  successorId: string
  on: PartialDate
  /** `split`: the predecessor may live on, smaller. After every other kind it has ended. */
  kind: SuccessionKind
  source: string
}

export type Existence = 'yes' | 'no' | 'unclear'

/** Certain answers only: an organization that ended some time in 2025 is `unclear` on every day of 2025. */
export function existsAt ({ validFrom, validTo }: Validity, date: PartialDate): Existence {
  const first = firstDay(date)
  const last = lastDay(date)
  if (validFrom !== undefined && last < firstDay(validFrom)) return 'no'
  if (validTo !== undefined && lastDay(validTo) < first) return 'no'
  const begun = validFrom === undefined || lastDay(validFrom) <= first
  const lasting = validTo === undefined || last <= firstDay(validTo)
  return begun && lasting ? 'yes' : 'unclear'
}

/** Whether two validities share a day for certain. */
export function surelyOverlap (a: Validity, b: Validity): boolean {
  const begins = [a, b].map(each => each.validFrom === undefined ? '' : lastDay(each.validFrom))
  const ends = [a, b].map(each => each.validTo === undefined ? '9999' : firstDay(each.validTo))
  return begins.every(begin => ends.every(end => begin <= end))
}

/** The next day of the calendar. */
export function dayAfter (day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + 1)
  return date.toISOString().slice(0, 10)
}
