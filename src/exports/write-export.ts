import type { Message } from '../domain/message.ts'
import { writeCsv } from '../files/csv/write-csv.ts'
import { writeNdjson } from '../files/ndjson/write-ndjson.ts'
import { writeXlsx } from '../files/xlsx/write-xlsx.ts'
import type { DeclaredPlan } from '../plans/declared.ts'
import type { ExportFormat } from './export-format.ts'

/** The bytes of a file that holds the plans, each row made when it is asked for. `language`: of the headers of a table. */
export function writeExport (plans: AsyncIterable<DeclaredPlan>, format: ExportFormat, language: keyof Message): AsyncIterable<Uint8Array> {
  switch (format) {
    case 'ndjson': return writeNdjson(plans)
    case 'csv': return writeCsv(plans, language)
    case 'xlsx': return writeXlsx(plans, { language })
  }
}
