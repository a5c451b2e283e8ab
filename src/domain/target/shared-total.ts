import { shareOut, type SharedOut } from './allocation.ts'
import { isComplete } from './comparison/bounds.ts'
import { rowFinder } from './inheritance.ts'
import type { Amount, Assignment, Goal, Target } from './target.ts'
import { areConvertible, unitRecord, type Unit } from './unit.ts'

/** What somebody takes of a total, and the row of the total's own table that means him. */
export interface Claim {
  row?: string
  target: Pick<Target, 'goal' | 'equivalents'>
}

/** One total of a target: what its own table gives out of it, and what that and the claims take together. */
export interface SharedTotal {
  year?: number
  total: Amount
  assigned: SharedOut
  given: SharedOut
  /** What each claim takes; undefined where it states nothing that could be added. */
  taken: (Amount | undefined)[]
}

/** A claim with the row that means its issuer. The names of the table are read once, and those of the issuers only where there is one. */
export function claimsOn <Share extends { issuer?: string, target: Claim['target'] }> ({ assignments = [] }: Target, shares: Share[]): (Share & Claim)[] {
  if (assignments.length === 0) return shares
  const find = rowFinder(assignments.map(({ organization }) => organization))
  return shares.map(share => {
    const row = share.issuer === undefined ? undefined : find(share.issuer)
    return { ...share, ...(row !== undefined && { row }) }
  })
}

/** Every total of the target whose parts can be added, with what the claims leave of it. */
export function sharedTotals (target: Target, claims: Claim[]): SharedTotal[] {
  return totalsOf(target).flatMap(({ goal, year, amount }): SharedTotal[] => {
    const unit = amount.unit!
    const rows = rowsOf(target, goal, year, unit)
    const taken = claims.map(claim => amountTaken(claim.target, goal, year, unit))
    const assigned = sumAgainst(amount, rows.map(row => row.amount), target)
    const given = sumAgainst(amount, givenOut(rows, claims, taken), target)
    return assigned === undefined || given === undefined ? [] : [{ ...(year !== undefined && { year }), total: amount, assigned, given, taken }]
  })
}

interface Total {
  goal: Goal
  year?: number
  amount: Amount
}

/** Percentages of different places have different wholes and never add up, so they are no totals. */
function totalsOf ({ goal, equivalents = [] }: Target): Total[] {
  const totals = [...goal === undefined ? [] : [goal], ...equivalents].flatMap((form): Total[] => [
    ...form.amount === undefined ? [] : [{ goal: form, amount: form.amount }],
    ...(form.series ?? []).map(({ year, amount }) => ({ goal: form, year, amount }))
  ])
  return totals.filter(({ amount }) => isComplete(amount) && amount.unit !== undefined && unitRecord(amount.unit).additive)
}

/** The rows of this total: of its year, else without a year, else of the one year that the table has. */
function rowsOf ({ assignments = [] }: Target, goal: Goal, year: number | undefined, unit: Unit): Assignment[] {
  const rows = assignments.filter(row => isAddable(row.amount, unit))
  const own = rows.filter(row => row.year === year)
  if (year !== undefined || own.length > 0 || goal.series !== undefined) return own
  return new Set(rows.map(row => row.year)).size === 1 ? rows : rows.filter(row => goal.by?.startsWith(String(row.year)))
}

const isAddable = (amount: Amount, unit: Unit): boolean =>
  isComplete(amount) && amount.unit !== undefined && areConvertible(amount.unit, unit)

/** The amount in the measure of the total: a share of a fall is a fall, a share of a year is of that year. */
function amountTaken ({ goal, equivalents = [] }: Claim['target'], whole: Goal, year: number | undefined, unit: Unit): Amount | undefined {
  const forms = [...goal === undefined ? [] : [goal], ...equivalents]
    .filter(form => measureOf(form) === measureOf(whole) && form.direction === whole.direction)
  const amounts = forms.map(form => year === undefined
    ? form.amount
    : form.series?.find(row => row.year === year)?.amount ?? (form.by?.startsWith(String(year)) === true ? form.amount : undefined))
  return amounts.find(amount => amount !== undefined && isAddable(amount, unit))
}

const measureOf = ({ measure }: Goal): Goal['measure'] => measure === 'series' ? 'level' : measure

/** What a row gives is given, taken or not; who takes more than his row, or has none, takes it of what is left. */
function givenOut (rows: Assignment[], claims: Claim[], taken: (Amount | undefined)[]): Amount[] {
  const takenUnder = (row: string | undefined): Amount[] =>
    taken.flatMap((amount, index) => amount === undefined || claims[index]!.row !== row ? [] : [amount])
  const named = new Set(rows.map(({ organization }) => organization))
  const unnamed = taken.flatMap((amount, index) => amount === undefined || named.has(claims[index]!.row ?? '') ? [] : [amount])
  return [...rows.flatMap(({ organization, amount }) => {
    const own = takenUnder(organization)
    return own.length > 0 && shareOut(amount, own, { cap: true })?.outcome === 'over-cap' ? own : [amount]
  }), ...unnamed]
}

/** That something is left is no fault as long as others may still come, so nothing here is ever `complete`. */
const sumAgainst = (total: Amount, parts: Amount[], { allocation }: Target): SharedOut | undefined =>
  shareOut(total, parts.length > 0 ? parts : [{ comparator: 'equal', value: '0', unit: total.unit! }], { ...allocation, complete: false })
