import { randomBytes } from 'node:crypto'
import { chown, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Binaries, run } from './embedded-binaries.ts'
import type { Account, Place, Say } from './embedded-place.ts'

export interface Cluster {
  /** The data directory, absolute and without symbolic links. */
  directory: string
  password: string
}

export const SUPERUSER = 'thac'

/** Inside the data directory, so that a copy of the directory is a whole. Written last: what has it is complete. */
const PASSWORD_FILE = 'thac-password'

/** Finds the data directory whole, or makes it so. Never deletes one that may hold somebody's plans. */
export async function prepareCluster (place: Place, binaries: Binaries, say: Say): Promise<Cluster> {
  const directory = join(place.directory, 'postgres')
  await sweepUnfinished(place.directory, say)

  const major = await contentOf(join(directory, 'PG_VERSION'))
  if (major !== undefined && major !== binaries.major) {
    throw new Error(
      `The data directory ${directory} was made by PostgreSQL ${major}; this version of thac brings ${binaries.version}. ` +
      'Nothing was changed. Run the earlier thac on it, or upgrade it with pg_upgrade, or start an empty one: ' +
      'set THAC_DATA_DIR to another directory.')
  }

  const password = await contentOf(join(directory, PASSWORD_FILE))
  if (password !== undefined) return { directory: await realpath(directory), password }

  if (await isWhole(directory)) {
    say(`The password of the database in ${directory} is missing; setting a new one.`)
    const fresh = await resetPassword(directory, place, binaries)
    return { directory: await realpath(directory), password: fresh }
  }
  await setAside(directory, say)
  await createCluster(directory, place, binaries, say)
  return prepareCluster(place, binaries, say)
}

/**
 * initdb works in a directory of its own, which gets its name when it is complete: whoever is killed in between leaves
 * no half of a cluster where one is expected, and of two at once the first one to finish wins.
 */
async function createCluster (directory: string, place: Place, binaries: Binaries, say: Say) {
  say(`Creating a PostgreSQL ${binaries.version} database in ${directory}.`)
  const unfinished = `${directory}.new-${process.pid}-${randomBytes(4).toString('hex')}`
  const passwordFile = `${unfinished}.password`
  try {
    await mkdir(unfinished, { mode: 0o700 })
    if (place.account) await chown(unfinished, place.account.uid, place.account.gid)
    await writeSecret(passwordFile, newPassword(), place.account)
    // Order by code point, the same on every machine and for ever: an index never depends on the system's locales.
    const { code, output } = await run(binaries.initdb, [
      `--pgdata=${unfinished}`, `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256',
      '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8',
      '--data-checksums', '--no-instructions'
    ], place.account)
    if (code !== 0) throw new Error(`PostgreSQL could not create its data directory ${directory}:\n${output.trim()}`)
    await rename(passwordFile, join(unfinished, PASSWORD_FILE))
    await rename(unfinished, directory).catch(error => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(passwordFile, { force: true })
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function sweepUnfinished (parent: string, say: Say) {
  for (const name of await readdir(parent)) {
    const maker = /^postgres\.new-(\d+)-[0-9a-f]+(?:\.password)?$/.exec(name)?.[1]
    if (maker === undefined || isAlive(Number(maker))) continue
    say(`Removing ${join(parent, name)}: its creation was interrupted.`)
    // An initdb that outlived its parent may still be writing there; the next start finds what it leaves.
    await rm(join(parent, name), { recursive: true, force: true }).catch(() => {})
  }
}

async function setAside (directory: string, say: Say) {
  const contents = await readdir(directory).catch(() => [])
  if (contents.length === 0) return
  const aside = `${directory}.half-made-${randomBytes(4).toString('hex')}`
  await rename(directory, aside).catch(error => {
    if (error.code !== 'ENOENT') throw error
  })
  say(`The data directory ${directory} is half-made, as after an interrupted creation; moved to ${aside}.`)
}

/** initdb makes the database `postgres`, number 5, at its very end. */
async function isWhole (directory: string): Promise<boolean> {
  const parts = ['PG_VERSION', 'global/pg_control', 'base/5/PG_VERSION', 'postgresql.conf', 'pg_hba.conf']
  const sizes = await Promise.all(parts.map(part => stat(join(directory, part)).then(({ size }) => size, () => 0)))
  return sizes.every(size => size > 0)
}

async function resetPassword (directory: string, place: Place, binaries: Binaries): Promise<string> {
  const password = newPassword()
  const { code, output } = await run(binaries.postgres, ['--single', '-D', directory, 'postgres'], place.account,
    `ALTER ROLE ${SUPERUSER} PASSWORD '${password}'\n`)
  if (code !== 0 || output.includes('ERROR')) {
    throw new Error(`The database in ${directory} was not made by thac, or is in use, and its password is not known:\n${output.trim()}`)
  }
  await writeSecret(join(directory, PASSWORD_FILE), password, place.account)
  return password
}

/** Makes the file anew: whoever put one of that name there, or a link, cannot read or redirect the secret. */
async function writeSecret (path: string, secret: string, account: Account | undefined) {
  await rm(path, { force: true })
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(`${secret}\n`)
    if (account) await file.chown(account.uid, account.gid)
  } finally {
    await file.close()
  }
}

const newPassword = () => randomBytes(24).toString('hex')

/** Absent when there is no such file or it is empty. */
async function contentOf (path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.trim() || undefined
}

/** A process of another account answers EPERM, and lives. */
export function isAlive (pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
