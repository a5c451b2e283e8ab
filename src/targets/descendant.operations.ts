import { type Db, SNAPSHOT, type Tx } from '../db/connect.ts'
import { type Inherit, type Step, remembering, stepsBetween } from '../domain/target/origin.ts'
import type { Plan } from '../domain/plan.ts'
import { walk } from '../graph/walk.queries.ts'
import { toSummary } from '../plans/plan-summary.ts'
import { type StoredPlan, findPlans } from '../plans/plan.queries.ts'
import { Problem } from '../problem.ts'
import { toTargetSummary, toVerdictReply } from './target-reply.operations.ts'
import type { DescendantsReply } from './target-reply.schemas.ts'

/** How many plans of the graph one answer looks at, and how many of them are read with one set of queries. */
const MOST_PLANS = 20_000
const CHUNK = 200

/** One plan below with what became of the target there; no steps: it applies, and nobody took it up. */
interface Reached {
  distance: number
  child: StoredPlan
  of: { plan: Plan, key: string }
  steps: Step[]
  binding: boolean
}

export interface DescendantOptions {
  /** Steps of inheritance. */
  depth: number
  limit: number
}

/** How a target spread: every target below that takes it up, transitively, and the plans that should have and did not. */
export async function descendantsOf (db: Db, id: string, key: string, { depth, limit }: DescendantOptions): Promise<DescendantsReply> {
  return await db.transaction(async tx => {
    const stored = (await findPlans(tx, [id])).get(id)
    if (stored === undefined) throw new Problem('plan-not-found')
    const target = stored.plan.targets.find(one => one.key === key)
    if (target === undefined) throw targetNotFound(stored.plan, key)

    const { reached, stoppedBy } = await spreadOf(tx, { plan: stored.plan, key }, { depth, limit })
    return {
      plan: toSummary({ ...stored.plan, status: stored.status }),
      target: toTargetSummary(target),
      depth,
      descendants: reached.flatMap(({ distance, child, of, steps }) => steps.map(step => ({
        distance,
        plan: toSummary({ ...child.plan, status: child.status }),
        target: toTargetSummary(step.heir),
        of: { planId: of.plan.id, key: of.key },
        ...toVerdictReply(step)
      }))),
      missing: reached.filter(({ steps }) => steps.length === 0).map(({ distance, child, of, binding }) => ({
        distance,
        plan: toSummary({ ...child.plan, status: child.status }),
        of: { planId: of.plan.id, key: of.key },
        binding,
        incomplete: child.plan.targetsIncomplete === true
      })),
      verdictCounts: countVerdicts(reached),
      truncated: stoppedBy !== undefined,
      ...(stoppedBy !== undefined && { truncatedBy: stoppedBy })
    }
  }, SNAPSHOT)
}

interface Spread {
  reached: Reached[]
  stoppedBy?: 'depth' | 'limit'
}

/** Follows the target down, step by step: only plans under one that takes it up are read, each pair of plans once. */
async function spreadOf (tx: Tx, from: Reached['of'], { depth, limit }: DescendantOptions): Promise<Spread> {
  // One step more than is shown tells whether the target goes on.
  const { edges, truncatedBy } = await walk(tx, from.plan.id, { direction: 'descendants', depth: depth + 1, relations: ['implements'], limit: MOST_PLANS })
  const childIds = new Map<string, string[]>()
  for (const { from: child, to: parent } of edges) childIds.set(parent, [...childIds.get(parent) ?? [], child])

  const inherit = remembering()
  const reached: Reached[] = []
  const entered = new Set([`${from.plan.id} ${from.key}`])
  let frontier = [from]
  for (let distance = 1; frontier.length > 0; distance++) {
    const next: typeof frontier = []
    const pairs = frontier.flatMap(of => (childIds.get(of.plan.id) ?? []).map(child => ({ of, child })))
    for (let start = 0; start < pairs.length; start += CHUNK) {
      const chunk = pairs.slice(start, start + CHUNK)
      const children = await findPlans(tx, chunk.map(({ child }) => child))
      const found = chunk.flatMap(({ of, child }) => reachedBy(children.get(child), of, distance, inherit))
      if (distance > depth) {
        if (found.some(({ steps }) => steps.length > 0)) return { reached, stoppedBy: 'depth' }
        continue
      }
      for (const one of found) {
        if (reached.length >= limit) return { reached, stoppedBy: 'limit' }
        reached.push(one)
        for (const { child, heir } of one.steps) {
          if (entered.has(`${child.id} ${heir.key}`)) continue
          entered.add(`${child.id} ${heir.key}`)
          next.push({ plan: child, key: heir.key })
        }
      }
    }
    frontier = distance > depth ? [] : next
  }
  return { reached, ...(truncatedBy === 'limit' && { stoppedBy: truncatedBy }) }
}

/** A stub takes up nothing and misses nothing: its targets are unknown. */
function reachedBy (child: StoredPlan | undefined, of: Reached['of'], distance: number, inherit: Inherit): Reached[] {
  if (child === undefined || child.status === 'stub') return []
  const found = inherit(child.plan, of.plan).find(({ target }) => target.key === of.key)
  if (found === undefined) return []
  const steps = stepsBetween(child.plan, of.plan, distance, inherit).filter(({ target }) => target.key === of.key)
  return steps.length > 0 || found.applies ? [{ distance, child, of, steps, binding: found.binding }] : []
}

function countVerdicts (reached: Reached[]): DescendantsReply['verdictCounts'] {
  const counts = new Map<string, DescendantsReply['verdictCounts'][number]>()
  for (const { child: { plan: { level } }, steps } of reached) {
    const verdicts = steps.length === 0 ? ['missing' as const] : steps.map(({ verdict }) => verdict.verdict)
    for (const verdict of verdicts) {
      const row = counts.get(`${level} ${verdict}`)
      if (row === undefined) counts.set(`${level} ${verdict}`, { ...(level !== undefined && { level }), verdict, count: 1 })
      else row.count++
    }
  }
  return [...counts.values()]
}

function targetNotFound (plan: Plan, key: string): Problem {
  const keys = plan.targets.map(target => target.key)
  const [first, listed] = [keys.slice(0, 50), keys.slice(0, 50).join(', ')]
  return new Problem('target-not-found', {
    vi: `Văn bản không có chỉ tiêu “${key}”; các mã đang có: ${listed || 'không có'}.`,
    en: `The plan has no target “${key}”; it has: ${listed || 'none'}.`
  }, { instead: { keys: first } })
}
