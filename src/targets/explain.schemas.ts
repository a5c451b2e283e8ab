import { z } from 'zod'
import { count, messageReply } from '../http/schemas.ts'
import { findingReply, planSummary } from '../plans/summary.schemas.ts'
import { leftOutReply, momentReply } from './target-reply.schemas.ts'

const explanation = z.strictObject({
  finding: findingReply,
  rule: z.strictObject({ name: z.string(), summary: messageReply, waivable: z.boolean() }),
  concerns: planSummary.optional().meta({ description: 'The plan above that the finding is about.' }),
  path: z.array(planSummary).meta({ description: 'From this plan up to the one it concerns, and on to where a target comes from.' }),
  sides: z.strictObject({ what: messageReply, own: messageReply.optional(), parent: messageReply.optional() }).optional()
    .meta({ description: 'Both texts side by side; a side that is absent says nothing of it.' }),
  changes: z.array(z.strictObject({
    at: z.string().meta({ description: 'JSON Pointer into the plan, with asOf as it is in force on that day; /targets/- adds at the end.' }),
    value: z.unknown(),
    message: messageReply
  })).meta({ description: 'What would clear it; empty where only the issuer can know. All are part of correction, where there is one.' }),
  waiver: z.strictObject({ rule: z.string(), at: z.string() }).optional()
    .meta({ description: 'Add it to waivers, with its reason, if the document stays as it is; absent: the rule cannot be waived, or the answer is not about the record as it stands.' })
}).meta({ id: 'Explanation' })

export const explainReply = z.strictObject({
  plan: planSummary,
  ...momentReply,
  standing: z.strictObject({ error: count, warning: count }),
  explanations: z.array(explanation),
  leftOut: leftOutReply,
  truncated: z.boolean().meta({ description: 'true: more findings stand than are explained.' }),
  correction: z.strictObject({
    method: z.literal('PATCH'),
    path: z.string(),
    ifMatch: z.string(),
    body: z.record(z.string(), z.unknown())
  }).optional().meta({ description: 'The one request that makes every change, as far as the document really says so. With asOf or knownAt there is none: a change of what is in force takes a document that amends the plan.' })
}).meta({ id: 'Explain' })

export type ExplainReply = z.infer<typeof explainReply>
