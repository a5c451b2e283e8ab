import { canonical, type Decimal } from '../decimal.ts'
import type { DocumentType } from '../document-type.ts'
import { issuerKey } from '../issuer/issuer.ts'
import type { Level } from '../level.ts'
import { firstDay, lastDay, type Period } from '../partial-date.ts'
import type { Plan } from '../plan.ts'
import type { Allocation, Amount, Goal, Target } from '../target/target.ts'
import { baseOf, toBase, type Unit } from '../target/unit.ts'
import { fold, spellingKey } from '../text.ts'
import type { EffectRelation } from './effect.ts'
import type { Standing } from './standing.ts'

/**
 * What matters of a plan to those that rest on it, and nothing that is only said in another way: two plans of one
 * substance ask the same. Plain JSON without anything absent; its canonical form is what fingerprints are made of.
 */
export interface Substance {
  level?: Level
  type?: DocumentType
  /** `issuerKey` of the issuer. */
  issuer?: string
  /** Whole days. */
  period?: Period
  /** By `Target.key`. */
  targets: Record<string, TargetSubstance>
  standing?: 'replaced' | 'repealed' | 'suspended'
  /** What was changed in a way that nobody has written down. */
  unread?: { relation: EffectRelation, by: string, part?: string }[]
}

export type TargetSubstance = { [member: string]: Json }

type Json = string | number | boolean | Json[] | { [member: string]: Json }

/**
 * `plan` is consolidated on the day that `standing` is of. That a plan expires with its period is not part of its
 * substance: it was known from the beginning and changes nothing for those who carried it out.
 */
export function substanceOf (plan: Plan, standing: Standing): Substance {
  const { level, type, issuer, period } = plan
  const { status, unread } = standing
  return {
    ...(level !== undefined && { level }),
    ...(type !== undefined && { type }),
    ...(issuer !== undefined && { issuer: issuerKey(issuer) }),
    ...(period !== undefined && (period.from !== undefined || period.to !== undefined) && { period: wholeDays(period) }),
    targets: Object.fromEntries(plan.targets.map(target => [target.key, targetSubstance(target)])),
    ...((status === 'replaced' || status === 'repealed' || status === 'suspended') && { standing: status }),
    ...(unread.length > 0 && { unread: sorted(unread.map(({ relation, by, part }) => ({ relation, by: by.id, ...(part !== undefined && { part: fold(part) }) }))) })
  }
}

const wholeDays = ({ from, to }: Period): Period =>
  ({ ...(from !== undefined && { from: firstDay(from) }), ...(to !== undefined && { to: lastDay(to) }) })

function targetSubstance ({ indicator, scope, aspirational, goal, equivalents = [], allocation, componentsComplete, ...lists }: Target): TargetSubstance {
  const { byLevel = [], overrides = [], components = [], assignments = [], inherits = [] } = lists
  return {
    indicator,
    ...(scope !== undefined && { scope }),
    ...(aspirational === true && { aspirational }),
    ...(goal !== undefined && { goal: goalSubstance(goal) }),
    ...(equivalents.length > 0 && { equivalents: sorted(equivalents.map(goalSubstance)) }),
    ...named('byLevel', byLevel.map(({ level, amount }) => [level, amountSubstance(amount)])),
    ...named('overrides', overrides.map(({ scope, amount }) => [scope, amountSubstance(amount)])),
    ...named('components', components.map(({ key, indicator, amount }) => [key ?? indicator ?? '?', amountSubstance(amount)])),
    ...(componentsComplete !== undefined && { componentsComplete }),
    ...named('assignments', assignments.map(({ organization, year, amount }) =>
      [[spellingKey(organization), year].filter(part => part !== undefined).join(' '), amountSubstance(amount)])),
    ...allocationSubstance(allocation, goal?.amount?.unit),
    ...named('inherits', inherits.map(({ key, how }) => [key, how]))
  }
}

function goalSubstance ({ measure, direction, averaged, amount, by, baseline, series = [], status }: Goal): TargetSubstance {
  return {
    measure,
    ...(direction !== undefined && { direction }),
    ...(averaged !== undefined && { averaged }),
    ...(amount !== undefined && { amount: amountSubstance(amount) }),
    // A deadline of 2025 is the end of 2025.
    ...(by !== undefined && { by: lastDay(by) }),
    ...(baseline !== undefined && {
      baseline: { ...(baseline.on !== undefined && { on: baseline.on }), ...measured(baseline.unit, { value: baseline.value }) }
    }),
    ...named('series', series.map(({ year, amount }) => [String(year), amountSubstance(amount)])),
    ...(status !== undefined && { status })
  }
}

const amountSubstance = ({ comparator, unit, value, low, high }: Amount): TargetSubstance =>
  ({ comparator, ...measured(unit, { value, low, high }) })

/** The same amount in one unit of its dimension: 1,5 tỷ and 1.500 triệu are one. */
const measured = (unit: Unit | undefined, numbers: Record<string, Decimal | undefined>): TargetSubstance => ({
  ...(unit !== undefined && { unit: baseOf(unit) }),
  ...Object.fromEntries(Object.entries(numbers).flatMap(([name, number]) => number === undefined ? [] : [[name, inBase(number, unit)]]))
})

const inBase = (number: Decimal, unit: Unit | undefined): Decimal => unit === undefined ? canonical(number) : toBase(number, unit)

function allocationSubstance ({ cap, tolerance, complete }: Allocation = {}, unit: Unit | undefined): TargetSubstance {
  const apart = tolerance === undefined ? '0' : inBase(tolerance, unit)
  const said = { ...(cap === true && { cap }), ...(apart !== '0' && { tolerance: apart }), ...(complete !== undefined && { complete }) }
  return Object.keys(said).length === 0 ? {} : { allocation: said }
}

/** Rows by what tells them apart, so that their order says nothing. Rows of one name are counted, in the order of what they say. */
function named (list: string, rows: [string, Json][]): TargetSubstance {
  if (rows.length === 0) return {}
  const groups = new Map<string, Json[]>()
  for (const [name, row] of rows) groups.set(name, [...groups.get(name) ?? [], row])
  return {
    [list]: Object.fromEntries([...groups].flatMap(([name, group]) =>
      sorted(group).map((row, index) => [index === 0 ? name : `${name} (${index + 1})`, row])))
  }
}

const sorted = <Row extends Json> (rows: Row[]): Row[] =>
  rows.map(row => ({ row, text: JSON.stringify(row) })).sort((a, b) => a.text < b.text ? -1 : a.text > b.text ? 1 : 0).map(({ row }) => row)
