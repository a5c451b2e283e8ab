import { eq, sql } from 'drizzle-orm'
import t from 'tap'
import { connect, type Tx } from '../../src/db/connect.ts'
import { asKnown } from '../../src/db/known.ts'
import { citations, events, findings, plans, reviews, targets } from '../../src/db/schema.ts'
import { recordEvents } from '../../src/events/event.queries.ts'
import { findPlans } from '../../src/plans/plan.queries.ts'
import { provincial, resolution } from '../helpers/bodies.ts'
import { testDatabase } from '../helpers/database.ts'
import { testService } from '../helpers/service.ts'
import {
  addCitation, addFinding, addPlan, addTarget, addWaiver, beginMoment, KEPT, mergePlans, type Photograph, photograph, pictureOf, setClockBack
} from './known-register.ts'

const { db, url } = await testDatabase(t)

/** What the register held since each moment, in the order in which the transactions committed. */
const log: { since: Date, held: Photograph }[] = []

/** One transaction, noted in the log; answers its moment. */
async function change (work: (tx: Tx) => Promise<unknown>): Promise<Date> {
  const since = await db.transaction(async tx => {
    const moment = await beginMoment(tx)
    await work(tx)
    return moment
  })
  log.push({ since, held: await pictureOf(db) })
  return since
}

const millisecondBefore = (moment: Date) => new Date(moment.getTime() - 1)

const textOf = (rows: Record<string, unknown>[]) => rows.map(row => Object.values(row).join(' ')).join('\n')

/** A plan with two of everything, and a plan that cites it. */
async function family (): Promise<{ parent: string, child: string }> {
  let ids = { parent: '', child: '' }
  await change(async tx => {
    ids = { parent: await addPlan(tx, { title: 'Cha', periodFrom: '2021', periodTo: '2025' }), child: await addPlan(tx, { title: 'Con' }) }
    for (const position of [0, 1]) {
      await addCitation(tx, ids.child, position, ids.parent)
      for (const add of [addTarget, addFinding, addWaiver]) await add(tx, ids.child, position)
    }
  })
  return ids
}

/** Every moment from that entry of the log on shows what stood there, until the millisecond before the next. */
async function checkLog (t: { fail: (message: string) => unknown }, from = 0): Promise<void> {
  for (const [index, { since, held }] of log.entries()) {
    if (index < from) continue
    const next = log[index + 1]?.since
    if (next && next <= since) t.fail('a moment does not come after the one before it')
    if (await pictureOf(db, since) !== held) t.fail(`the moment ${since.toISOString()} shows something else`)
    if (next && await pictureOf(db, millisecondBefore(next)) !== held) t.fail(`what stood there from ${since.toISOString()} does not stand until the next change`)
  }
}

let entriesBefore = 0
t.beforeEach(() => { entriesBefore = log.length })
t.afterEach(async t => await checkLog(t, Math.max(entriesBefore - 1, 0)))

t.test('before its first change the register knows nothing', async t => {
  const first = await change(async tx => { await addPlan(tx) })
  t.equal(await pictureOf(db, millisecondBefore(first)), KEPT.join('\n'))
  t.equal(await pictureOf(db, new Date('0000-01-01T00:00:00Z')), KEPT.join('\n'), 'also in a year that PostgreSQL does not have')
})

t.test('a record that is corrected is seen as it was, before', async t => {
  const { parent } = await family()
  const corrected = await change(tx => tx.update(plans).set({ title: 'Tên khác', periodTo: '2030' }).where(eq(plans.id, parent)))
  const titleAt = async (moment: Date) => await asKnown(db, moment, tx => tx.select({ title: plans.title, years: plans.periodYears }).from(plans).where(eq(plans.id, parent)))
  t.same(await titleAt(millisecondBefore(corrected)), [{ title: 'Cha', years: '[2021,2026)' }])
  t.same(await titleAt(corrected), [{ title: 'Tên khác', years: '[2021,2031)' }])
})

t.test('an update that changes nothing is no change, and one that writes an equal value differently is', async t => {
  const { child } = await family()
  const past = async () => (await db.execute<{ count: string }>(sql`select count(*) from past.targets where plan_id = ${child}`)).rows[0]!.count
  await change(tx => tx.execute(sql`update targets set target = target, known_from = now() where plan_id = ${child}`))
  t.equal(await past(), '0')
  await change(tx => tx.execute(sql`update targets set target = '{"low": 1.5}' where plan_id = ${child}`))
  await change(tx => tx.execute(sql`update targets set target = '{"low": 1.50}' where plan_id = ${child}`))
  t.equal(await past(), '4')
})

