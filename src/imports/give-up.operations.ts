import type { Db } from '../db/connect.ts'
import type { Message } from '../domain/message.ts'
import { deleteUnreported } from './entry.queries.ts'
import { type Claimed, NO_COUNTS, type Run, endRun } from './import.queries.ts'
import { storesByChunk } from './record-chunk.operations.ts'

/**
 * A node that is killed for some other reason, and be it at every deployment, must not end an import; one that kills each
 * node that touches it must not do so for ever. At 15 s a lease these take twelve minutes at least.
 */
const MOST_RUNS_WITHOUT_PROGRESS = 50

/** Row by row each of so many rows that are stored is worth a run: what goes on is never given up. */
const ROWS_OF_PROGRESS = 1_000

export const hasDiedTooOften = ({ takenFromDead, run, rowsDone, parameters }: Claimed): boolean =>
  takenFromDead && run > MOST_RUNS_WITHOUT_PROGRESS + (storesByChunk(parameters) ? Math.floor(rowsDone / ROWS_OF_PROGRESS) : 0)

/** Ends an import in place of its run, as one that failed; row by row, what was stored stays. */
export async function giveUp (db: Db, run: Run, { parameters, run: runs }: Claimed): Promise<void> {
  const ended = await endRun(db, run, {
    state: 'failed',
    problem: { code: 'import-given-up', message: givenUp(runs - 1) },
    ...(!storesByChunk(parameters) && { rowsDone: 0, counts: NO_COUNTS })
  })
  if (ended) await deleteUnreported(db, run.id, 0)
}

const givenUp = (runs: number): Message => ({
  vi: `Đã chạy ${runs} lần, và lần cuối tiến trình lại tắt mà không báo lỗi: có thể tệp làm hết bộ nhớ, hoặc máy chủ bị tắt liên tục. Hãy chia tệp thành nhiều lần nhập rồi gửi lại; nếu vẫn vậy, báo người quản trị mã của lần nhập này.`,
  en: `It was begun ${runs} times, and its process died without saying why, in the last run as well: the file may take more memory than there is, or the nodes are killed again and again. Split the file into several imports and send these; should that not help, tell the administrator the id of this import.`
})
