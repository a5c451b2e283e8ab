import type { PartialDate } from '../partial-date.ts'
import type { Plan } from '../plan.ts'
import { type Changes, type Effect, type LeftOutReason, byOrderOfEffect, isCertainlyBefore, whyLeftOut } from './effect.ts'

/** A plan as it is in force on a day (văn bản hợp nhất), and what that rests on. Every effect stands in one of the two lists. */
export interface Consolidated {
  plan: Plan
  /** In the order in which they were applied. */
  applied: Effect[]
  leftOut: { effect: Effect, why: LeftOutReason }[]
  /**
   * Places, `/targets/<key>` and `/period`, of which the effects that were applied leave open who had the last word: what
   * stands there may also be what another one of them says.
   */
  contested: string[]
}

/**
 * The plan with the changes of every effect that has certainly begun on the day and says what it changes. `effects` are those on this plan, of
 * registered plans that are no drafts. Without a day only corrections that work back to the day of issue are certain.
 */
export function consolidated (plan: Plan, effects: readonly Effect[], on: PartialDate | undefined): Consolidated {
  const applied: Effect[] = []
  const leftOut: Consolidated['leftOut'] = []
  if (effects.length === 0) return { plan, applied, leftOut, contested: [] }
  for (const effect of effects.toSorted(byOrderOfEffect)) {
    const why = whyLeftOut(effect, on)
    if (why === undefined) applied.push(effect)
    else leftOut.push({ effect, why })
  }
  return { plan: applied.reduce((changed, { changes }) => withChanges(changed, changes), plan), applied, leftOut, contested: contestedPlaces(applied) }
}

/** The plan as one effect changes it on the day it begins, upon the others that have certainly begun by then. */
export const changedBy = (plan: Plan, others: readonly Effect[], effect: Effect): Plan =>
  withChanges(consolidated(plan, others, effect.from).plan, effect.changes)

function withChanges (plan: Plan, changes: Changes | undefined): Plan {
  if (changes === undefined) return plan
  const { targets = [], removedTargets = [], period = plan.period } = changes
  const [set, removed] = [new Map(targets.map(target => [target.key, target])), new Set(removedTargets)]
  const own = new Set(plan.targets.map(({ key }) => key))
  return {
    ...plan,
    ...(period !== undefined && { period }),
    targets: [
      ...plan.targets.filter(({ key }) => set.has(key) || !removed.has(key)).map(target => set.get(target.key) ?? target),
      ...[...set.values()].filter(({ key }) => !own.has(key))
    ]
  }
}

function contestedPlaces (applied: Effect[]): string[] {
  const said = new Map<string, { effect: Effect, value: string }[]>()
  for (const effect of applied) {
    for (const [place, value] of placesOf(effect.changes)) said.set(place, [...said.get(place) ?? [], { effect, value }])
  }
  return [...said].filter(([, all]) => {
    const last = all.at(-1)!
    const agreeing = all.filter(({ value }) => value === last.value)
    return all.some(one => one.value !== last.value && !agreeing.some(({ effect }) => isCertainlyBefore(one.effect, effect)))
  }).map(([place]) => place).sort()
}

function placesOf ({ targets = [], removedTargets = [], period }: Changes = {}): Map<string, string> {
  return new Map([
    ...removedTargets.map(key => [`/targets/${key}`, 'removed'] as const),
    ...targets.map(target => [`/targets/${target.key}`, JSON.stringify(target)] as const),
    ...period === undefined ? [] : [['/period', JSON.stringify(period)] as const]
  ])
}
