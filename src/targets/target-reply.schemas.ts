import { z } from 'zod'
import { GAPS, REFERENCES, VERDICTS } from '../domain/target/comparison/verdict.ts'
import { LEVELS } from '../domain/level.ts'
import { COMPARATORS, INHERITANCE_MODES, MEASURES } from '../domain/target/target.ts'
import { UNITS } from '../domain/target/unit.ts'
import { count, messageReply } from '../http/schemas.ts'
import { leftOutEdge, leftOutEffect } from '../plans/effect.schemas.ts'
import { planId, planSummary } from '../plans/summary.schemas.ts'
import { amount, targetBody } from '../plans/target.schemas.ts'

/** Sums and products may have more digits than a value that is taken in. */
const exact = z.string().meta({ description: 'An exact decimal as text.', examples: ['1.5'] })

const comparedAmount = z.strictObject({
  comparator: z.enum(COMPARATORS),
  value: exact.optional(),
  low: exact.optional(),
  high: exact.optional(),
  unit: z.enum(UNITS).optional()
}).meta({ id: 'ComparedAmount', description: 'An amount in the common unit of a comparison.' })

const comparison = z.strictObject({
  reference: z.enum(REFERENCES),
  year: z.int().optional(),
  scope: z.string().optional(),
  level: z.enum(LEVELS).optional(),
  organization: z.string().optional(),
  outcome: z.enum(['equal', 'inside', 'stronger', 'weaker', 'not-comparable']),
  measure: z.enum(MEASURES).optional(),
  unit: z.enum(UNITS).optional(),
  better: z.enum(['higher', 'lower']).optional(),
  parent: comparedAmount.optional(),
  child: comparedAmount.optional(),
  ends: z.array(z.strictObject({
    end: z.enum(['low', 'high', 'value']),
    child: exact,
    sign: z.enum(['<', '=', '>']),
    parent: exact,
    childExcluded: z.boolean().optional(),
    parentExcluded: z.boolean().optional(),
    outcome: z.enum(['better', 'same', 'worse'])
  })).meta({ description: 'child sign parent, as numbers; an excluded end is itself not reached (more than 3).' }),
  conversions: z.array(z.strictObject({ of: z.enum(['parent', 'child']), from: exact, to: exact, formula: z.string() })),
  deadline: z.strictObject({ parent: z.string(), child: z.string(), outcome: z.enum(['earlier', 'same', 'later']) }).optional(),
  missing: z.array(z.enum(GAPS)),
  message: messageReply
}).meta({ id: 'TargetComparison' })

/** What tells a target apart, without its tables. */
export const targetSummary = z.strictObject({
  key: z.string(),
  indicator: z.string(),
  scope: z.string().optional(),
  text: z.string().optional().meta({ description: 'The text as printed.' }),
  printed: messageReply.meta({ description: 'What it asks, in Vietnamese and in English notation.' }),
  aspirational: z.boolean().optional()
}).meta({ id: 'TargetSummary' })

const targetOf = z.strictObject({ planId, key: z.string() })

export const verdictOfPair = {
  how: z.enum(INHERITANCE_MODES).optional().meta({ description: 'As the heir says; absent: nobody said so, indicator and scope are the same.' }),
  reason: z.string().optional(),
  binding: z.boolean().meta({ description: 'false: the parent only strives for it.' }),
  verdict: z.enum(VERDICTS),
  reference: z.enum(REFERENCES).optional().meta({ description: 'Which value was asked: the one assigned to this issuer, of its level, of its population, or the general one.' }),
  comparisons: z.array(comparison),
  yearsWithoutValue: z.array(z.int()).optional(),
  overridesWithoutValue: z.array(z.string()).optional(),
  lacking: z.array(z.enum(GAPS)).optional().meta({ description: 'What would have to be known to compare them.' }),
  message: messageReply.meta({ description: 'The arithmetic as a sentence.' })
}

