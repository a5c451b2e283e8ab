import { z } from 'zod'
import { INDICATOR_KINDS } from '../domain/target/indicator.ts'
import { UNITS } from '../domain/target/unit.ts'
import { count, messageReply } from '../http/schemas.ts'

export const indicatorReply = z.strictObject({
  code: z.string(),
  name: messageReply,
  aliases: z.array(z.string()).meta({ description: 'Further Vietnamese names under which documents print it.' }),
  definition: z.string(),
  kind: z.enum(INDICATOR_KINDS),
  better: z.enum(['higher', 'lower']),
  units: z.array(z.enum(UNITS)).meta({ description: 'Units of a level; empty for a status.' }),
  inheritable: z.boolean().meta({ description: 'false: measured for the country only, so that no plan below can inherit it.' })
}).meta({ id: 'Indicator' })

const unitReply = z.strictObject({
  code: z.enum(UNITS),
  name: messageReply,
  dimension: z.string().meta({ description: 'Units of one dimension convert into each other.' }),
  factor: z.string().meta({ description: 'How many of the base unit of its dimension one of it is; an exact decimal.' }),
  additive: z.boolean().meta({ description: 'true: amounts of different places add up.' }),
  measures: z.array(z.enum(['level', 'change', 'multiple'])).meta({ description: 'What of this indicator may be given in it.' })
}).meta({ id: 'Unit' })

export const indicatorDetail = z.strictObject({
  ...indicatorReply.omit({ units: true }).shape,
  plans: count.meta({ description: 'How many plans of the register have a target of it.' }),
  units: z.array(unitReply)
}).meta({ id: 'IndicatorDetail' })

export type IndicatorReply = z.infer<typeof indicatorReply>
export type IndicatorDetail = z.infer<typeof indicatorDetail>
