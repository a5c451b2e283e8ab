import { compareDecimals, isDecimal, type Decimal } from '../../decimal.ts'
import type { Amount } from '../target.ts'
import { baseOf, convert, type Unit } from '../unit.ts'
import type { EndComparison } from './verdict.ts'

/** Whether larger numbers are better in the measure compared. */
export type Better = 'higher' | 'lower'

interface End {
  value: Decimal
  /** The bound itself is not reached. */
  excluded: boolean
}

/** The least that is promised, and the most that is named; both are the printed value where only one is printed. */
interface Ends {
  floor: End
  ceiling: End
}

/** Whether every number the comparator needs is there. */
export const isComplete = (amount: Amount): boolean =>
  amount.comparator === 'between' ? isDecimal(amount.low) && isDecimal(amount.high) : isDecimal(amount.value)

/** Under a `decreasing` map at least becomes at most, and the ends change places. */
export function mapAmount (amount: Amount, unit: Unit, map: (value: Decimal) => Decimal, decreasing = false): Amount {
  if (amount.comparator === 'between') {
    const [low, high] = [map(amount.low!), map(amount.high!)]
    return { comparator: 'between', low: decreasing ? high : low, high: decreasing ? low : high, unit }
  }
  return { comparator: decreasing ? MIRRORED[amount.comparator] : amount.comparator, value: map(amount.value!), unit }
}

const MIRRORED = {
  equal: 'equal', 'more-than': 'less-than', 'at-least': 'at-most', 'less-than': 'more-than', 'at-most': 'at-least'
} as const

const numbersOf = (amount: Amount): Decimal[] =>
  amount.comparator === 'between' ? [amount.low!, amount.high!] : [amount.value!]

/** Both amounts in one unit: the parent's where that is exact, else the child's, else the base of the dimension. */
export function inCommonUnit (parent: Amount, child: Amount): { unit: Unit, parent: Amount, child: Amount } {
  const fits = (amount: Amount, unit: Unit) => numbersOf(amount).every(value => convert(value, amount.unit!, unit) !== undefined)
  const unit = fits(child, parent.unit!) ? parent.unit! : fits(parent, child.unit!) ? child.unit! : baseOf(parent.unit!)
  const into = (amount: Amount) => mapAmount(amount, unit, value => convert(value, amount.unit!, unit)!)
  return { unit, parent: into(parent), child: into(child) }
}

/** Undefined for a limit on the side that is better (at most 5 of what should grow): it promises no least. */
function endsOf (amount: Amount, better: Better): Ends | undefined {
  if (amount.comparator === 'between') {
    const [low, high] = [{ value: amount.low!, excluded: false }, { value: amount.high!, excluded: false }]
    return better === 'higher' ? { floor: low, ceiling: high } : { floor: high, ceiling: low }
  }
  const upper = amount.comparator === 'at-most' || amount.comparator === 'less-than'
  const lower = amount.comparator === 'at-least' || amount.comparator === 'more-than'
  if (better === 'higher' ? upper : lower) return undefined
  const end = { value: amount.value!, excluded: amount.comparator === 'more-than' || amount.comparator === 'less-than' }
  return { floor: end, ceiling: end }
}

const OUTCOME = { '-1': 'worse', 0: 'same', 1: 'better' } as const

function compareEnds (parent: End, child: End, better: Better): EndComparison['outcome'] {
  const order = compareDecimals(child.value, parent.value)
  if (order !== 0) return OUTCOME[better === 'higher' ? order : order === 1 ? -1 : 1]
  return child.excluded === parent.excluded ? 'same' : child.excluded ? 'better' : 'worse'
}

const SIGN = { '-1': '<', 0: '=', 1: '>' } as const

export interface Ordering {
  outcome: 'equal' | 'inside' | 'stronger' | 'weaker'
  ends: EndComparison[]
}

const isSame = (a: Amount, b: Amount): boolean =>
  a.comparator === b.comparator && numbersOf(a).every((value, index) => compareDecimals(value, numbersOf(b)[index]!) === 0)

/**
 * Orders two amounts of one unit by both ends. Stronger: neither end is worse and one is better. Weaker: the least that
 * the child promises is worse. Inside: the least is reached and only the far end stays below, so that whatever the
 * child reaches is within what the parent asks.
 *
 * Undefined where the order would be a guess: nobody knows which way is better, or the parent itself only limits what
 * should be better.
 */
export function orderAmounts (parent: Amount, child: Amount, better: Better | undefined): Ordering | undefined {
  if (better === undefined) return isSame(parent, child) ? { outcome: 'equal', ends: [] } : undefined
  const [asked, promised] = [endsOf(parent, better), endsOf(child, better)]
  if (asked === undefined) return isSame(parent, child) ? { outcome: 'equal', ends: [] } : undefined
  if (promised === undefined) return { outcome: 'weaker', ends: [] }

  const isRange = parent.comparator === 'between' || child.comparator === 'between'
  const compared = (end: 'floor' | 'ceiling'): EndComparison => ({
    end: !isRange ? 'value' : (end === 'floor') === (better === 'higher') ? 'low' : 'high',
    child: promised[end].value,
    sign: SIGN[compareDecimals(promised[end].value, asked[end].value)],
    parent: asked[end].value,
    ...(promised[end].excluded && { childExcluded: true }),
    ...(asked[end].excluded && { parentExcluded: true }),
    outcome: compareEnds(asked[end], promised[end], better)
  })
  const [floor, ceiling] = [compared('floor'), compared('ceiling')]
  const ends = isRange ? [floor, ceiling] : [floor]
  if (floor.outcome === 'worse') return { outcome: 'weaker', ends }
  if (ceiling.outcome === 'worse') return { outcome: 'inside', ends }
  return { outcome: floor.outcome === 'same' && ceiling.outcome === 'same' ? 'equal' : 'stronger', ends }
}
