import { add, canonical, compareDecimals, isDecimal, multiply, negate, subtract, type Decimal } from '../../decimal.ts'
import { yearOf } from '../../partial-date.ts'
import type { Amount } from '../target.ts'
import { areConvertible, baseOf, convert, toBase, unitRecord, type Unit } from '../unit.ts'
import { isRelative, type Ask } from './ask.ts'
import { isComplete, mapAmount } from './bounds.ts'
import type { Conversion, Gap } from './verdict.ts'

/** Two asks in one measure and in units that convert, with the sums that brought them there. */
export interface Common {
  parent: Ask
  child: Ask
  conversions: Conversion[]
}

export type Lack = { missing: Gap[] }

/** More years than any plan runs; it bounds the work a hostile deadline can ask for. */
const LONGEST_RUN = 50

const isChange = ({ measure }: Ask): boolean => measure === 'change' || measure === 'change-per-year'

/**
 * Brings both asks into one measure. A change or a multiple becomes a level only through the child's own baseline: the
 * parent's describes another area or population.
 */
export function inCommonMeasure (parent: Ask, child: Ask): Common | Lack {
  const lacks = [...lacksOf(parent), ...lacksOf(child)]
  if (lacks.length > 0) return { missing: [...new Set(lacks)] }
  if (parent.measure === child.measure && areConvertible(parent.amount.unit!, child.amount.unit!)) {
    if (isChange(parent) && baselinesConflict(parent, child)) return { missing: ['baseline-date'] }
    return { parent, child: isChange(child) && child.direction !== parent.direction ? reversed(child) : child, conversions: [] }
  }
  if ([parent, child].some(({ amount }) => amount.unit === 'percent-ambiguous')) return { missing: ['unit'] }
  return asTotals(parent, child) ?? asLevels(parent, child)
}

function lacksOf (ask: Ask): Gap[] {
  if (!isComplete(ask.amount)) return ['amount']
  if (ask.amount.unit === undefined) return ['unit']
  return isChange(ask) && ask.direction === undefined ? ['direction'] : []
}

function baselinesConflict (parent: Ask, child: Ask): boolean {
  const [a, b] = [parent.baseline?.on, child.baseline?.on]
  return parent.measure !== 'change-per-year' && a !== undefined && b !== undefined && yearOf(a) !== yearOf(b)
}

/** An increase written as a negative decrease, so that it can be held against one. */
const reversed = (ask: Ask): Ask => ({
  ...ask,
  direction: ask.direction === 'increase' ? 'decrease' : 'increase',
  amount: mapAmount(ask.amount, ask.amount.unit!, negate, true)
})

interface Start {
  value: Decimal
  unit: Unit
}

/** So many points a year against so many points in all: over the years of the child, wherever it starts. */
function asTotals (parent: Ask, child: Ask): Common | Lack | undefined {
  if (!isChange(parent) || !isChange(child) || isRelative(parent) || isRelative(child)) return undefined
  if (!areConvertible(parent.amount.unit!, child.amount.unit!)) return undefined
  const run = yearsOf(child)
  if (typeof run !== 'number' || baselinesConflict(parent, child)) return { missing: typeof run === 'number' ? ['baseline-date'] : run }
  const conversions: Conversion[] = []
  const total = (ask: Ask, of: Conversion['of']): Ask => ask.measure === 'change'
    ? ask
    : {
        ...ask,
        measure: 'change',
        amount: mapAmount(ask.amount, ask.amount.unit!, value => {
          const to = multiply(value, String(run))
          conversions.push({ of, from: value, to, formula: `${run} × ${value} = ${to}` })
          return to
        })
      }
  const [asked, promised] = [total(parent, 'parent'), total(child, 'child')]
  return { parent: asked, child: promised.direction === asked.direction ? promised : reversed(promised), conversions }
}

/** From the child's baseline to its deadline, or what is missing to count them. */
function yearsOf (child: Ask): number | Gap[] {
  const [from, by] = [child.baseline?.on, child.by]
  const missing: Gap[] = [...by === undefined ? ['deadline' as const] : [], ...from === undefined ? ['baseline-date' as const] : []]
  if (from === undefined || by === undefined) return missing
  const years = yearOf(by) - yearOf(from)
  return years < 1 || years > LONGEST_RUN ? ['baseline-date'] : years
}

