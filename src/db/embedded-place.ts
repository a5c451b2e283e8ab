import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, chmod, chown, constants, mkdir, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { PACKAGE_ROOT } from '../program-place.ts'

/** Where the embedded database lives, and as whom it runs. */
export interface Place {
  directory: string
  /** Absent: as oneself. */
  account?: Account
}

export interface Account {
  name: string
  uid: number
  gid: number
}

export type Say = (message: string) => void

const DEFAULT_DIRECTORY = join(PACKAGE_ROOT, '.data')

/** The first is in images and packages of PostgreSQL, the second in images of Node, the third everywhere. */
const ACCOUNTS = ['postgres', 'node', 'nobody']

/**
 * PostgreSQL refuses to run as root. Root therefore lends the directory to an unprivileged account, and when that
 * account cannot reach the default one (a clone under /root) takes one below /var/lib. A directory that was asked for
 * is never exchanged for another.
 */
export async function choosePlace (wanted: string | undefined, say: Say): Promise<Place> {
  const directory = wanted ?? DEFAULT_DIRECTORY
  if (process.getuid?.() !== 0) {
    await ownDirectory(directory)
    return { directory }
  }

  const account = await ownerOf(join(directory, 'postgres')) ?? await unprivilegedAccount()
  if (await canReach(account, dirname(directory))) {
    await lend(directory, account)
    return { directory, account }
  }
  const barrier = `PostgreSQL does not run as root, and the account ${account.name} cannot enter ${dirname(directory)}.`
  if (wanted !== undefined) {
    throw new Error(`${barrier} Set THAC_DATA_DIR to a directory that it can enter, such as /var/lib/thac.`)
  }
  const elsewhere = join('/var/lib/thac', `${basename(PACKAGE_ROOT)}-${shortHash(PACKAGE_ROOT)}`)
  say(`${barrier} The database is kept in ${elsewhere}; THAC_DATA_DIR chooses another place.`)
  await mkdir(dirname(elsewhere), { recursive: true, mode: 0o755 })
  const borrower = await ownerOf(join(elsewhere, 'postgres')) ?? account
  await lend(elsewhere, borrower)
  return { directory: elsewhere, account: borrower }
}

/** Whether the account may pass through every directory of the path, the last one included, or execute the file. */
export async function canReach (account: Account, path: string): Promise<boolean> {
  const { uid, gid, mode } = await stat(path).catch(() => ({ uid: -1, gid: -1, mode: 0o777 }))
  const allowed = uid === account.uid ? mode & 0o100 : gid === account.gid ? mode & 0o010 : mode & 0o001
  if (allowed === 0) return false
  return path === dirname(path) || canReach(account, dirname(path))
}

async function ownDirectory (directory: string) {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await access(directory, constants.W_OK | constants.X_OK)
    await access(join(directory, 'postgres'), constants.W_OK | constants.X_OK).catch(error => {
      if (error.code !== 'ENOENT') throw error
    })
  } catch (cause) {
    throw new Error(`The database directory ${directory} cannot be written by this account. ` +
      'Set THAC_DATA_DIR to a directory that it can write, or run as the account that owns it.', { cause })
  }
}

/** Gives an account a directory that holds nothing else. Any other keeps its owner, and must let the account pass. */
async function lend (directory: string, account: Account) {
  await mkdir(directory, { recursive: true })
  const names = await readdir(directory)
  if (names.length > 0 && await canReach(account, directory)) return
  if (!names.every(name => /^(postgres|programs-)/.test(name))) {
    throw new Error(`PostgreSQL does not run as root, and the account ${account.name} cannot enter ${directory}. ` +
      `Allow it with: chmod o+x ${directory}`)
  }
  await chown(directory, account.uid, account.gid)
  await chmod(directory, 0o700)
}

async function ownerOf (path: string): Promise<Account | undefined> {
  const { uid, gid } = await stat(path).catch(() => ({ uid: 0, gid: 0 }))
  return uid === 0 ? undefined : { name: `uid ${uid}`, uid, gid }
}

async function unprivilegedAccount (): Promise<Account> {
  for (const name of ACCOUNTS) {
    const ids = await Promise.all([idOf('-u', name), idOf('-g', name)]).catch(() => undefined)
    if (ids) return { name, uid: ids[0], gid: ids[1] }
  }
  throw new Error(`PostgreSQL does not run as root, and none of the accounts ${ACCOUNTS.join(', ')} exists. ` +
    'Run the service as an ordinary user, or set DATABASE_URL.')
}

const idOf = async (flag: '-u' | '-g', name: string) =>
  Number((await promisify(execFile)('id', [flag, name])).stdout)

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8)
