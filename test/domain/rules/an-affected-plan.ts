import type { Citation } from '../../../src/domain/citation.ts'
import { effectOf } from '../../../src/domain/effect/effect.ts'
import type { Affected, Family } from '../../../src/domain/family.ts'
import type { Plan } from '../../../src/domain/plan.ts'
import { aCitation, aFamily, aNationalPlan, aParent, aPlan } from '../../helpers/plans.ts'

/** The plan on which the judged one has an effect. */
export const anOldPlan = (over: Partial<Plan> = {}): Plan =>
  aPlan({ id: 'old', code: '23/KH-UBND', issuedOn: '2021-03-01', ...over })

/** A plan of 2022-09-07 that amends an older one of its issuer; a test names only what it is about. */
export function anAmendingFamily (
  { plan: own = {}, citation = {}, old = {}, ...over }: { plan?: Partial<Plan>, citation?: Partial<Citation>, old?: Partial<Plan> } & Partial<Pick<Affected, 'effects' | 'changed' | 'stub'>>
): Family {
  const affected = anOldPlan(old)
  const plan = aPlan({ citations: [aCitation(), aCitation(affected, { relation: 'amends', ...citation })], ...own })
  return aFamily({
    plan,
    parents: [aParent(aNationalPlan())],
    affected: [{ citation: 1, effect: effectOf(plan, 1, affected), plan: affected, stub: false, effects: [], ...over }]
  })
}
