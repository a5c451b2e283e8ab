import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { testDatabase } from '../helpers/database.ts'
import { testService } from '../helpers/service.ts'
import { ended, start, thac } from './thac.ts'

const directory = await mkdtemp(join(tmpdir(), 'thac-demo-'))
t.teardown(() => rm(directory, { recursive: true }))
const env = { THAC_DATA_DIR: directory, PORT: '0' }

type Test = Pick<typeof t, 'equal'>

interface Demo {
  child: ChildProcess
  /** What it said until it was ready. */
  said: string
  url: string
}

async function demo (): Promise<Demo> {
  const child = start(['demo'], env)
  t.teardown(() => child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', text => { said += text })
  // Its two streams come in no order.
  while (!/^55\/KH-SVHTTDL/m.test(said) || !/Ctrl-C stops/.test(said)) {
    if (child.exitCode !== null) throw new Error(`The demo did not start: ${said}`)
    await sleep(10)
  }
  return { child, said, url: /docs (\S+)\/docs/.exec(said)![1]! }
}

const read = async (url: string): Promise<any> => await (await fetch(url)).json()

/** The port of the database that runs in the directory. Removing this note is the last thing a database does. */
async function databasePort (): Promise<number | undefined> {
  const [, , , port] = (await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  return port === undefined ? undefined : Number(port)
}

async function stop (t: Test, child: ChildProcess): Promise<void> {
  const port = await databasePort()
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  t.equal(code, 0, 'it was asked to stop, and stopped')
  t.equal(await databasePort(), undefined, 'its database stopped with it')
  const [error] = await once(connect(port!, '127.0.0.1'), 'error').catch(error => [error])
  t.equal(error.code, 'ECONNREFUSED', 'and nobody listens there')
}

let held: { id: string, code?: string }[] = []

t.test('the demo brings its own database, shows the lineage and serves it', async t => {
  const running = await demo()
  const { said, url } = running
  t.match(said, /Creating a PostgreSQL .*\n(.*\n)*Applied \d+ migration.*\n(.*\n)*Recorded 3 plans · Thái Bình/, 'it says what it does')
  t.match(said, /^55\/KH-SVHTTDL · .*\n(?:[│├└ ].*\n)*.*implements 24\/2021\/QH15 · Quốc hội · 2021-07-28/m)
  t.match(said, /^ {2}thac_[0-9a-f]{16}_[0-9a-f]{64}$/m, 'the first key')
  t.equal(said.match(/^ {2}(npx thac|curl) /mg)?.length, 3, 'three commands to try')

  t.equal((await fetch(`${url}/readyz`)).status, 200)
  t.equal((await fetch(`${url}/docs`)).status, 200)
  held = (await read(`${url}/v1/plans`)).plans
  const { id } = held.find(({ code }) => code === '55/KH-SVHTTDL')!
  t.ok((await read(`${url}/v1/plans/${id}/lineage`)).nodes.some(({ code }: { code: string }) => code === '24/2021/QH15'))

  const second = await thac(['lineage', id], env)
  t.equal(second.code, 0, 'a second terminal uses the database of the demo')
  t.equal(JSON.parse(second.stdout).nodes.length, 5)
  t.equal((await fetch(`${url}/readyz`)).status, 200, 'which goes on')
  await stop(t, running.child)
})

t.test('the second demo finds its plans, with their ids, and prints no second first key', async t => {
  const running = await demo()
  t.match(running.said, /Found 3 plans already there · Thái Bình/)
  t.notMatch(running.said, /Recorded|thac_/)
  // Which organization issued them is learned in the background, so the rest of a plan may differ by then.
  const named = (plans: typeof held) => plans.map(({ id, code }) => ({ id, code }))
  t.same(named((await read(`${running.url}/v1/plans`)).plans), named(held))
  await stop(t, running.child)
})

t.test('a service whose output nobody reads any more still stops with its database', async t => {
  const child = start(['serve'], { ...env, LOG_LEVEL: 'silent' })
  t.teardown(() => child.kill('SIGKILL'))
  let said = ''
  child.stderr!.on('data', text => { said += text })
  while (!/Ctrl-C stops/.test(said) && child.exitCode === null) await sleep(10)
  child.stdout!.destroy()
  child.stderr!.destroy()
  await stop(t, child)
})

t.test('SIGTERM that reaches npm alone, whose shell passes nothing on, ends the demo and its database', async t => {
  const { PATH = '', HOME = '' } = process.env
  const npm = spawn('npm', ['run', 'demo'], { cwd: resolve(import.meta.dirname, '..', '..'), env: { PATH, HOME, LANG: 'C.UTF-8', ...env } })
  t.teardown(() => npm.kill('SIGKILL'))
  let said = ''
  for (const stream of [npm.stdout, npm.stderr]) stream.setEncoding('utf8').on('data', text => { said += text })
  while (!/Ctrl-C stops/.test(said) && npm.exitCode === null) await sleep(10)
  npm.kill('SIGTERM')
  // Its streams are those of the program too, and close when nobody holds them any more.
  await once(npm, 'close')
  t.match(said, /Stopping …/)
  t.equal(await databasePort(), undefined)
})

t.test('a port in use ends the start with 7 and a sentence, and leaves nothing running', async t => {
  const server = createServer().listen(0, '127.0.0.1')
  t.teardown(() => server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { code, stderr } = await thac(['serve'], { ...env, PORT: String(port), LOG_LEVEL: 'silent' })
  t.equal(code, 7)
  t.match(stderr, `Port ${port} of 127.0.0.1 is in use by another program.`)
  t.equal(await databasePort(), undefined)
})

t.test('Ctrl-C that the terminal and npm both deliver, while the database is being started, leaves nothing running', async t => {
  const child = start(['serve'], { ...env, LOG_LEVEL: 'silent' })
  const end = ended(child)
  while (await databasePort() === undefined && child.exitCode === null) await sleep(10)
  child.kill('SIGINT')
  // Two signals at once would arrive as one.
  await sleep(50)
  child.kill('SIGINT')
  const { code, stderr } = await end
  t.equal(code, 0)
  t.equal(stderr.match(/Stopping/g)?.length, 1)
  t.equal(await databasePort(), undefined)
})

t.test('the demo refuses to record examples in a register that holds other plans', async t => {
  const { url, record, db } = await testService(t)
  await record({ code: '24/2021/QH15', type: 'resolution', title: 'Phê duyệt chủ trương đầu tư', issuer: 'Quốc hội', issuedOn: '2021-07-28' })
  const { code, stderr } = await thac(['demo'], { DATABASE_URL: url, PORT: '0' })
  t.equal(code, 6)
  t.match(stderr, /DATABASE_URL/)
  t.equal((await db.query.plans.findMany()).length, 1)
})

t.test('the demo runs on an empty database of DATABASE_URL as well', async t => {
  const { url } = await testDatabase(t)
  const child = start(['demo'], { DATABASE_URL: url, PORT: '0' })
  child.stderr!.on('data', text => { if (/Ctrl-C stops/.test(String(text))) child.kill('SIGINT') })
  const { code, stdout } = await ended(child)
  t.equal(code, 0)
  t.match(stdout, /^55\/KH-SVHTTDL · /)
})