const originReply = z.strictObject({
  distance: z.int().min(1),
  heir: targetOf.meta({ description: 'The target that takes this one up.' }),
  plan: planSummary,
  target: targetSummary,
  ...verdictOfPair
}).meta({ id: 'TargetOrigin' })

export const allocationReply = z.strictObject({
  year: z.int().optional(),
  unit: z.enum(UNITS),
  total: amount,
  cap: z.boolean().meta({ description: 'true: together the shares may never exceed the total.' }),
  outcome: z.enum(['exact', 'remainder', 'mismatch', 'over-cap']),
  ends: z.array(z.strictObject({
    end: z.enum(['low', 'high', 'value']),
    total: exact,
    assigned: exact.meta({ description: 'Given in the table of this plan.' }),
    taken: exact.meta({ description: 'Taken by plans below beyond that table.' }),
    remaining: exact.meta({ description: 'Not yet allocated; negative: more is given than there is.' })
  })),
  takenBy: z.array(z.strictObject({ plan: planSummary, amount: amount.optional().meta({ description: 'Absent: the share states nothing that could be added.' }) })),
  takers: count.meta({ description: 'How many shares were taken; takenBy holds the first of them.' }),
  message: messageReply
}).meta({ id: 'TargetAllocation' })

/** What the answer is told for. */
export const momentReply = { asOf: z.string().optional(), knownAt: z.string().optional() }

export const leftOutReply = z.strictObject({
  edges: z.array(leftOutEdge),
  effects: z.array(z.strictObject({ of: planId.meta({ description: 'The plan that it would change.' }), ...leftOutEffect.shape }))
}).optional().meta({ description: 'With asOf: what is not in force on that day, or not certainly, and was left out.' })

export const targetsReply = z.strictObject({
  plan: planSummary,
  ...momentReply,
  targets: z.array(z.strictObject({
    target: targetBody,
    printed: messageReply,
    origins: z.array(originReply).meta({ description: 'Every step up to the heads, nearest first; several parents give several.' }),
    allocations: z.array(allocationReply)
  })),
  missing: z.array(z.strictObject({ plan: planSummary, target: targetSummary, binding: z.boolean() }))
    .meta({ description: 'Targets of the parents that apply here and that no target takes up.' }),
  leftOut: leftOutReply,
  truncated: z.boolean().meta({ description: 'true: there are more plans above than were walked.' })
}).meta({ id: 'Targets' })

export const descendantsReply = z.strictObject({
  plan: planSummary,
  ...momentReply,
  target: targetSummary,
  depth: count,
  descendants: z.array(z.strictObject({
    distance: z.int().min(1),
    plan: planSummary,
    target: targetSummary,
    of: targetOf.meta({ description: 'The target it takes up.' }),
    ...verdictOfPair
  }).meta({ id: 'TargetDescendant' })),
  missing: z.array(z.strictObject({
    distance: z.int().min(1),
    plan: planSummary,
    of: targetOf,
    binding: z.boolean(),
    incomplete: z.boolean().meta({ description: 'true: the record is known not to hold every target, so the document may carry it.' })
  })).meta({ description: 'Plans that implement a plan with this target, to which it applies, and that do not take it up.' }),
  verdictCounts: z.array(z.strictObject({ level: z.enum(LEVELS).optional(), verdict: z.enum(VERDICTS), count: z.int().min(1) }))
    .meta({ description: 'Of what this answer shows; level is absent where it is not known.' }),
  leftOut: leftOutReply,
  truncated: z.boolean(),
  truncatedBy: z.enum(['depth', 'limit']).optional()
}).meta({ id: 'TargetDescendants' })

export type TargetSummary = z.infer<typeof targetSummary>
export type VerdictOfPair = z.infer<z.ZodObject<typeof verdictOfPair>>
export type AllocationReply = z.infer<typeof allocationReply>
export type LeftOut = NonNullable<z.infer<typeof leftOutReply>>
export type TargetsReply = z.infer<typeof targetsReply>
export type DescendantsReply = z.infer<typeof descendantsReply>
