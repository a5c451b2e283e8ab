import type { Decimal } from '../../decimal.ts'
import type { Level } from '../../level.ts'
import type { Message } from '../../message.ts'
import type { PartialDate } from '../../partial-date.ts'
import type { Amount, Measure } from '../target.ts'
import type { Unit } from '../unit.ts'

export const VERDICTS = ['conforms', 'stronger', 'weaker', 'not-comparable', 'missing', 'not-applicable'] as const

export type VerdictName = (typeof VERDICTS)[number]

/** Which of the parent's values was asked of the child. */
export const REFERENCES = ['assigned', 'level', 'override', 'general'] as const

export type ReferenceName = (typeof REFERENCES)[number]

/** What would have to be known before two targets can be compared. */
export const GAPS = [
  'goal', 'amount', 'unit', 'common-unit', 'direction', 'better-direction', 'baseline-value', 'baseline-date', 'deadline',
  'milestone', 'population', 'assignment', 'issuer', 'level', 'average', 'status'
] as const

export type Gap = (typeof GAPS)[number]

/** One end against the other: `child sign parent`, as numbers. */
export interface EndComparison {
  /** Where it stands in the range; `value` where neither side is a range. */
  end: 'low' | 'high' | 'value'
  child: Decimal
  sign: '<' | '=' | '>'
  parent: Decimal
  /** A bound that itself is not reached: more than 3 asks for more than 3 does. */
  childExcluded?: boolean
  parentExcluded?: boolean
  outcome: 'better' | 'same' | 'worse'
}

/** A value brought into the measure the comparison is made in, with the sum that did it. */
export interface Conversion {
  of: 'parent' | 'child'
  from: Decimal
  to: Decimal
  /** `9 − 5 × 1 = 4`, in JSON notation. */
  formula: string
}

export interface Comparison {
  reference: ReferenceName
  year?: number
  scope?: string
  level?: Level
  organization?: string
  outcome: 'equal' | 'inside' | 'stronger' | 'weaker' | 'not-comparable'
  measure?: Measure
  /** The common unit, in which `parent` and `child` are given. */
  unit?: Unit
  /** Which way is better for these numbers: a larger decrease of poverty is. */
  better?: 'higher' | 'lower'
  parent?: Amount
  child?: Amount
  ends: EndComparison[]
  conversions: Conversion[]
  deadline?: { parent: PartialDate, child: PartialDate, outcome: 'earlier' | 'same' | 'later' }
  missing: Gap[]
  message: Message
}

export interface Arithmetic {
  reference?: ReferenceName
  comparisons: Comparison[]
  /** Years for which the parent asks a value and the child states none. */
  yearsWithoutValue?: number[]
  /** Sub-populations for which the parent asks another value and the child states none. */
  overridesWithoutValue?: string[]
  missing?: Gap[]
}

export interface Verdict {
  verdict: VerdictName
  arithmetic: Arithmetic
  message: Message
}
