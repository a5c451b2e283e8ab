import fc from 'fast-check'
import type { Relation } from '../../src/domain/citation.ts'
import { EFFECT_RELATIONS, type EffectRelation } from '../../src/domain/effect/effect.ts'
import { REVIEW_VERDICTS, type ReviewVerdict } from '../../src/domain/effect/link.ts'
import { type PartialDate, type Period, firstDay, lastDay } from '../../src/domain/partial-date.ts'
import { type ChangeSketch, type Cited, type Content, PLACES, type TargetSketch } from './time-words.ts'

/** One thing that is done to the register. `on` counts through the registered plans, so that every step makes sense. */
export type Step =
  | { do: 'record', place: number, content: Content, cites: Cited[], asIssued: boolean }
  /** A document that does something to the plan at `on`. */
  | { do: 'affect', on: number, place: number, content: Content, effect: Omit<Cited, 'place'>, also: Cited[], whatIf: boolean, asIssued: boolean }
  | { do: 'correct', on: number, change: Partial<Content> & { cites?: Cited[] }, asIssued: boolean }
  /** Other words and another order, and nothing of substance. */
  | { do: 'reword', on: number, wording: number }
  | { do: 'waive', on: number, waived: boolean }
  | { do: 'review', on: number, verdict: ReviewVerdict, asOf?: PartialDate, oneParent: boolean, anyPlan: boolean }
  /** Everything suspect below a plan: named by the plan, or link by link. */
  | { do: 'review-under', on: number, verdict: ReviewVerdict, asOf?: PartialDate, links: boolean }
  | { do: 'merge-bodies', body: number, date: string }
  | { do: 'correct-stale', on: number }

/** Where and when the answers are compared after a step. `knownAt` counts through the moments so far, from the last one back. */
export interface Look {
  asOf?: PartialDate
  knownAt?: number
  on: number
}

/** Days, months and years that meet, adjoin and contain each other. */
const DATES: PartialDate[] = [
  '2021', '2021-06', '2021-06-15', '2021-12', '2021-12-31', '2022', '2022-01', '2022-01-01', '2022-06-15', '2022-07', '2022-07-01', '2022-12-31',
  '2023', '2023-01-01', '2023-06', '2023-06-30', '2024', '2024-02-29', '2024-05', '2025-07-01'
]
const YEARS: PartialDate[] = ['2020', '2021', '2022', '2023', '2024', '2025', '2026']

const often = <T>(one: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight, arbitrary: one }, { weight: 1, arbitrary: fc.constant(undefined) })
const seldom = <T>(one: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one })
const seldomTrue = (weight: number) => fc.oneof({ weight, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })

/** Members that are undefined are absent. */
const known = <T extends object>(sketch: fc.Arbitrary<T>): fc.Arbitrary<any> =>
  sketch.map(given => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)))

const date = fc.constantFrom(...DATES)
/** Early dates are what later ones build on. */
const early = fc.constantFrom(...DATES.slice(0, 9))
const late = fc.constantFrom(...DATES.slice(8))
const place = fc.nat({ max: PLACES - 1 })
/** Heads have many children. */
const high = fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 3 }) }, { weight: 1, arbitrary: place })
const on = fc.nat({ max: PLACES - 1 })
const [first, last] = [fc.constantFrom(...YEARS.slice(0, 3)), fc.constantFrom(...YEARS.slice(3))]
const period: fc.Arbitrary<Period> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ from: first, to: last }) }, { weight: 1, arbitrary: fc.record({ from: first }) }, { weight: 1, arbitrary: fc.record({ to: last }) }
)

const target: fc.Arbitrary<TargetSketch> = known(fc.record({
  key: fc.nat({ max: 2 }), low: fc.integer({ min: 1, max: 3 }), aspirational: seldom(fc.constant(true), 6), print: seldom(fc.nat({ max: 1 }), 3), inherits: seldom(fc.nat({ max: 2 }), 4)
}))
const targets = (minLength: number) => fc.uniqueArray(target, { selector: ({ key }) => key, minLength, maxLength: 2 })
const keys = fc.uniqueArray(fc.nat({ max: 2 }), { maxLength: 2 })

const content: fc.Arbitrary<Content> = known(fc.record({
  issuedOn: often(fc.oneof({ weight: 1, arbitrary: date }, { weight: 3, arbitrary: early }), 10),
  effectiveFrom: seldom(date, 4),
  draft: seldom(fc.constant(true), 14),
  period: seldom(period, 1),
  targets: targets(0),
  wording: fc.constant(0),
  waived: seldomTrue(4)
}))

const change: fc.Arbitrary<ChangeSketch | undefined> = fc.record({ targets: targets(0), removed: keys, period: seldom(period, 2) })
  .map(({ period, ...rest }) => ({ ...rest, ...(period !== undefined && { period }) }))

