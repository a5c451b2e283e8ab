import { z } from 'zod'
import { RELATIONS } from '../domain/citation.ts'
import { count } from '../http/schemas.ts'
import { DIRECTIONS } from '../graph/walk.queries.ts'
import { leftOutEdge, standingShape } from '../plans/effect.schemas.ts'
import { targetBody } from '../plans/target.schemas.ts'
import { findingCounts, findingReply, planId, planSummary, responsibleReply } from '../plans/summary.schemas.ts'

export const INCLUDES = ['targets', 'findings'] as const

export type Include = (typeof INCLUDES)[number]

export const directionParameter = z.enum([...DIRECTIONS, 'both'])

const node = z.strictObject({
  ...planSummary.shape,
  distance: count.meta({ description: 'Steps from the plan asked about, along the shortest way.' }),
  direction: z.enum(DIRECTIONS).optional().meta({ description: 'Absent for the plan asked about.' }),
  effect: z.strictObject(standingShape).meta({ description: 'How it stands on asOf, or today.' }),
  successors: z.array(planSummary).optional().meta({ description: 'The plans that replaced it; whoever cited it keeps the citation.' }),
  findingCounts,
  responsible: z.array(responsibleReply).optional().meta({ description: 'With responsibleAt: who answers for the issuer on that day.' }),
  targets: z.array(targetBody).optional(),
  findings: z.array(findingReply).optional().meta({ description: 'The verdict of the day of issue, as findingCounts has it; that of another day is told by listFindings.' })
}).meta({ id: 'LineageNode' })

export const edgeReply = z.strictObject({
  from: planId.meta({ description: 'The citing plan.' }),
  to: planId.meta({ description: 'The cited plan.' }),
  relation: z.enum(RELATIONS),
  inferred: z.boolean().optional()
}).meta({ id: 'LineageEdge' })

export const lineageReply = z.strictObject({
  planId,
  direction: directionParameter,
  asOf: z.string().optional(),
  knownAt: z.string().optional(),
  depth: z.strictObject({ ancestors: count.optional(), descendants: count.optional() }).meta({ description: 'Steps walked in each direction.' }),
  relations: z.array(z.enum(RELATIONS)),
  nodes: z.array(node),
  edges: z.array(edgeReply),
  leftOut: z.array(leftOutEdge).optional().meta({ description: 'With asOf: the edges that are not in force on that day and were not walked.' }),
  truncated: z.boolean().meta({ description: 'true: there is more than the answer shows.' }),
  truncatedAt: z.array(z.strictObject({ direction: z.enum(DIRECTIONS), by: z.enum(['depth', 'limit']) })).optional()
}).meta({ id: 'Lineage' })

export const pathsReply = z.strictObject({
  from: planId,
  to: planId,
  asOf: z.string().optional(),
  knownAt: z.string().optional(),
  relations: z.array(z.enum(RELATIONS)),
  paths: z.array(z.strictObject({ direction: z.enum(DIRECTIONS), planIds: z.array(planId) })),
  plans: z.array(planSummary),
  leftOut: lineageReply.shape.leftOut,
  truncated: z.boolean()
}).meta({ id: 'Paths', description: 'No way between the two plans is an empty list, not an error.' })

export type LineageReply = z.infer<typeof lineageReply>
export type PathsReply = z.infer<typeof pathsReply>
