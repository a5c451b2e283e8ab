import type { Relation } from '../citation.ts'
import { type PartialDate, type Period, compareDates, firstDay, lastDay } from '../partial-date.ts'
import { type Plan, nameOf } from '../plan.ts'
import type { Target } from '../target/target.ts'

/** The relations by which one plan has an effect on another (Nghị định 30/2020/NĐ-CP calls the outcome “hiệu lực”). */
export const EFFECT_RELATIONS = ['amends', 'supplements', 'corrects', 'replaces', 'repeals', 'suspends'] as const satisfies readonly Relation[]

export type EffectRelation = (typeof EFFECT_RELATIONS)[number]

export const LEFT_OUT_REASONS = ['not-yet', 'unclear', 'over', 'unread'] as const

export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number]

/** What becomes different in the plan that is affected; everything that is not named stays as it was. */
export interface Changes {
  /** Each takes the place of the target with its key, or is added. */
  targets?: Target[]
  /** `Target.key` of targets that end. */
  removedTargets?: string[]
  period?: Period
}

/** What one plan does to another, read from its citation; `from` is completed from the dates of the citing plan. */
export interface Effect {
  relation: EffectRelation
  /** The plan that causes it, as people name it, and its citation. */
  by: { id: string, name: string, issuedOn?: PartialDate }
  citation: number
  /** Absent: not known. */
  from?: PartialDate
  /** Since the affected plan was issued, on whatever day that was: the text never was another one. */
  sinceIssue?: true
  until?: PartialDate
  /** Absent: the whole plan. */
  part?: string
  changes?: Changes
}

type Citing = Pick<Plan, 'id' | 'code' | 'title' | 'issuer' | 'issuedOn' | 'effectiveFrom' | 'citations'>

/** What the citation at this place, whose relation has an effect, does to the plan it names: `affected`, as far as that is known. */
export function effectOf (citing: Citing, citation: number, affected: Pick<Plan, 'issuedOn'>): Effect {
  const { relation, from: declared, until, part, changes } = citing.citations[citation]!
  const sinceIssue = relation === 'corrects' && declared === undefined
  const from = declared ?? (sinceIssue ? affected.issuedOn : citing.effectiveFrom ?? citing.issuedOn)
  return {
    relation: relation as EffectRelation,
    by: { id: citing.id, name: nameOf(citing), ...(citing.issuedOn !== undefined && { issuedOn: citing.issuedOn }) },
    citation,
    ...(from !== undefined && { from }),
    ...(sinceIssue && { sinceIssue }),
    ...(until !== undefined && { until }),
    ...(part !== undefined && { part }),
    ...(changes !== undefined && { changes })
  }
}

/** Certain answers only: what began some time in 2022 is `unclear` on every day of 2022 but the last. */
export function hasBegun (from: PartialDate | undefined, on: PartialDate | undefined): 'begun' | 'not-yet' | 'unclear' {
  if (from === undefined || on === undefined) return 'unclear'
  if (lastDay(from) <= firstDay(on)) return 'begun'
  return firstDay(from) > lastDay(on) ? 'not-yet' : 'unclear'
}

/** How an effect stands on a day; `over` comes to suspensions alone, everything else stays once it has begun. */
export function effectStateOn ({ from, sinceIssue, until }: Effect, on: PartialDate | undefined): 'in-effect' | 'not-yet' | 'unclear' | 'over' {
  if (until !== undefined && on !== undefined && lastDay(until) < firstDay(on)) return 'over'
  const begun = sinceIssue === true ? 'begun' : hasBegun(from, on)
  if (begun !== 'begun') return begun
  return until === undefined || (on !== undefined && firstDay(until) >= lastDay(on)) ? 'in-effect' : 'unclear'
}

/**
 * Why an effect is not in the text of a day; undefined: it is. `unread`: it has begun and changes something, but nobody has
 * written down what.
 */
export function whyLeftOut (effect: Effect, on: PartialDate | undefined): LeftOutReason | undefined {
  const state = effectStateOn(effect, on)
  if (state !== 'in-effect') return state
  return saysNotWhat(effect) ? 'unread' : undefined
}

export const isEnd = ({ relation }: Pick<Effect, 'relation'>): boolean => relation === 'replaces' || relation === 'repeals'

/** A part that is suspended or ended without targets, or a change that nobody has written down. */
const saysNotWhat = ({ relation, part, changes }: Effect): boolean =>
  changes === undefined && (part !== undefined || !(isEnd({ relation }) || relation === 'suspends'))

/** The order in which effects are applied: whatever list they come in, the outcome is the same. */
export function byOrderOfEffect (a: Effect, b: Effect): number {
  const keyOf = ({ from, by }: Effect) => [from === undefined ? '' : firstDay(from), by.issuedOn ?? '', by.id]
  const [left, right] = [keyOf(a), keyOf(b)]
  const apart = left.findIndex((part, index) => part !== right[index])
  return apart === -1 ? a.citation - b.citation : left[apart]! < right[apart]! ? -1 : 1
}

/** In this order by what the dates tell, and only where they name one day by what then decides. */
export function isCertainlyBefore (a: Effect, b: Effect): boolean {
  const days = a.sinceIssue === true && b.sinceIssue === true ? 'same' : compareKnown(a.from, b.from)
  if (days !== 'same') return days === 'before'
  if (a.by.id === b.by.id) return a.citation < b.citation
  const issued = compareKnown(a.by.issuedOn, b.by.issuedOn)
  return issued === 'before' || (issued === 'same' && a.by.id < b.by.id)
}

const compareKnown = (a: PartialDate | undefined, b: PartialDate | undefined): ReturnType<typeof compareDates> =>
  a === undefined || b === undefined ? 'unclear' : compareDates(a, b)
