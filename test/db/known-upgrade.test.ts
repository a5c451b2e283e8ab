import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { connect } from '../../src/db/connect.ts'
import { asKnown } from '../../src/db/known.ts'
import { migrate, MIGRATIONS } from '../../src/db/migrate.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { beginMoment } from './known-register.ts'

t.test('what was recorded before the register kept its past is known since its last change, and citations once both ends are', async t => {
  const folder = t.testdir({})
  await cp(MIGRATIONS, folder, { recursive: true })
  const path = join(folder, 'meta', '_journal.json')
  const journal = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }))
  const url = await emptyDatabase(t)
  await migrate(url, { folder })
  const { db, close } = connect(url, { poolSize: 2 })
  t.teardown(close)

  const plan = (id: number, changedAt: string) => sql`insert into plans (id, version, status, search_text, changed_at)
    values (${`00000000-0000-7000-8000-00000000000${id}`}, 1, 'conforming', '', ${changedAt})`
  await db.execute(plan(1, '2024-03-01T00:00:00Z'))
  await db.execute(plan(2, '2024-01-01T00:00:00Z'))
  await db.execute(plan(3, '2124-02-01T00:00:00Z'))
  await db.execute(sql`insert into citations (plan_id, position, relation, resolution, cited_id) select p.id, 0, 'implements', 'resolved', q.id
    from plans p join plans q on p.id::text like '%2' and q.id::text like '%1'`)
  await db.execute(sql`insert into citations (plan_id, position, relation, resolution, candidate_ids) select id, 1, 'implements', 'ambiguous',
    (select array_agg(id order by id desc) from plans where id::text not like '%2') from plans where id::text like '%2'`)
  await db.execute(sql`insert into targets select id, 0, 'a', 'b', '{}' from plans`)
  await db.execute(sql`insert into findings select id, 0, 'a', 'info', '', '', '', '{}' from plans`)
  await db.execute(sql`insert into waivers select id, 0, 'a', null, '', '' from plans`)
  await migrate(url)

  const countsAt = (moment: string) => asKnown(db, new Date(moment), async tx => Object.values((await tx.execute<Record<string, string>>(sql`
    select (select count(*) from plans) as p, (select count(*) from citations) as c, (select count(*) from targets) as t,
           (select count(*) from findings) as f, (select count(*) from waivers) as w`)).rows[0]!).map(Number))
  t.same(await countsAt('2023-12-31T23:59:59.999Z'), [0, 0, 0, 0, 0])
  t.same(await countsAt('2024-01-01T00:00:00Z'), [1, 0, 1, 1, 1])
  t.same(await countsAt('2024-03-01T00:00:00Z'), [2, 1, 2, 2, 2])
  t.same(await countsAt('2124-02-01T00:00:00Z'), [3, 2, 3, 3, 3])
  await db.transaction(async tx => {
    t.equal((await beginMoment(tx)).toISOString(), '2124-02-01T00:00:00.001Z', 'the first moment comes after everything that is known')
  })
})
