import { isDeepStrictEqual } from 'node:util'
import { and, getTableColumns, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { isAmongIds } from '../db/among.ts'
import type { Tx } from '../db/connect.ts'
import { citations, events, findings, plans, targets, waivers } from '../db/schema.ts'
import { toCitationRows, toFindingRows, toPlanRow, toTargetRows, toWaiverRows } from './plan-row.queries.ts'
import { rememberSubstances } from './substance.queries.ts'
import type { Changes } from './surroundings.ts'

interface Row {
  planId: string
  position: number
}

/** Rows of a plan that go, and rows that come; a row that stays the same is in neither. */
interface Difference {
  gone: Row[]
  come: Row[]
}

/** What changes are to the tables. */
export interface TableChanges {
  gone: readonly (readonly [table: typeof citations | typeof targets | typeof waivers | typeof findings, rows: Row[]])[]
  /** Ids of stubs that are no more. */
  removed: string[]
  updated: ReturnType<typeof toPlanRow>[]
  substances: Changes['substances']
  /** In the order in which foreign keys ask for them. */
  come: readonly (readonly [table: PgTable, rows: readonly object[]])[]
}

/** A row that is the same as before is not written, so it is known since it really changed. */
export function tableChangesOf ({ plans: changed, findings: judged, events: happened, substances }: Changes): TableChanges {
  const rowsOf = <R extends Row> (toRows: (stored: NonNullable<Changes['plans'][number]['after']>) => R[]) => differences(
    changed.map(({ before, after }) => [before === undefined ? [] : toRows(before), after === undefined ? [] : toRows(after)]))
  const [cited, held, given] = [rowsOf(toCitationRows), rowsOf(toTargetRows), rowsOf(toWaiverRows)]
  const found = differences(judged.map(({ planId, before, after }) => [toFindingRows(planId, before), toFindingRows(planId, after)]))
  return {
    gone: [[citations, cited.gone], [targets, held.gone], [waivers, given.gone], [findings, found.gone]],
    removed: changed.flatMap(({ id, after }) => after === undefined ? [id] : []),
    updated: changed.flatMap(({ before, after }) => before === undefined || after === undefined ? [] : [toPlanRow(after)]),
    substances,
    come: [
      [plans, changed.flatMap(({ before, after }) => before !== undefined || after === undefined ? [] : [toPlanRow(after)])],
      [citations, cited.come],
      [targets, held.come],
      [waivers, given.come],
      [findings, found.come],
      [events, happened.map(({ by, type, planId = null, version = null, before = null, after = null }) => ({ by, type, planId, version, before, after }))]
    ]
  }
}

/**
 * Stores what changed in memory, each table at once. Takes Tx: a plan without its citations must never be visible. Rows
 * that go are deleted before those that come, and stubs before whoever takes their identity. `insert` puts in what comes;
 * absent: a statement for each table.
 */
export async function storeTableChanges (
  tx: Tx, { gone, removed, updated, substances, come }: TableChanges, insert: () => Promise<void> = () => insertAll(tx, come)
): Promise<void> {
  for (const [table, rows] of gone) await deleteRows(tx, table, rows)
  if (removed.length > 0) await tx.delete(plans).where(and(isAmongIds(plans.id, removed), sql`${plans.status} = 'stub'`))
  await updatePlans(tx, updated)
  await rememberSubstances(tx, substances)
  await insert()
}

function differences (pairs: [Row[], Row[]][]): Difference {
  const all: Difference = { gone: [], come: [] }
  for (const [before, after] of pairs) {
    if (before.length === 0) {
      all.come.push(...after)
      continue
    }
    for (const [position, row] of before.entries()) if (!isSameRow(row, after[position])) all.gone.push(row)
    for (const [position, row] of after.entries()) if (!isSameRow(row, before[position])) all.come.push(row)
  }
  return all
}

/** As the database keeps them: what is undefined within a document is not there. */
const isSameRow = (a: Row, b: Row | undefined): boolean =>
  b !== undefined && isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)))

async function deleteRows (tx: Tx, table: typeof citations | typeof targets | typeof waivers | typeof findings, rows: Row[]): Promise<void> {
  if (rows.length === 0) return
  await tx.delete(table).where(sql`(${table.planId}, ${table.position}) in (
    select * from unnest(${sql.param(rows.map(({ planId }) => planId))}::uuid[], ${sql.param(rows.map(({ position }) => position))}::integer[]))`)
}

async function updatePlans (tx: Tx, rows: ReturnType<typeof toPlanRow>[]): Promise<void> {
  if (rows.length === 0) return
  // Two plans may exchange what is unique in one batch, and each row is checked as it is written.
  if (rows.length > 1) {
    await tx.update(plans).set({ identity: null }).where(sql`${isAmongIds(plans.id, rows.map(({ id }) => id))} and ${plans.identity} is distinct from
    (select given.identity from unnest(${sql.param(rows.map(({ id }) => id))}::uuid[], ${sql.param(rows.map(({ identity }) => identity))}::text[]) as given (id, identity) where given.id = ${plans.id})`)
  }
  const columns = Object.entries(getTableColumns(plans)).filter(([name]) => name in rows[0]! && name !== 'id')
  const documents = rows.map(row => Object.fromEntries(Object.entries(getTableColumns(plans)).flatMap(([name, column]) =>
    name in row ? [[column.name, row[name as keyof typeof row]]] : [])))
  const names = sql.join(columns.map(([, column]) => sql.identifier(column.name)), sql`, `)
  const values = sql.join(columns.map(([, column]) => sql`given.${sql.identifier(column.name)}`), sql`, `)
  await tx.execute(sql`
    update ${plans} set (${names}) = row(${values})
      from jsonb_populate_recordset(null::public.plans, ${JSON.stringify(documents)}::jsonb) as given
     where ${plans.id} = given.id`)
}

/** The protocol takes 65,535 parameters in one statement. */
const MOST_PARAMETERS = 65_000

async function insertAll (tx: Tx, come: TableChanges['come']): Promise<void> {
  for (const [table, rows] of come) {
    const most = Math.floor(MOST_PARAMETERS / Object.keys(getTableColumns(table)).length)
    for (let start = 0; start < rows.length; start += most) await tx.insert(table).values(rows.slice(start, start + most) as Record<string, unknown>[])
  }
}
