import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type t from 'tap'
import { isAlive } from '../../src/db/embedded-cluster.ts'
import { openDatabase } from '../../src/db/open.ts'

type Test = Pick<typeof t, 'teardown'>

/** Below the system's temporary directory, which every account can enter. */
export async function newDirectory (t: Test) {
  const directory = await mkdtemp(join(tmpdir(), 'thac-embedded-'))
  t.teardown(async () => {
    const pid = await postmasterPid(directory)
    if (pid !== undefined && isAlive(pid)) {
      process.kill(pid, 'SIGINT')
      while (await postmasterPid(directory)) await sleep(10)
    }
    await rm(directory, { recursive: true })
  })
  return directory
}

/** What stands there beside a copy of the programs, which root needs where the database's account cannot enter the checkout. */
export const dataIn = async (directory: string): Promise<string[]> =>
  (await readdir(directory)).filter(name => !name.startsWith('programs-')).sort()

export async function postmasterPid (directory: string): Promise<number | undefined> {
  const text = await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : Number(text.split('\n')[0])
}

export async function open (dataDirectory: string) {
  const said: string[] = []
  const database = await openDatabase({ dataDirectory, poolSize: 2 }, message => said.push(message))
  return { ...database, said }
}

export async function query (url: string, text: string) {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client.query(text).then(({ rows }) => rows).finally(() => client.end())
}

export const remember = (url: string) => query(url, 'drop table if exists remembered; create table remembered as select 42 as answer')
export const recall = (url: string) => query(url, 'select answer from remembered')
