import { asksOf, type Ask } from './comparison/ask.ts'
import { compareAsks, incomparable, weighDeadline, worded, type Bare, type Situation } from './comparison/compare-asks.ts'
import { reachedBy, type Asked } from './comparison/asked.ts'
import type { Comparison, Verdict, VerdictName } from './comparison/verdict.ts'
import { VERDICT_WORDS } from './comparison/words.ts'
import type { Level } from '../level.ts'
import type { Message } from '../message.ts'
import { yearOf, type PartialDate } from '../partial-date.ts'
import type { Goal, InheritanceMode, Target } from './target.ts'
import { joinMessages, printAsked, printGoal } from './target-words.ts'

/** Who is asked, and within which periods; what is absent is unknown. */
export interface ComparisonContext {
  childIssuer?: string
  childLevel?: Level
  /** The ends of the plans' periods: the deadlines of targets that print none. */
  parentEnd?: PartialDate
  childEnd?: PartialDate
  /** `false`: the child answers for another area than the parent. */
  sameArea?: boolean
  /** How the child says that it takes the target up. */
  how?: InheritanceMode
  /** Which of these rows of a table of assigned values means the issuer, if one does. */
  rowOf: (rows: string[], issuer: string) => string | undefined
}

/**
 * The verdict on a child's target under the parent's: against the value assigned to this issuer if there is one, else
 * the value for its level, else the general one. What cannot be known is `not-comparable` and says what is missing.
 */
export function compareTargets (parent: Target, child: Target, context: ComparisonContext): Verdict {
  if (context.how === 'not-applicable') return plain('not-applicable', { vi: 'kế hoạch nêu chỉ tiêu này không áp dụng', en: 'the plan declares the target not applicable' })
  if (context.how === 'by-reference') return plain('conforms', { vi: 'kế hoạch dẫn chiếu chỉ tiêu của cấp trên, không nêu số riêng', en: 'the plan takes the target up by reference, without a number of its own' })
  const asked = reachedBy(parent, child, context)
  if (asked === 'level-not-asked') return plain('not-applicable', { vi: 'cấp trên không đặt giá trị cho cấp này', en: 'the parent asks no value of this level' })
  if ('missing' in asked) return conclude([wordedGap(asked.missing, parent, child)])

  const situation: Situation = { indicator: parent.indicator, ...(context.sameArea === false && { sameArea: false }) }
  const results = asked.map(one => compareAsked(one, situation, context))
  return conclude(results.flatMap(({ comparisons }) => comparisons), {
    yearsWithoutValue: results.flatMap(({ years }) => years),
    overridesWithoutValue: (parent.overrides ?? []).map(({ scope }) => scope)
      .filter(scope => asked[0]?.reference === 'general' && child.scope === undefined && !(child.overrides ?? []).some(own => own.scope === scope))
  })
}

const plain = (verdict: VerdictName, message: Message): Verdict => ({ verdict, arithmetic: { comparisons: [] }, message })

const printForms = (goals: Goal[]): Message => goals[0] === undefined ? { vi: 'không có giá trị', en: 'no value' } : printGoal(goals[0])

const wordedGap = (missing: Comparison['missing'], parent: Target, child: Target): Comparison =>
  worded(incomparable(missing), 'general', printForms(parent.goal === undefined ? [] : [parent.goal]), printForms(child.goal === undefined ? [] : [child.goal]))

interface Compared {
  comparisons: Comparison[]
  years: number[]
}

/** The first pair of forms that can be compared decides; where none can, the first pair says why. */
function compareAsked (one: Asked, situation: Situation, context: ComparisonContext): Compared {
  let first: Compared | undefined
  for (const parent of one.parent) {
    for (const child of one.child) {
      const compared = compareGoals(parent, child, one, situation, context)
      if (compared.comparisons.every(({ outcome }) => outcome !== 'not-comparable')) return compared
      first ??= compared
    }
  }
  return first ?? { comparisons: [worded(incomparable(['goal']), one.reference, printForms(one.parent), printForms(one.child), one.part)], years: [] }
}

