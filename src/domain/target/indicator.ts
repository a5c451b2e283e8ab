import { DIGITAL_INDICATORS } from './indicators/digital.ts'
import { DEVELOPMENT_INDICATORS } from './indicators/development.ts'
import { POVERTY_INDICATORS } from './indicators/poverty.ts'
import { RURAL_INDICATORS } from './indicators/rural.ts'
import { fold } from '../text.ts'
import type { Unit } from './unit.ts'

export const INDICATOR_KINDS = ['rate', 'count', 'amount', 'index', 'rank', 'status'] as const

export type IndicatorKind = (typeof INDICATOR_KINDS)[number]

export interface Indicator {
  /** Kebab-case, stable for ever. */
  code: string
  vi: string
  en: string
  /** Further Vietnamese names under which documents print it. */
  aliases: string[]
  definition: string
  kind: IndicatorKind
  /** Which way is better. */
  better: 'higher' | 'lower'
  /** The units a level of it is given in; changes and multiples take what follows from these. Empty for a status. */
  units: Unit[]
  /** `false`: it is measured for the country only, so no plan below can inherit it (a rank among countries). */
  inheritable: boolean
}

export const INDICATORS: readonly Indicator[] = [
  ...POVERTY_INDICATORS, ...RURAL_INDICATORS, ...DIGITAL_INDICATORS, ...DEVELOPMENT_INDICATORS
]

const byCode = new Map(INDICATORS.map(indicator => [indicator.code, indicator]))

const byName = new Map(INDICATORS.flatMap(indicator =>
  [indicator.vi, indicator.en, indicator.code, ...indicator.aliases].map(name => [fold(name), indicator] as const)))

/** Undefined for a code outside the registry, of which nothing is known but its name. */
export const findIndicator = (code: string): Indicator | undefined => byCode.get(code)

/** By any of its names, with or without diacritics, so that two spellings of one indicator meet. */
export const findIndicatorByName = (name: string): Indicator | undefined => byName.get(fold(name))

/** The changes that a rate can be asked for are points of the rate, or a share of where it stood. */
const CHANGES_OF_RATE: readonly Unit[] = ['percentage-point', 'percent', 'fraction', 'percent-ambiguous']
const CHANGES_OF_QUANTITY: readonly Unit[] = ['percent', 'fraction', 'percent-ambiguous']

/** The units an amount of this indicator may carry under this measure. */
export function unitsTaken (indicator: Indicator, measure: string): readonly Unit[] {
  if (measure === 'multiple') return ['times', 'percent', 'fraction']
  if (measure !== 'change' && measure !== 'change-per-year') return indicator.units
  return indicator.units.includes('percent') ? CHANGES_OF_RATE : [...indicator.units, ...CHANGES_OF_QUANTITY]
}
