import { type SQL, and, asc, desc, eq, getTableColumns, inArray, isNull, lt, lte, ne, or, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Db, Tx } from '../db/connect.ts'
import { IMPORT_STATES, importChunks, importEntries, importFiles, imports } from '../db/schema.ts'

export { IMPORT_OUTCOMES, IMPORT_PHASES, IMPORT_STATES, type ImportParameters } from '../db/schema.ts'

export type Import = typeof imports.$inferSelect
export type ImportState = (typeof IMPORT_STATES)[number]

/** A run of an import: the import, the node that works on it, and which of its runs this is. Another run takes its place. */
export interface Run {
  id: string
  node: string
  run: number
}

export interface Counts {
  created: number
  updated: number
  unchanged: number
  refused: number
  recordedWithFindings: number
}

export const NO_COUNTS: Counts = { created: 0, updated: 0, unchanged: 0, refused: 0, recordedWithFindings: 0 }

/** By the clock of the database, which all nodes share. */
const inMs = (milliseconds: number) => sql`now() + ${milliseconds}::double precision * interval '1 millisecond'`

const mine = ({ id, node, run }: Run) =>
  and(eq(imports.id, id), eq(imports.node, node), eq(imports.run, run), eq(imports.state, 'running'))

export type NewImport = Pick<Import, 'id' | 'by' | 'parameters' | 'mayWaive' | 'uploadId'> & { approvedId?: string, keepDays: number, receiveMs: number }

/** Not to be seen by anybody before `completeUpload`; an upload whose sender is gone is deleted when its lease has ended. */
export async function insertImport (db: Db | Tx, { keepDays, receiveMs, ...row }: NewImport): Promise<void> {
  await db.insert(imports).values({
    ...row, state: 'receiving', leaseUntil: inMs(receiveMs), expiresAt: inMs(keepDays * 86_400_000)
  })
}

/** The upload is whole: the import may be worked on. Throws when the key is taken (`imports_idempotency_key`). */
export async function completeUpload (
  tx: Tx, id: string, { byteCount, idempotencyKey }: { byteCount: number, idempotencyKey?: string }
): Promise<void> {
  await tx.update(imports).set({ state: 'received', byteCount, idempotencyKey, leaseUntil: null }).where(eq(imports.id, id))
}

export async function extendReceiving (db: Db | Tx, id: string, receiveMs: number): Promise<void> {
  await db.update(imports).set({ leaseUntil: inMs(receiveMs) }).where(eq(imports.id, id))
}

export async function findImport (db: Db | Tx, id: string): Promise<Import | undefined> {
  const [row] = await db.select().from(imports).where(and(eq(imports.id, id), ne(imports.state, 'receiving')))
  return row
}

export async function findImportByIdempotencyKey (db: Db | Tx, by: string, idempotencyKey: string): Promise<Import | undefined> {
  const [row] = await db.select().from(imports).where(and(eq(imports.by, by), eq(imports.idempotencyKey, idempotencyKey)))
  return row
}

/** The newest first. `by` undefined: everybody's. */
export async function listImports (
  db: Db, { by, state }: { by?: string, state?: ImportState }, { before, limit }: { before?: string, limit: number }
): Promise<Import[]> {
  return await db.select().from(imports).where(and(
    ne(imports.state, 'receiving'),
    by === undefined ? undefined : eq(imports.by, by),
    state === undefined ? undefined : eq(imports.state, state),
    before === undefined ? undefined : lt(imports.id, before)
  )).orderBy(desc(imports.id)).limit(limit)
}

export interface Claim {
  node: string
  leaseMs: number
  /** Absent: the oldest that nobody works on. */
  id?: string
  /** Only one whose upload is no larger. */
  mostBytes?: number
}

export interface Claimed extends Import {
  /** The run before this one ended without a word: its process was killed, or has killed itself. */
  takenFromDead: boolean
}

/**
 * Takes an import that nobody works on, or whose node has let its lease end. SKIP LOCKED: of two nodes that ask at once
 * each gets another one.
 */
export async function claimImport (db: Db, { node, leaseMs, id, mostBytes }: Claim): Promise<Claimed | undefined> {
  const free = and(
    inArray(imports.state, ['received', 'running']),
    or(isNull(imports.leaseUntil), lt(imports.leaseUntil, sql`now()`)),
    id === undefined ? undefined : eq(imports.id, id),
    mostBytes === undefined ? undefined : lte(imports.byteCount, mostBytes)
  )
  const next = db.$with('next').as(db.select({ id: imports.id, deadNode: imports.node }).from(imports)
    .where(free).orderBy(asc(imports.id)).limit(1).for('update', { skipLocked: true }))
  const [row] = await db.with(next).update(imports).set({
    state: 'running',
    phase: 'reading',
    node,
    run: sql`${imports.run} + 1`,
    leaseUntil: inMs(leaseMs),
    startedAt: sql`coalesce(${imports.startedAt}, now())`,
    bytesRead: 0,
    rowsRead: 0,
    rate: null
  }).from(next).where(eq(imports.id, next.id))
    .returning({ ...getTableColumns(imports), takenFromDead: sql<boolean>`${next.deadNode} is not null` })
  return row
}

