import type { Citation } from '../domain/citation.ts'
import type { Plan } from '../domain/plan.ts'
import { type Reference, identitiesOf, isSame, resolve } from '../domain/reference.ts'
import { type Fault, Problem } from '../problem.ts'
import { codeKeysSought } from './code-key.ts'
import type { KnownPlan, StoredReading } from './plan.queries.ts'
import type { Surroundings } from './surroundings.ts'

/** One citation and what it names in the register as it stands. */
export interface Reading extends Omit<StoredReading, 'baseline'> {
  citation: Citation
  /** The plans it may mean: the one it names, or its candidates. */
  known: KnownPlan[]
  /** The stub to be made, when it names a plan that nobody holds. */
  missing?: Omit<Plan, 'id'>
  reference: Reference
}

/** A citation to read, with what it was found to refer to. */
export interface Cited {
  citation: Citation
  reference: Reference
  /** The citing plan itself: its citations never mean it by likeness, only by its very identity. */
  citingId?: string
  /** The stub that becomes one with the citing plan. */
  citingStubId?: string
}

/** Reads citations together. A `planId` that names nothing is refused, all of them at once. */
export function readCitations (surroundings: Surroundings, cited: readonly Cited[]): Reading[] {
  const references = cited.map(({ reference }) => reference)
  surroundings.need({
    ids: cited.flatMap(({ citation }) => citation.planId ?? []),
    codes: references.flatMap(codeKeysSought),
    identities: references.flatMap(identitiesOf)
  })
  const faults: Fault[] = cited.flatMap(({ citation }, index) => citation.planId === undefined || surroundings.known(citation.planId) !== undefined
    ? []
    : [{
        at: `/citations/${index}/planId`,
        code: 'cited-plan-not-found',
        message: { vi: `Không có văn bản nào có id ${citation.planId}.`, en: `No plan has id ${citation.planId}.` }
      }])
  if (faults.length > 0) throw new Problem('cited-plan-not-found', undefined, { faults })
  return cited.map(one => readCitation(surroundings, one))
}

export function readCitation (surroundings: Surroundings, { citation, reference, citingId, citingStubId }: Cited): Reading {
  const base = { citation, reference, canonicalCode: reference.canonicalCode }
  const meant = citation.planId === undefined ? undefined : surroundings.known(citation.planId)
  if (meant !== undefined) {
    return { resolution: meant.stub ? 'stub' : 'resolved', citedId: meant.id, candidateIds: [], known: [meant], ...base }
  }
  const candidates = surroundings.alike(codeKeysSought(reference), identitiesOf(reference))
  const others = candidates.filter(candidate => (candidate.id !== citingId && candidate.id !== citingStubId) || isSame(reference, candidate))
  const { resolution, matches } = resolve(reference, others)
  const known = matches as KnownPlan[]
  const only = resolution === 'resolved' || resolution === 'stub' ? known[0] : undefined
  return {
    resolution,
    citedId: only?.id,
    candidateIds: resolution === 'ambiguous' ? known.map(one => one.id) : [],
    known,
    missing: resolution === 'stub' && only === undefined ? reference.named : undefined,
    ...base
  }
}
