import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase(t)

t.test('a connection that breaks in the middle of a transaction fails that transaction and nothing else', async t => {
  await t.rejects(db.transaction(async tx => {
    const { rows: [own] } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    await db.execute(sql`select pg_terminate_backend(${own!.pid})`)
    // Nobody is asking anything while it breaks.
    await sleep(200)
    await tx.execute(sql`select 1`)
  }))
  t.strictSame((await db.execute(sql`select 1 as one`)).rows, [{ one: 1 }])
})
