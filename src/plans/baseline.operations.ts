import { consolidated } from '../domain/effect/consolidation.ts'
import type { Effect } from '../domain/effect/effect.ts'
import { hasEffect } from '../domain/effect/effect-faults.ts'
import { standingOn } from '../domain/effect/standing.ts'
import { type Substance, substanceOf } from '../domain/effect/substance.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import type { Plan } from '../domain/plan.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { StoredPlan, StoredReading } from './plan.queries.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * The readings with what each parent was when this plan came to rest on it. It is kept while the citation names the same
 * registered parent and the plan has the same day of issue, whatever becomes of the parent: what changed since is for
 * reviews to judge.
 */
function withBaselines (
  surroundings: Surroundings, { plan, readings }: { plan: Plan, readings: readonly StoredReading[] }, before: readonly StoredReading[]
): StoredReading[] {
  const parents = readings.flatMap(({ resolution, citedId }, index) =>
    resolution === 'resolved' && citedId !== undefined && plan.citations[index]!.relation === 'implements' ? [citedId] : [])
  surroundings.need({ wholes: parents, effects: parents })
  return readings.map(({ baseline: _, ...reading }, index) => {
    const { resolution, citedId } = reading
    if (resolution !== 'resolved' || citedId === undefined || plan.citations[index]!.relation !== 'implements') return reading
    const kept = before.find(old => old.citedId === citedId && old.baseline !== undefined && old.baseline.on === plan.issuedOn)?.baseline
    const parent = surroundings.whole(citedId)
    if (kept === undefined && (parent === undefined || parent.status === 'stub')) return reading
    return {
      baseline: kept ?? {
        against: fingerprintOn(surroundings, parent!, plan.issuedOn),
        at: surroundings.moment,
        ...(plan.issuedOn !== undefined && { on: plan.issuedOn })
      },
      ...reading
    }
  })
}

/**
 * Puts the plan into the register with its baselines. What it does to a parent itself is part of what that parent is, and
 * what its record did before is not any more.
 */
export function putWithBaselines (surroundings: Surroundings, unbased: StoredPlan, before: StoredPlan | undefined): StoredPlan {
  const plans = before === undefined ? [unbased.plan] : [unbased.plan, before.plan]
  if (plans.some(({ citations }) => citations.some(({ relation }) => hasEffect(relation)))) surroundings.put(unbased)
  const stored = { ...unbased, readings: withBaselines(surroundings, unbased, before?.readings ?? []) }
  surroundings.put(stored)
  return stored
}

interface Content {
  fingerprint: string
  substance: Substance
}

/** Of plans that nothing affects the content is the same on every day. */
const unaffected = new WeakMap<Plan, Content>()

/** The fingerprint of what the plan is in substance, as it is in force on the day. */
function fingerprintOn (surroundings: Surroundings, { plan }: Pick<StoredPlan, 'plan'>, on: PartialDate | undefined): string {
  const effects = surroundings.effectsOn(plan)
  const { fingerprint, substance } = (effects.length === 0 ? unaffected.get(plan) : undefined) ?? contentOn(plan, effects, on)
  if (effects.length === 0) unaffected.set(plan, { fingerprint, substance })
  surroundings.substances.set(fingerprint, substance)
  return fingerprint
}

function contentOn (plan: Plan, effects: readonly Effect[], on: PartialDate | undefined): Content {
  const substance = substanceOf(consolidated(plan, effects, on).plan, standingOn(plan, effects, on))
  return { fingerprint: fingerprintOf(substance), substance }
}
