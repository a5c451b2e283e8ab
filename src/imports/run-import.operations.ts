import { databaseProblem } from '../db/constraints.ts'
import type { Db, Tx } from '../db/connect.ts'
import { RolledBack, type Session, withSession } from '../db/session.ts'
import { remembered } from '../domain/remembered.ts'
import { Issuers } from '../plans/issuer.operations.ts'
import { Problem } from '../problem.ts'
import {
  type Entry, deleteEntriesOf, deleteUnreported, findApproved, findMoved, findPlanIdsOfRows, findRefusedRows, forgetNewPlans, insertEntries
} from './entry.queries.ts'
import {
  type Counts, type Ending, type Import, NO_COUNTS, type Run, advance, endRun, findImport, releaseRun
} from './import.queries.ts'
import { type ChunkRow, type Course, nameOfRow, recordChunk, storesByChunk } from './record-chunk.operations.ts'
import { type ReadUpload, UploadProblem, readRows } from './read-rows.operations.ts'
import { recording } from './row-recorder.operations.ts'
import { Cancelled, LostLease, RunWatch, Stopped } from './run-watch.ts'
import { findFiles } from './upload.queries.ts'

export interface RunOptions {
  leaseMs: number
  /** When it fires, the run ends as soon as it can. */
  stop?: AbortSignal
  /** What becomes of the import then; absent: another node goes on. */
  stopsFor?: 'cancelled'
  /** Told of failures that are nobody's but ours. */
  failed?: (error: unknown, importId: string) => void
}

/** Rows read at once. Row by row they are a transaction, and other writers of the register wait for one of these at most. */
const CHUNK_ROWS = 1_000

/** A run that the database turns away goes back into the queue; one that it turns away so often ends. */
const MOST_RUNS = 1_000

/** Works on an import that was claimed until it ends, or this run does. Never throws. */
export async function runImport (db: Db, run: Run, { leaseMs, stop, stopsFor, failed = () => {} }: RunOptions): Promise<void> {
  const found = await findImport(db, run.id).catch(() => undefined)
  // Nothing is lost: whoever finds the lease ended goes on.
  if (found === undefined) return
  const job: Import = found
  const watch = new RunWatch(db, run, leaseMs, stop)
  let upload: ReadUpload | undefined
  try {
    upload = await readRows(db, job.uploadId, await findFiles(db, job.uploadId), {
      mayWaive: job.mayWaive,
      told: (bytesRead, rowsRead) => {
        Object.assign(watch.progress, { bytesRead, rowsRead })
        watch.check()
      }
    })
    await (storesByChunk(job.parameters) ? recordByChunk : recordAtOnce)(db, job, run, watch, upload)
  } catch (error) {
    await endEarly(error)
  } finally {
    await watch.end()
    await upload?.spool.close()
  }

  async function endEarly (error: unknown): Promise<void> {
    try {
      if (error instanceof LostLease) return await deleteEntriesOf(db, run)
      if (error instanceof Stopped && stopsFor === undefined) return await releaseRun(db, run)
      const { rowsDone, counts } = storesByChunk(job.parameters) ? {} : { rowsDone: 0, counts: NO_COUNTS }
      const reset = { ...(rowsDone !== undefined && { rowsDone }), ...(counts !== undefined && { counts }) }
      let ended: boolean
      if (error instanceof Cancelled || error instanceof Stopped) {
        ended = await endRun(db, run, { state: 'cancelled', ...reset })
      } else if (error instanceof UploadProblem) {
        ended = await endRun(db, run, { state: 'failed', problem: toStored(error.problem, error.file), ...reset })
      } else if (databaseProblem(error) !== undefined && job.run < MOST_RUNS) {
        // Whoever finds the lease ended goes on: by then the database is back, or the conflict over.
        return
      } else {
        failed(error, job.id)
        ended = await endRun(db, run, { state: 'failed', problem: toStored(error instanceof Problem ? error : new Problem('internal')), ...reset })
      }
      // What the run that took the place of this one tells is its own.
      await (ended ? deleteUnreported(db, job.id, 0) : deleteEntriesOf(db, run))
    } catch (further) {
      failed(further, job.id)
    }
  }
}

function toStored ({ code, detail, faults }: Problem, file?: string): NonNullable<Import['problem']> {
  return { code, message: detail, ...(file !== undefined && { file }), ...(faults !== undefined && { faults }) }
}

