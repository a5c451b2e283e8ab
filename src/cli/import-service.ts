import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../config.ts'
import type { Db } from '../db/connect.ts'
import { boundHeap } from '../imports/bound-heap.ts'
import { listEntries } from '../imports/entry.queries.ts'
import type { Format } from '../files/formats.ts'
import { cancelImport, commitApproved, describeImport, hasEnded, visibleImport } from '../imports/import.operations.ts'
import { type ImportParameters, askToCancel, claimImport, findImport } from '../imports/import.queries.ts'
import { toEntryReply } from '../imports/import-reply.ts'
import type { EntryReply, ImportReply } from '../imports/import.schemas.ts'
import { type UploadedBytes, receiveUpload } from '../imports/receive-upload.operations.ts'
import { runImport } from '../imports/run-import.operations.ts'
import { Problem } from '../problem.ts'
import { type Remote, ask } from './remote.ts'
import { uploadBody } from './upload-body.ts'

/** What the commands need of imports, of the database itself or of a service over HTTP. */
export interface ImportService {
  begin: (files: UploadedBytes[], parameters: ImportParameters & { format?: Format }) => Promise<ImportReply>
  commit: (id: string) => Promise<ImportReply>
  get: (id: string) => Promise<ImportReply>
  cancel: (id: string) => Promise<ImportReply>
  entries: (id: string, outcome?: EntryReply['outcome']) => AsyncIterable<EntryReply>
}

export function remoteImports (remote: Remote): ImportService {
  const json = async (path: string, init?: Parameters<typeof ask>[2]) => await (await ask(remote, path, init)).json() as ImportReply
  const now = { prefer: 'respond-async' }
  return {
    begin: async (files, { mode, atomic, strategy, asIssued, format }) => {
      const query = new URLSearchParams({ mode, atomic: String(atomic), strategy, asIssued: String(asIssued), ...(format !== undefined && { format }) })
      const { headers, ...body } = uploadBody(files)
      // Whatever becomes of the connection: sent again, it is the same import.
      return await json(`/v1/imports?${query}`, { method: 'POST', headers: { ...headers, ...now, 'idempotency-key': randomUUID() }, ...body })
    },
    commit: async id => await json(`/v1/imports/${id}/commit`, { method: 'POST', headers: now }),
    get: async id => await json(`/v1/imports/${id}`),
    cancel: async id => await json(`/v1/imports/${id}/cancel`, { method: 'POST' }),
    entries: (id, outcome) => remoteEntries(remote, id, outcome)
  }
}

async function * remoteEntries (remote: Remote, id: string, outcome?: string): AsyncGenerator<EntryReply> {
  const query = outcome === undefined ? '' : `?outcome=${outcome}`
  const reply = await ask(remote, `/v1/imports/${id}/entries${query}`, { headers: { accept: 'application/x-ndjson' } })
  let rest = ''
  for await (const text of reply.body!.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    for (const line of lines) yield JSON.parse(line)
  }
}

const LEASE_MS = 15_000

const ENTRIES_AT_ONCE = 1_000

/** A node of the service hears within a quarter of its lease that an import is to end. */
const HEARD_MS = 10_000

const LOOK_MS = 50

export interface LocalImports {
  of: (db: Db) => ImportService
  /** Ends the import that was begun here, wherever it is worked on, and answers how it ended; absent: none was begun. */
  stop: () => Promise<ImportReply | undefined>
}

/**
 * The imports of the database itself. This process does the work of those that it begins; should it die, a node of the
 * service goes on.
 */
export function localImports (env: Record<string, string | undefined>): LocalImports {
  const stopping = new AbortController()
  let working: Promise<void> = Promise.resolve()
  let begun: { db: Db, id: string } | undefined

  async function work (db: Db, id: string): Promise<ImportReply> {
    begun = { db, id }
    boundHeap()
    const node = randomUUID()
    const job = await claimImport(db, { node, leaseMs: LEASE_MS, id })
    // Otherwise a node of the service was faster.
    if (job !== undefined) working = runImport(db, { id, node, run: job.run }, { leaseMs: LEASE_MS, stop: stopping.signal, stopsFor: 'cancelled' })
    return await describeImport(db, await visibleImport(db, id, 'cli'))
  }

  return {
    stop: async () => {
      stopping.abort()
      if (begun === undefined) return undefined
      const { db, id } = begun
      // A node of the service may have been faster, or take over if this process is not given the time to end.
      await askToCancel(db, id)
      await working
      let job = await findImport(db, id)
      for (const until = Date.now() + HEARD_MS; job !== undefined && !hasEnded(job) && Date.now() < until; await sleep(LOOK_MS)) job = await findImport(db, id)
      return job && await describeImport(db, job)
    },
    of: db => ({
      begin: async (files, { format, ...parameters }) => {
        const { importLimitMiB, importKeepDays } = readConfig(env)
        const job = await receiveUpload(db, { by: 'cli', mayWaive: true, parameters }, (async function * () { yield * files })(), {
          mostBytes: importLimitMiB * 1024 * 1024, keepDays: importKeepDays
        })
        return await work(db, job.id)
      },
      commit: async id => {
        const job = await commitApproved(db, id, 'cli', { mayWaive: true, keepDays: readConfig(env).importKeepDays })
        return await work(db, job.id)
      },
      get: async id => await describeImport(db, await visibleImport(db, id, 'cli')),
      cancel: async id => await describeImport(db, await cancelImport(db, id, 'cli')),
      entries: async function * (id, outcome) {
        if (await findImport(db, id) === undefined) throw new Problem('import-not-found')
        for (let after = 0; ;) {
          const entries = await listEntries(db, id, outcome === undefined ? {} : { outcome }, { after, limit: ENTRIES_AT_ONCE })
          if (entries.length === 0) return
          for (const entry of entries) yield toEntryReply(id, entry)
          after = entries.at(-1)!.row
        }
      }
    })
  }
}
