import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { isAlive } from '../../src/db/embedded-cluster.ts'
import { dataIn, newDirectory, open, postmasterPid, query, recall, remember } from './embedded-directory.ts'
import { otherProcess } from './other-process.ts'

const directory = await newDirectory(t)

t.test('it starts with the service, ends with it, and what was written is there the next time', async t => {
  const first = await open(directory)
  t.equal(first.embedded, true)
  await remember(first.url)
  await first.close()
  t.equal(await postmasterPid(directory), undefined, 'it does not run')

  const second = await open(directory)
  t.same(await recall(second.url), [{ answer: 42 }])
  t.notMatch(second.said.join(' '), /Creating|recovers|Taking over/)
  await second.close()
})

t.test('it keeps what it promises: durable, checksummed, in one order on every machine, for this machine only', async t => {
  const database = await open(directory)
  t.match(await query(database.url, `
    select current_setting('fsync') as fsync, current_setting('data_checksums') as checksums, datlocprovider as provider,
           datlocale as locale, pg_encoding_to_char(encoding) as encoding, lower('ĐẮK') as lower,
           array(select unnest(array['b', 'Đ', 'a', 'B']) order by 1) as ordered
      from pg_database where datname = current_database()`),
  [{ fsync: 'on', checksums: 'on', provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8', lower: 'đắk', ordered: ['B', 'a', 'b', 'Đ'] }])

  const stranger = new URL(database.url)
  stranger.password = 'guessed'
  await t.rejects(query(stranger.href, 'select 1'), { code: '28P01' }, 'another account of this machine needs the password')
  if (process.platform !== 'win32') {
    t.equal((await stat(join(directory, 'postgres', 'thac-password'))).mode & 0o077, 0, 'which only the owner can read')
  }
  const outside = Object.values(networkInterfaces()).flat().find(address => !address?.internal && address?.family === 'IPv4')
  if (outside) {
    const elsewhere = new URL(database.url)
    elsewhere.hostname = outside.address
    await t.rejects(query(elsewhere.href, 'select 1'), { code: 'ECONNREFUSED' }, 'the network does not reach it')
  }
  await database.close()
})

t.test('after a kill -9 of the service the next start takes the database over, with everything in it', async t => {
  const killed = await otherProcess()
  await remember(await killed.open({ dataDirectory: directory }))
  const orphan = await postmasterPid(directory)
  await killed.kill('SIGKILL')
  t.ok(isAlive(orphan!), 'the database lives on')

  const next = await open(directory)
  t.match(next.said.join(' '), /Taking over the database/)
  t.equal(await postmasterPid(directory), orphan)
  t.same(await recall(next.url), [{ answer: 42 }])
  await next.close()
  t.equal(await postmasterPid(directory), undefined, 'and it ends with its new owner')
})

t.test('a second process shares the database of the first and leaves it running', async t => {
  const first = await open(directory)
  const second = await otherProcess()
  await remember(await second.open({ dataDirectory: directory }))
  t.match(second.said.join(' '), /Using the database that another process runs/)
  await second.close()
  t.same(await recall(first.url), [{ answer: 42 }])
  await first.close()
})

t.test('when the first process leaves, the second keeps the database, and the last one stops it', async t => {
  const first = await open(directory)
  const second = await otherProcess()
  const url = await second.open({ dataDirectory: directory })
  await first.close()
  t.same(await query(url, 'select 1 as one'), [{ one: 1 }])
  await second.close()
  t.equal(await postmasterPid(directory), undefined)
})

t.test('three processes at once on an empty directory all come up, on one database', async t => {
  const directory = await newDirectory(t)
  const processes = await Promise.all(Array.from({ length: 3 }, () => otherProcess()))
  const urls = await Promise.all(processes.map(process => process.open({ dataDirectory: directory })))
  t.equal(new Set(urls).size, 1)
  await Promise.all(processes.map(process => process.close()))
  t.equal(await postmasterPid(directory), undefined, 'which ends with the last of them')
  t.strictSame(await dataIn(directory), ['postgres', 'postgres.log'], 'and nothing else is left')
})

t.test('a service that loses its session in the database still counts as its user', async t => {
  const first = await open(directory)
  await query(first.url, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'thac presence'")
  const isBack = "select pid from pg_stat_activity where application_name = 'thac presence'"
  while ((await query(first.url, isBack)).length === 0) await sleep(20)

  const second = await otherProcess()
  await second.open({ dataDirectory: directory })
  await second.close()
  t.same(await query(first.url, 'select 1 as one'), [{ one: 1 }])
  await first.close()
})

t.test('Ctrl-C in a terminal reaches the service and not its database', async t => {
  const database = await open(directory)
  const pid = await postmasterPid(directory)
  const ps = spawn('ps', ['-o', 'pgid=', '-p', String(pid)])
  const [group] = await once(ps.stdout, 'data')
  t.equal(Number(group), pid, 'it is a process group of its own')
  await database.close()
})
