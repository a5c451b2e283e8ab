import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import type { Db } from '../db/connect.ts'
import { databaseProblem } from '../db/constraints.ts'
import { Problem } from '../problem.ts'
import type { Format } from '../files/formats.ts'
import {
  type Import, type ImportParameters, completeUpload, deleteImport, extendReceiving, findImport, findImportByIdempotencyKey, insertImport
} from './import.queries.ts'
import { type UploadedFile, findFiles, insertChunk, insertFiles } from './upload.queries.ts'

export interface UploadedBytes {
  name?: string
  format: Format
  bytes: AsyncIterable<Uint8Array>
}

export interface UploadLimits {
  /** Of all files of an upload. */
  mostBytes: number
  keepDays: number
}

/** What takes in imports needs. */
export interface Intake {
  db: Db
  limits: UploadLimits
  /** Called when there is something new to do. */
  wake: () => void
}

export interface Submission {
  by: string
  mayWaive: boolean
  parameters: ImportParameters
  idempotencyKey?: string
}

/** One statement each, so that no node holds more of an upload than this. */
const CHUNK_BYTES = 1024 * 1024

/** An upload that has been silent for so long is given up. */
const RECEIVE_MS = 600_000

const RENEW_MS = 60_000

/**
 * Keeps the files of an upload in the database as they come, and answers the import that reads them: the one that the
 * Idempotency-Key has made before, if it has. What is cut short leaves nothing.
 */
export async function receiveUpload (db: Db, submission: Submission, files: AsyncIterable<UploadedBytes>, limits: UploadLimits): Promise<Import> {
  const { idempotencyKey, ...rest } = submission
  const id = uuidv7()
  await insertImport(db, { id, uploadId: id, ...rest, keepDays: limits.keepDays, receiveMs: RECEIVE_MS })
  try {
    const received = await receiveFiles(db, id, files, limits.mostBytes)
    const byteCount = received.reduce((sum, file) => sum + file.byteCount, 0)
    if (byteCount === 0) throw new Problem('upload-empty')
    try {
      await db.transaction(async tx => {
        await insertFiles(tx, id, received)
        await completeUpload(tx, id, { byteCount, ...(idempotencyKey !== undefined && { idempotencyKey }) })
      })
    } catch (error) {
      // The unique key decides between two that came together, not a look before the upload.
      if (databaseProblem(error)?.code !== 'idempotency-key-reused') throw error
      const made = await sameImport(db, submission, received)
      await deleteImport(db, id)
      return made
    }
  } catch (error) {
    await deleteImport(db, id)
    throw error
  }
  return (await findImport(db, id))!
}

async function receiveFiles (db: Db, id: string, files: AsyncIterable<UploadedBytes>, mostBytes: number): Promise<UploadedFile[]> {
  const received: UploadedFile[] = []
  let total = 0
  let renewedAt = Date.now()
  for await (const { name, format, bytes } of files) {
    const hash = createHash('sha256')
    const position = received.length
    let byteCount = 0
    let chunks = 0
    for await (const chunk of inChunks(bytes)) {
      total += chunk.length
      if (total > mostBytes) throw tooLarge(mostBytes)
      byteCount += chunk.length
      hash.update(chunk)
      await insertChunk(db, id, position, chunks++, chunk)
      if (Date.now() - renewedAt < RENEW_MS) continue
      renewedAt = Date.now()
      await extendReceiving(db, id, RECEIVE_MS)
    }
    received.push({ position, ...(name !== undefined && { name }), format, byteCount, sha256: hash.digest('hex') })
  }
  return received
}

/** However small the pieces come: pieces of one size, the last one shorter. */
async function * inChunks (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of bytes) {
    pieces.push(piece)
    length += piece.length
    if (length < CHUNK_BYTES) continue
    const whole = Buffer.concat(pieces)
    let from = 0
    for (; whole.length - from >= CHUNK_BYTES; from += CHUNK_BYTES) yield whole.subarray(from, from + CHUNK_BYTES)
    pieces = [whole.subarray(from)]
    length = whole.length - from
  }
  if (length > 0) yield Buffer.concat(pieces)
}

export const tooLarge = (mostBytes: number): Problem => new Problem('payload-too-large', {
  vi: `Tệp gửi lên vượt giới hạn ${Math.trunc(mostBytes / 1048576)} MiB của dịch vụ (THAC_IMPORT_LIMIT_MIB); hãy chia thành nhiều lần nhập.`,
  en: `The upload is over the ${Math.trunc(mostBytes / 1048576)} MiB that the service takes (THAC_IMPORT_LIMIT_MIB); split it into several imports.`
})

/** The import that the key has made before; throws if it was of something else. */
async function sameImport (db: Db, { by, idempotencyKey, parameters }: Submission, received: UploadedFile[]): Promise<Import> {
  const made = await findImportByIdempotencyKey(db, by, idempotencyKey!)
  // Its time ended between the two statements.
  if (made === undefined) throw new Problem('try-again', undefined, { retryAfterSeconds: 1 })
  const contentOf = (files: UploadedFile[]) => JSON.stringify(files.map(({ format, sha256 }) => [format, sha256]))
  const { mode, atomic, strategy, asIssued } = made.parameters
  const same = mode === parameters.mode && atomic === parameters.atomic && strategy === parameters.strategy && asIssued === parameters.asIssued &&
    contentOf(await findFiles(db, made.uploadId)) === contentOf(received)
  if (!same) {
    throw new Problem('idempotency-key-reused', {
      vi: `Idempotency-Key này đã được dùng cho lần nhập ${made.id} với nội dung hoặc tham số khác. Hãy dùng khóa mới cho nội dung mới.`,
      en: `This Idempotency-Key has made the import ${made.id} of other content or with other parameters. Use a new key for new content.`
    }, { links: { import: `/v1/imports/${made.id}` } })
  }
  return made
}
