import { citations, findings, plans, targets, waivers } from '../db/schema.ts'
import type { JudgedFinding } from '../domain/enforcement.ts'
import type { Plan } from '../domain/plan.ts'
import { searchable } from '../domain/sought.ts'
import { fold } from '../domain/text.ts'
import type { StoredPlan } from './plan.queries.ts'

export const toPlanRow = ({ plan, version, status, identity, canonicalCode, issuerKey, issuerId, recordedAt, changedAt }: StoredPlan) => ({
  id: plan.id,
  identity: identity ?? null,
  version,
  status,
  code: plan.code ?? null,
  canonicalCode: canonicalCode ?? null,
  type: plan.type ?? null,
  title: plan.title ?? null,
  issuer: plan.issuer ?? null,
  issuerKey: issuerKey ?? null,
  issuerId: issuerId ?? null,
  level: plan.level ?? null,
  issuedOn: plan.issuedOn ?? null,
  effectiveFrom: plan.effectiveFrom ?? null,
  draft: plan.draft ?? false,
  periodFrom: plan.period?.from ?? null,
  periodTo: plan.period?.to ?? null,
  programme: plan.programme ?? null,
  programmeKey: plan.programme === undefined ? null : fold(plan.programme),
  targetsIncomplete: plan.targetsIncomplete ?? false,
  searchText: searchText(plan),
  recordedAt,
  changedAt
}) satisfies typeof plans.$inferInsert

/** What a search without diacritics looks in. */
const searchText = ({ code, title, issuer, programme }: Plan): string =>
  [code, title, issuer, programme].filter(part => part !== undefined).map(searchable).join(' · ')

export const toCitationRows = ({ plan, readings }: StoredPlan) => plan.citations.map((citation, position) => {
  const { resolution, citedId, candidateIds, canonicalCode, baseline } = readings[position]!
  return {
    planId: plan.id,
    position,
    relation: citation.relation,
    citedId: citedId ?? null,
    resolution,
    candidateIds,
    pinned: citation.planId !== undefined,
    code: citation.code ?? null,
    canonicalCode: canonicalCode ?? null,
    issuer: citation.issuer ?? null,
    issuedOn: citation.issuedOn ?? null,
    title: citation.title ?? null,
    inferred: citation.inferred ?? false,
    note: citation.note ?? null,
    effectFrom: citation.from ?? null,
    effectUntil: citation.until ?? null,
    part: citation.part ?? null,
    changes: citation.changes ?? null,
    judgedAgainst: baseline?.against ?? null,
    judgedAt: baseline?.at ?? null,
    judgedOn: baseline?.on ?? null
  } satisfies typeof citations.$inferInsert
})

export const toTargetRows = ({ plan }: StoredPlan) => plan.targets.map((target, position) =>
  ({ planId: plan.id, position, key: target.key, indicator: target.indicator, target }) satisfies typeof targets.$inferInsert)

export const toWaiverRows = ({ plan, waivers: given }: StoredPlan) => given.map(({ rule, at, reason, givenBy, givenAt }, position) =>
  ({ planId: plan.id, position, rule, at: at ?? null, reason, givenBy, givenAt }) satisfies typeof waivers.$inferInsert)

export const toFindingRows = (planId: string, list: readonly JudgedFinding[]) => list.map((finding, position) => ({
  planId,
  position,
  rule: finding.rule,
  severity: finding.severity,
  at: finding.at,
  messageVi: finding.message.vi,
  messageEn: finding.message.en,
  facts: finding.facts,
  waived: finding.waived
}) satisfies typeof findings.$inferInsert)
