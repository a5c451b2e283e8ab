import { copyAll, toCopied } from '../db/copy.ts'
import type { Session } from '../db/session.ts'
import { storeTableChanges, tableChangesOf } from '../plans/change.queries.ts'
import type { RecordOptions } from '../plans/decision.operations.ts'
import { Issuers } from '../plans/issuer.operations.ts'
import { lockRegister } from '../plans/plan.queries.ts'
import { answer, attempted } from '../plans/surroundings.operations.ts'
import { type Changes, Surroundings } from '../plans/surroundings.ts'
import { pausing } from './pause.ts'
import { type Outcome, type Row, type RowOptions, type RowPlan, recordRow, refused } from './record-row.operations.ts'
import { type Around, fetchTogether } from './rows-surroundings.operations.ts'
import type { Strategy } from './strategy.ts'

export interface RecorderOptions extends RecordOptions {
  /** What names of issuers mean, to be kept from transaction to transaction of one import. */
  issuers?: Issuers
  /** See RowOptions; to be kept like `issuers`. */
  told?: Map<number, string>
  /** How many rows are decided about at once; so many more are asked about, or stored, meanwhile. */
  chunkRows?: number
}

/** Fewer are asked about too often, more take memory and are no faster. */
const CHUNK_ROWS = 500

/**
 * Records what `work` hands over, in a transaction that holds the lock of the register; from the first row to `finish` its
 * connection is the recorder's. Everything is in the register when it has ended; nothing goes on when it has failed.
 */
export async function recording <T> (session: Session, options: RecorderOptions, work: (recorder: RowRecorder) => Promise<T>): Promise<T> {
  const recorder = new RowRecorder(session, { issuers: new Issuers(), ...options }, await lockRegister(session.tx))
  try {
    const answer = await work(recorder)
    await recorder.finish()
    return answer
  } finally {
    // What reached the server after the end of the transaction would stand by itself.
    await recorder.settled()
  }
}

/**
 * Records rows in their order, as if each were recorded by itself. What is refused leaves nothing. While this node decides
 * about some rows, the server answers what those after them ask about and stores those before them, so neither waits for
 * the other, and what was decided is in the register only after `finish`.
 */
export class RowRecorder {
  readonly #session: Session
  readonly #options: RecorderOptions
  readonly #told: Map<number, string>
  readonly #moment: Date
  /** Around the rows that come next, as the register is with everything that was decided. */
  #ahead: Around | undefined
  /** Each uses the connection until it ends, one after the other. */
  #looking: Promise<void> = Promise.resolve()
  #storing: Promise<void> = Promise.resolve()

  /** For `recording`. */
  constructor (session: Session, options: RecorderOptions, moment: Date) {
    this.#session = session
    this.#options = options
    this.#told = options.told ?? new Map()
    this.#moment = moment
  }

  /** One outcome for each row, in their order. `next`: rows that are probably recorded after them, to be asked about meanwhile. */
  async record (rows: readonly Row[], strategy: Strategy, next: readonly RowPlan[] = []): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    const { chunkRows = CHUNK_ROWS } = this.#options
    for (let start = 0; start < rows.length; start += chunkRows) {
      const end = start + chunkRows
      const following = end < rows.length ? rows.slice(end, end + chunkRows) : next.slice(0, chunkRows)
      outcomes.push(...await this.#recordChunk(rows.slice(start, end), strategy, following))
    }
    return outcomes
  }

  /** Ends when everything that was decided is in the register. */
  async finish (): Promise<void> {
    await this.#storing
  }

  /** Ends when nothing uses the connection any more, whatever became of it. */
  async settled (): Promise<void> {
    await Promise.allSettled([this.#looking, this.#storing])
  }

  async #recordChunk (rows: readonly Row[], strategy: Strategy, next: readonly RowPlan[]): Promise<Outcome[]> {
    const around = this.#ahead ?? this.#newAround()
    this.#ahead = undefined
    await this.#look(around, rows)
    const ahead = this.#newAround()
    this.#look(ahead, next)
    const outcomes = await this.#decideEach(around, rows, strategy)
    const changes = around.surroundings.takeChanges()
    ahead.surroundings.assume(changes)
    this.#ahead = next.length === 0 ? undefined : ahead
    this.#store(changes)
    return outcomes
  }

  #newAround (): Around {
    return { surroundings: new Surroundings(this.#moment, this.#options.issuers), words: new Map() }
  }

  /** Ends when what these rows ask about is there. */
  #look (around: Around, rows: readonly RowPlan[]): Promise<void> {
    const quiet = this.#storing
    this.#looking = this.#looking.then(async () => {
      const unseen = rows.filter(({ issued }) => !around.words.has(issued))
      if (unseen.length > 0) await fetchTogether(this.#session.tx, around, unseen, quiet)
    })
    // Told where it is waited for.
    this.#looking.catch(() => {})
    return this.#looking
  }

  /** The rows are written out at once, so that the time goes by while others are being stored. */
  #store (changes: Changes): void {
    const { tx } = this.#session
    const { come, ...rest } = tableChangesOf(changes)
    const copied = come.flatMap(([table, rows]) => toCopied(table, rows) ?? [])
    this.#storing = Promise.all([this.#looking, this.#storing])
      .then(async () => await storeTableChanges(tx, { ...rest, come: [] }, () => copyAll(this.#session, copied)))
    this.#storing.catch(() => {})
  }

  /** What a decision lacks nevertheless is fetched when the connection is quiet. */
  async #decideEach ({ surroundings, words }: Around, rows: readonly Row[], strategy: Strategy): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    const options: RowOptions = { ...this.#options, strategy, told: this.#told }
    const pause = pausing()
    for (const row of rows) {
      const record = () => recordRow(surroundings, row, words.get(row.issued)!, options)
      try {
        const outcome: Outcome = attempted(surroundings, record) ?? await this.#asked(surroundings, record)
        if (row.firstTwin !== undefined && outcome.planId !== undefined && !this.#told.has(row.firstTwin)) this.#told.set(row.firstTwin, outcome.planId)
        outcomes.push(outcome)
      } catch (error) {
        outcomes.push(refused(row, error))
      }
      await pause()
    }
    return outcomes
  }

  async #asked <T> (surroundings: Surroundings, ask: () => T): Promise<T> {
    await Promise.all([this.#looking, this.#storing])
    return await answer(this.#session.tx, surroundings, ask)
  }
}
