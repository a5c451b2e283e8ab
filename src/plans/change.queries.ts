import { isDeepStrictEqual } from 'node:util'
import { and, getTableColumns, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { isAmongIds } from '../db/among.ts'
import type { Tx } from '../db/connect.ts'
import { citations, events, findings, plans, targets, waivers } from '../db/schema.ts'
import { toCitationRows, toFindingRows, toPlanRow, toTargetRows, toWaiverRows } from './plan-row.queries.ts'
import { rememberSubstances } from './substance.queries.ts'
import type { Changes } from './surroundings.ts'

/** Puts rows into a table; the default is one statement for them all. */
export type InsertRows = (table: PgTable, rows: readonly object[]) => Promise<void>

interface Row {
  planId: string
  position: number
}

/** Rows of a plan that go, and rows that come; a row that stays the same is in neither. */
interface Difference {
  gone: Row[]
  come: Row[]
}

/**
 * Stores what changed in memory, each table at once. Takes Tx: a plan without its citations must never be visible.
 *
 * Rows that go are deleted before those that come, and stubs before whoever takes their identity; a row that is the same
 * as before is not written, so it is known since it really changed.
 */
export async function storeChanges (tx: Tx, changes: Changes, insert: InsertRows = insertRows(tx)): Promise<void> {
  const { plans: changed, findings: judged } = changes
  const rowsOf = <R extends Row> (toRows: (stored: NonNullable<Changes['plans'][number]['after']>) => R[]) => differences(
    changed.map(({ before, after }) => [before === undefined ? [] : toRows(before), after === undefined ? [] : toRows(after)]))
  const [cited, held, given] = [rowsOf(toCitationRows), rowsOf(toTargetRows), rowsOf(toWaiverRows)]
  const found = differences(judged.map(({ planId, before, after }) => [toFindingRows(planId, before), toFindingRows(planId, after)]))
  await deleteRows(tx, citations, cited.gone)
  await deleteRows(tx, targets, held.gone)
  await deleteRows(tx, waivers, given.gone)
  await deleteRows(tx, findings, found.gone)
  const removed = changed.flatMap(({ id, after }) => after === undefined ? [id] : [])
  if (removed.length > 0) await tx.delete(plans).where(and(isAmongIds(plans.id, removed), sql`${plans.status} = 'stub'`))
  await updatePlans(tx, changed.flatMap(({ before, after }) => before === undefined || after === undefined ? [] : [toPlanRow(after)]))
  await insert(plans, changed.flatMap(({ before, after }) => before !== undefined || after === undefined ? [] : [toPlanRow(after)]))
  await rememberSubstances(tx, changes.substances)
  await insert(citations, cited.come)
  await insert(targets, held.come)
  await insert(waivers, given.come)
  await insert(findings, found.come)
  await insert(events, changes.events.map(({ by, type, planId = null, version = null, before = null, after = null }) => ({ by, type, planId, version, before, after })))
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

const insertRows = (tx: Tx): InsertRows => async (table, rows) => {
  if (rows.length === 0) return
  const most = Math.floor(MOST_PARAMETERS / Object.keys(getTableColumns(table)).length)
  for (let start = 0; start < rows.length; start += most) await tx.insert(table).values(rows.slice(start, start + most) as Record<string, unknown>[])
}
