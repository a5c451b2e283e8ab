import { setImmediate } from 'node:timers/promises'
import { copyAll, toCopied } from '../db/copy.ts'
import type { Session } from '../db/session.ts'
import { storeTableChanges, tableChangesOf } from '../plans/change.queries.ts'
import type { RecordOptions, Words } from '../plans/decision.operations.ts'
import { Issuers } from '../plans/issuer.operations.ts'
import { lockRegister } from '../plans/plan.queries.ts'
import { answer } from '../plans/surroundings.operations.ts'
import { type Changes, Surroundings, Unfetched } from '../plans/surroundings.ts'
import { type Outcome, type Row, type RowOptions, recordRow, refused } from './record-row.operations.ts'
import { fetchTogether } from './rows-surroundings.operations.ts'
import type { Strategy } from './strategy.ts'

export interface RecorderOptions extends RecordOptions {
  /** What names of issuers mean, to be kept from transaction to transaction of one import. */
  issuers?: Issuers
  /** See RowOptions; to be kept like `issuers`. */
  told?: Map<number, string>
  /** How many rows are decided about at once; so many more are being stored meanwhile. */
  chunkRows?: number
}

/** Fewer are asked about too often, more take memory and are no faster. */
const CHUNK_ROWS = 1_000

/** How long other work of this node may have to wait. */
const TURN_MS = 10

/** What was decided and is not in the register yet. */
interface Decided {
  changes: Changes
  store: () => Promise<void>
}

/**
 * Records rows in their order, as if each were recorded by itself, in a transaction that holds the lock of the register.
 * What is refused leaves nothing; the others stand once `finish` has ended. While the server stores some rows this node
 * decides about those that follow, so what was decided last is in the register only after `finish`.
 */
export class RowRecorder {
  readonly #session: Session
  readonly #options: RecorderOptions
  readonly #told: Map<number, string>
  readonly #moment: Date
  #decided: Decided | undefined

  private constructor (session: Session, options: RecorderOptions, moment: Date) {
    this.#session = session
    this.#options = options
    this.#told = options.told ?? new Map()
    this.#moment = moment
  }

  static async begin (session: Session, options: RecorderOptions): Promise<RowRecorder> {
    return new RowRecorder(session, { issuers: new Issuers(), ...options }, await lockRegister(session.tx))
  }

  /** One outcome for each row, in their order. */
  async record (rows: readonly Row[], strategy: Strategy): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    const { chunkRows = CHUNK_ROWS } = this.#options
    for (let start = 0; start < rows.length; start += chunkRows) {
      outcomes.push(...await this.#recordChunk(rows.slice(start, start + chunkRows), strategy))
    }
    return outcomes
  }

  async finish (): Promise<void> {
    const decided = this.#decided
    this.#decided = undefined
    await decided?.store()
  }

  async #recordChunk (rows: readonly Row[], strategy: Strategy): Promise<Outcome[]> {
    const surroundings = new Surroundings(this.#moment, this.#options.issuers)
    if (this.#decided !== undefined) surroundings.assume(this.#decided.changes)
    const words = await fetchTogether(this.#session.tx, surroundings, rows)
    const storing = this.finish()
    // Told where it is waited for.
    storing.catch(() => {})
    try {
      const outcomes = await this.#decideEach(surroundings, rows, words, strategy, storing)
      this.#decided = toDecided(this.#session, surroundings.takeChanges())
      return outcomes
    } finally {
      await storing
    }
  }

  /** `storing` holds the connection over which whatever a decision lacks is fetched. */
  async #decideEach (surroundings: Surroundings, rows: readonly Row[], words: readonly Words[], strategy: Strategy, storing: Promise<void>): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    const options: RowOptions = { ...this.#options, strategy, told: this.#told }
    let turn = performance.now()
    for (const [index, row] of rows.entries()) {
      const record = () => recordRow(surroundings, row, words[index]!, options)
      try {
        const outcome: Outcome = attempted(surroundings, record) ?? await storing.then(async () => await answer(this.#session.tx, surroundings, record))
        if (row.firstTwin !== undefined && outcome.planId !== undefined && !this.#told.has(row.firstTwin)) this.#told.set(row.firstTwin, outcome.planId)
        outcomes.push(outcome)
      } catch (error) {
        outcomes.push(refused(row, error))
      }
      if (performance.now() - turn < TURN_MS) continue
      await setImmediate()
      turn = performance.now()
    }
    return outcomes
  }
}

/** The rows are written out at once, so that the time goes by while others are being stored. */
function toDecided (session: Session, changes: Changes): Decided {
  const { come, ...rest } = tableChangesOf(changes)
  const copied = come.flatMap(([table, rows]) => toCopied(table, rows) ?? [])
  return { changes, store: () => storeTableChanges(session.tx, { ...rest, come: [] }, () => copyAll(session, copied)) }
}

/** Undefined: it asks for what was not fetched. */
function attempted <T> (surroundings: Surroundings, ask: () => T): T | undefined {
  try {
    return surroundings.attempt(ask)
  } catch (error) {
    if (!(error instanceof Unfetched)) throw error
    return undefined
  }
}
