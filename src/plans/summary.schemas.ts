import { z } from 'zod'
import { DOCUMENT_TYPES, type DocumentType } from '../domain/document-type.ts'
import { LEVELS } from '../domain/level.ts'
import { RULES } from '../domain/rules/index.ts'
import { SEVERITIES } from '../domain/rules/rule.ts'
import { STATUSES } from '../domain/status.ts'
import { count, messageReply } from '../http/schemas.ts'

export const RULE_NAMES = RULES.map(rule => rule.name)

export const planId = z.uuid().max(36).toLowerCase()

export const documentType = z.enum(DOCUMENT_TYPES.map(({ type }) => type) as [DocumentType, ...DocumentType[]])

export const planSummary = z.strictObject({
  id: planId,
  code: z.string().optional(),
  title: z.string().optional(),
  issuer: z.string().optional(),
  type: documentType.optional(),
  level: z.enum(LEVELS).optional(),
  issuedOn: z.string().optional(),
  status: z.enum(STATUSES)
}).meta({ id: 'PlanSummary', description: 'Enough of a plan to recognise it.' })

/** Who answers today, or on the day asked about, for what the issuer did. */
export const responsibleReply = z.strictObject({
  id: z.string(),
  name: z.string(),
  since: z.string().optional().meta({ description: 'Absent: the issuer answers for itself.' }),
  sentence: messageReply.optional().meta({ examples: [{ vi: 'nay thuộc Hưng Yên từ 01/07/2025', en: 'now under Hưng Yên since 2025-07-01' }] })
}).meta({ id: 'Responsible' })

export const findingReply = z.strictObject({
  rule: z.enum(RULE_NAMES),
  severity: z.enum(SEVERITIES),
  at: z.string().meta({ description: 'JSON Pointer into the plan as sent.' }),
  message: messageReply,
  facts: z.record(z.string(), z.unknown()),
  waived: z.boolean()
}).meta({ id: 'Finding' })

export const findingCounts = z.strictObject({ error: count, warning: count, info: count, waived: count })

export type PlanSummary = z.infer<typeof planSummary>
export type ResponsibleReply = z.infer<typeof responsibleReply>
export type FindingReply = z.infer<typeof findingReply>
