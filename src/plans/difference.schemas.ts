import { z } from 'zod'

export const difference = z.strictObject({
  at: z.string().meta({ description: 'JSON Pointer; a target is named by its key.' }),
  before: z.unknown().optional(),
  after: z.unknown().optional()
}).meta({ id: 'Difference' })
