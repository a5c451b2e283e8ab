import { z } from 'zod'
import { RELATIONS } from '../domain/citation.ts'
import { EFFECT_RELATIONS, LEFT_OUT_REASONS } from '../domain/effect/effect.ts'
import { EFFECT_STATUSES } from '../domain/effect/standing.ts'
import { changesReply } from './changes.schemas.ts'
import { planId, planSummary } from './summary.schemas.ts'

const effectShape = {
  relation: z.enum(EFFECT_RELATIONS),
  plan: planSummary.meta({ description: 'The plan that causes it.' }),
  from: z.string().optional(),
  until: z.string().optional(),
  part: z.string().optional(),
  changes: changesReply.optional()
}

export const effectReply = z.strictObject(effectShape).meta({ id: 'Effect', description: 'What another plan does to this one.' })

export const leftOutEffect = z.strictObject({
  ...effectShape,
  why: z.enum(LEFT_OUT_REASONS).meta({
    description: 'not-yet: it begins later; unclear: its dates do not tell; over: the suspension has ended; unread: it has begun and changes something, but its record says no changes, so what is in force is not known there.'
  })
}).meta({ id: 'LeftOutEffect' })

export const standingShape = {
  status: z.enum(EFFECT_STATUSES),
  since: z.string().optional().meta({ description: 'Since when; absent: not known.' }),
  until: z.string().optional().meta({ description: 'The last day, where it is known.' })
}

export const standingReply = z.strictObject({
  asOf: z.string(),
  ...standingShape,
  by: z.array(effectReply).meta({ description: 'What other plans did that makes the status what it is; all that went into the text of a day stands in applied.' }),
  unclear: z.array(effectReply).meta({ description: 'What may have begun: the dates do not tell, so nothing was applied.' })
}).meta({ id: 'EffectStatus', description: 'Whether and how the plan is in force on asOf; without asOf today, although the targets and the period are then those of the document as issued.' })

export const leftOutEdge = z.strictObject({
  from: planId,
  to: planId,
  relation: z.enum(RELATIONS),
  why: z.enum(EFFECT_STATUSES).meta({ description: 'How the citing plan stands on that day: an edge is in force while the plan that makes it is.' }),
  since: z.string().optional()
}).meta({ id: 'LeftOutEdge' })

export type EffectReply = z.infer<typeof effectReply>
export type StandingReply = z.infer<typeof standingReply>
export type LeftOutReply = z.infer<typeof leftOutEffect>
