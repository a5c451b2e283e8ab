import { z } from 'zod'
import { RELATIONS } from '../domain/citation.ts'
import { EFFECT_RELATIONS } from '../domain/effect/effect.ts'
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
  why: z.enum(['not-yet', 'unclear', 'over']).meta({
    description: 'not-yet: it begins later; unclear: its dates do not tell; over: the suspension has ended.'
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
  by: z.array(effectReply).meta({ description: 'What other plans did that makes it so.' }),
  unclear: z.array(effectReply).meta({ description: 'What may have begun: the dates do not tell, so nothing was applied.' })
}).meta({ id: 'EffectStatus', description: 'Whether and how the plan is in force on that day.' })

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