function asLevels (parent: Ask, child: Ask): Common | Lack {
  const start = startOf(parent, child)
  const needsYears = [parent, child].some(({ measure }) => measure === 'change-per-year')
  const years = needsYears ? yearsOf(child) : 1
  const missing: Gap[] = [
    ...start === undefined ? ['baseline-value' as const] : [],
    ...typeof years === 'number' ? [] : years,
    ...baselinesConflict(parent, child) ? ['baseline-date' as const] : []
  ]
  if (start === undefined || typeof years !== 'number' || missing.length > 0) return { missing: [...new Set(missing)] }
  const measure = start.unit === 'times' ? 'multiple' : 'level'
  const [asked, promised] = [levelOf(parent, start, years, 'parent'), levelOf(child, start, years, 'child')]
  if (asked === undefined || promised === undefined) return { missing: ['common-unit'] }
  return {
    parent: { ...parent, measure, amount: asked.amount },
    child: { ...child, measure, amount: promised.amount },
    conversions: [...asked.conversions, ...promised.conversions]
  }
}

/** Where the child starts from: relative changes alone start from once the baseline, whatever it is. */
function startOf (parent: Ask, child: Ask): Start | undefined {
  if (isRelative(parent) && isRelative(child)) return { value: '1', unit: 'times' }
  const { value, unit } = child.baseline ?? {}
  return isDecimal(value) && unit !== undefined ? { value: toBase(value, unit), unit: baseOf(unit) } : undefined
}

function levelOf (ask: Ask, start: Start, years: number, of: Conversion['of']): { amount: Amount, conversions: Conversion[] } | undefined {
  const unit = ask.amount.unit!
  if (ask.measure === 'level') return areConvertible(unit, start.unit) ? { amount: ask.amount, conversions: [] } : undefined
  const factor = relativeFactor(ask)
  const isPoints = unit === 'percentage-point' && unitRecord(start.unit).dimension === 'percent'
  if (factor === undefined && !isPoints && !areConvertible(unit, start.unit)) return undefined

  const conversions: Conversion[] = []
  const decreasing = isChange(ask) && ask.direction === 'decrease'
  const times = ask.measure === 'change-per-year' ? years : 1
  // A fall by more than the whole has no meaning, and its powers would change the order of the bounds.
  if (decreasing && factor !== undefined && [ask.amount.value, ask.amount.low, ask.amount.high].some(value => value !== undefined && compareDecimals(factor(value), '1') === 1)) return undefined
  const amount = mapAmount(ask.amount, start.unit, value => {
    const step = factor === undefined ? value : factor(value)
    const [to, formula] = factor === undefined
      ? absoluteLevel(start, isPoints ? step : convert(step, unit, start.unit)!, times, decreasing)
      : relativeLevel(start, step, times, decreasing, ask.measure === 'multiple')
    conversions.push({ of, from: value, to, formula: `${formula} = ${to}` })
    return to
  }, decreasing)
  return { amount, conversions }
}

/** How a relative amount becomes a part of one: 50 % is 0.5. Undefined for an absolute one. */
function relativeFactor (ask: Ask): ((value: Decimal) => Decimal) | undefined {
  if (!isRelative(ask)) return undefined
  return ask.amount.unit === 'times' ? canonical : value => multiply(toBase(value, ask.amount.unit!), '0.01')
}

function absoluteLevel (start: Start, step: Decimal, times: number, decreasing: boolean): [Decimal, string] {
  const whole = multiply(step, String(times))
  const to = decreasing ? subtract(start.value, whole) : add(start.value, whole)
  return [to, `${start.value} ${decreasing ? '−' : '+'} ${times === 1 ? '' : `${times} × `}${step}`]
}

function relativeLevel (start: Start, step: Decimal, times: number, decreasing: boolean, isMultiple: boolean): [Decimal, string] {
  const factor = isMultiple ? step : decreasing ? subtract('1', step) : add('1', step)
  let to = start.value
  for (let year = 0; year < times; year++) to = multiply(to, factor)
  return [to, `${start.value} × ${factor}${times === 1 ? '' : `^${times}`}`]
}
