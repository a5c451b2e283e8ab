import { z } from 'zod'
import type { ImportReply } from '../imports/import.schemas.ts'
import { Problem } from '../problem.ts'
import type { ImportService } from './import-service.ts'

/** What of the file of an import's plan is read again: the rest is for people, and the service holds it itself. */
const importPlan = z.looseObject({ import: z.uuid(), service: z.string().optional() })

export type ImportPlan = z.infer<typeof importPlan>

/** What an import would do, a row on each line; `service` is where its dry run is held, absent: in the database. */
export async function planOfImport (service: ImportService, { id, expiresAt, parameters, files, counts, message }: ImportReply, url: string | undefined): Promise<string> {
  const head = JSON.stringify({ import: id, ...(url !== undefined && { service: url }), expiresAt, message, parameters, files, counts }, undefined, 2)
  const rows: string[] = []
  for await (const { importId, ...entry } of service.entries(id)) {
    if (entry.outcome !== 'unchanged') rows.push(`    ${JSON.stringify(entry)}`)
  }
  return `${head.slice(0, -2)},\n  "rows": [${rows.length > 0 ? `\n${rows.join(',\n')}\n  ` : ''}]\n}\n`
}

export function readImportPlan (text: string, path: string): ImportPlan {
  try {
    return importPlan.parse(JSON.parse(text))
  } catch (cause) {
    throw new Problem('file-unreadable', {
      vi: `${path} không phải kế hoạch nhập do thac import plan ghi ra.`,
      en: `${path} is not the plan of an import that thac import plan has written.`
    }, { cause })
  }
}