function compareGoals (parent: Goal, child: Goal, { reference, part }: Asked, situation: Situation, context: ComparisonContext): Compared {
  const said = (bare: Bare, asked: Message, promised: Message, year?: number) =>
    worded(bare, reference, asked, promised, { ...part, ...(year !== undefined && { year }) })
  if (parent.measure === 'status' || child.measure === 'status') {
    return { comparisons: [said(compareStatus(parent, child, context), printGoal(parent), printGoal(child))], years: [] }
  }
  const [asks, promises] = [asksOf(parent, context.parentEnd), asksOf(child, context.childEnd)]
  const [lastAsk, lastPromise] = [asks.at(-1), promises.at(-1)]
  if (lastAsk === undefined || lastPromise === undefined) {
    return { comparisons: [said(incomparable(['amount']), printGoal(parent), printGoal(child))], years: [] }
  }
  const print = (ask: Ask) => ask.year === undefined ? printGoal({ ...ask }) : printAsked(ask, ask.amount)
  const { pairs, years } = pairByYear(asks, promises, lastAsk, lastPromise)
  const comparisons = pairs.map(([ask, promise]) =>
    said(compareAsks(ask, promise, situation), print(ask), print(promise), ask.year ?? promise.year))
  return { comparisons, years }
}

/** Year against year where both name one; else the final value of each. A general value per year is asked of every year. */
function pairByYear (asks: Ask[], promises: Ask[], lastAsk: Ask, lastPromise: Ask): { pairs: [Ask, Ask][], years: number[] } {
  if (lastAsk.measure === 'change-per-year' && asks.length === 1 && lastAsk.year === undefined) {
    return { pairs: promises.map(promise => [lastAsk, promise]), years: [] }
  }
  const isOf = (ask: Ask, year: number | undefined) => ask.by !== undefined && yearOf(ask.by) === year
  const matches = asks.map(ask => ({ ask, promise: promises.find(promise => ask.by !== undefined && isOf(promise, yearOf(ask.by))) }))
  const pairs = matches.flatMap(({ ask, promise }): [Ask, Ask][] => promise === undefined ? [] : [[ask, promise]])
  if (pairs.length === 0) return { pairs: [[lastAsk, lastPromise]], years: [] }
  return { pairs, years: matches.flatMap(({ ask, promise }) => promise === undefined && ask.by !== undefined ? [yearOf(ask.by)] : []) }
}

function compareStatus (parent: Goal, child: Goal, context: ComparisonContext): Bare {
  if (parent.status === undefined || parent.status !== child.status) return incomparable(['status'])
  const [asked, promised] = [parent.by ?? context.parentEnd, child.by ?? context.childEnd]
  const reached: Bare = { outcome: 'equal', measure: 'status', ends: [], conversions: [], missing: [] }
  if (asked === undefined) return reached
  if (promised === undefined) return incomparable(['deadline'])
  const { outcome, deadline } = weighDeadline('equal', asked, promised)
  return { ...reached, outcome: outcome ?? 'not-comparable', deadline }
}

function nameOf (outcomes: Set<Comparison['outcome']>): VerdictName {
  if (outcomes.has('weaker')) return 'weaker'
  if (outcomes.has('not-comparable')) return 'not-comparable'
  if (outcomes.has('inside')) return 'conforms'
  return outcomes.has('stronger') ? 'stronger' : 'conforms'
}

function conclude (comparisons: Comparison[], unstated: { yearsWithoutValue: number[], overridesWithoutValue: string[] } = { yearsWithoutValue: [], overridesWithoutValue: [] }): Verdict {
  const verdict = nameOf(new Set(comparisons.map(({ outcome }) => outcome)))
  const missing = [...new Set(comparisons.flatMap(comparison => comparison.missing))]
  const { yearsWithoutValue, overridesWithoutValue } = unstated
  const notes: Message[] = [
    ...yearsWithoutValue.length > 0 ? [{ vi: `kế hoạch chưa nêu giá trị cho ${yearsWithoutValue.join(', ')}`, en: `the plan states no value for ${yearsWithoutValue.join(', ')}` }] : [],
    ...overridesWithoutValue.length > 0 ? [{ vi: `kế hoạch chưa nêu mức riêng cho ${overridesWithoutValue.join(', ')}`, en: `the plan states no value of its own for ${overridesWithoutValue.join(', ')}` }] : []
  ]
  const whole = comparisons.length > 1 ? [{ vi: `tổng hợp: ${VERDICT_WORDS[verdict].vi}`, en: `together: ${VERDICT_WORDS[verdict].en}` }] : []
  return {
    verdict,
    arithmetic: {
      ...(comparisons[0] !== undefined && { reference: comparisons[0].reference }),
      comparisons,
      ...(yearsWithoutValue.length > 0 && { yearsWithoutValue }),
      ...(overridesWithoutValue.length > 0 && { overridesWithoutValue }),
      ...(missing.length > 0 && { missing })
    },
    message: joinMessages([...comparisons.map(({ message }) => message), ...notes, ...whole], '; ')
  }
}
