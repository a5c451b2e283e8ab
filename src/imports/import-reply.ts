import type { Message } from '../domain/message.ts'
import type { Entry } from './entry.queries.ts'
import type { Import } from './import.queries.ts'
import type { EntryReply, ImportReply } from './import.schemas.ts'
import type { UploadedFile } from './upload.queries.ts'

/** What callers see of an import; named member by member, so that no column is shown by accident. */
export function toImportReply (job: Import, files: UploadedFile[]): ImportReply {
  const { id, state, created, updated, unchanged, refused, recordedWithFindings, problem, approvedId, startedAt, finishedAt } = job
  const { mode, atomic, strategy, asIssued } = job.parameters
  const open = state === 'received' || state === 'running'
  const self = `/v1/imports/${id}`
  return {
    id,
    state,
    message: messageOf(job),
    parameters: { mode, atomic, strategy, asIssued },
    files: files.map(({ name, format, byteCount, sha256 }) => ({ ...(name !== undefined && { name }), format, byteCount, sha256 })),
    ...(approvedId !== null && { approved: approvedId }),
    counts: { total: created + updated + unchanged + refused, created, updated, unchanged, refused, recordedWithFindings },
    stored: job.stored,
    ...(state === 'running' && { progress: progressOf(job) }),
    ...(problem !== null && {
      problem: {
        code: problem.code,
        message: problem.message,
        ...(problem.file !== undefined && { file: problem.file }),
        ...(problem.faults !== undefined && { faults: problem.faults })
      }
    }),
    createdAt: job.createdAt.toISOString(),
    ...(startedAt !== null && { startedAt: startedAt.toISOString() }),
    ...(finishedAt !== null && { finishedAt: finishedAt.toISOString() }),
    expiresAt: job.expiresAt.toISOString(),
    links: {
      self,
      entries: `${self}/entries`,
      ...(open && { cancel: `${self}/cancel` }),
      ...(state === 'done' && files.some(({ format }) => format === 'xlsx') && { workbook: `${self}/workbook` })
    }
  }
}

function progressOf ({ phase, bytesRead, byteCount, rowsRead, rowsDone, rate }: Import): NonNullable<ImportReply['progress']> {
  const rowsLeft = phase === 'reading'
    // How many rows the rest holds is known only by the rows so far.
    ? (bytesRead === 0 ? undefined : rowsRead * (byteCount - bytesRead) / bytesRead)
    : rowsRead - rowsDone
  return {
    phase: phase ?? 'reading',
    bytesRead,
    byteCount,
    rowsRead,
    rowsDone,
    ...(rate !== null && rate > 0 && { rowsPerSecond: Math.round(rate * 10) / 10 }),
    ...(rate !== null && rate > 0 && rowsLeft !== undefined && { secondsLeft: Math.ceil(rowsLeft / rate) })
  }
}

function messageOf ({ id, state, stored, parameters, created, updated, unchanged, refused, problem }: Import): Message {
  const counted = {
    vi: `${created} tạo mới, ${updated} cập nhật, ${unchanged} không đổi, ${refused} bị từ chối`,
    en: `${created} created, ${updated} updated, ${unchanged} unchanged, ${refused} refused`
  }
  const of = { vi: `Lần nhập ${id}`, en: `Import ${id}` }
  switch (state) {
    case 'receiving':
    case 'received': return { vi: `${of.vi} đang chờ đến lượt.`, en: `${of.en} waits for its turn.` }
    case 'running': return { vi: `${of.vi} đang chạy: ${counted.vi}.`, en: `${of.en} is running: ${counted.en}.` }
    case 'cancelled': return stored
      ? { vi: `${of.vi} đã bị hủy; những hàng đã ghi vẫn còn: ${counted.vi}.`, en: `${of.en} was cancelled; what it had recorded stays: ${counted.en}.` }
      : { vi: `${of.vi} đã bị hủy; không có gì được ghi.`, en: `${of.en} was cancelled; nothing was stored.` }
    case 'failed': {
      const kept = stored
        ? { vi: `Những hàng đã ghi vẫn còn: ${counted.vi}.`, en: `What it had recorded stays: ${counted.en}.` }
        : { vi: 'Không có gì được ghi.', en: 'Nothing was stored.' }
      const file = problem?.file === undefined ? '' : `${problem.file}: `
      return { vi: `${of.vi} thất bại. ${file}${problem?.message.vi} ${kept.vi}`, en: `${of.en} failed. ${file}${problem?.message.en} ${kept.en}` }
    }
    case 'done': {
      if (parameters.mode === 'validate') {
        return { vi: `${of.vi} là chạy thử, không ghi gì: ${counted.vi}.`, en: `${of.en} was a dry run and stored nothing: ${counted.en}.` }
      }
      if (!stored) {
        return {
          vi: `${of.vi} không ghi gì, vì có hàng bị từ chối: ${counted.vi}. Hãy sửa các hàng đó rồi nhập lại, hoặc nhập với atomic=false.`,
          en: `${of.en} stored nothing, because rows are refused: ${counted.en}. Repair them and import again, or import with atomic=false.`
        }
      }
      return { vi: `${of.vi} đã xong: ${counted.vi}.`, en: `${of.en} is done: ${counted.en}.` }
    }
  }
}

export const toEntryReply = (importId: string, { row, place, outcome, withFindings, planId, versionBefore, code, faults, findings, changes, changesLeftOut, parentRefused }: Entry): EntryReply => ({
  importId,
  row,
  place,
  outcome,
  ...(withFindings && { withFindings }),
  ...(planId !== undefined && { planId }),
  ...(versionBefore !== undefined && { versionBefore }),
  ...(code !== undefined && { code }),
  ...(faults !== undefined && { faults }),
  ...(findings !== undefined && { findings }),
  ...(changes !== undefined && { changes }),
  ...(changesLeftOut !== undefined && { changesLeftOut }),
  ...(parentRefused !== undefined && { parentRefused })
})
