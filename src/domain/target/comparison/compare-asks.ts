import type { Message } from '../../message.ts'
import { lastDay, type PartialDate } from '../../partial-date.ts'
import { unitRecord } from '../unit.ts'
import { betterAmount, betterLevel, type Ask } from './ask.ts'
import { inCommonUnit, orderAmounts, type Ordering } from './bounds.ts'
import { inCommonMeasure } from './common-measure.ts'
import type { Comparison, Gap } from './verdict.ts'
import { sentenceOf } from './words.ts'

/** What a comparison says before it is put into words and told which part of the target it is about. */
export type Bare = Omit<Comparison, 'reference' | 'message'>

export interface Situation {
  indicator: string
  /** `false`: the child answers for another area than the parent, so a total of the one says nothing of the other. */
  sameArea?: boolean
}

export const incomparable = (missing: Gap[]): Bare => ({ outcome: 'not-comparable', ends: [], conversions: [], missing })

export function compareAsks (parent: Ask, child: Ask, { indicator, sameArea }: Situation): Bare {
  const common = inCommonMeasure(parent, child)
  if ('missing' in common) return incomparable(common.missing)
  const better = betterAmount(betterLevel(indicator, parent, child), common.parent)
  const amounts = inCommonUnit(common.parent.amount, common.child.amount)
  const shown = {
    measure: common.parent.measure,
    unit: amounts.unit,
    ...(better !== undefined && { better }),
    parent: amounts.parent,
    child: amounts.child,
    conversions: common.conversions
  }
  const refuse = (missing: Gap[], ends: Bare['ends'] = []): Bare => ({ ...shown, outcome: 'not-comparable', ends, missing })

  const ordering = orderAmounts(amounts.parent, amounts.child, better)
  if (ordering === undefined) return refuse(['better-direction'])
  if (amounts.unit === 'percent-ambiguous' && ordering.outcome !== 'equal') return refuse(['unit'], ordering.ends)
  if (sameArea === false && unitRecord(amounts.unit).additive && ordering.outcome !== 'equal') return refuse(['assignment'], ordering.ends)
  // An average may hide years below it (bình quân), so it does not promise what is asked of each year, nor does one
  // year below an average break it.
  if (parent.averaged === false && child.averaged === true) return refuse(['average'], ordering.ends)
  if (parent.averaged === true && child.year !== undefined && ordering.outcome === 'weaker') return refuse(['average'], ordering.ends)

  if (parent.measure === 'change-per-year') return { ...shown, ...ordering, missing: [] }
  return withDeadline(parent.by, child.by, ordering, { ...shown, missing: [] }, refuse)
}

/**
 * The same level by a later day is weaker, by an earlier day stronger. An earlier step below the final value, or a later
 * day with a better value, says nothing of the day asked for: that takes a milestone.
 */
export function weighDeadline (outcome: Ordering['outcome'], parentBy: PartialDate, childBy: PartialDate): { outcome: Ordering['outcome'] | undefined, deadline: NonNullable<Bare['deadline']> } {
  const [asked, promised] = [lastDay(parentBy), lastDay(childBy)]
  const deadline = { parent: parentBy, child: childBy, outcome: promised < asked ? 'earlier' as const : promised > asked ? 'later' as const : 'same' as const }
  if (deadline.outcome === 'same') return { outcome, deadline }
  if (deadline.outcome === 'earlier') return { outcome: outcome === 'weaker' ? undefined : outcome === 'equal' ? 'stronger' : outcome, deadline }
  return { outcome: outcome === 'stronger' ? undefined : 'weaker', deadline }
}

function withDeadline (
  parentBy: PartialDate | undefined,
  childBy: PartialDate | undefined,
  ordering: Ordering,
  shown: Omit<Bare, 'outcome' | 'ends'>,
  refuse: (missing: Gap[], ends: Bare['ends']) => Bare
): Bare {
  if (parentBy === undefined) return { ...shown, ...ordering }
  if (childBy === undefined) return refuse(['deadline'], ordering.ends)
  const { outcome, deadline } = weighDeadline(ordering.outcome, parentBy, childBy)
  return outcome === undefined
    ? { ...refuse(['milestone'], ordering.ends), deadline }
    : { ...shown, outcome, ends: ordering.ends, deadline }
}

/** The comparison with the sentence that shows its arithmetic. */
export const worded = (bare: Bare, reference: Comparison['reference'], asked: Message, promised: Message, part: Pick<Comparison, 'year' | 'scope' | 'level' | 'organization'> = {}): Comparison => {
  const comparison = { ...bare, ...part, reference }
  return { ...comparison, message: sentenceOf(comparison, asked, promised) }
}
