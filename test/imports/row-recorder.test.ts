import fc from 'fast-check'
import { sql } from 'drizzle-orm'
import t from 'tap'
import type { Db } from '../../src/db/connect.ts'
import { withSession } from '../../src/db/session.ts'
import type { Outcome, Row } from '../../src/imports/record-row.operations.ts'
import { type RecorderOptions, recording } from '../../src/imports/row-recorder.operations.ts'
import type { Strategy } from '../../src/imports/strategy.ts'
import type { RecordOptions } from '../../src/plans/decision.operations.ts'
import { type IssuedPlan, correctRecord, recordPlan } from '../../src/plans/plan.operations.ts'
import { findPlans } from '../../src/plans/plan.queries.ts'
import { Problem } from '../../src/problem.ts'
import { testDatabase } from '../helpers/database.ts'
import { brokenInvariants } from '../model/invariants.ts'
import { batch } from './batches.ts'

// THAC_MODEL_RUNS and THAC_MODEL_SEED make a long campaign of it.
const runs = Number(process.env['THAC_MODEL_RUNS'] ?? 25)
const seed = Number(process.env['THAC_MODEL_SEED'] ?? 20_261_124)

t.setTimeout(600_000)

const bulk = (await testDatabase(t)).db
const single = (await testDatabase(t)).db

interface RecordRowsOptions extends RecorderOptions {
  strategy: Strategy
  /** After so many rows the rest is handed over by itself; absent: all at once. */
  split?: number
  /** What is said to come after the first ones; absent: nothing. */
  announced?: Row[]
}

const recordTogether = async (db: Db, rows: Row[], { strategy, split = rows.length, announced, ...options }: RecordRowsOptions): Promise<Outcome[]> =>
  await withSession(db, {}, async session => await recording(session, options, async recorder => [
    ...await recorder.record(rows.slice(0, split), strategy, announced),
    ...await recorder.record(rows.slice(split), strategy)
  ]))

/** What recording them one by one says of each row, in the words of an outcome. */
async function recordSingly (db: Db, rows: Row[], { strategy, ...options }: RecordOptions & { strategy: Strategy }): Promise<{ outcome: string, code?: string }[]> {
  const said: { outcome: string, code?: string }[] = []
  for (const { issued } of rows) {
    try {
      await recordPlan(db, issued, options)
      said.push({ outcome: 'created' })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.code !== 'identity-taken' || strategy === 'create') {
        said.push({ outcome: 'refused', code: error.code })
        continue
      }
      said.push(await correctSingly(db, error.links!['plan']!.split('/').at(-1)!, issued, options))
    }
  }
  return said
}

async function correctSingly (db: Db, id: string, issued: IssuedPlan, options: { by: string, asIssued: boolean }): Promise<{ outcome: string, code?: string }> {
  const { version } = (await findPlans(db, [id])).get(id)!
  try {
    await correctRecord(db, id, { version, apply: () => issued }, options)
    return { outcome: 'updated' }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { outcome: 'refused', code: error.code }
  }
}

/** Every row of the register, with ids told by the order in which they came and without moments. */
async function pictureOf (db: Db): Promise<string> {
  const { rows: plans } = await db.execute<{ id: string }>(sql`select id from plans order by id`)
  const names = new Map(plans.map(({ id }, index) => [id, `plan ${index}`]))
  const texts: string[] = []
  for (const [table, order] of [['plans', 'id'], ['citations', 'plan_id, position'], ['targets', 'plan_id, position'], ['waivers', 'plan_id, position'], ['findings', 'plan_id, position'], ['events', 'seq']]) {
    const { rows } = await db.execute<{ row: Record<string, unknown> }>(sql`
      select to_jsonb(kept) - ${sql.param(['known_from', 'recorded_at', 'changed_at', 'judged_at', 'given_at', 'seq'])}::text[]
             - case when ${table} = 'events' then 'at' else '' end as row
        from ${sql.identifier(table!)} kept order by ${sql.join(order!.split(', ').map(name => sql.identifier(name)), sql`, `)}`)
    texts.push(table!, ...rows.map(({ row }) => JSON.stringify(row)))
  }
  return texts.join('\n').replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, id => names.get(id) ?? 'a plan that is gone')
    .replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"a moment"')
}

const empty = async (db: Db) => await db.transaction(async tx => {
  await tx.execute(sql`set local session_replication_role = replica`)
  for (const table of ['events', 'findings', 'waivers', 'targets', 'citations', 'plans']) await tx.execute(sql`delete from ${sql.identifier(table)}`)
  for (const table of ['findings', 'waivers', 'targets', 'citations', 'plans']) await tx.execute(sql`delete from past.${sql.identifier(table)}`)
})

