import * as fc from 'fast-check'
import type { Citation } from '../../../src/domain/citation.ts'
import { EFFECT_RELATIONS, type Changes, type Effect, effectOf } from '../../../src/domain/effect/effect.ts'
import type { Plan } from '../../../src/domain/plan.ts'
import type { Target } from '../../../src/domain/target/target.ts'

/** Few days close together, so that effects fall on one day, in one month and in one year. */
export const anyDay = fc.tuple(fc.constantFrom(2021, 2022, 2023), fc.constantFrom('01', '06', '12'), fc.constantFrom('01', '15', '30'))
  .map(parts => parts.join('-'))

export const aTarget = (key: string, value: string): Target =>
  ({ key, indicator: 'poor-household-rate', goal: { measure: 'level', amount: { comparator: 'at-most', value, unit: 'percent' } } })

const anyTarget = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2', '3')).map(([key, value]) => aTarget(key, value))

const anyTargets = fc.uniqueArray(anyTarget, { maxLength: 3, selector: ({ key }) => key })

const anyPeriod = fc.constantFrom('2021', '2022', '2022-06', '2025').map(to => ({ from: '2021', to }))

const maybe = <T> (value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })

/** Without members that are undefined. */
export const known = <T extends object> (value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T

export const anyChanges: fc.Arbitrary<Changes> = fc.record({
  targets: maybe(anyTargets), removedTargets: maybe(fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 })), period: maybe(anyPeriod)
}).map(known)

export const anyPlan: fc.Arbitrary<Plan> = fc.record({
  id: fc.constant('affected'),
  issuer: fc.constant('UBND tỉnh Thái Bình'),
  issuedOn: anyDay,
  effectiveFrom: maybe(anyDay),
  period: maybe(anyPeriod),
  targets: anyTargets
}).map(plan => known({ ...plan, citations: [] as Citation[] }) as Plan)

const anyCitation = fc.record({
  relation: fc.constantFrom(...EFFECT_RELATIONS), from: maybe(anyDay), until: maybe(anyDay), part: maybe(fc.constant('Điều 3')), changes: maybe(anyChanges)
}).map(({ until, changes, ...rest }): Citation => known({
  ...rest,
  ...(rest.relation === 'suspends' ? { until } : { changes })
}) as Citation)

const anyCiting = (id: string): fc.Arbitrary<Plan> => fc.record({
  id: fc.constant(id), code: fc.constant(`${id}/QĐ-UBND`), issuedOn: anyDay, effectiveFrom: maybe(anyDay), citations: fc.array(anyCitation, { minLength: 1, maxLength: 2 })
}).map(plan => known({ ...plan, citations: plan.citations.map(citation => withoutEarlyEnd(citation, plan)), targets: [] as Target[] }) as Plan)

/** A suspension does not end before it begins. */
const withoutEarlyEnd = ({ until, ...citation }: Citation, { effectiveFrom, issuedOn }: { effectiveFrom: string | undefined, issuedOn: string }): Citation =>
  until === undefined || until < (citation.from ?? effectiveFrom ?? issuedOn) ? citation : { ...citation, until }

/** A plan, those that have effects on it, and a day to ask about. */
export interface World {
  plan: Plan
  citing: Plan[]
  on: string | undefined
}

export const anyWorld: fc.Arbitrary<World & { on: string }> = fc.record({
  plan: anyPlan,
  citing: fc.integer({ min: 0, max: 4 }).chain(count => fc.tuple(...Array.from({ length: count }, (_, index) => anyCiting(`${index + 1}`)))),
  on: anyDay
})

export const effectsIn = ({ plan, citing }: Pick<World, 'plan' | 'citing'>): Effect[] =>
  citing.flatMap(one => one.citations.map((_, index) => effectOf(one, index, plan)))

const coarser = (date: string | undefined, length: number): string | undefined => date === undefined || length === 0 ? undefined : date.slice(0, length)

/** A world of whole days, and the same one as somebody knows it who lacks days, months or whole dates. */
export const anyWorldHalfKnown: fc.Arbitrary<{ whole: World & { on: string }, half: World }> =
  fc.tuple(anyWorld, fc.infiniteStream(fc.constantFrom(10, 10, 10, 7, 4, 0))).map(([whole, lengths]) => {
    const length = () => lengths.next().value!
    const half = {
      plan: known({ ...whole.plan, issuedOn: coarser(whole.plan.issuedOn, length()), effectiveFrom: coarser(whole.plan.effectiveFrom, length() || 4) }) as Plan,
      citing: whole.citing.map(one => {
        // A plan whose own day of effect is forgotten would be one that takes effect on the day of issue.
        const [issued, effective] = [length(), length() || 4]
        return known({
          ...one,
          issuedOn: coarser(one.issuedOn, issued),
          effectiveFrom: coarser(one.effectiveFrom, effective),
          citations: one.citations.map(citation => known({
            ...citation, from: coarser(citation.from, length() || 4), until: coarser(citation.until, length() || 4)
          }))
        }) as Plan
      }),
      on: coarser(whole.on, length())
    }
    return { whole, half }
  })
