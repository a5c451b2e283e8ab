import { and, asc, eq, gt, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { IMPORT_OUTCOMES, importEntries, imports, plans } from '../db/schema.ts'
import type { Difference } from '../domain/effect/difference.ts'
import type { Severity } from '../domain/rules/rule.ts'
import type { Message } from '../domain/message.ts'
import type { Place } from '../files/row.ts'
import type { Run } from './import.queries.ts'

export type Outcome = (typeof IMPORT_OUTCOMES)[number]

/** A place of an upload, which may hold several files. */
export interface UploadPlace extends Place {
  file?: string
}

export interface EntryFault {
  code: string
  /** JSON Pointer into the row; empty for the row as a whole. */
  at: string
  place: UploadPlace
  message: Message
  near?: string
}

export interface EntryFinding {
  rule: string
  severity: Severity
  at: string
  place: UploadPlace
  message: Message
  waived: boolean
}

/** What only some rows have to tell. */
export interface EntryDetails {
  faults?: EntryFault[]
  findings?: EntryFinding[]
  /** Of an updated plan: what its record says now and did not before, targets by their key. */
  changes?: Difference[]
  /** How many changes more there are. */
  changesLeftOut?: number
  /** A row of the same import that this one needs, and that was refused. */
  parentRefused?: { row: number, message: Message }
}

export interface Entry extends EntryDetails {
  /** From 1, through all files of the upload. */
  row: number
  outcome: Outcome
  withFindings: boolean
  planId?: string
  /** The version of the plan that the import met; absent: there was none. */
  versionBefore?: number
  code?: string
  place: UploadPlace
}

/** One statement for any number: an array for each column. */
export async function insertEntries (db: Db | Tx, importId: string, run: number, entries: Entry[]): Promise<void> {
  if (entries.length === 0) return
  const column = (of: (entry: Entry) => unknown) => sql.param(entries.map(of))
  await db.execute(sql`
    insert into ${importEntries} (import_id, run, row, outcome, with_findings, plan_id, version_before, code, place, details)
    select ${importId}::uuid, ${run}::integer, * from unnest(
      ${column(({ row }) => row)}::integer[],
      ${column(({ outcome }) => outcome)}::import_outcome[],
      ${column(({ withFindings }) => withFindings)}::boolean[],
      ${column(({ planId }) => planId ?? null)}::uuid[],
      ${column(({ versionBefore }) => versionBefore ?? null)}::integer[],
      ${column(({ code }) => code ?? null)}::text[],
      ${column(({ place }) => JSON.stringify(place))}::jsonb[],
      ${column(detailsOf)}::jsonb[])`)
}

function detailsOf ({ faults, findings, changes, changesLeftOut, parentRefused }: Entry): string | null {
  return faults === undefined && findings === undefined && changes === undefined && parentRefused === undefined
    ? null
    : JSON.stringify({ faults, findings, changes, changesLeftOut, parentRefused })
}

export interface EntryFilter {
  outcome?: Outcome
}

/** In the order of the file. Only what the import reports: the entries of a run that was cut short are never shown. */
export async function listEntries (
  db: Db | Tx, importId: string, { outcome }: EntryFilter, { after, limit }: { after: number, limit: number }
): Promise<Entry[]> {
  const rows = await db.select({
    row: importEntries.row,
    outcome: importEntries.outcome,
    withFindings: importEntries.withFindings,
    planId: importEntries.planId,
    versionBefore: importEntries.versionBefore,
    code: importEntries.code,
    place: importEntries.place,
    details: importEntries.details
  }).from(importEntries)
    .innerJoin(imports, and(eq(imports.id, importEntries.importId), eq(imports.reportedRun, importEntries.run)))
    .where(and(
      eq(importEntries.importId, importId),
      gt(importEntries.row, after),
      // Spelled out, so that the partial index of the refused rows serves.
      outcome === undefined ? undefined : outcome === 'refused' ? sql`${importEntries.outcome} = 'refused'` : eq(importEntries.outcome, outcome)
    ))
    .orderBy(asc(importEntries.row)).limit(limit)
  return rows.map(({ planId, versionBefore, code, place, details, ...row }) => ({
    ...row,
    place: place as UploadPlace,
    ...(planId !== null && { planId }),
    ...(versionBefore !== null && { versionBefore }),
    ...(code !== null && { code }),
    ...(details as EntryDetails | null)
  }))
}

/** Of the rows that a run has done already. */
export async function findRefusedRows (db: Db | Tx, importId: string): Promise<number[]> {
  const rows = await db.select({ row: importEntries.row }).from(importEntries)
    .where(and(eq(importEntries.importId, importId), eq(importEntries.run, 0), sql`${importEntries.outcome} = 'refused'`))
  return rows.map(({ row }) => row)
}

/** The plans of these rows, of those that a run has done already and not refused. */
export async function findPlanIdsOfRows (db: Db | Tx, importId: string, rows: number[]): Promise<Map<number, string>> {
  const found = await db.select({ row: importEntries.row, planId: importEntries.planId }).from(importEntries).where(and(
    eq(importEntries.importId, importId), eq(importEntries.run, 0), ne(importEntries.outcome, 'refused'), sql`${importEntries.row} = any(${sql.param(rows)}::integer[])`
  )).orderBy(asc(importEntries.row))
  return new Map(found.flatMap(({ row, planId }) => planId === null ? [] : [[row, planId]]))
}

/** Entries of other runs than the one that is reported. */
export async function deleteUnreported (db: Db | Tx, importId: string, reportedRun: number): Promise<void> {
  await db.delete(importEntries).where(and(eq(importEntries.importId, importId), ne(importEntries.run, reportedRun)))
}

/** Of a run that has lost its place, and that nobody reports. */
export async function deleteEntriesOf (db: Db, { id, run }: Run): Promise<void> {
  await db.delete(importEntries).where(and(eq(importEntries.importId, id), eq(importEntries.run, run)))
}

/** Nothing was stored: the plans that the import would have made, and that no row met as they were before, have no ids. */
export async function forgetNewPlans (db: Db | Tx, importId: string, run: number): Promise<void> {
  await db.update(importEntries).set({ planId: null }).where(and(
    eq(importEntries.importId, importId), eq(importEntries.run, run), ne(importEntries.outcome, 'refused'),
    isNotNull(importEntries.planId), isNull(importEntries.versionBefore)
  ))
}

export interface Approved {
  outcome: Outcome
  details: EntryDetails
}

/** What an approved import said of these rows. */
export async function findApproved (db: Db | Tx, approvedId: string, rows: number[]): Promise<Map<number, Approved>> {
  const found = await db.select({ row: importEntries.row, outcome: importEntries.outcome, details: importEntries.details }).from(importEntries)
    .innerJoin(imports, and(eq(imports.id, importEntries.importId), eq(imports.reportedRun, importEntries.run)))
    .where(and(eq(importEntries.importId, approvedId), sql`${importEntries.row} = any(${sql.param(rows)}::integer[])`))
  return new Map(found.map(({ row, outcome, details }) => [row, { outcome, details: details as EntryDetails ?? {} }]))
}

export interface Moved {
  planId: string
  code?: string
  /** The version that was approved to be changed. */
  versionSeen: number
  /** Absent: the plan is gone. */
  version?: number
}

/**
 * Of the plans that an approved import met, those that are not as it met them, by the number of the row that met them
 * first. What the import itself has changed since, row by row, has not moved.
 */
export async function findMoved (db: Db | Tx, approvedId: string, importId: string): Promise<Map<number, Moved>> {
  const { rows } = await db.execute<{ row: number, planId: string, versionSeen: number, version: number | null, code: string | null }>(sql`
    with met as (
      select distinct on (e.plan_id) e.row, e.plan_id, e.version_before
        from ${importEntries} e join ${imports} i on i.id = e.import_id and i.reported_run = e.run
       where e.import_id = ${approvedId} and e.plan_id is not null and e.version_before is not null
       order by e.plan_id, e.version_before, e.row
    )
    select met.row, met.plan_id as "planId", met.version_before as "versionSeen", p.version, p.code
      from met left join ${plans} p on p.id = met.plan_id
     where p.version is distinct from met.version_before
       and not exists (select from ${importEntries} own where own.import_id = ${importId} and own.run = 0 and own.plan_id = met.plan_id)`)
  return new Map(rows.map(({ row, version, code, ...rest }) =>
    [row, { ...rest, ...(version !== null && { version }), ...(code !== null && { code }) }]))
}