t.test('rows recorded together leave what recording them one by one leaves, and say the same of each', { timeout: 600_000 }, async t => {
  const tally: Record<string, number> = {}
  await fc.assert(fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 3 }), fc.constantFrom('create', 'upsert'), fc.constantFrom(1, 2, 5, 1_000), fc.nat(8), fc.constantFrom('all', 'some', 'others', 'none'), async (batches, strategy, chunkRows, split, announcing) => {
    await Promise.all([bulk, single].map(empty))
    for (const { rows, asIssued } of batches) {
      const options = { by: 'somebody', asIssued, strategy } as const
      // What is said to come may come or not: it only saves questions.
      const announced = { all: rows.slice(split), some: rows.slice(split + 1), others: rows.slice(0, split), none: [] }[announcing]
      const together = await recordTogether(bulk, rows, { ...options, chunkRows, split, announced })
      const singly = await recordSingly(single, rows, options)
      for (const [index, { outcome, problem }] of together.entries()) {
        tally[outcome] = (tally[outcome] ?? 0) + 1
        const one = singly[index]!
        // To change nothing is no outcome of the single path; the tables then tell of a version more.
        if (outcome === 'unchanged') throw new fc.PreconditionFailure()
        if (outcome !== one.outcome || problem?.code !== one.code) throw new Error(`row ${index}: together ${outcome} ${problem?.code}, singly ${one.outcome} ${one.code}`)
      }
    }
    const [left, right] = [await pictureOf(bulk), await pictureOf(single)]
    if (left !== right) throw new Error(`the registers differ:\n${differing(left, right)}`)
  }), { numRuns: runs, seed, interruptAfterTimeLimit: 300_000 })
  t.comment(`seed ${seed}: ${JSON.stringify(tally)}`)
  t.strictSame(await brokenInvariants(bulk), [])
})

function differing (left: string, right: string): string {
  const [lefts, rights] = [left.split('\n'), right.split('\n')]
  const at = lefts.findIndex((line, index) => line !== rights[index])
  const [one = '', other = ''] = [lefts[at], rights[at]]
  const place = Math.max(0, [...one].findIndex((letter, index) => letter !== other[index]) - 100)
  return `line ${at}\ntogether: …${one.slice(place, place + 400)}\nsingly:   …${other.slice(place, place + 400)}`
}

t.test('whatever was being stored when recording fails is not in the register, nor comes there later', async t => {
  await empty(bulk)
  const rows = (title: string): Row[] => Array.from({ length: 30 }, (_, index) => ({
    number: index + 1, issued: { code: `${index + 1}/QĐ-TTg`, title, issuer: 'Thủ tướng Chính phủ', issuedOn: '2022-06-02', citations: [], targets: [], waivers: [] }
  }))
  const options = { by: 'somebody', asIssued: true, chunkRows: 10 }
  await recordTogether(bulk, rows('Một'), { ...options, strategy: 'create' })
  const before = await pictureOf(bulk)
  for (let turn = 0; turn < 5; turn++) {
    await t.rejects(withSession(bulk, {}, async session => await recording(session, options, async recorder => {
      await recorder.record(rows('Hai'), 'update', rows('Ba'))
      throw new Error('cancelled')
    })), { message: 'cancelled' })
    await t.rejects(withSession(bulk, {}, async session => await recording(session, options, async recorder => {
      await recorder.record(rows('Hai'), 'update')
      throw new Error('cancelled')
    })), { message: 'cancelled' })
  }
  // Whoever takes the lock has seen every transaction before it end.
  await recordTogether(bulk, [], { ...options, strategy: 'create' })
  t.equal(await pictureOf(bulk), before)
})

t.test('what is known by id or identity is created, updated, left unchanged or refused as the strategy says', async t => {
  await empty(bulk)
  const plan = (over: Partial<IssuedPlan> = {}): IssuedPlan => ({ code: '24/2021/QH15', issuer: 'Quốc hội', issuedOn: '2021-07-28', citations: [], targets: [], waivers: [], ...over })
  const id = '01234567-89ab-7def-8123-456789abcdef'
  const record = async (strategy: RecordRowsOptions['strategy'], ...rows: Omit<Row, 'number'>[]) =>
    (await recordTogether(bulk, rows.map((row, index) => ({ number: index + 1, ...row })), { by: 'somebody', asIssued: false, strategy }))
      .map(({ number, outcome, planId, problem }) => ({ number, outcome, planId, code: problem?.code }))

  t.strictSame(await record('update', { id, issued: plan() }), [{ number: 1, outcome: 'refused', planId: undefined, code: 'plan-not-found' }])
  t.strictSame(await record('create', { id, issued: plan() }, { issued: plan() }), [
    { number: 1, outcome: 'created', planId: id, code: undefined }, { number: 2, outcome: 'refused', planId: id, code: 'identity-taken' }
  ])
  const { version } = (await findPlans(bulk, [id])).get(id)!
  t.strictSame(await record('upsert', { id, issued: plan() }, { issued: plan({ draft: false, period: {} } as Partial<IssuedPlan>) }), [
    { number: 1, outcome: 'unchanged', planId: id, code: undefined }, { number: 2, outcome: 'unchanged', planId: id, code: undefined }
  ])
  t.equal((await findPlans(bulk, [id])).get(id)!.version, version, 'nothing was written')
  t.strictSame(await record('update', { issued: plan({ title: 'Nghị quyết' }) }), [{ number: 1, outcome: 'updated', planId: id, code: undefined }])
  t.equal((await findPlans(bulk, [id])).get(id)!.version, version + 1)
})

