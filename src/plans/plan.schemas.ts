import { z } from 'zod'
import { RELATIONS } from '../domain/citation.ts'
import { effectFaults } from '../domain/effect/effect-faults.ts'
import { isWaivable } from '../domain/enforcement.ts'
import { RESOLUTIONS } from '../domain/family.ts'
import { LEVELS } from '../domain/level.ts'
import { line, partialDate } from '../http/schemas.ts'
import { changesBody, changesReply, period } from './changes.schemas.ts'
import { effectReply, leftOutEffect, standingReply } from './effect.schemas.ts'
import { RULE_NAMES, documentType, findingCounts, findingReply, planId, planSummary, responsibleReply } from './summary.schemas.ts'
import { targetBody } from './target.schemas.ts'

const citationBody = z.strictObject({
  relation: z.enum(RELATIONS).meta({ description: 'How this plan stands to the cited one; implements alone makes a parent.' }),
  code: line(120).optional(),
  issuer: line(300).optional().meta({ description: 'As the text names it; may be relative to the citing issuer (“UBND tỉnh”).' }),
  issuedOn: partialDate.optional(),
  title: line(1000).optional(),
  planId: planId.optional().meta({ description: 'The plan meant, named outright.' }),
  inferred: z.boolean().optional().meta({ description: 'The document does not name this plan itself; the link was inferred.' }),
  note: line(1000).optional(),
  from: partialDate.optional().meta({ description: 'For a relation that has an effect on the cited plan (amends, supplements, corrects, replaces, repeals, suspends): since when. Absent: since this plan takes effect.' }),
  until: partialDate.optional().meta({ description: 'For suspends: the last day.' }),
  part: line(300).optional().meta({ description: 'The part that is affected, as the text names it; absent: the whole plan.', examples: ['Điều 3'] }),
  changes: changesBody.optional()
}).superRefine((citation, context) => {
  for (const fault of effectFaults(citation)) context.addIssue({ code: 'custom', path: fault.path, params: fault })
}).refine(({ code, title, planId }) => code !== undefined || title !== undefined || planId !== undefined, {
  params: {
    code: 'citation-names-nothing',
    vi: 'Trích dẫn phải có ít nhất code, title hoặc planId.',
    en: 'A citation needs a code, a title or a planId.'
  }
})

const waiverBody = z.strictObject({
  rule: z.enum(RULE_NAMES).refine(isWaivable, {
    params: {
      code: 'rule-not-waivable',
      vi: 'Quy tắc này không thể miễn trừ.',
      en: 'This rule cannot be waived.'
    }
  }),
  at: z.string().max(200).optional().meta({ description: 'The place waived, a JSON Pointer as in the finding; absent: every finding of the rule.' }),
  reason: line(1000)
})

const fields = {
  code: line(120).meta({ description: 'Number and symbol as printed.', examples: ['119/KH-UBND'] }),
  type: documentType,
  title: line(1000),
  issuer: line(300).meta({ description: 'The organization that issued it, by its name on that day.', examples: ['UBND tỉnh Thái Bình'] }),
  level: z.enum(LEVELS),
  issuedOn: partialDate,
  effectiveFrom: partialDate.meta({ description: 'When it takes effect; absent: on the day of issue.' }),
  draft: z.boolean().meta({ description: 'Not issued yet (dự thảo): it binds nobody and changes nothing.' }),
  period,
  programme: line(500),
  citations: z.array(citationBody).max(200),
  targets: z.array(targetBody).max(500),
  targetsIncomplete: z.boolean().meta({ description: 'The record is known not to hold every target of the document.' }),
  waivers: z.array(waiverBody).max(50)
}

const named = ({ code, title }: { code?: string | null | undefined, title?: string | null | undefined }): boolean =>
  code != null || title != null

export const planBody = z.strictObject(fields).partial()
  .refine(named, {
    params: {
      code: 'plan-names-nothing',
      vi: 'Văn bản phải có số và ký hiệu (code) hoặc trích yếu (title).',
      en: 'A plan needs a code or a title.'
    }
  })
  .meta({ id: 'PlanBody', description: 'A plan as issued. What is not known is left out.' })

