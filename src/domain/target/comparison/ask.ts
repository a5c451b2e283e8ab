import { compareDecimals, isDecimal } from '../../decimal.ts'
import { findIndicator } from '../indicator.ts'
import type { PartialDate } from '../../partial-date.ts'
import type { Amount, Goal } from '../target.ts'
import { unitRecord } from '../unit.ts'
import type { Better } from './bounds.ts'

/** One amount asked for one time: what is left of a goal when its series is taken apart. */
export interface Ask extends Pick<Goal, 'direction' | 'averaged' | 'baseline' | 'by'> {
  measure: 'level' | 'change' | 'change-per-year' | 'multiple'
  amount: Amount
  /** The year of the series; absent for the goal's own amount. */
  year?: number
}

/** Each year of the series, then the goal's own amount. `end`: the end of the plan's period, the deadline where none is printed. */
export function asksOf (goal: Goal, end: PartialDate | undefined): Ask[] {
  if (goal.measure === 'status') return []
  const measure = goal.measure === 'series' ? 'level' : goal.measure
  const { direction, averaged, baseline } = goal
  const common = {
    measure,
    ...(direction !== undefined && { direction }),
    ...(averaged !== undefined && { averaged }),
    ...(baseline !== undefined && { baseline })
  }
  const years = [...(goal.series ?? [])]
    .sort((a, b) => a.year - b.year)
    .map(({ year, amount }): Ask => ({ ...common, amount, year, by: String(year) }))
  if (goal.amount === undefined) return years
  const by = goal.by ?? end
  return [...years, { ...common, amount: goal.amount, ...(by !== undefined && { by }) }]
}

/** A change relative to where things stood, as opposed to so many points, households or đồng. */
export const isRelative = ({ measure, amount }: Ask): boolean =>
  measure === 'multiple' || (measure !== 'level' && amount.unit !== undefined && unitRecord(amount.unit).dimension === 'percent')

/** Which way larger amounts of this ask move the level itself. */
const directionSign = ({ measure, direction }: Ask): 1 | -1 =>
  (measure === 'change' || measure === 'change-per-year') && direction === 'decrease' ? -1 : 1

/** What the ask itself says of the level: at least 5, twice as much, down by 2. Undefined where it says neither. */
function betterLevelSaid (ask: Ask): Better | undefined {
  const { comparator, value } = ask.amount
  const upward = comparator === 'at-least' || comparator === 'more-than'
  const downward = comparator === 'at-most' || comparator === 'less-than'
  if (upward || downward) return upward === (directionSign(ask) === 1) ? 'higher' : 'lower'
  if (ask.measure === 'change' || ask.measure === 'change-per-year') return directionSign(ask) === 1 ? 'higher' : 'lower'
  if (ask.measure !== 'multiple' || !isDecimal(value)) return undefined
  const order = compareDecimals(value, '1')
  return order === 1 ? 'higher' : order === -1 ? 'lower' : undefined
}

/**
 * Which way the level is better: as the registry says, else as the parent's words say, else as the child's do.
 * Undefined where nobody says, or where the two contradict each other.
 */
export function betterLevel (indicator: string, parent: Ask, child: Ask): Better | undefined {
  const known = findIndicator(indicator)
  if (known !== undefined) return known.better
  const [asked, promised] = [betterLevelSaid(parent), betterLevelSaid(child)]
  return asked !== undefined && promised !== undefined && asked !== promised ? undefined : asked ?? promised
}

/** Which way larger amounts of this ask are better. */
export const betterAmount = (level: Better | undefined, ask: Ask): Better | undefined =>
  level === undefined || directionSign(ask) === 1 ? level : level === 'higher' ? 'lower' : 'higher'
