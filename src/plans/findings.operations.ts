import type { Db, Tx } from '../db/connect.ts'
import { asKnown } from '../db/known.ts'
import { waiversInForce } from '../domain/effect/place.ts'
import { type JudgedFinding, enforce } from '../domain/enforcement.ts'
import type { Family } from '../domain/family.ts'
import { judge } from '../domain/judge.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import type { Severity } from '../domain/rules/rule.ts'
import { Problem } from '../problem.ts'
import { listFindings } from './finding.queries.ts'
import { familiesOf } from './judgement.operations.ts'
import { type StoredPlan, findKnownPlans, findPlans } from './plan.queries.ts'

interface Part {
  severity?: Severity
  rule?: string
  /** The position of the page before. */
  after: number
  limit: number
}

/** The stored verdict; with `asOf` the verdict on the plan and its parents as they are in force on that day. */
export async function findingsOf (
  db: Db, id: string, { asOf, knownAt }: { asOf?: PartialDate | undefined, knownAt?: Date | undefined }, part: Part
): Promise<{ position: number, finding: JudgedFinding }[]> {
  return await asKnown(db, knownAt, async tx => {
    if (asOf === undefined) {
      if (!(await findKnownPlans(tx, [id])).has(id)) throw new Problem('plan-not-found')
      return await listFindings(tx, id, part)
    }
    const stored = (await findPlans(tx, [id])).get(id)
    if (stored === undefined) throw new Problem('plan-not-found')
    if (stored.status === 'stub') return []
    const { severity, rule, after, limit } = part
    return (await judgedAsOf(tx, stored, asOf)).findings
      .map((finding, position) => ({ position, finding }))
      .filter(({ position, finding }) => position > after &&
        (severity === undefined || finding.severity === severity) && (rule === undefined || finding.rule === rule))
      .slice(0, limit)
  })
}

/** What the rules find of a registered plan and its parents as they are in force on a day; `stored` is the plan as recorded. */
export async function judgedAsOf (tx: Tx, stored: StoredPlan, asOf: PartialDate): Promise<{ family: Family, findings: JudgedFinding[] }> {
  const [family] = await familiesOf(tx, [stored], { asOf })
  const waivers = waiversInForce(stored.waivers, stored.plan, family!.plan)
  return { family: family!, findings: enforce(judge(family!), waivers, { asIssued: true }).findings }
}