export interface Progress {
  phase: 'reading' | 'recording'
  bytesRead: number
  rowsRead: number
  /** Where each chunk is stored by itself, `advance` keeps these, and nobody else may. */
  rowsDone?: number
  rate?: number
  counts?: Counts
}

/** Keeps the lease. Undefined: another run has taken the place of this one. */
export async function renewLease (db: Db, run: Run, leaseMs: number, { counts, ...progress }: Progress): Promise<{ cancelAsked: boolean } | undefined> {
  const [row] = await db.update(imports).set({ ...progress, ...counts, leaseUntil: inMs(leaseMs) }).where(mine(run))
    .returning({ cancelAsked: imports.cancelAsked })
  return row
}

/** In the transaction that stores a chunk, so that both are kept or neither is. False: another run has taken the place of this one. */
export async function advance (tx: Tx, run: Run, { rowsDone, counts }: { rowsDone: number, counts: Counts }): Promise<boolean> {
  const rows = await tx.update(imports).set({ rowsDone, ...counts, stored: true, reportedRun: 0 }).where(mine(run)).returning({ id: imports.id })
  return rows.length > 0
}

export interface Ending {
  state: 'done' | 'failed' | 'cancelled'
  stored?: boolean
  rowsDone?: number
  counts?: Counts
  problem?: Import['problem']
  reportedRun?: number
}

/** False: another run has taken the place of this one, and nothing that goes with it may be kept. */
export async function endRun (db: Db | Tx, run: Run, { counts, ...ending }: Ending): Promise<boolean> {
  const rows = await db.update(imports)
    .set({ ...ending, ...counts, finishedAt: sql`clock_timestamp()`, phase: null, rate: null, node: null, leaseUntil: null })
    .where(mine(run)).returning({ id: imports.id })
  return rows.length > 0
}

/** The run is over and did not die: should the import be open still, it was turned away, and is begun again once the lease has ended. */
export async function leaveRun (db: Db, run: Run): Promise<void> {
  await db.update(imports).set({ node: null }).where(mine(run))
}

/** Any node may go on at once. */
export async function releaseRun (db: Db, run: Run): Promise<void> {
  await db.update(imports).set({ leaseUntil: null, node: null }).where(mine(run))
}

/**
 * False: it has ended already. One that nobody works on ends at once, also when the node that did has died; a run ends when
 * it next looks.
 */
export async function askToCancel (db: Db, id: string): Promise<boolean> {
  const isOpen = inArray(imports.state, ['received', 'running'])
  const isLeft = sql`(${imports.state} = 'received' or ${imports.leaseUntil} is null or ${imports.leaseUntil} < now())`
  const storesByChunk = sql`(${imports.parameters} ->> 'mode' = 'commit' and not (${imports.parameters} ->> 'atomic')::boolean)`
  const ended = (column: PgColumn, value: SQL) => sql`case when ${isLeft} then ${value} else ${column} end`
  // Of an atomic import nothing stands that was told on the way.
  const kept = (column: PgColumn) => ended(column, sql`case when ${storesByChunk} then ${column} else 0 end`)
  return await db.transaction(async tx => {
    const [row] = await tx.update(imports).set({
      cancelAsked: true,
      state: ended(imports.state, sql`'cancelled'`),
      finishedAt: ended(imports.finishedAt, sql`now()`),
      phase: ended(imports.phase, sql`null`),
      rate: ended(imports.rate, sql`null`),
      node: ended(imports.node, sql`null`),
      rowsDone: kept(imports.rowsDone),
      created: kept(imports.created),
      updated: kept(imports.updated),
      unchanged: kept(imports.unchanged),
      refused: kept(imports.refused),
      recordedWithFindings: kept(imports.recordedWithFindings)
    }).where(and(eq(imports.id, id), isOpen)).returning({ state: imports.state })
    // What a dead run has told of rows that were never stored goes with it.
    if (row?.state === 'cancelled') await tx.delete(importEntries).where(and(eq(importEntries.importId, id), ne(importEntries.run, 0)))
    return row !== undefined
  })
}

/** The upload must outlive whoever reads it. */
export async function keepAtLeastAsLong (tx: Tx, id: string, keepDays: number): Promise<void> {
  await tx.update(imports).set({ expiresAt: sql`greatest(${imports.expiresAt}, ${inMs(keepDays * 86_400_000)})` }).where(eq(imports.id, id))
}

/** Takes away uploads that never became whole and imports whose time is over. */
export async function deleteExpired (db: Db): Promise<number> {
  return await db.transaction(async tx => {
    const over = await tx.select({ id: imports.id }).from(imports).where(or(
      and(eq(imports.state, 'receiving'), lt(imports.leaseUntil, sql`now()`)),
      and(inArray(imports.state, ['done', 'failed', 'cancelled']), lte(imports.expiresAt, sql`now()`))
    )).limit(100).for('update', { skipLocked: true })
    await deleteWhole(tx, over.map(({ id }) => id))
    return over.length
  })
}

export async function deleteImport (db: Db | Tx, id: string): Promise<void> {
  await db.transaction(tx => deleteWhole(tx, [id]))
}

async function deleteWhole (tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.delete(importEntries).where(inArray(importEntries.importId, ids))
  await tx.delete(importChunks).where(inArray(importChunks.importId, ids))
  await tx.delete(importFiles).where(inArray(importFiles.importId, ids))
  await tx.delete(imports).where(inArray(imports.id, ids))
}