const removable = <T extends z.ZodType>(schema: T) => z.union([schema, z.null()]).optional()

/** RFC 7396: a member replaces, null removes, what is not sent stays. Lists are replaced whole. */
export const planPatch = z.strictObject({
  code: removable(fields.code),
  type: removable(fields.type),
  title: removable(fields.title),
  issuer: removable(fields.issuer),
  level: removable(fields.level),
  issuedOn: removable(fields.issuedOn),
  effectiveFrom: removable(fields.effectiveFrom),
  draft: removable(fields.draft),
  period: removable(z.strictObject({ from: removable(partialDate), to: removable(partialDate) })),
  programme: removable(fields.programme),
  citations: removable(fields.citations),
  targets: removable(fields.targets),
  targetsIncomplete: removable(fields.targetsIncomplete),
  waivers: removable(fields.waivers)
}).meta({ id: 'PlanPatch', description: 'JSON Merge Patch (RFC 7396) of a plan: null removes a member, lists are replaced whole.' })

const citationReply = z.strictObject({
  relation: z.enum(RELATIONS),
  code: z.string().optional(),
  issuer: z.string().optional(),
  issuedOn: z.string().optional(),
  title: z.string().optional(),
  planId: planId.optional(),
  inferred: z.boolean().optional(),
  note: z.string().optional(),
  from: z.string().optional(),
  until: z.string().optional(),
  part: z.string().optional(),
  changes: changesReply.optional(),
  resolution: z.enum(RESOLUTIONS),
  plan: planSummary.optional().meta({ description: 'The plan it names, registered or a stub.' }),
  candidates: z.array(planSummary).optional().meta({ description: 'The plans it may mean, when it names several.' })
}).meta({ id: 'Citation' })

export const planReply = z.strictObject({
  ...planSummary.shape,
  version: z.int().min(1),
  canonicalCode: z.string().optional(),
  effectiveFrom: z.string().optional(),
  draft: z.boolean().optional(),
  period: z.strictObject({ from: z.string().optional(), to: z.string().optional() }).optional(),
  programme: z.string().optional(),
  citations: z.array(citationReply),
  targets: z.array(targetBody).meta({ description: 'Without asOf those of the document as issued, whatever has amended it since; with asOf those in force on that day.' }),
  targetsIncomplete: z.boolean().optional(),
  effect: standingReply,
  applied: z.array(effectReply).optional().meta({ description: 'With asOf: every effect of other plans that is in what is shown, in the order in which they were applied; a later one has the last word.' }),
  leftOut: z.array(leftOutEffect).optional().meta({ description: 'With asOf: what other plans do to this one that was not applied, and why. Every effect stands either here or in applied.' }),
  waivers: z.array(z.strictObject({
    rule: z.string(),
    at: z.string().optional(),
    reason: z.string(),
    givenBy: z.string(),
    givenAt: z.iso.datetime()
  })),
  findingCounts,
  recordedAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  issuerId: z.string().optional().meta({ description: 'The organization, where it is known.' }),
  responsible: z.array(responsibleReply).optional().meta({ description: 'With responsibleAt: who answers for the issuer on that day.' }),
  links: z.strictObject({
    self: z.string(),
    inForce: z.string().optional().meta({ description: 'Without asOf, where other plans have changed this one or may have: the plan as it is in force today.' }),
    lineage: z.string(),
    findings: z.string(),
    history: z.string(),
    suspects: z.string()
  })
}).meta({ id: 'Plan' })

export const listedPlan = z.strictObject({
  ...planSummary.shape,
  period: planReply.shape.period,
  programme: planReply.shape.programme,
  issuerId: planReply.shape.issuerId,
  responsible: planReply.shape.responsible
}).meta({ id: 'ListedPlan' })

export const verdictReply = z.strictObject({
  refused: z.boolean(),
  status: z.enum(['conforming', 'nonconforming']),
  findings: z.array(findingReply)
}).meta({ id: 'Verdict' })

export type PlanBody = z.infer<typeof planBody>
export type PlanPatch = z.infer<typeof planPatch>
export type PlanReply = z.infer<typeof planReply>
