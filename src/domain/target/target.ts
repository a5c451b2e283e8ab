import type { Decimal } from '../decimal.ts'
import type { Level } from '../level.ts'
import type { PartialDate } from '../partial-date.ts'
import type { Unit } from './unit.ts'

/** `between` takes `low` and `high`, both included; every other comparator takes `value`. */
export const COMPARATORS = ['equal', 'more-than', 'at-least', 'less-than', 'at-most', 'between'] as const

export type Comparator = (typeof COMPARATORS)[number]

/**
 * What the amount measures: the level reached, the change against the baseline over the whole time, the change in
 * each year, the multiple of the baseline, a level for each year of `series`, or a status reached.
 */
export const MEASURES = ['level', 'change', 'change-per-year', 'multiple', 'series', 'status'] as const

export type Measure = (typeof MEASURES)[number]

export const DIRECTIONS = ['increase', 'decrease'] as const

export type Direction = (typeof DIRECTIONS)[number]

export const INHERITANCE_MODES = ['adopts', 'tightens', 'allocated', 'by-reference', 'not-applicable'] as const

export type InheritanceMode = (typeof INHERITANCE_MODES)[number]

export interface Amount {
  comparator: Comparator
  value?: Decimal
  low?: Decimal
  high?: Decimal
  /** Absent: the text does not say, and nothing can be compared. */
  unit?: Unit
}

/** The value the measure starts from. */
export interface Baseline {
  on?: PartialDate
  value?: Decimal
  unit?: Unit
}

export interface YearAmount {
  year: number
  amount: Amount
}

/** One way of saying what is to be reached. */
export interface Goal {
  measure: Measure
  /** For `change` and `change-per-year`: amounts are positive, and this says which way. */
  direction?: Direction
  /** `true`: on average over the period (bình quân); `false`: in each single year. */
  averaged?: boolean
  /** Absent for `series` and `status`. */
  amount?: Amount
  /** The deadline. */
  by?: PartialDate
  baseline?: Baseline
  /** One amount for each year, in the goal's measure; milestones where `amount` stands as well. */
  series?: YearAmount[]
  /** Kebab-case code of the status to be reached, `out-of-poverty`. */
  status?: string
}

/** One value for each level of government (90 % at provincial, 80 % at district, 60 % at commune level). */
export interface LevelAmount {
  level: Level
  amount: Amount
}

/** Another value for a part of the population or the area (riêng huyện nghèo giảm 4 %/năm). */
export interface Override {
  /** Kebab-case code, as in `Target.scope`. */
  scope: string
  amount: Amount
}

/** A part of the whole (trong đó): another target of the same plan by `key`, or what `indicator` counts. */
export interface Component {
  key?: string
  indicator?: string
  amount: Amount
}

/** The value given to one named organization (giao chỉ tiêu), in one year where the table has years. */
export interface Assignment {
  /** As the table prints it. */
  organization: string
  year?: number
  amount: Amount
}

/** How the assigned shares stand to the total they share out. */
export interface Allocation {
  /** Together the shares may never exceed the total. */
  cap?: boolean
  /** How far the sum may lie from the total, in the unit of the total. Absent: not at all. */
  tolerance?: Decimal
  /** `true`: the document shares out the whole total, so a lower sum is a mismatch and not a remainder. */
  complete?: boolean
}

/** Which target of which parent this one takes up, and how. */
export interface Inherits {
  /** Id or code of the parent; needed when several parents have a target with this key. */
  plan?: string
  /** `Target.key` of the parent's target. */
  key: string
  how: InheritanceMode
  /** Why it does not apply; `not-applicable` needs one. */
  reason?: string
}

export interface Target {
  /** Kebab-case, unique within the plan, stable when the plan is amended. */
  key: string
  /** Kebab-case code, of the registry where it has one; of another nothing is known but its name. */
  indicator: string
  /** The text as printed. */
  text?: string
  /** Kebab-case code of the population or area, `ethnic-minorities`; absent: the whole area of the plan. */
  scope?: string
  /** `true`: striven for (phấn đấu, cơ bản) and not binding. */
  aspirational?: boolean
  /** Absent only where the plan takes a target up by reference or declares it not applicable. */
  goal?: Goal
  /** The same target printed in further forms (còn 7,34 %, tương đương giảm 1,6 %). */
  equivalents?: Goal[]
  byLevel?: LevelAmount[]
  overrides?: Override[]
  components?: Component[]
  /** `true`: the components make up the whole; otherwise there may be more than are named. */
  componentsComplete?: boolean
  assignments?: Assignment[]
  allocation?: Allocation
  inherits?: Inherits[]
}
