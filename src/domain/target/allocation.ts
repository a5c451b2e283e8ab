import { add, compareDecimals, isDecimal, subtract, sum, type Decimal } from '../decimal.ts'
import type { Allocation, Amount, Target } from './target.ts'
import { areConvertible, convert, unitRecord, type Unit } from './unit.ts'

/** The sum of one end of the shares against the same end of the total. */
export interface EndSum {
  end: 'low' | 'high' | 'value'
  total: Decimal
  sum: Decimal
  /** Total minus sum. */
  remainder: Decimal
}

export interface SharedOut {
  /** `exact` within the tolerance; `remainder` not yet allocated; `mismatch` the print does not add up; `over-cap` never allowed. */
  outcome: 'exact' | 'remainder' | 'mismatch' | 'over-cap'
  unit: Unit
  ends: EndSum[]
  tolerance: Decimal
  shares: number
}

/** Undefined when nothing can be added: no unit, units that do not convert, or no shares. */
export function shareOut (total: Amount, shares: Amount[], allocation: Allocation): SharedOut | undefined {
  const { cap, complete } = allocation
  const tolerance = isDecimal(allocation.tolerance) && !allocation.tolerance.startsWith('-') ? allocation.tolerance : '0'
  const unit = total.unit
  if (unit === undefined || shares.length === 0) return undefined
  const ends = endsToAdd(total, shares).map(end => endSum(end, total, shares, unit))
  if (!ends.every(end => end !== undefined) || ends.length === 0) return undefined
  return { outcome: outcomeOf(ends, total, cap === true, tolerance, complete), unit, ends, tolerance, shares: shares.length }
}

const isRange = ({ comparator }: Amount): boolean => comparator === 'between'

const endsToAdd = (total: Amount, shares: Amount[]): EndSum['end'][] =>
  isRange(total) || shares.some(isRange) ? ['low', 'high'] : ['value']

const numberAt = (amount: Amount, end: EndSum['end']): Decimal | undefined =>
  isRange(amount) ? (end === 'low' ? amount.low : amount.high) : amount.value

function endSum (end: EndSum['end'], total: Amount, shares: Amount[], unit: Unit): EndSum | undefined {
  const whole = numberAt(total, end)
  const parts = shares.map(share => {
    const part = numberAt(share, end)
    return isDecimal(part) && share.unit !== undefined && areConvertible(share.unit, unit) ? convert(part, share.unit, unit) : undefined
  })
  if (!isDecimal(whole) || !parts.every(part => part !== undefined)) return undefined
  const added = sum(parts)
  return { end, total: whole, sum: added, remainder: subtract(whole, added) }
}

function outcomeOf (ends: EndSum[], total: Amount, cap: boolean, tolerance: Decimal, complete: boolean | undefined): SharedOut['outcome'] {
  const isOver = ({ sum, total }: EndSum) => compareDecimals(sum, add(total, tolerance)) === 1
  const isUnder = ({ sum, total }: EndSum) => compareDecimals(add(sum, tolerance), total) === -1
  const limits = cap || total.comparator === 'at-most' || total.comparator === 'less-than'
  const atLeast = total.comparator === 'at-least' || total.comparator === 'more-than'
  // What counts against a cap is the most that the shares may reach; a tolerance for printing never lifts a cap.
  const most = ends.at(-1)!
  if (limits && compareDecimals(most.sum, most.total) === 1) return 'over-cap'
  if (ends.some(isOver) && !limits && !atLeast) return 'mismatch'
  if (!ends.some(isUnder)) return 'exact'
  if (complete === true) return 'mismatch'
  // One end adds up and the other does not: the table is whole, and a figure in it is wrong.
  return complete === undefined && !ends.every(isUnder) ? 'mismatch' : 'remainder'
}

/** One total of a target with the shares that are printed under it. */
export interface Sharing {
  of: 'assignments' | 'components'
  year?: number
  shared: SharedOut
}

/** Every total of this target that can be held against its shares. */
export function sharingsOf (target: Target): Sharing[] {
  return [...assignmentSharings(target), ...componentSharings(target)]
}

function assignmentSharings (target: Target): Sharing[] {
  const { goal, assignments = [], allocation = {} } = target
  const goals = goal === undefined ? [] : [goal, ...target.equivalents ?? []]
  const years = [...new Set(assignments.map(({ year }) => year))]
  return years.flatMap(year => goals.flatMap(({ amount, series, by }): Sharing[] => {
    const total = year === undefined
      ? amount
      : series?.find(row => row.year === year)?.amount ?? (series === undefined && (by === undefined ? years.length === 1 : by.startsWith(String(year))) ? amount : undefined)
    const unit = total?.unit
    // Percentages of different places have different wholes and never add up.
    if (total === undefined || unit === undefined || !unitRecord(unit).additive) return []
    const rows = assignments.filter(row => row.year === year && row.amount.unit !== undefined && areConvertible(row.amount.unit, unit))
    const shared = shareOut(total, rows.map(row => row.amount), allocation)
    return shared === undefined ? [] : [{ of: 'assignments', ...(year !== undefined && { year }), shared }]
  }))
}

function componentSharings ({ goal, components = [], componentsComplete, allocation }: Target): Sharing[] {
  if (goal?.amount === undefined) return []
  const shared = shareOut(goal.amount, components.map(({ amount }) => amount), {
    ...(allocation?.tolerance !== undefined && { tolerance: allocation.tolerance }),
    ...(componentsComplete !== undefined && { complete: componentsComplete })
  })
  return shared === undefined ? [] : [{ of: 'components', shared }]
}
