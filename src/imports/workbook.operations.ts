import type { Db } from '../db/connect.ts'
import type { Message } from '../domain/message.ts'
import { type MarkedRow, markWorkbook } from '../files/xlsx/mark-workbook.ts'
import { Problem } from '../problem.ts'
import { type Entry, listEntries } from './entry.queries.ts'
import type { Import } from './import.queries.ts'
import { findFiles, readChunks } from './upload.queries.ts'

export interface Workbook {
  name: string
  bytes: AsyncIterable<Buffer>
}

const ENTRIES_AT_ONCE = 1_000

/** An uploaded workbook with what is wrong in each row; `file`: which of the uploaded ones, from 1. */
export async function markedWorkbook (db: Db, job: Import, file?: number): Promise<Workbook> {
  const files = await findFiles(db, job.uploadId)
  const workbooks = files.filter(({ format }) => format === 'xlsx')
  const wanted = file === undefined ? workbooks[0] : workbooks.find(({ position }) => position === file - 1)
  if (wanted === undefined) throw new Problem('import-not-workbook')
  if (job.state !== 'done') throw new Problem('import-not-ready')
  const name = wanted.name ?? 'van-ban.xlsx'
  // As `readRows` names files in places.
  const placed = files.length > 1 || wanted.name !== undefined ? wanted.name ?? String(wanted.position + 1) : undefined
  return {
    name: name.replace(/\.xls[xm]$/i, '') + '-loi' + (/\.xlsm$/i.test(name) ? '.xlsm' : '.xlsx'),
    bytes: markWorkbook(readChunks(db, job.uploadId, wanted.position), rowsToMark(db, job.id, placed))
  }
}

async function * rowsToMark (db: Db, id: string, file: string | undefined): AsyncGenerator<MarkedRow> {
  for (let after = 0; ;) {
    const entries = await listEntries(db, id, { outcome: 'refused' }, { after, limit: ENTRIES_AT_ONCE })
    if (entries.length === 0) return
    for (const entry of entries) {
      const { row, file: within } = entry.place
      if (row !== undefined && within === file) yield { row, faults: sentencesOf(entry) }
    }
    after = entries.at(-1)!.row
  }
}

function sentencesOf ({ faults = [], findings = [], parentRefused }: Entry): { cell?: string, message: Message }[] {
  const errors = findings.filter(({ severity, waived }) => severity === 'error' && !waived)
  return [
    ...[...faults, ...errors].map(({ place: { cell }, message }) => ({ ...(cell !== undefined && { cell }), message })),
    ...(parentRefused === undefined ? [] : [{ message: parentRefused.message }])
  ]
}