const implemented: fc.Arbitrary<Cited> = fc.record({ relation: fc.constant('implements' as Relation), place: high, pin: fc.boolean() })

const effect: fc.Arbitrary<Omit<Cited, 'place'>> = fc.record({
  relation: fc.constantFrom<EffectRelation>('amends', 'amends', 'amends', ...EFFECT_RELATIONS),
  pin: fc.boolean(),
  from: seldom(late, 1),
  until: seldom(late, 1),
  part: seldom(fc.constant('Điều 3'), 2),
  change: often(change, 5)
}).map(sound)

/** What the service takes: only a suspension ends by itself, and to end a part can only end targets. */
function sound ({ relation, pin, from, until, part, change }: { relation: EffectRelation } & { [Name in 'from' | 'until' | 'part']: string | undefined } & { pin: boolean, change: ChangeSketch | undefined }): Omit<Cited, 'place'> {
  const ends = relation === 'replaces' || relation === 'repeals'
  const removed = change?.removed.filter(key => !change.targets.some(target => target.key === key)) ?? []
  const changes = change === undefined || relation === 'suspends' || (ends && part === undefined)
    ? undefined
    : { targets: ends ? [] : change.targets, removed, ...(!ends && change.period !== undefined && { period: change.period }) }
  const isEmpty = changes === undefined || (changes.targets.length === 0 && changes.removed.length === 0 && changes.period === undefined)
  const lasts = relation === 'suspends' && until !== undefined && (from === undefined || lastDay(until) >= firstDay(from))
  return {
    relation, pin, ...(from !== undefined && { from }), ...(lasts && { until }), ...(part !== undefined && { part }), ...(!isEmpty && { change: changes })
  }
}

/** One plan is named once in each relation. */
const once = (cites: Cited[]): Cited[] =>
  cites.filter(({ relation, place }, index) => cites.findIndex(other => other.relation === relation && other.place === place) === index)

const affecting: fc.Arbitrary<Cited> = fc.record({ effect, place }).map(({ effect, place }) => ({ ...effect, place }))
const cites = fc.array(fc.oneof({ weight: 8, arbitrary: implemented }, { weight: 1, arbitrary: affecting }), { maxLength: 2 }).map(once)

const asIssued = fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) })
const verdict = fc.constantFrom(...REVIEW_VERDICTS)
const correction = known(fc.record({
  issuedOn: date, effectiveFrom: seldom(date, 3), draft: seldomTrue(3), period, targets: targets(1), cites
}, { requiredKeys: [] }))

const record = fc.record({ do: fc.constant('record' as const), place, content, cites, asIssued })
const affect = fc.record({
  do: fc.constant('affect' as const),
  // Most often what others implement.
  on: fc.oneof({ weight: 2, arbitrary: fc.nat({ max: 1 }) }, { weight: 1, arbitrary: on }),
  place,
  // What changes something comes later, as a rule.
  content: fc.tuple(content, seldom(late, 1)).map(([{ targets, ...rest }, issuedOn = rest.issuedOn]) => ({ ...rest, targets: [], ...(issuedOn !== undefined && { issuedOn }) })),
  effect,
  also: fc.array(affecting, { maxLength: 1 }),
  whatIf: fc.boolean(),
  asIssued
})

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 7, arbitrary: record },
  { weight: 7, arbitrary: affect },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('correct' as const), on, change: correction, asIssued }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reword' as const), on, wording: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('waive' as const), on, waived: fc.boolean() }) },
  { weight: 5, arbitrary: known(fc.record({ do: fc.constant('review' as const), on, verdict, asOf: seldom(date, 2), oneParent: seldomTrue(2), anyPlan: seldomTrue(4) })) },
  { weight: 1, arbitrary: known(fc.record({ do: fc.constant('review-under' as const), on, verdict, asOf: seldom(date, 2), links: fc.boolean() })) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge-bodies' as const), body: fc.nat({ max: 1 }), date: fc.constantFrom('2022-07-01', '2025-07-01') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('correct-stale' as const), on }) }
) as fc.Arbitrary<Step>

/** A cascade to begin with: three plans one below the other, of which a change at the top concerns both others. */
export const CASCADE: Step[] = ['2021-06', '2021-12', '2022-01-01'].map((issuedOn, index) => ({
  do: 'record',
  place: index * 2,
  content: { issuedOn, period: { from: '2021', to: '2025' }, targets: [{ key: 0, low: 1 }], wording: 0, waived: index === 0 },
  cites: index === 0 ? [] : [{ relation: 'implements', place: index * 2 - 2, pin: true }],
  asIssued: true
}))

export const look: fc.Arbitrary<Look> = known(fc.record({
  asOf: often(fc.oneof({ weight: 1, arbitrary: date }, { weight: 3, arbitrary: late }), 4), knownAt: seldom(fc.nat({ max: 8 }), 1), on
}))
