import type { Citation, Relation } from '../domain/citation.ts'
import type { JudgedFinding } from '../domain/enforcement.ts'
import { type Plan, nameOf } from '../domain/plan.ts'
import { rememberedOf } from '../domain/remembered.ts'
import type { KnownPlan, StoredPlan } from './plan.queries.ts'
import type { TakenShare } from './share.queries.ts'

// What a plan of the register says of others, by itself.

/** An excess for which a plan answers; see the rule allocation-sum. */
export interface Answer {
  planId: string
  parentId: string
  key: string
}

/** Whether the citation ends the whole of what it names. */
export const endsWhole = ({ relation, part }: Pick<Citation, 'relation' | 'part'>): boolean =>
  (relation === 'replaces' || relation === 'repeals') && part === undefined

/** The plans that its citations with such a relation name. */
export const citedBy = ({ plan, readings }: { plan: Plan, readings: readonly { citedId?: string }[] }, has: (relation: Relation) => boolean): string[] =>
  readings.flatMap(({ citedId }, index) => has(plan.citations[index]!.relation) ? citedId ?? [] : [])

export const isImplements = (relation: Relation): boolean => relation === 'implements'

/** The plans that it implements. */
export const parentIdsIn = (stored: StoredPlan): string[] => [...new Set(citedBy(stored, isImplements))]

/** What others need to know of it to tell whether they mean it. */
export const knownOf = rememberedOf(({ plan, status, canonicalCode, issuerKey, issuerId, identity }: StoredPlan): KnownPlan => ({
  id: plan.id,
  status,
  stub: status === 'stub',
  canonicalCode,
  issuerKey,
  issuerId,
  identity,
  type: plan.type,
  issuedOn: plan.issuedOn,
  code: plan.code,
  title: plan.title,
  issuer: plan.issuer,
  level: plan.level
}))

/** What a plan takes of the totals of its parents, whichever they are. */
export function sharesTaken (plan: Plan): Omit<TakenShare, 'parentId'>[] {
  return plan.targets.flatMap(({ goal, equivalents, inherits = [] }) => inherits.flatMap(({ key, how, plan: namedPlan }) => how !== 'allocated'
    ? []
    : [{
        planId: plan.id,
        plan: nameOf(plan),
        ...(plan.issuer !== undefined && { issuer: plan.issuer }),
        key,
        ...(namedPlan !== undefined && { namedPlan }),
        target: { ...(goal !== undefined && { goal }), ...(equivalents !== undefined && { equivalents }) }
      }]))
}

/** The excesses for which these findings say that the plan answers. */
export function answersIn (planId: string, findings: readonly JudgedFinding[]): Answer[] {
  return findings.flatMap(({ rule, severity, facts }) => rule !== 'allocation-sum' || severity === 'info' || typeof facts['parent'] !== 'string'
    ? []
    : [{ planId, parentId: facts['parent'], key: String(facts['parentKey']) }])
}