t.test('a plan that is deleted takes its rows with it, and all of them are there at the moments before', async t => {
  const { child } = await family()
  await change(tx => tx.delete(plans).where(eq(plans.id, child)))
  const { rows } = await db.execute<{ count: string }>(sql`select (select count(*) from past.citations where plan_id = ${child}) +
    (select count(*) from past.targets where plan_id = ${child}) + (select count(*) from past.findings where plan_id = ${child}) +
    (select count(*) from past.waivers where plan_id = ${child}) as count`)
  t.equal(rows[0]!.count, '8')
})

t.test('a stub that becomes one with a plan is still cited as a stub at the moments before', async t => {
  let stub = ''
  let plan = ''
  let child = ''
  const before = await change(async tx => {
    stub = await addPlan(tx, { status: 'stub' })
    plan = await addPlan(tx)
    child = await addPlan(tx)
    await addCitation(tx, child, 0, stub)
    await addCitation(tx, plan, 0, stub)
  })
  const merged = await change(tx => mergePlans(tx, stub, plan))
  const citedAt = async (moment: Date) => (await asKnown(db, moment, tx => findPlans(tx, [child]))).get(child)!.readings[0]!.citedId
  t.equal(await citedAt(before), stub)
  t.equal(await citedAt(merged), plan)
})

t.test('rows that are taken away and written again are there at every moment, once', async () => {
  const { child } = await family()
  await change(async tx => {
    await tx.delete(targets).where(eq(targets.planId, child))
    await tx.delete(findings).where(eq(findings.planId, child))
    await addTarget(tx, child, 0)
    await addFinding(tx, child, 0)
    await addFinding(tx, child, 2)
  })
})

t.test('of several changes in one transaction only the first and the last state were ever known', async t => {
  const { child, parent } = await family()
  let passing = ''
  await change(async tx => {
    for (const title of ['một', 'hai', 'ba']) await tx.update(plans).set({ title }).where(eq(plans.id, parent))
    await tx.delete(citations).where(eq(citations.planId, child))
    await addCitation(tx, child, 0)
    await tx.update(citations).set({ note: 'sửa' }).where(eq(citations.planId, child))
    await tx.delete(citations).where(eq(citations.planId, child))
    passing = await addPlan(tx)
    await tx.update(plans).set({ title: 'tạm' }).where(eq(plans.id, passing))
    await tx.delete(plans).where(eq(plans.id, passing))
  })
  const { rows } = await db.execute(sql`select title from past.plans where id in (${parent}, ${passing})`)
  t.same(rows, [{ title: 'Cha' }])
})

t.test('what is rolled back was never known, a part of a transaction also', async t => {
  const { child, parent } = await family()
  await t.rejects(db.transaction(async tx => {
    await beginMoment(tx)
    await tx.delete(plans).where(eq(plans.id, child))
    throw new Error('no')
  }), { message: 'no' })
  await change(async tx => {
    await tx.update(plans).set({ title: 'giữ' }).where(eq(plans.id, parent))
    await t.rejects(tx.transaction(async inner => {
      await inner.update(plans).set({ title: 'bỏ' }).where(eq(plans.id, parent))
      await inner.delete(plans).where(eq(plans.id, child))
      throw new Error('no')
    }))
  })
})

t.test('two transactions of one millisecond have two moments, and when the clock is set back moments and events go on', async t => {
  const { parent } = await family()
  const last = await setClockBack(db, 3_600_000)
  for (const title of ['một', 'hai', 'ba']) {
    await change(async tx => {
      await tx.update(plans).set({ title }).where(eq(plans.id, parent))
      await recordEvents(tx, [{ by: 'key', type: 'plan.amended', planId: parent }])
    })
  }
  t.same(log.slice(-3).map(({ since }) => since.getTime() - last.getTime()), [1, 2, 3])
  const told = await db.select({ at: events.at }).from(events).orderBy(events.seq)
  t.same(told.map(({ at }) => at), log.slice(-3).map(({ since }) => since), 'an event is told at the moment of its change')
})

