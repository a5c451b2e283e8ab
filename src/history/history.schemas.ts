import { z } from 'zod'
import { effectReply } from '../plans/effect.schemas.ts'
import { planId } from '../plans/summary.schemas.ts'
import { difference } from '../plans/difference.schemas.ts'

const entry = z.strictObject({
  seq: z.int().min(1).meta({ description: 'Place in the log of the whole register: it grows with every change.' }),
  at: z.iso.datetime(),
  by: z.string().meta({ description: 'Public id of the key that asked for it; system: it followed of itself.' }),
  type: z.string().meta({ examples: ['plan.recorded', 'plan.record-corrected', 'plan.judged', 'plan.reviewed'] }),
  version: z.int().min(1).optional(),
  differences: z.array(difference)
}).meta({ id: 'HistoryEntry' })

export const historyReply = z.strictObject({
  planId,
  knownAt: z.string().optional(),
  effects: z.array(effectReply).meta({ description: 'The first time line: what other plans did to what is in force, in the order in which it takes effect.' }),
  entries: z.array(entry).meta({ description: 'The second time line: what the register knew, in the order in which it came to know it.' }),
  nextCursor: z.string().optional()
}).meta({ id: 'History' })

export type HistoryReply = z.infer<typeof historyReply>
