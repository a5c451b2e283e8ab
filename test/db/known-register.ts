import { and, eq, sql } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { Db, Tx } from '../../src/db/connect.ts'
import { asKnown } from '../../src/db/known.ts'
import { citations, findings, plans, targets, waivers } from '../../src/db/schema.ts'

/** The tables whose past is kept. */
export const KEPT = ['plans', 'citations', 'targets', 'findings', 'waivers']

/** Every row of these tables, letter by letter, as one text. */
export type Photograph = string

export async function photograph (tx: Tx): Promise<Photograph> {
  const texts: string[] = []
  for (const table of KEPT) {
    const { rows } = await tx.execute<{ row: string }>(sql`select kept::text as row from ${sql.identifier(table)} kept order by 1`)
    texts.push(table, ...rows.map(({ row }) => row))
  }
  return texts.join('\n')
}

/** What stood there at a moment; without one, what stands there now. */
export const pictureOf = (db: Db, knownAt?: Date): Promise<Photograph> => asKnown(db, knownAt, photograph)

/** The moment of the transaction, which begins here. */
export async function beginMoment (tx: Tx): Promise<Date> {
  const { rows } = await tx.execute<{ ms: string }>(sql`select extract(epoch from begin_register_moment()) * 1000 as ms`)
  return new Date(Number(rows[0]!.ms))
}

/** As if the clock of the server had been that much ahead and were set right now; answers the last moment it gave. */
export async function setClockBack (db: Db, milliseconds: number): Promise<Date> {
  const { rows } = await db.execute<{ ms: string }>(sql`select setval('register_clock',
    greatest(last_value, floor(extract(epoch from clock_timestamp()) * 1000)::bigint) + ${milliseconds}::integer) as ms from register_clock`)
  return new Date(Number(rows[0]!.ms))
}

export async function addPlan (tx: Tx, over: Partial<typeof plans.$inferInsert> = {}): Promise<string> {
  const id = uuidv7()
  await tx.insert(plans).values({ id, version: 1, status: 'conforming', searchText: '', ...over })
  return id
}

export const addCitation = (tx: Tx, planId: string, position: number, citedId?: string) => tx.insert(citations).values(
  { planId, position, relation: 'implements', ...(citedId === undefined ? { resolution: 'unidentified' } : { citedId, resolution: 'resolved' }) })

export const addTarget = (tx: Tx, planId: string, position: number, low = '1') => tx.insert(targets).values({
  planId,
  position,
  key: `key-${position}`,
  indicator: 'poverty-rate',
  target: { key: `key-${position}`, indicator: 'poverty-rate', goal: { low } } as never
})

export const addFinding = (tx: Tx, planId: string, position: number) => tx.insert(findings).values(
  { planId, position, rule: 'cites-parent', severity: 'error', at: '', messageVi: 'Chưa dẫn chiếu.', messageEn: 'Cites nothing.', facts: {} })

export const addWaiver = (tx: Tx, planId: string, position: number) => tx.insert(waivers).values(
  { planId, position, rule: 'cites-parent', reason: 'Theo chỉ đạo', givenBy: 'key' })

/** As a stub becomes one with a plan: whoever cites the one cites the other from then on, and the one is gone. */
export async function mergePlans (tx: Tx, goneId: string, planId: string): Promise<void> {
  await tx.delete(citations).where(and(eq(citations.citedId, goneId), eq(citations.planId, planId)))
  await tx.update(citations).set({ citedId: planId }).where(eq(citations.citedId, goneId))
  await tx.delete(plans).where(eq(plans.id, goneId))
}

/** As when a stub becomes one with a plan: whoever cited it cites the plan, and it is gone. */
export async function mergeStub (tx: Tx, stubId: string, planId: string): Promise<void> {
  await tx.delete(citations).where(and(eq(citations.citedId, stubId), eq(citations.planId, planId)))
  await tx.update(citations).set({ citedId: planId }).where(eq(citations.citedId, stubId))
  await tx.delete(plans).where(and(eq(plans.id, stubId), eq(plans.status, 'stub')))
}
