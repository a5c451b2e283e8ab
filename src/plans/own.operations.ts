import { readCode } from '../domain/code/code.ts'
import type { Family } from '../domain/family.ts'
import { identityOf } from '../domain/identity.ts'
import { issuerKey } from '../domain/issuer/issuer.ts'
import { type Plan, datedNameOf } from '../domain/plan.ts'
import { identitiesOf, isSame, mayBe } from '../domain/reference.ts'
import { codeKeysSought } from './code-key.ts'
import type { KnownPlan } from './plan.queries.ts'
import type { Surroundings } from './surroundings.ts'

/** What follows from a plan's own words, and what the register already holds of this very plan. */
export interface Own {
  identity?: string
  nameIdentity?: string
  canonicalCode?: string
  issuerKey?: string
  issuerId?: string
  /** The stub that this plan takes over, with its id and everything that cites it. */
  stub?: KnownPlan
  namesakes: Family['namesakes']
}

/** `issuerId` is the organization of the issuer. A plan is never its own namesake. */
export function ownOf (surroundings: Surroundings, { plan, issuerId }: { plan: Plan, issuerId?: string }): Own {
  const identity = identityOf({ ...plan, ...(issuerId !== undefined && { issuerId }) })
  const nameIdentity = issuerId === undefined ? identity : identityOf(plan)
  const canonicalCode = plan.code === undefined ? undefined : readCode(plan.code).code?.canonical
  const derived = {
    ...(identity !== undefined && { identity }),
    ...(nameIdentity !== undefined && { nameIdentity }),
    ...(canonicalCode !== undefined && { canonicalCode }),
    ...(plan.issuer !== undefined && { issuerKey: issuerKey(plan.issuer) }),
    ...(issuerId !== undefined && { issuerId })
  }
  if (identity === undefined) return { ...derived, namesakes: [] }
  const reference = { named: plan, ...derived }
  const alike = surroundings.alike(codeKeysSought({ canonicalCode, issuerKey: derived.issuerKey, issuerId }), identitiesOf(derived))
    .filter(candidate => candidate.id !== plan.id && candidate.identity !== undefined && mayBe(reference, candidate))
  const stubs = alike.filter(candidate => candidate.stub)
  // A stub that was cited without a year is taken over only when no other one could be meant.
  const stub = stubs.find(candidate => isSame(derived, candidate)) ?? (stubs.length === 1 ? stubs[0] : undefined)
  return {
    ...derived,
    ...(stub !== undefined && { stub }),
    namesakes: alike.filter(candidate => !candidate.stub).map(candidate =>
      ({ id: candidate.id, name: datedNameOf(candidate), certain: isSame(derived, candidate) }))
  }
}
