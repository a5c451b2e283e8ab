import type { Db } from '../db/connect.ts'
import { type Progress, type Run, renewLease } from './import.queries.ts'

/** Another run of the import has taken the place of this one; nothing more of this one may be kept. */
export class LostLease extends Error {}

/** Somebody asked for the import to end. */
export class Cancelled extends Error {}

/** This node is to end; another one goes on. */
export class Stopped extends Error {}

/** How long nothing but one statement may keep a run from being seen to live. */
const RENEWALS_PER_LEASE = 4

/** How old what is told of the progress may be: somebody looks at it. */
const TOLD_MS = 1_000

/** Keeps the lease of a run while it works, tells how far it is, and hears that it is to end. */
export class RunWatch {
  readonly progress: Progress = { phase: 'reading', bytesRead: 0, rowsRead: 0 }
  /** Rows that are decided about. Where each chunk is stored by itself, its own transaction tells of them. */
  rowsDone = 0
  #since = performance.now()
  #from = 0
  #end: Error | undefined
  #renewing: Promise<void> | undefined
  readonly #timer: NodeJS.Timeout
  readonly #stop: AbortSignal | undefined

  constructor (db: Db, run: Run, leaseMs: number, stop?: AbortSignal) {
    this.#stop = stop
    let renewed = performance.now()
    this.#timer = setInterval(() => {
      this.#renewing ??= this.#renew(db, run, leaseMs)
        .then(() => { renewed = performance.now() })
        // The database is away. If it comes back within the lease, nothing has happened.
        .catch(() => { if (performance.now() - renewed > leaseMs) this.#end ??= new LostLease() })
        .finally(() => { this.#renewing = undefined })
    }, Math.min(TOLD_MS, leaseMs / RENEWALS_PER_LEASE))
    this.#timer.unref()
  }

  async #renew (db: Db, run: Run, leaseMs: number): Promise<void> {
    const held = await renewLease(db, run, leaseMs, { ...this.progress, rate: this.rate })
    if (held === undefined) this.#end ??= new LostLease()
    else if (held.cancelAsked) this.#end ??= new Cancelled()
  }

  /** Rows a second in this phase. */
  get rate (): number {
    const done = this.progress.phase === 'reading' ? this.progress.rowsRead : this.rowsDone
    return (done - this.#from) * 1000 / Math.max(1, performance.now() - this.#since)
  }

  /** `from`: rows that were done before this run. */
  begin (phase: Progress['phase'], from = 0): void {
    this.progress.phase = phase
    this.rowsDone = from
    this.#from = from
    this.#since = performance.now()
  }

  /** Throws when the run is to end. */
  check (): void {
    if (this.#end !== undefined) throw this.#end
    if (this.#stop?.aborted === true) throw new Stopped()
  }

  async end (): Promise<void> {
    clearInterval(this.#timer)
    await this.#renewing
  }
}
