import { hasEffect } from '../domain/effect/effect-faults.ts'
import { rememberedOf } from '../domain/remembered.ts'
import { codeKeysOf } from './code-key.ts'
import type { CitingCitation, StoredEffect } from './citation.queries.ts'
import type { KnownPlan, StoredPlan } from './plan.queries.ts'
import type { TakenShare } from './share.queries.ts'
import { knownOf, sharesTaken } from './stored-plan.ts'

/** Where what a plan says of itself and of others is found. */
export type ShelfEntry =
  | { kind: 'codes' | 'identities', key: string, entry: KnownPlan }
  | { kind: 'mentions' | 'naming', key: string, entry: CitingCitation }
  | { kind: 'effects', key: string, entry: StoredEffect }
  | { kind: 'shares', key: string, entry: TakenShare }

/** Asked where a plan is decided about, and again around the rows that come after it. */
export const entriesOf = rememberedOf((stored: StoredPlan): readonly ShelfEntry[] => {
  const { plan, readings, identity, status } = stored
  const known = knownOf(stored)
  const entries: ShelfEntry[] = []
  for (const key of codeKeysOf(known)) entries.push({ kind: 'codes', key, entry: known })
  if (identity !== undefined) entries.push({ kind: 'identities', key: identity, entry: known })
  const parents = new Set<string>()
  for (const [position, citation] of plan.citations.entries()) {
    const { citedId, canonicalCode, resolution, candidateIds } = readings[position]!
    const entry: CitingCitation = {
      planId: plan.id,
      position,
      citation,
      resolution,
      citedId,
      candidateIds,
      canonicalCode,
      citing: { issuer: plan.issuer, issuedOn: plan.issuedOn }
    }
    if (citedId === undefined) {
      if (canonicalCode !== undefined) entries.push({ kind: 'mentions', key: canonicalCode, entry })
      continue
    }
    entries.push({ kind: 'naming', key: citedId, entry })
    if (hasEffect(citation.relation) && status !== 'stub' && plan.draft !== true) {
      entries.push({ kind: 'effects', key: citedId, entry: { affectedId: citedId, citing: plan, citation: position } })
    }
    if (citation.relation === 'implements') parents.add(citedId)
  }
  if (parents.size === 0) return entries
  const taken = sharesTaken(plan)
  for (const parentId of parents) for (const share of taken) entries.push({ kind: 'shares', key: parentId, entry: { ...share, parentId } })
  return entries
})
