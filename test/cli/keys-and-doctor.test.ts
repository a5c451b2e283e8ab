import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import pg from 'pg'
import t from 'tap'
import { emptyDatabase, testDatabase } from '../helpers/database.ts'
import { thac as run } from './thac.ts'

const { url } = await testDatabase(t)

const thac = async (...args: string[]) => await run(args, { DATABASE_URL: url })

// As in commands.test.ts.
t.jobs = 2
t.setTimeout(120_000)

t.test('a key is issued, listed without its secret, and revoked', async t => {
  const created = await thac('keys', 'create', 'Sở Nội vụ', '--scopes', 'plans:read, plans:write', '--expires', '2199-12-31')
  t.equal(created.code, 0)
  const { key, id, ...rest } = JSON.parse(created.stdout)
  t.match(rest, { name: 'Sở Nội vụ', scopes: ['plans:read', 'plans:write'], expiresAt: '2199-12-31T16:59:59.999Z' }, 'to the end of the day in Vietnam')
  const list = await thac('keys', 'list', '--table')
  t.match(list.stdout, new RegExp(`^${id} {2}Sở Nội vụ {2}until 2199-12-31T16:59:59.999Z {2}plans:read, plans:write$`, 'm'))
  t.notMatch(list.stdout, key.split('_')[2])
  t.match(JSON.parse((await thac('keys', 'revoke', id)).stdout), { id, revokedAt: String })
  t.equal((await thac('keys', 'revoke', 'f'.repeat(16))).code, 4, 'a key that does not exist')
})

t.test('doctor is content with a sound installation, and ends with 5 when nobody may issue keys', async t => {
  const { url } = await testDatabase(t)
  const sound = await run(['doctor'], { DATABASE_URL: url })
  t.equal(sound.code, 0)
  t.same(JSON.parse(sound.stdout).map(({ name, ok }: any) => [name, ok]), [['node', true], ['configuration', true], ['database', true], ['schema', true], ['keys', true]])
  await run(['keys', 'create', 'reader', '--scopes', 'plans:read'], { DATABASE_URL: url })
  const locked = await run(['doctor', '--table'], { DATABASE_URL: url })
  t.equal(locked.code, 5)
  t.match(locked.stdout, /^wrong {2}keys {11}no key may issue others: thac keys create/m)
})

t.test('doctor ends with 1 for a wrong configuration and names the variable', async t => {
  const { code, stdout } = await run(['doctor'], { DATABASE_URL: url, THAC_REEDS: 'open' })
  t.equal(code, 1)
  t.match(JSON.parse(stdout).at(-1), { name: 'configuration', ok: false, detail: /THAC_REEDS.*did you mean THAC_READS/ })
})

t.test('doctor and every command only look at a database that was never migrated; migrate makes its schema, once', async t => {
  const url = await emptyDatabase(t)
  const env = { DATABASE_URL: url }
  const found = await run(['doctor'], env)
  t.equal(found.code, 7)
  t.match(JSON.parse(found.stdout).at(-1), { name: 'schema', ok: false, detail: /thac migrate/ })
  const shown = await run(['show', '666/QĐ-TTg'], env)
  t.equal(shown.code, 7)
  t.match(shown.stderr, /thac migrate/)
  t.same(await tablesOf(url), [], 'neither has changed anything')
  const [first, second] = [await run(['migrate'], env), await run(['migrate'], env)]
  t.same([first.code, second.code], [0, 0])
  t.match(first.stderr, /^Applied \d+ migration/)
  t.equal(second.stderr, 'The database has the schema of this version.\n')
  t.same([first.stdout, second.stdout], ['', ''])
  t.equal((await run(['doctor'], env)).code, 0)
})

t.test('doctor ends with 7 for a database of a newer version', async t => {
  const { pool, url } = await testDatabase(t)
  await pool.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', ['of the future', 9_999_999_999_999])
  const { code, stdout } = await run(['doctor'], { DATABASE_URL: url })
  t.equal(code, 7)
  t.match(JSON.parse(stdout).at(-1), { name: 'schema', ok: false, detail: /newer/ })
})

t.test('a database that does not answer ends a command with 7 and one sentence, without its password', async t => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  const env = { DATABASE_URL: `postgres://thac:geheim@127.0.0.1:${port}/thac` }
  for (const command of [['show', '666/QĐ-TTg'], ['doctor']]) {
    const { code, stdout, stderr } = await run(command, env)
    t.equal(code, 7)
    t.match(stderr + stdout, `connect ECONNREFUSED 127.0.0.1:${port}`)
    t.notMatch(stderr + stdout, /geheim|\n {4}at /)
  }
})

async function tablesOf (url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query("select schemaname || '.' || tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')")
  await client.end()
  return rows.map(({ name }) => name)
}
