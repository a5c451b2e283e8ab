import { setImmediate } from 'node:timers/promises'
import { copyRows } from '../db/copy.ts'
import type { Session } from '../db/session.ts'
import type { JudgedFinding } from '../domain/enforcement.ts'
import { storeChanges } from '../plans/change.queries.ts'
import { type Decision, type IssuedPlan, type RecordOptions, type Words, accept, decide, refusalOf } from '../plans/decision.operations.ts'
import { isDeclaredSame } from '../plans/declaration.ts'
import { citingInWords, pinnedStubIds } from '../plans/declared.ts'
import { Issuers } from '../plans/issuer.operations.ts'
import { ownOf } from '../plans/own.operations.ts'
import { type StoredPlan, lockRegister } from '../plans/plan.queries.ts'
import { answer } from '../plans/surroundings.operations.ts'
import { Surroundings } from '../plans/surroundings.ts'
import { Problem } from '../problem.ts'
import { fetchTogether } from './rows-surroundings.operations.ts'
import type { Strategy } from './strategy.ts'

/** One plan to be recorded, already checked against the schema of a plan. */
export interface Row {
  /** Its place among the rows, for the outcome. */
  number: number
  /** The id that the plan has, or is to get; absent: it is known by its identity. */
  id?: string
  issued: IssuedPlan
}

export interface RecordRowsOptions extends RecordOptions {
  strategy: Strategy
  /** What names of issuers mean, to be kept from call to call of one import. */
  issuers?: Issuers
}

export interface Outcome {
  number: number
  /** `created` includes a stub that is taken over; `unchanged`: what is declared is what the record says already. */
  outcome: 'created' | 'updated' | 'unchanged' | 'refused'
  /** Absent of what is refused, unless it is the plan that stands in the way. */
  planId?: string
  status?: 'conforming' | 'nonconforming'
  /** The version that the row met; absent: the plan came with this very transaction, or there is none. */
  versionBefore?: number
  /** The verdict on the row when it was decided about. */
  findings: JudgedFinding[]
  /** Why it is refused; `links` and `findings` are on it. */
  problem?: Problem
}

/** How many rows are in memory with what surrounds them. */
const CHUNK = 2_000

/** How long other work of this node may have to wait. */
const TURN_MS = 25

/**
 * Records rows in their order, as if each were recorded by itself, in a transaction that holds the lock of the register.
 * What is refused leaves nothing; the others stand. Answers one outcome for each row, in their order.
 */
export async function recordRows (session: Session, rows: readonly Row[], options: RecordRowsOptions): Promise<Outcome[]> {
  const { issuers = new Issuers() } = options
  const moment = await lockRegister(session.tx)
  const outcomes: Outcome[] = []
  for (let start = 0; start < rows.length; start += CHUNK) {
    outcomes.push(...await recordChunk(session, rows.slice(start, start + CHUNK), options, new Surroundings(moment, issuers)))
  }
  return outcomes
}

async function recordChunk (session: Session, rows: readonly Row[], options: RecordRowsOptions, surroundings: Surroundings): Promise<Outcome[]> {
  const words = await fetchTogether(session.tx, surroundings, rows)
  const outcomes: Outcome[] = []
  let turn = performance.now()
  for (const [index, row] of rows.entries()) {
    outcomes.push(await answer(session.tx, surroundings, () => recordRow(surroundings, row, words[index]!, options)).catch(error => refused(row, error)))
    if (performance.now() - turn < TURN_MS) continue
    await setImmediate()
    turn = performance.now()
  }
  await storeChanges(session.tx, surroundings.takeChanges(), async (table, come) => await copyRows(session, table, come))
  return outcomes
}

function recordRow (surroundings: Surroundings, { number, id }: Row, words: Words, options: RecordRowsOptions): Outcome {
  const { strategy } = options
  const named = id === undefined ? undefined : surroundings.whole(id)
  const record = named?.status === 'stub' ? undefined : named ?? namesakeOf(surroundings, words)
  if (record === undefined) {
    if (strategy === 'update') throw new Problem('plan-not-found')
    if (id !== undefined && named === undefined) surroundings.adopt(id)
    const decision = decide(surroundings, words, options, id !== undefined && named === undefined ? { id } : {})
    return stand(surroundings, decision, 'created', number, { by: options.by, type: 'plan.recorded' })
  }
  if (strategy === 'create') throw heldAlready(surroundings, words, record, options)
  const { plan: { id: planId }, status } = record
  if (isDeclaredSame(record, words) || isExportedSame(surroundings, record, words)) {
    return { number, outcome: 'unchanged', planId, ...metBy(surroundings, record), status: status as NonNullable<Outcome['status']>, findings: surroundings.findings(planId) }
  }
  return stand(surroundings, decide(surroundings, words, options, { record }), 'updated', number, { by: options.by, type: 'plan.record-corrected' })
}

/** An export cites a stub in words, where the record may cite it by the id that it has here; what is exported has to come back unchanged. */
function isExportedSame (surroundings: Surroundings, record: StoredPlan, words: Words): boolean {
  const stubs = new Map(pinnedStubIds(record).flatMap(id => {
    const stub = surroundings.known(id)
    return stub === undefined ? [] : [[id, stub] as const]
  }))
  return stubs.size > 0 && isDeclaredSame(citingInWords(record, stubs), words)
}

/** The plan of the register that has the very identity of these words. */
function namesakeOf (surroundings: Surroundings, { plan, names }: Words): StoredPlan | undefined {
  const { namesakes } = ownOf(surroundings, plan, names)
  const same = namesakes.find(({ certain }) => certain)
  return same && surroundings.whole(same.id)
}

function heldAlready (surroundings: Surroundings, words: Words, record: StoredPlan, options: RecordRowsOptions): Problem {
  return refusalOf(decide(surroundings, words, options)) ??
    new Problem('identity-taken', undefined, { links: { plan: `/v1/plans/${record.plan.id}` } })
}

function stand (
  surroundings: Surroundings, decision: Decision, outcome: 'created' | 'updated', number: number, event: { by: string, type: string }
): Outcome {
  const refusal = refusalOf(decision)
  if (refusal !== undefined) throw refusal
  const { plan: { id }, status } = accept(surroundings, decision, event)
  return {
    number,
    outcome,
    planId: id,
    status: status as NonNullable<Outcome['status']>,
    findings: surroundings.findings(id),
    ...(decision.before !== undefined && metBy(surroundings, decision.before))
  }
}

const metBy = ({ moment }: Surroundings, { recordedAt, version }: StoredPlan): Pick<Outcome, 'versionBefore'> =>
  recordedAt.getTime() === moment.getTime() ? {} : { versionBefore: version }

function refused ({ number }: Row, error: unknown): Outcome {
  if (!(error instanceof Problem)) throw error
  const held = error.links?.['plan']?.split('/').at(-1)
  return { number, outcome: 'refused', ...(held !== undefined && { planId: held }), findings: (error.findings ?? []) as JudgedFinding[], problem: error }
}
