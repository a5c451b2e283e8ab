import fc from 'fast-check'
import { RELATIONS, type Relation } from '../../src/domain/citation.ts'
import type { Body } from './register.ts'

/** A plan or what a citation says of one, by places in lists so small that two plans often meet. */
export interface Sketch {
  /** 3: no code, a title. */
  code: number
  /** Absent: not said. */
  issuer?: number
  /** Absent: the year is not known. */
  year?: number
}

export interface CitationSketch extends Sketch {
  relation: Relation
  /** Name outright the plan of the register at this place, if there is one. */
  pin?: number
}

/** One thing that is done to the register. `on` is a place in the list of its plans, so that every step makes sense. */
export type Step =
  | { do: 'record' | 'judge', plan: Sketch, cites: CitationSketch[], target?: number, asIssued: boolean }
  | { do: 'identify', on: number, change: Partial<Sketch>, asIssued: boolean }
  | { do: 'cite', on: number, cites: CitationSketch[], asIssued: boolean }
  | { do: 'retarget', on: number, target?: number, asIssued: boolean }
  /** Name outright one of the candidates of the first ambiguous citation from this plan on. */
  | { do: 'settle', on: number, candidate: number }
  | { do: 'amend-stale', on: number, version: -1 | 1 }
  | { do: 'amend-stub', on: number }

const ISSUERS = ['Thủ tướng Chính phủ', 'UBND tỉnh Thái Bình', 'UBND tỉnh Nam Định']
const CODES = ['QĐ-TTg', 'KH-UBND', 'KH-UBND']
const DATES = ['2021-03-01', '2022-06-15']

const place = (length: number) => fc.nat({ max: length - 1 })
const issuer = fc.oneof({ weight: 5, arbitrary: place(ISSUERS.length) }, { weight: 1, arbitrary: fc.constant(undefined) })
const year = fc.oneof({ weight: 3, arbitrary: place(DATES.length) }, { weight: 2, arbitrary: fc.constant(undefined) })
const code = fc.oneof({ weight: 6, arbitrary: place(CODES.length) }, { weight: 1, arbitrary: fc.constant(3) })
const relation = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Relation>('implements') },
  { weight: 2, arbitrary: fc.constantFrom<Relation>('replaces', 'repeals') },
  { weight: 1, arbitrary: fc.constantFrom(...RELATIONS) }
)
const known = <T extends object>(sketch: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  sketch.map(given => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T)
const plan = known(fc.record({ code, issuer, year })) as fc.Arbitrary<Sketch>
const cites = fc.array(known(fc.record({
  code, issuer, year, relation, pin: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat({ max: 9 }) })
})) as fc.Arbitrary<CitationSketch>, { maxLength: 3 })
const target = fc.constantFrom(undefined, 1, 2)
const asIssued = fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) })
const on = fc.nat({ max: 9 })

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('record' as const), plan, cites, target, asIssued }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('judge' as const), plan, cites, target, asIssued }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('identify' as const), on, change: known(fc.record({ code, issuer, year }, { requiredKeys: [] })), asIssued }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('cite' as const), on, cites, asIssued }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('retarget' as const), on, target, asIssued }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const), on, candidate: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('amend-stale' as const), on, version: fc.constantFrom(-1 as const, 1 as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('amend-stub' as const), on }) }
) as fc.Arbitrary<Step>

/** `series` keeps the plans of one sequence of steps apart from those of all others in the same database. */
export const wordsOf = ({ code, issuer, year }: Sketch, series: number): Pick<Body, 'code' | 'title' | 'issuer' | 'issuedOn'> => ({
  ...(code === 3 ? { title: `Chương trình ${series}` } : { code: `${series * 3 + code}/${CODES[code]}` }),
  ...(issuer !== undefined && { issuer: ISSUERS[issuer]! }),
  ...(year !== undefined && { issuedOn: DATES[year]! })
})

export const targetsOf = (low: number | undefined): Body['targets'] => low === undefined
  ? []
  : [{
      key: 'poverty',
      indicator: 'multidimensional-poverty-rate',
      goal: { measure: 'change-per-year', direction: 'decrease', amount: { comparator: 'at-least', value: String(low), unit: 'percentage-point' } }
    }]
