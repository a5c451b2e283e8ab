import { execFile, spawn } from 'node:child_process'
import { constants, open, readFile, unlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Binaries, childEnv, run } from './embedded-binaries.ts'
import { type Cluster, isAlive } from './embedded-cluster.ts'
import type { Place, Say } from './embedded-place.ts'

export interface Postmaster {
  pid: number
  port: number
  /** It takes connections; otherwise it is starting, recovering or stopping. */
  ready: boolean
}

const MAX_LOG_BYTES = 10_000_000

/**
 * The server that runs on this data directory, whoever started it. A postmaster.pid whose number belongs to another
 * program by now is removed, because PostgreSQL itself would refuse to start beside it.
 */
export async function findPostmaster ({ directory }: Cluster, say: Say): Promise<Postmaster | undefined> {
  const path = join(directory, 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => '')
  const [first, , , port, , , , status] = text.split('\n')
  if (!first) return undefined
  // A server in single-user mode writes its number negated.
  const pid = Math.abs(Number(first))
  if (await runsOn(directory, pid)) return { pid, port: Number(port), ready: status?.trim() === 'ready' }

  say(`The database in ${directory} was not shut down; PostgreSQL recovers it.`)
  // A dead number is left to PostgreSQL, which replaces the file without a race.
  if (isAlive(pid) && await readFile(path, 'utf8').catch(() => '') === text) {
    say(`Removing ${path}: its process ${pid} is not a database of this directory.`)
    await unlink(path).catch(() => {})
  }
  return undefined
}

/**
 * Starts a server on 127.0.0.1 and waits until it takes connections. Answers why not when it ended instead. It is a
 * process group of its own, so that Ctrl-C in a terminal lets the service finish its requests before the database goes.
 */
export async function startPostmaster (
  cluster: Cluster, place: Place, binaries: Binaries, settings: Record<string, string>
): Promise<string | undefined> {
  const { directory } = cluster
  const logPath = join(place.directory, 'postgres.log')
  // Appended to, because two starts at once write to one log. The directory may belong to a lesser account than ours:
  // a link that it put there must not make root write elsewhere.
  const log = await open(logPath, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600)
  if (place.account) await log.chown(place.account.uid, place.account.gid)
  const { size } = await log.stat()
  if (size > MAX_LOG_BYTES) await log.truncate()
  const given = {
    port: String(await freePort()), listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', ...settings
  }
  const child = spawn(binaries.postgres, [
    '-D', directory, ...Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  ], {
    cwd: '/',
    env: childEnv(),
    uid: place.account?.uid,
    gid: place.account?.gid,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log.fd, log.fd]
  })
  child.unref()
  const ended = new AbortController()
  child.on('exit', () => ended.abort('')).on('error', error => ended.abort(error.message))
  await log.close()

  while (!ended.signal.aborted) {
    const status = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '')
    if (Number(status.split('\n')[0]) === child.pid && status.includes('ready')) return undefined
    await sleep(10)
  }
  return ended.signal.reason + (await readFile(logPath)).subarray(size > MAX_LOG_BYTES ? 0 : size).toString()
}

/** Disconnects everybody, writes everything out and waits for the end. */
export async function stopPostmaster ({ pid }: Postmaster, { directory }: Cluster, binaries: Binaries) {
  if (process.platform === 'win32') await run(binaries.pgCtl, ['kill', 'INT', String(pid)], undefined)
  else process.kill(pid, 'SIGINT')
  // Not the process: where nobody reaps orphans, its number stays taken for ever. Removing this file is its last act.
  while (isAlive(pid) && await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '') !== '') await sleep(10)
}

/** By its command line, which everybody may read; a number alone may belong to anything. */
async function runsOn (directory: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform === 'win32') return true
  const command = process.platform === 'linux'
    ? await readFile(`/proc/${pid}/cmdline`, 'utf8').then(text => text.replaceAll('\0', ' '), () => '')
    : await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).then(({ stdout }) => stdout, () => '')
  return command.includes('postgres') && command.includes(` -D ${directory} `)
}

async function freePort (): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
