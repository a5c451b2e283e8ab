import { changedBy, consolidated } from '../domain/effect/consolidation.ts'
import { type Effect, effectOf } from '../domain/effect/effect.ts'
import { hasEffect } from '../domain/effect/effect-faults.ts'
import { endsOf } from '../domain/effect/standing.ts'
import type { Affected, Family, Parent, Share } from '../domain/family.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import { type Plan, datedNameOf } from '../domain/plan.ts'
import { ownOfStored } from './own.operations.ts'
import type { StoredPlan } from './plan.queries.ts'
import { sharesInForce } from './share.operations.ts'
import type { StoredShare } from './share.queries.ts'
import { citedBy, endsWhole, isImplements } from './stored-plan.ts'
import type { Surroundings } from './surroundings.ts'

/** What a family is assembled from: a plan and what its citations were found to name. */
export interface Subject {
  plan: Plan
  readings: {
    resolution: Family['readings'][number]['resolution']
    citedId?: string
    /** A parent that nobody holds, described by the citation. */
    missing?: Omit<Plan, 'id'>
    candidates: Family['readings'][number]['candidates']
  }[]
  cycles: Family['cycles']
  namesakes: Family['namesakes']
  effectCycles: Family['effectCycles']
}

/** What a rule may look at is brought together here and nowhere else. The parents are as they were in force on the day. */
export function assembleFamily (surroundings: Surroundings, subject: Subject, on: PartialDate | undefined): Family {
  const parentIds = citedBy(subject, isImplements)
  const affectedIds = citedBy(subject, hasEffect)
  const sharing = takesShares(subject.plan) ? parentIds : []
  surroundings.need({ wholes: [...parentIds, ...affectedIds], effects: [...parentIds, ...affectedIds], shares: sharing, answers: sharing })
  const family = withoutEffects(surroundings, subject, on)
  return subject.plan.citations.some(({ relation }) => hasEffect(relation)) ? { ...family, affected: affectedBy(surroundings, subject) } : family
}

/** The family without what the plan does to others. */
function withoutEffects (surroundings: Surroundings, subject: Subject, on: PartialDate | undefined, judged = subject): Family {
  const { plan, readings, cycles, namesakes, effectCycles } = subject
  const sharing = takesShares(plan)
  return {
    plan,
    parents: readings.flatMap(({ citedId, missing }, citation): Parent[] => {
      if (plan.citations[citation]!.relation !== 'implements') return []
      if (missing !== undefined) return [{ citation, plan: { ...missing, id: '' }, stub: true, endings: [], suspensions: [] }]
      const parent = citedId === undefined ? undefined : surroundings.whole(citedId)
      if (parent === undefined) return []
      const effects = effectsBeside(surroundings, judged, parent.plan)
      const inForce = consolidated(parent.plan, effects, on).plan
      const shares = sharing ? sharesBeside(subject, inForce, surroundings.sharesOf(inForce.id)) : undefined
      return [{
        citation,
        plan: inForce,
        stub: parent.status === 'stub',
        endings: endsOf(effects),
        suspensions: effects.filter(({ relation }) => relation === 'suspends'),
        ...(shares !== undefined && { shares })
      }]
    }),
    readings: readings.map(({ resolution, candidates }, index) => ({ citation: plan.citations[index]!, resolution, candidates })),
    cycles,
    namesakes,
    affected: [],
    effectCycles
  }
}

/** What has an effect on the plan when the judged one says what it says here, whatever its record said before. */
function effectsBeside (surroundings: Surroundings, { plan, readings }: Subject, affected: Plan): Effect[] {
  const stored = surroundings.effectsOn(affected)
  const own = plan.draft === true
    ? []
    : readings.flatMap(({ citedId }, citation) =>
      citedId === affected.id && hasEffect(plan.citations[citation]!.relation) ? [effectOf(plan, citation, affected)] : [])
  if (own.length === 0 && !stored.some(({ by }) => by.id === plan.id)) return stored
  return [...stored.filter(({ by }) => by.id !== plan.id), ...own].sort((a, b) => a.by.id < b.by.id ? -1 : a.by.id > b.by.id ? 1 : 0)
}

/** The plans on which this one has an effect, each as this one changes it on the day the effect begins. */
function affectedBy (surroundings: Surroundings, judged: Subject): Affected[] {
  const { plan, readings } = judged
  return readings.flatMap(({ citedId, missing }, citation): Affected[] => {
    const { relation, changes } = plan.citations[citation]!
    if (!hasEffect(relation)) return []
    if (missing !== undefined) {
      const unseen = { ...missing, id: '' }
      return [{ citation, effect: effectOf(plan, citation, unseen), plan: unseen, stub: true, effects: [] }]
    }
    const affected = citedId === undefined ? undefined : surroundings.whole(citedId)
    if (affected === undefined) return []
    const effect = effectOf(plan, citation, affected.plan)
    const effects = surroundings.effectsOn(affected.plan).filter(({ by }) => by.id !== plan.id)
    const stub = affected.status === 'stub'
    const base = { citation, effect, plan: affected.plan, stub, effects }
    if (changes === undefined || stub) return [base]
    const changed = withoutEffects(surroundings, {
      plan: changedBy(affected.plan, effects, effect),
      readings: affected.readings.map(({ resolution, citedId }) => ({ resolution, ...(citedId !== undefined && { citedId }), candidates: [] })),
      cycles: [],
      namesakes: [],
      effectCycles: []
    }, effect.from, judged)
    return [{ ...base, changed }]
  })
}

const takesShares = ({ targets }: Plan): boolean =>
  targets.some(({ inherits = [] }) => inherits.some(({ how }) => how === 'allocated'))

/** Undefined where the effect of the plan's own share has ended. */
function sharesBeside (subject: Subject, parent: Plan, taken: StoredShare[]): Share[] | undefined {
  const { plan, readings } = subject
  const ends = readings.flatMap(({ citedId }, index) => endsWhole(plan.citations[index]!) ? citedId ?? [] : [])
  const { counted, ended } = sharesInForce(parent, taken, { of: plan.id, ends })
  return ended.some(({ planId }) => planId === plan.id) ? undefined : counted
}

export interface FamilyOptions {
  /** The plan and its parents as they were in force on this day; absent: the plan as issued, its parents as on its day of issue. */
  asOf?: PartialDate
}

/** The family of a plan of the register, as judging it again sees it. */
export function familyOf (surroundings: Surroundings, stored: StoredPlan, { asOf }: FamilyOptions = {}): Family {
  const { readings } = stored
  const own = ownOfStored(surroundings, stored)
  surroundings.need({ ids: readings.flatMap(({ candidateIds }) => candidateIds) })
  const plan = asOf === undefined ? stored.plan : consolidated(stored.plan, surroundings.effectsOn(stored.plan), asOf).plan
  return assembleFamily(surroundings, {
    plan,
    readings: readings.map(({ resolution, citedId, candidateIds }) => ({
      resolution,
      ...(citedId !== undefined && { citedId }),
      candidates: candidateIds.flatMap(id => {
        const candidate = surroundings.known(id)
        return candidate === undefined ? [] : [{ id, name: datedNameOf(candidate) }]
      })
    })),
    cycles: [],
    namesakes: own.namesakes,
    effectCycles: []
  }, asOf ?? plan.issuedOn)
}