t.test('a stub is taken over with its id, or becomes one with the plan that brings its own', async t => {
  await empty(bulk)
  const options: RecordRowsOptions = { by: 'somebody', asIssued: true, strategy: 'create' }
  const child = (code: string, cites: string): IssuedPlan => ({
    code, issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07', citations: [{ relation: 'implements', code: cites, issuer: 'Thủ tướng Chính phủ', issuedOn: '2022-06-02' }], targets: [], waivers: []
  })
  const parent = (code: string): IssuedPlan => ({ code, issuer: 'Thủ tướng Chính phủ', issuedOn: '2022-06-02', citations: [], targets: [], waivers: [] })
  const id = '01234567-89ab-7def-8123-456789abcdef'
  const [first, second] = await recordTogether(bulk, [{ number: 1, issued: child('31/KH-UBND', '1/QĐ-TTg') }, { number: 2, issued: child('32/KH-UBND', '2/QĐ-TTg') }], options)
  const citedBy = async (planId: string) => (await findPlans(bulk, [planId])).get(planId)!.readings[0]!
  const stub = (await citedBy(first!.planId!)).citedId!
  const [taken, merged] = await recordTogether(bulk, [{ number: 1, issued: parent('1/QĐ-TTg') }, { number: 2, id, issued: parent('2/QĐ-TTg') }], options)
  t.match([taken, merged], [{ outcome: 'created', planId: stub }, { outcome: 'created', planId: id }])
  t.match([await citedBy(first!.planId!), await citedBy(second!.planId!)], [{ resolution: 'resolved', citedId: stub }, { resolution: 'resolved', citedId: id }])
  t.strictSame(await brokenInvariants(bulk), [])
})

t.test('recording many rows, anew or again, asks the database no oftener than recording few', async t => {
  await empty(bulk)
  const head: IssuedPlan = { code: '24/2021/QH15', issuer: 'Quốc hội', issuedOn: '2021-07-28', citations: [], targets: [], waivers: [] }
  const below = (count: number, title: string): IssuedPlan[] => Array.from({ length: count }, (_, index) => ({
    code: `${index + 1}/QĐ-TTg`, title, issuer: 'Thủ tướng Chính phủ', issuedOn: '2022-06-02', citations: [{ relation: 'implements', code: '24/2021/QH15', issuer: 'Quốc hội', issuedOn: '2021-07-28' }], targets: [], waivers: []
  }))
  const asked = async (count: number, title: string): Promise<[outcomes: string[], queries: number]> => await withSession(bulk, {}, async session => {
    let queries = 0
    const { client } = session
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    Object.assign(client, { query: (...args: unknown[]) => { queries++; return query(...args) } })
    const outcomes = await recording(session, { by: 'somebody', asIssued: true }, async recorder =>
      await recorder.record([head, ...below(count, title)].map((issued, index) => ({ number: index + 1, issued })), 'upsert'))
    Object.assign(client, { query })
    return [[...new Set(outcomes.map(({ outcome }) => outcome))].sort(), queries]
  })
  for (const [title, outcomes] of [['Một', ['created']], ['Một', ['unchanged']], ['Hai', ['unchanged', 'updated']]] as const) {
    if (title === 'Một' && outcomes[0] === 'created') await empty(bulk)
    const [few, fewQueries] = await asked(10, title)
    if (outcomes[0] === 'created') await empty(bulk)
    else if (title === 'Hai') await asked(200, 'Một')
    const [many, manyQueries] = await asked(200, title)
    t.strictSame([few, many], [outcomes, outcomes])
    t.ok(manyQueries <= fewQueries + 3, `${outcomes.join(', ')}: ${fewQueries} and ${manyQueries}`)
  }
})
