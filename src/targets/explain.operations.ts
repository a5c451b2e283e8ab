import { type Db, SNAPSHOT } from '../db/connect.ts'
import { type Change, corrected, correctionsOf } from '../domain/target/correction.ts'
import { type JudgedFinding, isWaivable } from '../domain/enforcement.ts'
import type { Family } from '../domain/family.ts'
import { stepsUp } from '../domain/target/origin.ts'
import type { Plan } from '../domain/plan.ts'
import { RULES } from '../domain/rules/index.ts'
import { parentConcerned, sidesOf, targetConcerned } from '../domain/target/sides.ts'
import { entityTag } from '../http/version.ts'
import { findFindings } from '../plans/finding.queries.ts'
import { familiesOf } from '../plans/judgement.operations.ts'
import { toFindingReply } from '../plans/plan-reply.operations.ts'
import type { ExplainReply } from './explain.schemas.ts'
import { type Ancestry, ancestryOf } from './target.operations.ts'

/** More findings than this are counted and not explained. */
const MOST_EXPLAINED = 100

/** Why a plan is red, or what to look at although it is not: each finding that stands, both texts, and what would clear it. */
export async function explainPlan (db: Db, id: string): Promise<ExplainReply> {
  return await db.transaction(async tx => {
    const ancestry = await ancestryOf(tx, id)
    const { stored: { plan, version, status }, summaryOf } = ancestry
    const standing = (await findFindings(tx, [id])).get(id)!.filter(({ severity, waived }) => severity !== 'info' && !waived)
    const count = (severity: 'error' | 'warning') => standing.filter(finding => finding.severity === severity).length
    // Errors first: they are what makes it red.
    const explained = [...standing.filter(({ severity }) => severity === 'error'), ...standing.filter(({ severity }) => severity === 'warning')]
      .slice(0, MOST_EXPLAINED)
    const [family] = status === 'stub' || explained.length === 0 ? [] : await familiesOf(tx, [ancestry.stored])
    const corrections = family === undefined ? new Map<number, Change[]>() : correctionsOf(explained, family)
    const changes = [...corrections.values()].flat()
    return {
      plan: summaryOf(plan),
      standing: { error: count('error'), warning: count('warning') },
      explanations: family === undefined ? [] : explained.map((finding, index) => explain(finding, corrections.get(index) ?? [], family, ancestry)),
      truncated: standing.length > explained.length,
      ...(changes.length > 0 && {
        correction: { method: 'PATCH' as const, path: `/v1/plans/${id}`, ifMatch: entityTag(version), body: patchOf(plan, changes) }
      })
    }
  }, SNAPSHOT)
}

/** The members of the plan that the changes touch, whole, as a merge patch takes them. */
function patchOf (plan: Plan, changes: Change[]): Record<string, unknown> {
  const after = corrected(plan, changes)
  const members = [...new Set(changes.map(({ at }) => at.split('/')[1] as keyof Plan))]
  return Object.fromEntries(members.map(member => [member, after[member]]))
}

function explain (finding: JudgedFinding, changes: Change[], family: Family, ancestry: Ancestry): ExplainReply['explanations'][number] {
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
    ...(isWaivable(finding.rule) && { waiver: { rule: finding.rule, at: finding.at } })
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
