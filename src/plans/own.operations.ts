import { readCode } from '../domain/code/code.ts'
import type { Family } from '../domain/family.ts'
import { identityOf } from '../domain/identity.ts'
import { issuerKey } from '../domain/issuer/issuer.ts'
import { type Plan, datedNameOf } from '../domain/plan.ts'
import { identitiesOf, isSame, mayBe } from '../domain/reference.ts'
import { type CodeKey, codeKeysSought } from './code-key.ts'
import type { KnownPlan, StoredPlan } from './plan.queries.ts'
import type { Surroundings } from './surroundings.ts'

/** What a plan is known by: all that follows from its own words and from the organization of its issuer. */
export interface Names {
  identity?: string
  /** As `identity`, by the name of the issuer alone. */
  nameIdentity?: string
  canonicalCode?: string
  issuerKey?: string
  issuerId?: string
}

export interface Own extends Names {
  /** The stub that this plan takes over, with its id and everything that cites it. */
  stub?: KnownPlan
  namesakes: Family['namesakes']
}

export function namesOf (plan: Omit<Plan, 'id'>, issuerId: string | undefined): Names {
  const identity = identityOf(plan, issuerId)
  const nameIdentity = issuerId === undefined ? identity : identityOf(plan)
  const canonicalCode = plan.code === undefined ? undefined : readCode(plan.code).code?.canonical
  return { identity, nameIdentity, canonicalCode, issuerKey: plan.issuer === undefined ? undefined : issuerKey(plan.issuer), issuerId }
}

/** Under which codes and identities a plan of these names may be held already. */
export const soughtOfNames = (names: Names): [codes: readonly CodeKey[], identities: readonly string[]] => [codeKeysSought(names), identitiesOf(names)]

/** What the register already holds of this very plan. A plan is never its own namesake, nor is one without an id. */
export function ownOf (surroundings: Surroundings, plan: Omit<Plan, 'id'> & { id?: string }, names: Names): Own {
  if (names.identity === undefined) return { namesakes: [], ...names }
  const reference = { named: plan, ...names }
  const alike = surroundings.alike(...soughtOfNames(names))
    .filter(candidate => candidate.id !== plan.id && candidate.identity !== undefined && mayBe(reference, candidate))
  const stubs = alike.filter(candidate => candidate.stub)
  // A stub that was cited without a year is taken over only when no other one could be meant.
  const stub = stubs.find(candidate => isSame(names, candidate)) ?? (stubs.length === 1 ? stubs[0] : undefined)
  return {
    stub,
    namesakes: alike.filter(candidate => !candidate.stub).map(candidate =>
      ({ id: candidate.id, name: datedNameOf(candidate), certain: isSame(names, candidate) })),
    ...names
  }
}

/** `ownOf` of a plan of the register. */
export function ownOfStored (surroundings: Surroundings, stored: StoredPlan): Own {
  const { plan, identity, canonicalCode, issuerKey, issuerId } = stored
  const nameIdentity = issuerId === undefined ? identity : identityOf(plan)
  return ownOf(surroundings, plan, { identity, nameIdentity, canonicalCode, issuerKey, issuerId })
}
