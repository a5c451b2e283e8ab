import { z } from 'zod'
import { PARTS } from '../domain/sought.ts'
import { messageReply } from '../http/schemas.ts'
import { planSummary } from '../plans/summary.schemas.ts'

export const candidateReply = z.strictObject({
  plan: planSummary,
  agrees: z.array(z.enum(PARTS)).meta({ description: 'The parts of the question that the plan agrees with.' }),
  unknown: z.array(z.enum(PARTS)).meta({ description: 'The parts of which the plan says nothing.' }),
  why: messageReply
}).meta({ id: 'Candidate' })

export const resolvedReply = z.strictObject({
  ...candidateReply.shape,
  links: z.strictObject({ plan: z.string(), lineage: z.string() })
}).meta({ id: 'Resolved' })

export const candidatesReply = z.strictObject({
  candidates: z.array(candidateReply),
  truncated: z.boolean()
}).meta({ id: 'Candidates', description: 'Several plans fit; none is guessed. Best first.' })

export type CandidateReply = z.infer<typeof candidateReply>
