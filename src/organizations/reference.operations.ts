import { performance } from 'node:perf_hooks'
import type { Db, Tx } from '../db/connect.ts'
import { faultsOfOrganizations } from '../domain/organization/organization-faults.ts'
import type { Organization, Succession } from '../domain/organization/organization.ts'
import { recordEvents } from '../events/event.queries.ts'
import { refused } from './refusal.ts'
import { findEverything } from './organization.queries.ts'
import { openReference } from './reference-files.ts'
import {
  deleteSuccessions, findLatestLoad, insertLoad, liftTimeouts, lockOrganizations, renewDirectoryStatistics, writeOrganizations, writeSuccessions
} from './store.queries.ts'

export interface Loaded {
  /** `false`: the database holds this very version already, and nothing was done. */
  loaded: boolean
  /** How many were new or different. */
  organizations: number
  successions: number
  version: string
}

export interface LoadOptions {
  /** Absent: the reference data of this version of the package. */
  folder?: string
  by?: string
}

/** How many rows one statement takes: a server gets them while the next ones are made. */
const CHUNK = 5_000

/**
 * Brings the organizations to what the reference files say, in one transaction; any number of nodes may do it at once.
 * The files and what callers recorded are judged together first, and one fault changes nothing. A body that the files no
 * longer name stays as it was.
 */
export async function loadReference (db: Db, say: (message: string) => void, { folder, by = 'system' }: LoadOptions = {}): Promise<Loaded> {
  const started = performance.now()
  const { version, sha256, read } = await openReference(folder)
  const nothing = { loaded: false, organizations: 0, successions: 0, version }
  if ((await findLatestLoad(db))?.sha256 === sha256) return nothing
  return await db.transaction(async tx => {
    await liftTimeouts(tx)
    await lockOrganizations(tx)
    const before = await findLatestLoad(tx)
    if (before?.sha256 === sha256) return nothing
    say(`Loading the organizations of reference data ${version} …`)
    const reference = await read()
    const withdrawn = await judgeWithStored(tx, reference)
    const organizations = await inChunks(reference.organizations, chunk => writeOrganizations(tx, chunk, 'reference'))
    await deleteSuccessions(tx, withdrawn)
    const successions = await inChunks(reference.successions, chunk => writeSuccessions(tx, chunk, 'reference'))
    await insertLoad(tx, { version, sha256 })
    await renewDirectoryStatistics(tx)
    await recordEvents(tx, [{
      by,
      type: 'reference.loaded',
      ...(before !== undefined && { before }),
      after: { version, sha256, organizations, successions, withdrawn }
    }])
    say(`${organizations} organizations and ${successions} successions are new or different, after ${((performance.now() - started) / 1000).toFixed(1)} s.`)
    return { loaded: true, organizations, successions, version }
  })
}

/** Refuses the files unless they and everything that will stay beside them are without fault; answers the successions to withdraw. */
async function judgeWithStored (tx: Tx, reference: { organizations: Organization[], successions: Succession[] }): Promise<Succession[]> {
  const stored = await findEverything(tx)
  const ids = new Set(reference.organizations.map(({ id }) => id))
  const pairs = new Set(reference.successions.map(pairOf))
  const staying = stored.organizations.filter(({ id, origin }) => origin === 'own' || !ids.has(id))
  const own = stored.successions.filter(({ origin }) => origin === 'own')
  const faults = faultsOfOrganizations([...reference.organizations, ...staying], [...reference.successions, ...own])
  if (faults.length > 0) throw refused(faults)
  return stored.successions.filter(succession => succession.origin === 'reference' && !pairs.has(pairOf(succession)))
    .map(({ predecessorId, successorId, on, kind, source }) => ({ predecessorId, successorId, on, kind, source }))
}

const pairOf = ({ predecessorId, successorId }: Succession): string => `${predecessorId} ${successorId}`

async function inChunks<Row> (rows: readonly Row[], write: (chunk: Row[]) => Promise<{ inserted: string[], changed: string[] }>): Promise<number> {
  let count = 0
  for (let start = 0; start < rows.length; start += CHUNK) {
    const { inserted, changed } = await write(rows.slice(start, start + CHUNK))
    count += inserted.length + changed.length
  }
  return count
}
