import { type Difference, differences } from '../domain/effect/difference.ts'
import type { JudgedFinding } from '../domain/enforcement.ts'
import { type Decision, type IssuedPlan, type RecordOptions, type Words, accept, decide, refusalOf, wordsOf } from '../plans/decision.operations.ts'
import { isDeclaredSame } from '../plans/declaration.ts'
import { citingInWords, issuedOf, pinnedStubIds } from '../plans/declared.ts'
import { ownOf } from '../plans/own.operations.ts'
import type { StoredPlan } from '../plans/plan.queries.ts'
import type { Surroundings } from '../plans/surroundings.ts'
import { Problem } from '../problem.ts'
import type { Strategy } from './strategy.ts'

/** A plan as a row tells of it, already checked against the schema of a plan. */
export interface RowPlan {
  /** The id that the plan has, or is to get; absent: it is known by its identity. */
  id?: string
  issued: IssuedPlan
  /** Members of which the row says nothing: of a plan that is held they stay. */
  unsaid?: readonly string[]
}

/** One plan to be recorded. */
export interface Row extends RowPlan {
  /** Its place among the rows, for the outcome. */
  number: number
  /** The number of the first row that seems to tell of the same plan, this one or another; absent: no other row does. */
  firstTwin?: number
}

export interface RowOptions extends RecordOptions {
  strategy: Strategy
  /** By the number of the first of rows that seem to tell of one plan: the plan that one of them has recorded. */
  told: ReadonlyMap<number, string>
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
  /** Of what is updated: where the words of the record differ now, targets by their key. */
  changes?: Difference[]
  /** Why it is refused; `links` and `findings` are on it. */
  problem?: Problem
  /** In place of `problem`: a row before it told of the same plan, and said something else. */
  toldAlready?: true
}

/** Decides about one row and lets the decision stand. Throws Problem for what is refused, which then has changed nothing. */
export function recordRow (surroundings: Surroundings, { number, id, issued, unsaid = [], firstTwin }: Row, said: Words, options: RowOptions): Outcome {
  const { strategy } = options
  const named = id === undefined ? undefined : surroundings.whole(id)
  const record = named?.status === 'stub' ? undefined : named ?? namesakeOf(surroundings, said)
  if (record === undefined) {
    if (strategy === 'update') throw new Problem('plan-not-found', NOT_HELD)
    if (id !== undefined && named === undefined) surroundings.adopt(id)
    const decision = decide(surroundings, said, options, id !== undefined && named === undefined ? { id } : {})
    return stand(surroundings, decision, 'created', number, { by: options.by, type: 'plan.recorded' })
  }
  if (strategy === 'create') throw heldAlready(surroundings, said, record, options)
  const { plan: { id: planId }, status } = record
  const words = unsaid.length === 0 ? said : wordsOf(surroundings, keeping(issuedOf(record), issued, unsaid))
  if (isDeclaredSame(record, words) || isExportedSame(surroundings, record, words)) {
    return { number, outcome: 'unchanged', planId, ...metBy(surroundings, record), status: status as NonNullable<Outcome['status']>, findings: surroundings.findings(planId) }
  }
  // Whichever of two rows came last would stand, and importing the file again would never come to rest.
  if (firstTwin !== undefined && options.told.get(firstTwin) === planId) return { number, outcome: 'refused', planId, findings: [], toldAlready: true }
  return {
    ...stand(surroundings, decide(surroundings, words, options, { record }), 'updated', number, { by: options.by, type: 'plan.record-corrected' }),
    changes: differences(byKey(issuedOf(record)), byKey(issuedOf(surroundings.whole(planId)!)))
  }
}

/** What a row leaves unsaid, as it is held. */
const keeping = (held: IssuedPlan, issued: IssuedPlan, unsaid: readonly string[]): IssuedPlan =>
  ({ ...issued, ...Object.fromEntries(Object.entries(held).filter(([member]) => unsaid.includes(member))) })

const byKey = ({ targets, ...members }: IssuedPlan) => ({ ...members, targets: Object.fromEntries(targets.map(target => [target.key, target])) })

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

const NOT_HELD = {
  vi: 'Sổ không có văn bản này, mà strategy=update chỉ sửa văn bản đã có. Nhập với strategy=upsert để ghi mới.',
  en: 'The register holds no such plan, and strategy=update only corrects those that it holds. Import with strategy=upsert to record it.'
}

function heldAlready (surroundings: Surroundings, words: Words, record: StoredPlan, options: RowOptions): Problem {
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

export function refused ({ number }: Row, error: unknown): Outcome {
  if (!(error instanceof Problem)) throw error
  const held = error.links?.['plan']?.split('/').at(-1)
  return { number, outcome: 'refused', ...(held !== undefined && { planId: held }), findings: (error.findings ?? []) as JudgedFinding[], problem: error }
}
