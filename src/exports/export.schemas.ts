import { z } from 'zod'
import { line } from '../http/schemas.ts'
import { queryOf } from '../http/query.ts'
import { organizationId } from '../organizations/organization.schemas.ts'
import { planId } from '../plans/summary.schemas.ts'
import { EXPORT_FORMATS } from './export-format.ts'

export const EXPORT_DIRECTIONS = ['ancestors', 'descendants', 'both'] as const

export const exportQuery = queryOf({
  format: z.enum(EXPORT_FORMATS).optional().meta({ description: 'Absent: the Accept header decides, and NDJSON where it leaves the choice.' }),
  plan: planId.optional().meta({ description: 'The cascade of this plan; absent: every plan that is registered.' }),
  direction: z.enum(EXPORT_DIRECTIONS).default('both').meta({
    description: 'With plan. ancestors: what it cites, up to the heads. descendants: what stands below it. both: both, and what the plans below cite as well, so that the export can be imported by itself.'
  }),
  issuer: line(300).optional().meta({ description: 'Only plans of this issuer, by its name in any spelling; a name that neither the register nor the directory knows is refused.' }),
  organization: organizationId.optional().meta({ description: 'Only plans that this organization issued, by its id.' }),
  after: planId.optional().meta({ description: 'Only what comes after this id: goes on where an export was cut off.' })
})
