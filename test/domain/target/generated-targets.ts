import * as fc from 'fast-check'
import type { Amount, Goal, Target } from '../../../src/domain/target/target.ts'
import type { Unit } from '../../../src/domain/target/unit.ts'
import type { PlainAmount, PlainTarget } from './plain-model.ts'

/** Values lie close together so that equal and touching bounds are common. */
const thousandths = fc.oneof(fc.integer({ min: 0, max: 6 }).map(value => value * 500), fc.integer({ min: 0, max: 5000 }))

export const plainAmount: fc.Arbitrary<PlainAmount> = fc.oneof(
  fc.record({ comparator: fc.constantFrom('equal', 'more-than', 'at-least', 'less-than', 'at-most'), low: thousandths }).map(one => ({ ...one, high: one.low })),
  fc.tuple(thousandths, thousandths).map(([a, b]) => ({ comparator: 'between' as const, low: Math.min(a, b), high: Math.max(a, b) }))
)

/** How the plain integers are dressed as targets: which way is better, and the units they may be written in. */
export const DRESSES = [
  { indicator: 'poor-household-rate', goal: { measure: 'level' }, larger: 'worse', units: [['percent', 1], ['per-mille', 10]] },
  { indicator: 'trained-workers-share', goal: { measure: 'level' }, larger: 'better', units: [['percent', 1], ['per-mille', 10]] },
  { indicator: 'poor-household-rate', goal: { measure: 'change-per-year', direction: 'decrease' }, larger: 'better', units: [['percentage-point', 1]] },
  { indicator: 'poor-household-rate', goal: { measure: 'change', direction: 'increase' }, larger: 'worse', units: [['percentage-point', 1]] },
  { indicator: 'poor-household-income-per-person', goal: { measure: 'multiple' }, larger: 'better', units: [['times', 1]] },
  { indicator: 'income-per-person', goal: { measure: 'level' }, larger: 'better', units: [['million-vnd-per-person-per-year', 1], ['thousand-vnd-per-person-per-year', 1000]] },
  { indicator: 'programme-funding', goal: { measure: 'level' }, larger: 'better', units: [['trillion-vnd', 1], ['billion-vnd', 1000], ['million-vnd', 1_000_000]] }
] as const satisfies { indicator: string, goal: Partial<Goal> & Pick<Goal, 'measure'>, larger: 'better' | 'worse', units: readonly (readonly [Unit, number])[] }[]

export type Dress = (typeof DRESSES)[number]

export const anyDress: fc.Arbitrary<Dress> = fc.constantFrom(...DRESSES)

export const decimalOfThousandths = (value: number, factor: number): string => {
  const text = String(value * factor).padStart(4, '0')
  return `${text.slice(0, -3)}.${text.slice(-3)}`
}

/** `choice` picks one of the units the dress knows. */
export function dressed (plain: PlainTarget, { indicator, goal, units }: Dress, choice = 0): Target {
  const [unit, factor] = units[choice % units.length]!
  const text = (value: number) => decimalOfThousandths(value, factor)
  const { comparator, low, high } = plain.amount
  const amount: Amount = comparator === 'between' ? { comparator, low: text(low), high: text(high), unit } : { comparator, value: text(low), unit }
  return { key: 'k', indicator, goal: { ...goal, amount, ...(plain.by !== undefined && { by: String(plain.by) }) } }
}
