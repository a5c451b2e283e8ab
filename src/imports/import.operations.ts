import { uuidv7 } from 'uuidv7'
import type { Db, Tx } from '../db/connect.ts'
import { type Key, allows } from '../http/scopes.ts'
import { Problem } from '../problem.ts'
import { type Import, askToCancel, completeUpload, findImport, insertImport, keepAtLeastAsLong } from './import.queries.ts'
import { toImportReply } from './import-reply.ts'
import type { ImportReply } from './import.schemas.ts'
import { findFiles } from './upload.queries.ts'

/** Who looks: a key, or the command line of the register itself. */
export type Viewer = Key | 'cli'

/** Whose imports a viewer sees: undefined, everybody's. */
export const ownOf = (viewer: Viewer): string | undefined => viewer === 'cli' || allows(viewer, 'keys:admin') ? undefined : viewer.id

/** An import that the viewer may not see answers as one that is not there. */
export async function visibleImport (db: Db | Tx, id: string, viewer: Viewer): Promise<Import> {
  const job = await findImport(db, id)
  if (job === undefined || (ownOf(viewer) ?? job.by) !== job.by) throw new Problem('import-not-found')
  return job
}

export async function describeImport (db: Db | Tx, job: Import): Promise<ImportReply> {
  return toImportReply(job, await findFiles(db, job.uploadId))
}

export const hasEnded = ({ state }: Pick<Import, 'state'>): boolean => ['done', 'failed', 'cancelled'].includes(state)

export async function cancelImport (db: Db, id: string, viewer: Viewer): Promise<Import> {
  await visibleImport(db, id, viewer)
  if (!await askToCancel(db, id)) {
    throw new Problem('import-ended', {
      vi: `Lần nhập ${id} đã kết thúc; xem báo cáo của nó.`,
      en: `Import ${id} has ended; see its report.`
    }, { links: { import: `/v1/imports/${id}` } })
  }
  return (await findImport(db, id))!
}

/**
 * Commits what a dry run has said: of the same upload, with the same parameters, each row as it was reported, and none
 * whose plan has moved since. Row by row if the dry run was of that.
 */
export async function commitApproved (db: Db, id: string, viewer: Viewer, { mayWaive, keepDays }: { mayWaive: boolean, keepDays: number }): Promise<Import> {
  const approved = await visibleImport(db, id, viewer)
  if (approved.state !== 'done' || approved.parameters.mode !== 'validate') {
    throw new Problem('import-not-ready', {
      vi: `Chỉ ghi được theo một lần chạy thử (mode=validate) đã xong; lần nhập ${id} không phải như vậy.`,
      en: `Only what a dry run (mode=validate) has reported can be committed; import ${id} is not one that is done.`
    }, { links: { import: `/v1/imports/${id}` } })
  }
  const made = uuidv7()
  await db.transaction(async tx => {
    await keepAtLeastAsLong(tx, approved.id, keepDays)
    await insertImport(tx, {
      id: made,
      by: viewer === 'cli' ? 'cli' : viewer.id,
      uploadId: approved.uploadId,
      approvedId: approved.id,
      parameters: { ...approved.parameters, mode: 'commit' },
      mayWaive,
      keepDays,
      receiveMs: 60_000
    })
    await completeUpload(tx, made, { byteCount: approved.byteCount })
  })
  return (await findImport(db, made))!
}
