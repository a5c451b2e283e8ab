import { randomUUID } from 'node:crypto'
import type { Db } from '../db/connect.ts'
import { giveUp, hasDiedTooOften } from './give-up.operations.ts'
import { type Claimed, type Run, claimImport, deleteExpired, leaveRun, releaseRun } from './import.queries.ts'
import { runImport } from './run-import.operations.ts'

export interface RunnerOptions {
  db: Db
  /** How long a node may be silent before another takes its import over. */
  leaseMs?: number
  /** How often it looks for imports that other nodes have left, or that other nodes took in and have no time for. */
  lookMs?: number
  /** Told of failures that are nobody's but ours. */
  failed?: (error: unknown, importId?: string) => void
  /** Does the work of large imports, and throws when the run has died; absent: it is done here, between the requests. */
  elsewhere?: (run: Run, leaseMs: number, stop: AbortSignal) => Promise<void>
}

export interface Runner {
  /** There is something new to do. */
  wake: () => void
  /** Leaves what is under way to another node, once nothing of it is half done. */
  close: () => Promise<void>
}

const DEFAULT_LEASE_MS = 15_000
const DEFAULT_LOOK_MS = 2_000

/** Old uploads are looked for so often; they are some hours late at most. */
const CLEAN_MS = 600_000

/** Up to this size an import takes less time than a process takes to begin. */
const SMALL_BYTES = 256 * 1024

/**
 * Works on imports in two lanes, of which one takes small ones only, so that these need not wait for a large file to be
 * read. More would gain nothing: the register has one writer at a time.
 */
export function startRunner ({ db, leaseMs = DEFAULT_LEASE_MS, lookMs = DEFAULT_LOOK_MS, failed = () => {}, elsewhere }: RunnerOptions): Runner {
  const node = randomUUID()
  const stop = new AbortController()
  const bells = new Set<() => void>()
  let cleanedAt = 0

  async function lane (mostBytes?: number): Promise<void> {
    let rung = false
    let ring = () => {}
    bells.add(() => {
      rung = true
      ring()
    })
    while (!stop.signal.aborted) {
      rung = false
      if (await workOnNext(mostBytes)) continue
      if (rung || stop.signal.aborted) continue
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, lookMs)
        ring = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  /** False: there was nothing to do. */
  async function workOnNext (mostBytes?: number): Promise<boolean> {
    try {
      const job = await claimImport(db, { node, leaseMs, ...(mostBytes !== undefined && { mostBytes }) })
      if (job === undefined) {
        await clean()
        return false
      }
      await work({ id: job.id, node, run: job.run }, job)
      return true
    } catch (error) {
      failed(error)
      return false
    }
  }

  async function work (run: Run, job: Claimed): Promise<void> {
    if (hasDiedTooOften(job)) return await giveUp(db, run, job)
    // Told to end while it asked: a process that is begun now would not hear of it.
    if (stop.signal.aborted) return await releaseRun(db, run)
    // What has killed its process once shall not kill a node that serves.
    const isHarmless = job.byteCount <= SMALL_BYTES && !job.takenFromDead
    if (elsewhere === undefined || isHarmless) await runImport(db, run, { leaseMs, stop: stop.signal, failed })
    else await elsewhere(run, leaseMs, stop.signal)
    await leaveRun(db, run)
  }

  async function clean (): Promise<void> {
    if (Date.now() - cleanedAt < CLEAN_MS) return
    cleanedAt = Date.now()
    while (await deleteExpired(db) > 0);
  }

  const ring = () => bells.forEach(bell => bell())
  const lanes = [lane(SMALL_BYTES), lane()]
  return {
    wake: ring,
    close: async () => {
      stop.abort()
      ring()
      await Promise.all(lanes)
    }
  }
}
