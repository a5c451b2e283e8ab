import type { Db, Tx } from '../db/connect.ts'
import { asKnown } from '../db/known.ts'
import { type Change, corrected, correctionsOf } from '../domain/target/correction.ts'
import { type JudgedFinding, isWaivable } from '../domain/enforcement.ts'
import type { Family } from '../domain/family.ts'
import { stepsUp } from '../domain/target/origin.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import type { Plan } from '../domain/plan.ts'
import { RULES } from '../domain/rules/index.ts'
import { parentConcerned, sidesOf, targetConcerned } from '../domain/target/sides.ts'
import { entityTag } from '../http/version.ts'
import { findFindings } from '../plans/finding.queries.ts'
import { judgedAsOf } from '../plans/findings.operations.ts'
import { familiesOf } from '../plans/judgement.operations.ts'
import { toFindingReply } from '../plans/plan-reply.operations.ts'
import { toSummary } from '../plans/plan-summary.ts'
import { type StoredPlan, findKnownPlans, findPlans } from '../plans/plan.queries.ts'
import { Problem } from '../problem.ts'
import type { ExplainReply } from './explain.schemas.ts'
import { type Ancestry, type Moment, ancestryOf, toMomentReply } from './target.operations.ts'

/** More findings than this are counted and not explained. */
const MOST_EXPLAINED = 100

/** Why a plan is red, or what to look at although it is not: each finding that stands, both texts, and what would clear it. */
export async function explainPlan (db: Db, id: string, moment: Moment = {}): Promise<ExplainReply> {
  const { asOf, knownAt } = moment
  return await asKnown(db, knownAt, async tx => {
    const recorded = (await findPlans(tx, [id])).get(id)
    if (recorded === undefined) throw new Problem('plan-not-found')
    const { findings, family } = await verdictOn(tx, recorded, asOf)
    const ancestry = await withParents(tx, await ancestryOf(tx, id, asOf), family)
    const standing = findings.filter(({ severity, waived }) => severity !== 'info' && !waived)
    const count = (severity: 'error' | 'warning') => standing.filter(finding => finding.severity === severity).length
    // Errors first: they are what makes it red.
    const explained = [...standing.filter(({ severity }) => severity === 'error'), ...standing.filter(({ severity }) => severity === 'warning')]
      .slice(0, MOST_EXPLAINED)
    const corrections = family === undefined ? new Map<number, Change[]>() : correctionsOf(explained, family)
    // The text that an amendment brought does not belong into the record, and a former version of it is refused.
    const canBeCorrected = asOf === undefined && knownAt === undefined
    const changes = canBeCorrected ? [...corrections.values()].flat() : []
    return {
      plan: ancestry.summaryOf(recorded.plan),
      ...toMomentReply(moment),
      standing: { error: count('error'), warning: count('warning') },
      explanations: family === undefined
        ? []
        : explained.map((finding, index) => explain(finding, corrections.get(index) ?? [], { family, ancestry, canBeCorrected })),
      ...(ancestry.leftOut !== undefined && { leftOut: ancestry.leftOut }),
      truncated: standing.length > explained.length,
      ...(changes.length > 0 && {
        correction: { method: 'PATCH' as const, path: `/v1/plans/${id}`, ifMatch: entityTag(recorded.version), body: patchOf(recorded.plan, changes) }
      })
    }
  })
}

/** The stored verdict, or that of a day; a stub has none. The family is brought together only where something may have to be explained. */
async function verdictOn (tx: Tx, recorded: StoredPlan, asOf: PartialDate | undefined): Promise<{ findings: JudgedFinding[], family?: Family }> {
  const { status, plan: { id } } = recorded
  if (status === 'stub') return { findings: [] }
  if (asOf !== undefined) return await judgedAsOf(tx, recorded, asOf)
  const findings = (await findFindings(tx, [id])).get(id)!
  const [family] = findings.length === 0 ? [] : await familiesOf(tx, [recorded])
  return { findings, ...(family !== undefined && { family }) }
}

/** Findings are about parents also where the day, or the number of plans above, leaves the way up to them out. */
async function withParents (tx: Tx, ancestry: Ancestry, family: Family | undefined): Promise<Ancestry> {
  const beyond = await findKnownPlans(tx, (family?.parents ?? []).flatMap(({ plan: { id } }) => id === '' || ancestry.holds(id) ? [] : id))
  return {
    ...ancestry,
    summaryOf: plan => {
      const known = beyond.get(plan.id)
      return known === undefined ? ancestry.summaryOf(plan) : toSummary(known)
    }
  }
}

/** The members of the plan that the changes touch, whole, as a merge patch takes them. */
function patchOf (plan: Plan, changes: Change[]): Record<string, unknown> {
  const after = corrected(plan, changes)
  const members = [...new Set(changes.map(({ at }) => at.split('/')[1] as keyof Plan))]
  return Object.fromEntries(members.map(member => [member, after[member]]))
}

function explain (
  finding: JudgedFinding, changes: Change[], { family, ancestry, canBeCorrected }: { family: Family, ancestry: Ancestry, canBeCorrected: boolean }
): ExplainReply['explanations'][number] {
  const { name, summary, waivable } = RULES.find(({ name }) => name === finding.rule)!
  const parent = parentConcerned(finding, family)
  const concerns = parent === undefined || parent.plan.id === '' ? undefined : parent.plan
  const sides = sidesOf(finding, family)
  return {
    finding: toFindingReply(finding),
    rule: { name, summary, waivable },
    ...(concerns !== undefined && { concerns: ancestry.summaryOf(concerns) }),
    path: pathOf(finding, family, ancestry).map(ancestry.summaryOf),
    ...(sides !== undefined && { sides }),
    changes,
    ...(canBeCorrected && isWaivable(finding.rule) && { waiver: { rule: finding.rule, at: finding.at } })
  }
}

/** From the plan to its parent, and from there along the first way on which a target came down. */
function pathOf (finding: JudgedFinding, family: Family, { parentsOf, inherit }: Ancestry): Plan[] {
  const parent = parentConcerned(finding, family)
  if (parent === undefined || parent.plan.id === '') return [family.plan]
  const path = [family.plan, parent.plan]
  const target = targetConcerned(finding, parent)
  const steps = target === undefined ? [] : stepsUp(parent.plan, target, parentsOf, inherit)
  let at = target?.key
  for (let distance = 1; ; distance++) {
    const step = steps.find(one => one.distance === distance && one.child.id === path.at(-1)!.id && one.heir.key === at)
    if (step === undefined) return path
    path.push(step.parent)
    at = step.target.key
  }
}
