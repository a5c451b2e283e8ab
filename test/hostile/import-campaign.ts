import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type t from 'tap'
import type { Db } from '../../src/db/connect.ts'
import { resolution } from '../helpers/bodies.ts'
import { decisions, ndjson } from '../imports/importing.ts'
import { brokenInvariants } from '../model/invariants.ts'

// THAC_CRASH_KILLS and THAC_CRASH_ROWS make a long campaign of it, THAC_CRASH_SEED repeats the moments of one.
export const KILLS = Number(process.env['THAC_CRASH_KILLS'] ?? 2)
export const SEED = Number(process.env['THAC_CRASH_SEED'] ?? Date.now() % 1_000_000)
const DECISIONS = Number(process.env['THAC_CRASH_ROWS'] ?? 1_500)

export const ROWS = DECISIONS + 1

/** The parent comes last: the order of recording is found anew by each node. */
export const upload = (): Buffer => Buffer.from(ndjson([...decisions(DECISIONS), resolution()]))

/** Looks at the only import of the database until `end`, which tells what looked half done; nothing may, whenever somebody looks. */
export function watchImport (t: Pick<Tap, 'teardown'>, db: Db, atomic: boolean): { end: () => Promise<string[]> } {
  const faults: string[] = []
  const over = new AbortController()
  const look = async () => {
    const { rows: [seen] } = await db.execute<{ plans: number, done: number, entries: number, stored: boolean }>(sql`
      select (select count(*)::integer from plans where status <> 'stub') as plans,
             coalesce((select rows_done from imports where state <> 'receiving'), 0) as done,
             coalesce((select stored from imports where state <> 'receiving'), false) as stored,
             (select count(*)::integer from import_entries e join imports i on e.import_id = i.id and e.run = i.reported_run) as entries`)
    if (atomic && seen!.plans !== (seen!.stored ? ROWS : 0)) faults.push(`atomic: ${JSON.stringify(seen)}`)
    if (!atomic && (seen!.plans !== seen!.done || seen!.entries !== seen!.done)) faults.push(`row by row: ${JSON.stringify(seen)}`)
  }
  const looking = (async () => { for (; !over.signal.aborted; await sleep(50)) await look() })()
  const end = async () => {
    over.abort()
    await looking
    return faults.slice(0, 3)
  }
  t.teardown(end)
  return { end }
}

/** Every row of the upload was recorded and told of, once. */
export async function checkWhole (t: Pick<Tap, 'equal' | 'strictSame'>, db: Db): Promise<void> {
  const counted = async (what: ReturnType<typeof sql>): Promise<number> => (await db.execute<{ count: number }>(what)).rows[0]!.count
  t.equal(await counted(sql`select count(*)::integer as count from plans where status <> 'stub'`), ROWS, 'every plan is there')
  t.equal(await counted(sql`select count(*)::integer as count from events where type = 'plan.recorded'`), ROWS, 'each was recorded once')
  t.equal(await counted(sql`select count(distinct row)::integer as count from import_entries where plan_id is not null`), ROWS, 'every row has its entry')
  t.equal(await counted(sql`select count(*)::integer as count from import_entries`), ROWS, 'and is told once')
  t.strictSame(await brokenInvariants(db), [])
}

type Tap = typeof t
