import { z } from 'zod'
import { ORIGINS } from '../db/schema.ts'
import { ISSUER_KINDS } from '../domain/issuer/issuer-words.ts'
import { LEVELS } from '../domain/level.ts'
import { AREA_TYPES, SUCCESSION_KINDS } from '../domain/organization/organization.ts'
import { count, line, messageReply, partialDate, word } from '../http/schemas.ts'

export const organizationId = word.meta({ description: 'Readable and stable for ever.', examples: ['ubnd-tinh-thai-binh'] })

export const organizationKind = z.enum(ISSUER_KINDS)

/** Not refused here but with everything else that is wrong with the set: see faultsOfOrganizations. */
const judgedWord = <const Values extends readonly string[]>(values: Values) =>
  z.string().max(60).transform(text => text as Values[number]).meta({ type: 'string', enum: [...values] })

const judgedId = z.string().max(120).meta({ description: 'Kebab-case.', examples: ['ubnd-tinh-thai-binh'] })

const organizationBody = z.strictObject({
  id: judgedId,
  name: line(300),
  aliases: z.array(line(300)).max(50).optional(),
  kind: judgedWord(ISSUER_KINDS),
  level: judgedWord(LEVELS),
  symbols: z.array(line(40)).max(20).optional().meta({ description: 'What its codes may end with, such as UBND.' }),
  validFrom: partialDate.optional().meta({ description: 'Its first day.' }),
  validTo: partialDate.optional().meta({ description: 'Its last day.' }),
  superiorId: judgedId.optional().meta({ description: 'Whom it answers to in the line of administration, at its beginning.' }),
  functionalSuperiorId: judgedId.optional().meta({ description: 'The other master of dual subordination.' }),
  area: z.strictObject({
    id: word,
    code: line(20).optional(),
    codeVerified: z.boolean().optional().meta({ description: 'A code that nobody verified is never a reason to refuse.' }),
    name: line(200),
    type: judgedWord(AREA_TYPES)
  }).optional(),
  electronicCodes: z.array(z.strictObject({ code: z.string().max(35), verified: z.boolean() })).max(20).optional(),
  source: line(300).meta({ description: 'Where this is known from, in your own words.' })
}).meta({ id: 'OrganizationBody' })

const successionBody = z.strictObject({
  predecessorId: judgedId,
  successorId: judgedId,
  on: partialDate.meta({ description: 'The first day on which the successor answers for the predecessor.' }),
  kind: judgedWord(SUCCESSION_KINDS),
  source: line(300)
}).meta({ id: 'SuccessionBody' })

export const organizationsBody = z.strictObject({
  organizations: z.array(organizationBody).max(1000).optional(),
  successions: z.array(successionBody).max(2000).optional()
}).meta({ id: 'OrganizationsBody', description: 'A set that is stored whole or not at all.' })

const outcome = z.enum(['recorded', 'corrected', 'unchanged'])

export const recordedReply = z.strictObject({
  dryRun: z.boolean().meta({ description: 'true: nothing was stored; this is what the same request without dryRun would have done.' }),
  organizations: z.array(z.strictObject({ id: z.string(), outcome })),
  successions: z.array(z.strictObject({ predecessorId: z.string(), successorId: z.string(), outcome }))
}).meta({ id: 'RecordedOrganizations' })

export const organizationSummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: organizationKind,
  level: z.enum(LEVELS),
  validFrom: z.string().optional(),
  validTo: z.string().optional()
}).meta({ id: 'OrganizationSummary', description: 'Two bodies may have one name: the days tell them apart.' })

export const organizationReply = z.strictObject({
  ...organizationSummary.shape,
  aliases: z.array(z.string()),
  symbols: z.array(z.string()),
  superiorId: z.string().optional(),
  functionalSuperiorId: z.string().optional(),
  area: z.strictObject({
    id: z.string(),
    code: z.string().optional().meta({ description: 'Official code of the area at that time; it may have been another area’s before.' }),
    codeVerified: z.boolean().optional(),
    name: z.string(),
    type: z.enum(AREA_TYPES as [typeof AREA_TYPES[number]])
  }).optional(),
  electronicCodes: z.array(z.strictObject({
    code: z.string(),
    longForm: z.string().optional().meta({ description: 'The older form of the same code, 000.00.00.H49.' }),
    verified: z.boolean()
  })).optional(),
  source: z.string(),
  origin: z.enum(ORIGINS)
}).meta({ id: 'Organization' })

const existence = z.enum(['yes', 'no', 'unclear']).meta({ description: 'unclear: the dates are not known precisely enough.' })

const neighbor = z.strictObject({
  organization: organizationSummary,
  on: z.string(),
  kind: z.enum(SUCCESSION_KINDS),
  source: z.string()
}).meta({ id: 'SuccessionStep', description: 'From `on`, the successor answers for the predecessor.' })

export const organizationDetail = z.strictObject({
  ...organizationReply.shape,
  asOf: z.string(),
  existence,
  superiors: z.strictObject({
    on: z.string().meta({ description: 'asOf, or the nearest day of the organization’s life.' }),
    administrative: z.array(organizationSummary),
    functional: z.array(organizationSummary)
  }).meta({ description: 'The recorded superiors, or whoever stood in for them on that day.' }),
  predecessors: z.array(neighbor),
  successors: z.array(neighbor),
  responsible: z.array(z.strictObject({ organization: organizationSummary, since: z.string().optional(), existence }))
    .meta({ description: 'Who answers on asOf for what it did.' }),
  nowUnder: messageReply.optional().meta({ description: '«nay thuộc … từ …», when another body answers for it on asOf.' }),
  links: z.strictObject({ self: z.string(), tree: z.string(), succession: z.string() })
}).meta({ id: 'OrganizationDetail' })

export const treeReply = z.strictObject({
  organizationId: z.string(),
  asOf: z.string(),
  depth: count,
  nodes: z.array(z.strictObject({
    ...organizationSummary.shape,
    depth: count.meta({ description: 'Steps below the organization asked about.' }),
    superiorIds: z.array(z.string()).meta({ description: 'Its superiors within this answer.' })
  })).meta({ description: 'Nearest first, each once.' }),
  truncated: z.boolean().meta({ description: 'true: there is more than the answer shows.' }),
  truncatedBy: z.enum(['depth', 'limit']).optional()
}).meta({ id: 'OrganizationTree' })

export const SUCCESSION_DIRECTIONS = ['predecessors', 'successors', 'both'] as const

export const successionReply = z.strictObject({
  organizationId: z.string(),
  direction: z.enum(SUCCESSION_DIRECTIONS),
  organizations: z.array(z.strictObject({
    ...organizationSummary.shape,
    direction: z.enum(['predecessors', 'successors']).optional().meta({ description: 'Absent for the organization asked about.' })
  })).meta({ description: 'Nearest first, each once; always all of them.' }),
  successions: z.array(z.strictObject({
    predecessorId: z.string(),
    successorId: z.string(),
    on: z.string(),
    kind: z.enum(SUCCESSION_KINDS),
    source: z.string()
  }))
}).meta({ id: 'OrganizationSuccession' })

export type OrganizationsBody = z.infer<typeof organizationsBody>
export type OrganizationReply = z.infer<typeof organizationReply>
export type OrganizationDetail = z.infer<typeof organizationDetail>
export type OrganizationSummary = z.infer<typeof organizationSummary>
export type RecordedReply = z.infer<typeof recordedReply>
export type TreeReply = z.infer<typeof treeReply>
export type SuccessionReply = z.infer<typeof successionReply>
