import { fork } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '../../src/db/embedded-cluster.ts'

/** One server for all test files of a run, with a migrated database to copy. */
export interface Cluster {
  /** The process that keeps it. */
  keeper: number
  /** The URL of a database from which others are created. */
  admin: string
  template: string
}

/** What the processes of one run share: a file named after the process that they all have as parent. */
export const noteOf = (user: number) => resolve(import.meta.dirname, '..', '..', '.tap', `database-${user}.json`)

export async function findCluster (user: number): Promise<Cluster | undefined> {
  const text = await readFile(noteOf(user), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const cluster: Cluster = JSON.parse(text)
  return isAlive(cluster.keeper) ? cluster : undefined
}

/** Starts the server that `TEST_DATABASE_URL` does not name, and keeps it until the user ends or stopCluster is called. */
export async function startCluster (user: number): Promise<Cluster> {
  await mkdir(dirname(noteOf(user)), { recursive: true })
  const keeper = fork(join(import.meta.dirname, 'keeper.ts'), [String(user)], {
    execArgv: ['--import=tsx'], detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc']
  })
  const code = await new Promise(resolve => keeper.once('disconnect', () => resolve(0)).once('exit', resolve))
  keeper.unref()
  const cluster = await findCluster(user)
  if (code !== 0 || !cluster) throw new Error('The database of the tests did not start; the reason stands above.')
  return cluster
}

export async function stopCluster (user: number): Promise<void> {
  const cluster = await findCluster(user)
  if (!cluster) return
  process.kill(cluster.keeper, 'SIGTERM')
  while (await findCluster(user)) await sleep(20)
}
