import type { Level } from '../../level.ts'
import type { Amount, Assignment, Goal, InheritanceMode, Target } from '../target.ts'
import { unitRecord } from '../unit.ts'
import type { Comparison, Gap, ReferenceName } from './verdict.ts'

/** One value the parent asks, in every form it is printed in, and what the child states for it. */
export interface Asked {
  reference: ReferenceName
  part: Pick<Comparison, 'scope' | 'level' | 'organization'>
  parent: Goal[]
  child: Goal[]
}

export interface Asker {
  childIssuer?: string
  childLevel?: Level
  how?: InheritanceMode
  /** Which of these rows of a table means the issuer, if one does. */
  rowOf: (rows: string[], issuer: string) => string | undefined
}

const formsOf = (target: Target): Goal[] => [...target.goal === undefined ? [] : [target.goal], ...target.equivalents ?? []]

const withAmount = (goal: Goal | undefined, amount: Amount): Goal[] => {
  if (goal === undefined) return []
  const { series, ...rest } = goal
  return [{ ...rest, measure: goal.measure === 'series' ? 'level' : goal.measure, amount }]
}

/** What this issuer is asked for, first of all the value assigned to it, then that of its level, then the general one. */
export function reachedBy (parent: Target, child: Target, asker: Asker): Asked[] | { missing: Gap[] } | 'level-not-asked' {
  const { childIssuer, childLevel, rowOf } = asker
  const assignments = parent.assignments ?? []
  // Somebody was given a value of his own: as long as nobody knows whether it is this issuer, the general one may be wrong.
  if (assignments.length > 0 && childIssuer === undefined) return { missing: ['issuer'] }
  const row = childIssuer === undefined ? undefined : rowOf(assignments.map(({ organization }) => organization), childIssuer)
  const own = assignments.filter(({ organization }) => organization === row)
  if (own.length > 0) {
    return [{ reference: 'assigned', part: { organization: own[0]!.organization }, parent: assignedForms(parent.goal, own), child: formsOf(child) }]
  }
  // A share is right below the total it is a share of, so the total says nothing of it.
  const isShareOfTotal = assignments.length > 0 && assignments.every(({ amount }) => amount.unit !== undefined && unitRecord(amount.unit).additive)
  if (asker.how === 'allocated' || isShareOfTotal) return { missing: ['assignment'] }

  if (parent.byLevel !== undefined && parent.byLevel.length > 0) {
    if (childLevel === undefined) return { missing: ['level'] }
    if (parent.byLevel.some(({ level }) => level === childLevel)) return levelsAsked(parent, child, childLevel)
    if (parent.goal?.amount === undefined) return 'level-not-asked'
  }
  return generalAsked(parent, child)
}

/** The rows of one issuer: one form for each dimension the table prints (points and households side by side). */
function assignedForms (goal: Goal | undefined, rows: Assignment[]): Goal[] {
  const base: Goal = goal ?? { measure: 'level' }
  const { amount, series, ...rest } = base
  const dimensionOf = (row: Assignment) => row.amount.unit === undefined ? '' : unitRecord(row.amount.unit).dimension
  return [...new Set(rows.map(dimensionOf))].map(dimension => {
    const group = rows.filter(row => dimensionOf(row) === dimension)
    const years = group.filter(row => row.year !== undefined).map(row => ({ year: row.year!, amount: row.amount }))
    const whole = group.find(row => row.year === undefined)
    const measure = base.measure === 'series' && years.length === 0 ? 'level' : base.measure
    return { ...rest, measure, ...(whole !== undefined && { amount: whole.amount }), ...(years.length > 0 && { series: years }) }
  })
}

/** The child's own level decides; a child that copies the table for the levels below it is held to those rows too. */
function levelsAsked (parent: Target, child: Target, own: Level): Asked[] {
  const rows = child.byLevel ?? []
  return parent.byLevel!.flatMap(({ level, amount }): Asked[] => {
    const copied = rows.find(row => row.level === level)
    if (copied === undefined && level !== own) return []
    const stated = copied === undefined ? formsOf(child) : withAmount(child.goal, copied.amount)
    return [{ reference: 'level', part: { level }, parent: withAmount(parent.goal, amount), child: stated }]
  })
}

function generalAsked (parent: Target, child: Target): Asked[] | { missing: Gap[] } {
  if (child.scope !== undefined && child.scope !== parent.scope) {
    const override = parent.overrides?.find(({ scope }) => scope === child.scope)
    if (override === undefined) return { missing: ['population'] }
    return [{ reference: 'override', part: { scope: child.scope }, parent: withAmount(parent.goal, override.amount), child: formsOf(child) }]
  }
  const overrides = (parent.overrides ?? []).flatMap(({ scope, amount }): Asked[] => {
    const stated = child.overrides?.find(own => own.scope === scope)
    return stated === undefined ? [] : [{ reference: 'override', part: { scope }, parent: withAmount(parent.goal, amount), child: withAmount(child.goal, stated.amount) }]
  })
  return [{ reference: 'general', part: {}, parent: formsOf(parent), child: formsOf(child) }, ...overrides]
}
