import { z } from 'zod'
import { SEVERITIES } from '../domain/rules/rule.ts'
import { PROBLEMS, type ProblemCode } from '../problem.ts'
import { messageReply } from './schemas.ts'

export const PROBLEM_CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]

export const fault = z.strictObject({
  at: z.string().meta({
    description: '/targets/0/unit: JSON Pointer into the body; ?limit: query parameter; {id}: part of the path; @if-match: header.'
  }),
  code: z.string(),
  message: messageReply,
  near: z.string().optional().meta({ description: 'The valid name or value nearest to what was sent.' })
}).meta({ id: 'Fault', description: 'One place of the request that must be repaired.' })

/** What problemReply writes; the tests hold the two together. */
export const problemBody = z.strictObject({
  type: z.string().meta({ description: '/problems/{code}, a page of this service.' }),
  title: z.string(),
  status: z.int(),
  detail: z.string().meta({ description: 'In the language of Accept-Language: vi, unless en is preferred.' }),
  instance: z.string().meta({ description: 'The id of the request, as in X-Request-Id and in the log.' }),
  code: z.enum(PROBLEM_CODES),
  message: messageReply.meta({ description: 'The detail in both languages.' }),
  faults: z.array(fault).optional(),
  findings: z.array(z.looseObject({
    rule: z.string(),
    severity: z.enum(SEVERITIES),
    at: z.string(),
    message: messageReply,
    facts: z.record(z.string(), z.unknown())
  })).optional().meta({ description: 'What the rules found in the plan that was refused.' }),
  links: z.record(z.string(), z.string()).optional(),
  instead: z.record(z.string(), z.unknown()).optional().meta({ description: 'What comes nearest, and what could be done instead.' })
}).meta({ id: 'Problem', description: 'RFC 9457.' })

export const problemEntry = z.strictObject({
  code: z.enum(PROBLEM_CODES),
  status: z.int(),
  title: messageReply,
  repair: messageReply
}).meta({ id: 'ProblemEntry' })