/** One transaction for all rows, which keeps everything or nothing; a dry run is the same, and keeps nothing. */
async function recordAtOnce (db: Db, job: Import, run: Run, watch: RunWatch, upload: ReadUpload): Promise<void> {
  const counts = { ...NO_COUNTS }
  const stored = await withSession<boolean>(db, {}, async session => {
    await recording(session, recordedBy(job), async recorder => {
      const course = await newCourse(db, session, job, upload)
      watch.begin('recording')
      let rows = await chunkOf(upload, 0, CHUNK_ROWS)
      for (let done = 0; rows.length > 0;) {
        const next = await chunkOf(upload, done + rows.length, CHUNK_ROWS)
        const entries = await recordChunk(session.tx, recorder, rows, course, next)
        // On a connection of its own: these entries are told whatever becomes of the transaction, once the run has ended.
        await insertEntries(db, job.id, run.run, entries)
        done += rows.length
        rows = next
        count(counts, entries)
        watch.rowsDone = done
        Object.assign(watch.progress, { rowsDone: done, counts: { ...counts } })
        watch.check()
      }
    })
    const keeps = job.parameters.mode === 'commit' && counts.refused === 0
    if (!keeps) throw new RolledBack(false)
    // With the plans themselves: a node that dies now has either recorded and said so, or done neither.
    await end(session.tx, true)
    return true
  })
  if (!stored) {
    await forgetNewPlans(db, job.id, run.run)
    await end(db, false)
  }
  await deleteUnreported(db, job.id, run.run)

  async function end (within: Parameters<typeof endRun>[0], kept: boolean): Promise<void> {
    const ending: Ending = { state: 'done', stored: kept, rowsDone: upload.order.rows.length, counts, reportedRun: run.run }
    if (!await endRun(within, run, ending)) throw new LostLease()
  }
}

/** A transaction for each chunk and what the import says of it: what a dead node has done is not done again. */
async function recordByChunk (db: Db, job: Import, run: Run, watch: RunWatch, upload: ReadUpload): Promise<void> {
  const counts: Counts = countsOf(job)
  let done = job.rowsDone
  let course: Course | undefined
  let told: Map<number, string> | undefined
  const issuers = new Issuers()
  watch.begin('recording', done)
  while (done < upload.order.rows.length) {
    watch.check()
    const rows = await chunkOf(upload, done, CHUNK_ROWS)
    const entries = await withSession(db, {}, async session => {
      told ??= await toldBefore(session.tx, job, upload)
      const entries = await recording(session, { ...recordedBy(job), issuers, told }, async recorder => {
        course ??= await newCourse(db, session, job, upload)
        return await recordChunk(session.tx, recorder, rows, course)
      })
      await insertEntries(session.tx, job.id, 0, entries)
      count(counts, entries)
      if (!await advance(session.tx, run, { rowsDone: done + rows.length, counts })) throw new LostLease()
      return entries
    })
    done += entries.length
    watch.rowsDone = done
  }
  if (!await endRun(db, run, { state: 'done', stored: true })) throw new LostLease()
}

const recordedBy = ({ by, parameters: { asIssued } }: Import) => ({ by, asIssued })

async function newCourse (db: Db, { tx }: Session, job: Import, { spool, order }: ReadUpload): Promise<Course> {
  const refused = new Uint8Array(order.rows.length + 1)
  if (job.rowsDone > 0) for (const row of await findRefusedRows(tx, job.id)) refused[row] = 1
  // Of one refused parent thousands of children may tell.
  const name = remembered(async row => nameOfRow((await spool.read(Uint32Array.of(Number(row) - 1)))[0]!, Number(row)), { most: 1_000 })
  const { parameters, approvedId } = job
  return {
    parameters,
    refused,
    nameOf: row => name(String(row)),
    // The connection of the transaction belongs to the recorder.
    approvedOf: async rows => approvedId === null ? undefined : await findApproved(db, approvedId, rows),
    moved: approvedId === null ? new Map() : await findMoved(tx, approvedId, job.id)
  }
}

/** What rows that a dead run has done have told of plans that further rows tell of as well. */
async function toldBefore (tx: Tx, { id, rowsDone }: Import, { order }: ReadUpload): Promise<Map<number, string>> {
  const told = new Map<number, string>()
  const done = rowsDone === 0 ? [] : Array.from(order.rows.subarray(0, rowsDone)).filter(row => order.firstTwin(row) !== undefined).map(row => row + 1)
  if (done.length === 0) return told
  for (const [row, planId] of await findPlanIdsOfRows(tx, id, done)) {
    const first = order.firstTwin(row - 1)! + 1
    if (!told.has(first)) told.set(first, planId)
  }
  return told
}

async function chunkOf ({ spool, order }: ReadUpload, from: number, most: number): Promise<ChunkRow[]> {
  const indexes = order.rows.subarray(from, from + most)
  const rows = await spool.read(indexes)
  return rows.map((row, at) => {
    const index = indexes[at]!
    const twin = order.firstTwin(index)
    return { ...row, number: index + 1, above: Array.from(order.above(index), one => one + 1), ...(twin !== undefined && { firstTwin: twin + 1 }) }
  })
}

function count (counts: Counts, entries: Entry[]): void {
  for (const { outcome, withFindings } of entries) {
    counts[outcome]++
    if (withFindings) counts.recordedWithFindings++
  }
}

const countsOf = ({ created, updated, unchanged, refused, recordedWithFindings }: Import): Counts =>
  ({ created, updated, unchanged, refused, recordedWithFindings })
