import type { Db, Tx } from '../db/connect.ts'
import type { Citation } from '../domain/citation.ts'
import type { Plan } from '../domain/plan.ts'
import { type Reference, identitiesOf, isSame, referenceOf, resolve } from '../domain/reference.ts'
import { type Fault, Problem } from '../problem.ts'
import type { WantedOrganization } from './issuer.operations.ts'
import { type KnownPlan, type StoredReading, findCandidates, findKnownPlans } from './plan.queries.ts'

/** One citation and what it names in the register as it stands. */
export interface Reading extends StoredReading {
  citation: Citation
  canonicalCode?: string
  /** The plans it may mean: the one it names, or its candidates. */
  known: KnownPlan[]
  /** The stub to be made, when it names a plan that nobody holds. */
  missing?: Omit<Plan, 'id'>
  reference: Reference
}

/** A citation to read, with the issuer that relative words (“UBND tỉnh”) are resolved against. */
export interface Cited {
  citation: Citation
  citingIssuer?: string
  /** The organization that issued the cited plan, where it is known: see `issuerWanted`. */
  organization?: { id: string, name: string }
  /** The citing plan itself: its citations never mean it by likeness, only by its very identity. */
  citingId?: string
  /** The stub that becomes one with the citing plan. */
  citingStubId?: string
}

/** Whom to ask the register of organizations about, for a citation in a plan of this issuer and day. */
export function issuerWanted (citation: Citation, { issuer, issuedOn }: Pick<Plan, 'issuer' | 'issuedOn'>): WantedOrganization {
  const name = citation.issuer ?? referenceOf(citation, issuer).named.issuer
  return {
    ...(name !== undefined && { name }),
    ...(citation.issuedOn !== undefined && { date: citation.issuedOn }),
    ...(issuer !== undefined && { relativeTo: { name: issuer, ...(issuedOn !== undefined && { date: issuedOn }) } })
  }
}

/** Reads any number of citations with two queries. A `planId` that names nothing is refused, all of them at once. */
export async function readCitations (db: Db | Tx, cited: Cited[]): Promise<Reading[]> {
  const pinned = await findKnownPlans(db, cited.flatMap(({ citation }) => citation.planId ?? []))
  const faults: Fault[] = cited.flatMap(({ citation }, index) => citation.planId === undefined || pinned.has(citation.planId)
    ? []
    : [{
        at: `/citations/${index}/planId`,
        code: 'cited-plan-not-found',
        message: { vi: `Không có văn bản nào có id ${citation.planId}.`, en: `No plan has id ${citation.planId}.` }
      }])
  if (faults.length > 0) throw new Problem('cited-plan-not-found', undefined, { faults })

  const references = cited.map(({ citation, citingIssuer, organization }) => referenceOf(citation, citingIssuer, organization))
  const candidates = await findCandidates(
    db,
    [...new Set(references.flatMap(({ canonicalCode }) => canonicalCode ?? []))],
    [...new Set(references.flatMap(identitiesOf))]
  )
  return cited.map(({ citation, citingId, citingStubId }, index) => {
    const reference = references[index]!
    const base = { citation, reference, ...(reference.canonicalCode !== undefined && { canonicalCode: reference.canonicalCode }) }
    const meant = citation.planId === undefined ? undefined : pinned.get(citation.planId)
    if (meant !== undefined) {
      return { ...base, resolution: meant.stub ? 'stub' : 'resolved', citedId: meant.id, candidateIds: [], known: [meant] }
    }
    const others = candidates.filter(candidate => (candidate.id !== citingId && candidate.id !== citingStubId) || isSame(reference, candidate))
    const { resolution, matches } = resolve(reference, others)
    const known = matches as KnownPlan[]
    const only = resolution === 'resolved' || resolution === 'stub' ? known[0] : undefined
    return {
      ...base,
      resolution,
      ...(only !== undefined && { citedId: only.id }),
      candidateIds: resolution === 'ambiguous' ? known.map(one => one.id) : [],
      known,
      ...(resolution === 'stub' && only === undefined && { missing: reference.named })
    }
  })
}
