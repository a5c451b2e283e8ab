import { type Db, SNAPSHOT, type Tx } from '../db/connect.ts'
import type { Verdict } from '../domain/enforcement.ts'
import { Problem } from '../problem.ts'
import { storeTableChanges, tableChangesOf } from './change.queries.ts'
import { type Decision, type IssuedPlan, type RecordOptions, accept, decide, refusalOf, wordsOf } from './decision.operations.ts'
import { type StoredPlan, lockRegister } from './plan.queries.ts'
import { answer } from './surroundings.operations.ts'
import { Surroundings } from './surroundings.ts'

export type { IssuedPlan, RecordOptions } from './decision.operations.ts'

/** The verdict without the write: the same decision, in a transaction that only reads. */
export async function judgePlan (db: Db | Tx, issued: IssuedPlan, options: RecordOptions): Promise<Verdict> {
  const surroundings = new Surroundings()
  const read = async (tx: Tx) => (await answer(tx, surroundings, () => decide(surroundings, wordsOf(surroundings, issued), options))).verdict
  return isTransaction(db) ? await read(db) : await db.transaction(read, SNAPSHOT)
}

const isTransaction = (db: Db | Tx): db is Tx => !('$client' in db)

/** Records a plan and says what the rules find. An error that nobody waived refuses it, and nothing is stored. */
export async function recordPlan (db: Db | Tx, issued: IssuedPlan, options: RecordOptions): Promise<StoredPlan> {
  return await changeRegister(db, surroundings =>
    acceptUnlessRefused(surroundings, decide(surroundings, wordsOf(surroundings, issued), options), { by: options.by, type: 'plan.recorded' }))
}

export interface Change {
  /** The version the caller has seen; another one refuses the change. */
  version: number
  /** The plan with the change applied. */
  apply: (before: StoredPlan) => IssuedPlan
}

/**
 * Corrects what the register says of a plan, under the same rules as recording it; that one plan amends another is a
 * citation. A stub is not corrected: its document is recorded instead.
 */
export async function correctRecord (db: Db | Tx, id: string, { version, apply }: Change, options: RecordOptions): Promise<StoredPlan> {
  return await changeRegister(db, surroundings => {
    const record = surroundings.whole(id)
    if (record === undefined) throw new Problem('plan-not-found')
    if (record.version !== version) {
      throw new Problem('version-mismatch', {
        vi: `Bản ghi đang ở phiên bản ${record.version}, yêu cầu sửa dựa trên phiên bản ${version}. Hãy đọc lại rồi sửa trên bản mới.`,
        en: `The record is at version ${record.version}; the change was made on version ${version}. Read it again and change the new version.`
      }, { links: { plan: `/v1/plans/${id}` } })
    }
    if (record.status === 'stub') throw new Problem('plan-is-stub')
    return acceptUnlessRefused(surroundings, decide(surroundings, wordsOf(surroundings, apply(record)), options, { record }), { by: options.by, type: 'plan.record-corrected' })
  })
}

function acceptUnlessRefused (surroundings: Surroundings, decision: Decision, event: { by: string, type: string }): StoredPlan {
  const refusal = refusalOf(decision)
  if (refusal !== undefined) throw refusal
  return accept(surroundings, decision, event)
}

/** One change, with all that follows from it, in a transaction of its own. */
async function changeRegister <T> (db: Db | Tx, change: (surroundings: Surroundings) => T): Promise<T> {
  return await db.transaction(async tx => {
    const surroundings = new Surroundings(await lockRegister(tx))
    const outcome = await answer(tx, surroundings, () => change(surroundings))
    await storeTableChanges(tx, tableChangesOf(surroundings.takeChanges()))
    return outcome
  })
}