t.test('a moment is that of its transaction, however often it is begun, and it ends with it', async t => {
  const moments: Date[] = []
  const moment = await change(async tx => {
    moments.push(await beginMoment(tx))
    const id = await addPlan(tx)
    const [plan] = await tx.select({ known: plans.knownFrom, recorded: plans.recordedAt, changed: plans.changedAt }).from(plans).where(eq(plans.id, id))
    moments.push(plan!.known, plan!.recorded, plan!.changed)
  })
  t.same(moments, Array(4).fill(moment))
  t.ok(await change(async () => {}) > moment)
})

t.test('who writes by hand and begins no moment gets one, under the lock', async t => {
  await family()
  const { pool, close } = connect(url, { poolSize: 1 })
  t.teardown(close)
  const client = await pool.connect()
  await client.query('begin')
  const { rows } = await client.query("update plans set title = 'bằng tay' returning known_from, register_moment() as moment")
  t.ok(rows.length > 1 && rows.every(({ known_from: from, moment }) => from.getTime() === moment.getTime()))
  const locks = await client.query("select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()")
  t.equal(locks.rowCount, 1)
  await client.query('commit')
  log.push({ since: rows[0].moment, held: await pictureOf(db) })
  client.release()
})

t.test('the moment of a row is worked out within the statement that writes it, without calling a function for each row', async t => {
  const { rows } = await db.execute<{ 'QUERY PLAN': string }>(sql`explain (verbose) select register_moment() from plans`)
  t.match(rows.map(row => row['QUERY PLAN']).join(' '), /Output: COALESCE\(.*current_setting/)
})

t.test('nobody empties a table of the register, and nobody changes or deletes a review', async t => {
  const { parent, child } = await family()
  await change(tx => tx.insert(reviews).values({
    id: parent, planId: child, parentId: parent, verdict: 'valid', reason: 'Vẫn phù hợp', parentFingerprint: 'a', planFingerprint: 'b', asOf: '2024-01-01', givenBy: 'key'
  }))
  for (const table of [...KEPT, 'reviews']) {
    await t.rejects(db.execute(sql`truncate ${sql.identifier(table)} cascade`), { cause: { code: '23000' } }, table)
  }
  await t.rejects(db.update(reviews).set({ reason: '' }), { cause: { code: '23000' } })
  await t.rejects(db.delete(reviews), { cause: { code: '23000' } })
})

t.test('reviews and events are read as far as they were known', async t => {
  const { parent, child } = await family()
  const reviewed = await change(async tx => {
    await tx.insert(reviews).values({
      id: child, planId: child, parentId: parent, verdict: 'invalid', reason: 'Không còn phù hợp', parentFingerprint: 'a', planFingerprint: 'b', asOf: '2024', givenBy: 'key'
    })
    await recordEvents(tx, [{ by: 'key', type: 'plan.reviewed', planId: child }])
  })
  const knownAt = (moment: Date) => asKnown(db, moment, async tx => [
    await tx.$count(reviews, eq(reviews.planId, child)), await tx.$count(events, eq(events.planId, child))])
  t.same(await knownAt(millisecondBefore(reviewed)), [0, 0])
  t.same(await knownAt(reviewed), [1, 1])
})

t.test('a table, its past and its view have the same columns (else: add the column to past.<table>, then select past.remember)', async t => {
  const columnsOf = async (schema: string, table: string) => textOf((await db.execute(sql`
    select attname, format_type(atttypid, atttypmod), attcollation from pg_attribute
     where attrelid = format('%I.%I', ${schema}::text, ${table}::text)::regclass and attnum > 0 and not attisdropped and (attname <> 'known_to' or ${schema} <> 'past')
     order by attnum`)).rows)
  const sorted = (columns: string) => columns.split('\n').sort()
  for (const table of KEPT) t.same(sorted(await columnsOf('past', table)), sorted(await columnsOf('public', table)), table)
  for (const table of [...KEPT, 'reviews', 'events']) t.equal(await columnsOf('known', table), await columnsOf('public', table), table)
  const { rows } = await db.execute(sql`select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'known_from' order by 1`)
  t.same(rows.map(({ name }) => name), [...KEPT, 'reviews'].sort(), 'a further table that knows moments has to be added here')
})

t.test('a plan, its rows and its children are found by index, in the present and in the past', async t => {
  const id = await asKnown(db, undefined, async tx => (await tx.select({ id: plans.id }).from(plans).limit(1))[0]!.id)
  const by = { plans: 'id', citations: 'plan_id', targets: 'plan_id', findings: 'plan_id', waivers: 'plan_id', reviews: 'plan_id' }
  const questions = [
    ...Object.entries(by).map(([table, column]) => sql`select * from ${sql.identifier(table)} where ${sql.identifier(column)} = any(${sql.param([id])}::uuid[])`),
    sql`select * from plans where canonical_code = any('{a}') or identity = any('{b}')`,
    sql`select * from citations where cited_id is null and canonical_code = any('{a}')`,
    sql`select * from findings where rule = 'allocation-sum'`,
    sql`select * from citations join plans on plans.id = citations.plan_id where citations.cited_id = ${id} and citations.relation = 'implements'`
  ]
  for (const question of questions) {
    const plan = await asKnown(db, new Date(), async tx => {
      // So few rows tempt the planner to read them all; what it can do by index is the question here.
      for (const way of ['seqscan', 'hashjoin', 'mergejoin']) await tx.execute(sql`select set_config(${`enable_${way}`}, 'off', true)`)
      return textOf((await tx.execute(sql`explain ${question}`)).rows)
    })
    t.notMatch(plan, /Seq Scan/, plan)
  }
})

t.test('whoever reads the past writes nothing, and leaves no setting behind on the connection', async t => {
  const { db, close } = connect(url, { poolSize: 1 })
  t.teardown(close)
  for (const knownAt of [undefined, new Date()]) {
    await t.rejects(asKnown(db, knownAt, tx => tx.insert(plans).values({ id: '01a20d78-b04f-7536-a378-4dce17141e9f', version: 1, status: 'stub', searchText: '' })), { cause: { code: /^(25006|0A000|55000)$/ } })
    await t.rejects(asKnown(db, knownAt, tx => tx.execute(sql`delete from public.plans`)), { cause: { code: '25006' } })
    await asKnown(db, knownAt, photograph)
    const { rows } = await db.execute(sql`select current_setting('search_path') as path, coalesce(current_setting('thac.known_at', true), '') as at`)
    t.same(rows, [{ path: '"$user", public', at: '' }])
  }
})

t.test('all queries of one reading see one state, also of the past', async t => {
  for (const knownAt of [undefined, new Date('2100-01-01T00:00:00Z')]) {
    const { parent } = await family()
    const seen = await asKnown(db, knownAt, async tx => {
      const before = await photograph(tx)
      await change(other => other.delete(citations).where(eq(citations.citedId, parent)))
      return [before, await photograph(tx)]
    })
    t.equal(seen[1], seen[0])
  }
})

t.test('after everything that was done here, every moment still shows what stood there', async t => {
  t.ok(log.length > 20)
  await checkLog(t)
})

t.test('the recordedAt of a reply, asked for as knownAt, shows that plan as it was recorded, and changedAt as it was changed', async t => {
  const { db, record, patch } = await testService(t)
  await record(resolution())
  const { plan } = await record(provincial({ citations: [] }), { asIssued: true })
  const changed = (await patch(`/v1/plans/${plan.id}?asIssued=true`, { title: 'Tên đã sửa' }, `"${plan.version}"`)).json().plan
  const titleAt = async (moment: string) => (await asKnown(db, new Date(moment), tx => findPlans(tx, [plan.id]))).get(plan.id)?.plan.title
  t.equal(await titleAt(plan.recordedAt), plan.title)
  t.equal(await titleAt(changed.changedAt), 'Tên đã sửa')
  t.equal(await titleAt(new Date(Date.parse(plan.recordedAt) - 1).toISOString()), undefined)
})

t.test('what the register knew at a moment is told in one way: never while whoever writes since before it has not ended', async t => {
  const { id } = (await change(async tx => { await addPlan(tx, { title: 'Trước' }) }), (await db.select({ id: plans.id }).from(plans).where(eq(plans.title, 'Trước')))[0]!)
  const titleAt = async (moment: Date) => await asKnown(db, moment, async tx => (await findPlans(tx, [id])).get(id)?.plan.title)
  let moment = new Date(0)
  let asked = new Date(0)
  await db.transaction(async tx => {
    moment = await beginMoment(tx)
    await tx.update(plans).set({ title: 'Sau' }).where(eq(plans.id, id))
    asked = new Date(Math.max(Date.now(), moment.getTime()))
    for (const at of [moment, asked]) await t.rejects(titleAt(at), { code: 'try-again', retryAfterSeconds: 5, detail: { vi: new RegExp(moment.toISOString()) } })
    t.equal(await titleAt(millisecondBefore(moment)), 'Trước')
  })
  t.equal(await titleAt(asked), 'Sau')
  t.equal(await titleAt(millisecondBefore(moment)), 'Trước')
})
