import { INDICATORS, type Indicator, type IndicatorKind } from './indicator.ts'
import { fold } from '../text.ts'

/** Tỷ and tỉ are one word in two spellings. */
const soundOf = (text: string): string => fold(text).replaceAll('y', 'i')

const byCode = (a: Indicator, b: Indicator): number => a.code < b.code ? -1 : 1

const SEARCHED = [...INDICATORS].sort(byCode).map(indicator => ({
  indicator,
  words: new Set([indicator.code, indicator.vi, indicator.en, ...indicator.aliases].flatMap(name => soundOf(name).split(' ')))
}))

export interface IndicatorFilters {
  /** Words of any of its names, in any order, with or without diacritics. */
  text?: string
  kind?: IndicatorKind
}

/** In the order of their codes. A text without a single word finds nothing. */
export function searchIndicators ({ text, kind }: IndicatorFilters): Indicator[] {
  const words = text === undefined ? [] : soundOf(text).split(' ').filter(word => word !== '')
  if (text !== undefined && words.length === 0) return []
  return SEARCHED
    .filter(searched => (kind === undefined || searched.indicator.kind === kind) && words.every(word => searched.words.has(word)))
    .map(({ indicator }) => indicator)
}
