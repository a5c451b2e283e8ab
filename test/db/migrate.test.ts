import { appendFile, cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as drizzleMigrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import t from 'tap'
import { migrate, MIGRATIONS } from '../../src/db/migrate.ts'
import { emptyDatabase, testDatabase } from '../helpers/database.ts'
import { otherProcess } from './other-process.ts'

type Test = Pick<typeof t, 'testdir'>

/** A folder of migrations like ours, followed by the given ones, a day apart. */
async function folderWith (t: Test, ...later: string[]) {
  const folder = t.testdir({})
  await cp(MIGRATIONS, folder, { recursive: true })
  for (const statement of later) await add(folder, statement)
  return folder
}

async function add (folder: string, statement: string, daysLater = 1) {
  const path = join(folder, 'meta', '_journal.json')
  const journal = JSON.parse(await readFile(path, 'utf8'))
  const idx = journal.entries.length
  const tag = `000${idx}_later`
  journal.entries.push({ idx, version: '7', when: journal.entries.at(-1).when + daysLater * 86_400_000, tag, breakpoints: true })
  await writeFile(path, JSON.stringify(journal))
  await writeFile(join(folder, `${tag}.sql`), statement)
}

async function rowsOf (url: string, text: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client.query(text).then(({ rows }) => rows).finally(() => client.end())
}

const appliedIn = (url: string) => rowsOf(url, 'select id from drizzle.__drizzle_migrations')

const countFiles = async (folder: string) =>
  JSON.parse(await readFile(join(folder, 'meta', '_journal.json'), 'utf8')).entries.length

t.test('four nodes that start at once on an empty database all come up, and each migration is applied once', async t => {
  const url = await emptyDatabase(t)
  const nodes = await Promise.all(Array.from({ length: 4 }, () => otherProcess()))
  t.teardown(() => Promise.all(nodes.map(node => node.kill('SIGKILL'))))

  await Promise.all(nodes.map(node => node.open({ databaseUrl: url })))

  t.equal((await appliedIn(url)).length, await countFiles(MIGRATIONS))
  const counts = nodes.flatMap(node => node.said).map(said => Number(/Applied (\d+)/.exec(said)?.[1] ?? 0))
  t.equal(counts.reduce((sum, count) => sum + count, 0), await countFiles(MIGRATIONS), 'no node repeats another')
  await Promise.all(nodes.map(node => node.close()))
})

t.test('what is applied stays: a second start applies nothing', async t => {
  const url = await emptyDatabase(t)
  t.equal(await migrate(url), await countFiles(MIGRATIONS))
  t.equal(await migrate(url), 0)
})

t.test('the journal is the one that drizzle keeps: its own migrate() finds nothing to do', async t => {
  const { db, url } = await testDatabase(t)
  await drizzleMigrate(drizzle({ client: db.$client }), { migrationsFolder: MIGRATIONS })
  t.equal((await appliedIn(url)).length, await countFiles(MIGRATIONS))
})

t.test('a database takes the migrations that are new to it, and only those', async t => {
  const { url } = await testDatabase(t)
  const folder = await folderWith(t, 'create table later (id int)', 'alter table later add column name text')
  t.equal(await migrate(url, { folder }), 2)
  t.same(await rowsOf(url, 'select id, name from later'), [])
})

t.test('a value added to an enum by one migration can be used by the next', async t => {
  const { url } = await testDatabase(t)
  const folder = await folderWith(t,
    "alter type level add value 'hamlet'", "create table later (level level default 'hamlet')")
  t.equal(await migrate(url, { folder }), 2)
})

t.test('a migration that fails leaves nothing of itself, and everything of the ones before it', async t => {
  const { url } = await testDatabase(t)
  const folder = await folderWith(t,
    'create table good (id int)', 'create table half (id int);--> statement-breakpoint\nselect 1/0')
  await t.rejects(migrate(url, { folder }), { message: /division by zero/ })
  t.same(await rowsOf(url, "select to_regclass('good')::text as good, to_regclass('half')::text as half"),
    [{ good: 'good', half: null }])

  await writeFile(join(folder, `000${await countFiles(folder) - 1}_later.sql`), 'create table half (id int)')
  t.equal(await migrate(url, { folder }), 1)
})

t.test('a migration changed after it was applied is refused by its name', async t => {
  const { url } = await testDatabase(t)
  const folder = await folderWith(t)
  await appendFile(join(folder, '0000_foundation.sql'), '\n-- one word more')
  await t.rejects(migrate(url, { folder }), { message: /0000_foundation was changed after it was applied/ })
})

t.test('a database newer than the code is refused with both versions', async t => {
  const { url } = await testDatabase(t)
  const files = await countFiles(MIGRATIONS)
  await migrate(url, { folder: await folderWith(t, 'create table later (id int)') })
  const refusal = new RegExp(`newer than this version of thac: it has ${files + 1} migrations.* knows ${files}, up to 000`)
  await t.rejects(migrate(url), { message: refusal })
  const node = await otherProcess()
  await t.rejects(node.open({ databaseUrl: url }), { message: refusal }, 'a node does not start on it')
})

t.test('an applied migration whose file is missing is refused', async t => {
  const { url } = await testDatabase(t)
  const folder = await folderWith(t, 'create table one (id int)', 'create table two (id int)')
  await migrate(url, { folder })
  const path = join(folder, 'meta', '_journal.json')
  const journal = JSON.parse(await readFile(path, 'utf8'))
  const [gone] = journal.entries.splice(-2, 1)
  await writeFile(path, JSON.stringify(journal))
  await rm(join(folder, `${gone.tag}.sql`))
  await t.rejects(migrate(url, { folder }), { message: /that is missing from migrations/ })
})

t.test('a migration made before the last one applied is refused, not passed over', async t => {
  const { url } = await testDatabase(t)
  await migrate(url, { folder: await folderWith(t, 'create table later (id int)') })
  const folder = t.testdir({ branch: {} })
  await cp(MIGRATIONS, join(folder, 'branch'), { recursive: true })
  await add(join(folder, 'branch'), 'create table earlier (id int)', 0.5)
  await add(join(folder, 'branch'), 'create table later (id int)', 0.5)
  await t.rejects(migrate(url, { folder: join(folder, 'branch') }), { message: /_later was never applied to this database, although a later one was/ })
  t.same(await rowsOf(url, "select to_regclass('earlier') as earlier"), [{ earlier: null }])
})
