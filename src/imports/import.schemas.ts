import { z } from 'zod'
import { SEVERITIES } from '../domain/rules/rule.ts'
import { fault } from '../http/problem-schema.ts'
import { count, messageReply } from '../http/schemas.ts'
import { planBody } from '../plans/plan.schemas.ts'
import { planId } from '../plans/summary.schemas.ts'
import { difference } from '../plans/difference.schemas.ts'
import { IMPORT_OUTCOMES, IMPORT_PHASES, IMPORT_STATES } from './import.queries.ts'
import { FORMATS } from '../files/formats.ts'
import { STRATEGIES } from './strategy.ts'

/** A plan's body and the id that the plan has, or is to get. */
export const rowBody = planBody.safeExtend({ id: planId.optional().meta({ description: 'The id that the plan has, or is to get; absent: the plan is known by its identity, or is new.' }) })
  .meta({ id: 'ImportedPlan', description: 'A plan as issued, and its id where it has one.' })

export const MODES = ['validate', 'commit'] as const

export const importId = z.uuid()

const truth = (byDefault: 'true' | 'false') => z.enum(['true', 'false']).default(byDefault).transform(text => text === 'true')

/** What the caller of an import may say of it. */
export const importParameters = {
  mode: z.enum(MODES).default('commit').meta({ description: 'validate: the same run, rolled back; its report is that of the commit.' }),
  atomic: truth('true').meta({ description: 'true: one refused row, and nothing is stored. false: row by row, what is good is stored.' }),
  strategy: z.enum(STRATEGIES).default('upsert').meta({
    description: 'create refuses what is held already, update what is not; upsert takes both, so that importing again changes nothing.'
  }),
  asIssued: truth('false').meta({ description: 'Record the documents as they were lawfully issued. Takes plans:record-as-issued.' }),
  format: z.enum(FORMATS).optional().meta({ description: 'When the Content-Type does not tell it.' })
}

/** Headers of the requests that begin an import. */
export const preferences = z.looseObject({
  prefer: z.string().max(200).optional().meta({ description: 'respond-async: 202 at once; wait=10: wait so many seconds for the end, at most 30.' }),
  'idempotency-key': z.string().min(1).max(200).optional().meta({ description: 'The same key and content give the same import.' })
})

const parametersReply = z.strictObject({
  mode: z.enum(MODES), atomic: z.boolean(), strategy: z.enum(STRATEGIES), asIssued: z.boolean()
})

const countsReply = z.strictObject({
  total: count.meta({ description: 'Rows that were decided about.' }),
  created: count,
  updated: count,
  unchanged: count,
  refused: count,
  recordedWithFindings: count.meta({ description: 'Of those created and updated: rows with an error or a warning that stands.' })
})

const placeReply = z.strictObject({
  file: z.string().optional(),
  line: z.int().min(1).optional(),
  column: z.string().optional(),
  sheet: z.string().optional(),
  row: z.int().min(1).optional(),
  cell: z.string().optional(),
  pointer: z.string().optional().meta({ description: 'JSON Pointer inside the row.' })
}).meta({ id: 'UploadPlace' })

const faultReply = z.strictObject({
  code: z.string(),
  at: z.string().meta({ description: 'JSON Pointer inside the row; empty: the row as a whole.' }),
  place: placeReply,
  message: messageReply,
  near: z.string().optional().meta({ description: 'The valid name or value nearest to what was sent.' })
})

const findingReply = z.strictObject({
  rule: z.string(), severity: z.enum(SEVERITIES), at: z.string(), place: placeReply, message: messageReply, waived: z.boolean()
})

export const entryReply = z.strictObject({
  importId,
  row: z.int().min(1).meta({ description: 'From 1, through all files of the upload.' }),
  place: placeReply,
  outcome: z.enum(IMPORT_OUTCOMES),
  withFindings: z.boolean().optional(),
  planId: z.string().optional(),
  versionBefore: z.int().min(1).optional().meta({ description: 'The version of the plan that the import met; absent: there was none, or it was not asked.' }),
  code: z.string().optional(),
  faults: z.array(faultReply).optional(),
  findings: z.array(findingReply).optional(),
  changes: z.array(difference).optional().meta({ description: 'Of an updated plan: what its record says now and did not before. A target is named by its key.' }),
  changesLeftOut: count.optional().meta({ description: 'How many changes more there are.' }),
  parentRefused: z.strictObject({ row: z.int().min(1), message: messageReply }).optional()
    .meta({ description: 'A row of the same import that this one cites, and that was refused.' })
}).meta({ id: 'ImportEntry' })

export const importReply = z.strictObject({
  id: importId,
  state: z.enum(IMPORT_STATES),
  message: messageReply.meta({ description: 'How it stands, in a sentence.' }),
  parameters: parametersReply,
  files: z.array(z.strictObject({ name: z.string().optional(), format: z.enum(FORMATS), byteCount: count, sha256: z.string() })),
  approved: importId.optional().meta({ description: 'The import whose report was approved.' }),
  counts: countsReply,
  stored: z.boolean().meta({ description: 'Whether what the counts tell stands in the register.' }),
  progress: z.strictObject({
    phase: z.enum(IMPORT_PHASES),
    bytesRead: count,
    byteCount: count,
    rowsRead: count,
    rowsDone: count,
    rowsPerSecond: z.number().min(0).optional(),
    secondsLeft: count.optional()
  }).optional().meta({ description: 'While it runs.' }),
  problem: z.strictObject({
    code: z.string(), message: messageReply, file: z.string().optional(), faults: z.array<z.ZodType>(fault).optional()
  }).optional().meta({ description: 'Why it failed.' }),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
  expiresAt: z.iso.datetime().meta({ description: 'Until then the upload and the report are kept.' }),
  links: z.strictObject({ self: z.string(), entries: z.string(), cancel: z.string().optional(), workbook: z.string().optional() })
}).meta({ id: 'Import' })

export const importWithEntries = z.strictObject({
  ...importReply.shape,
  entries: z.array(entryReply).optional().meta({ description: 'The first of them, when the import has ended already.' }),
  nextCursor: z.string().optional()
}).meta({ id: 'ImportWithEntries' })

export type ImportReply = z.infer<typeof importReply>
export type EntryReply = z.infer<typeof entryReply>
