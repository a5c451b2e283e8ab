import type { Db, Tx } from '../db/connect.ts'
import { asKnown } from '../db/known.ts'
import type { Relation } from '../domain/citation.ts'
import type { Standing } from '../domain/effect/standing.ts'
import { DIRECTIONS, type Direction, type Edge, type Walk, walk } from '../graph/walk.queries.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import { Problem } from '../problem.ts'
import { countFindings, findFindings } from '../plans/finding.queries.ts'
import { toFindingReply } from '../plans/plan-reply.operations.ts'
import { toSummary } from '../plans/plan-summary.ts'
import { today } from '../organizations/today.ts'
import { responsibleOf } from '../plans/responsible.operations.ts'
import { type KnownPlan, findKnownPlans } from '../plans/plan.queries.ts'
import { type LeftOutEdge, inForceOn, plansInForce, standingsOf, successorIdsOf } from '../plans/standing.operations.ts'
import type { Include, LineageReply, PathsReply } from './lineage.schemas.ts'

export interface LineageOptions {
  direction: Direction | 'both'
  /** Absent: DEFAULT_DEPTH. */
  depth?: number
  relations: readonly Relation[]
  limit: number
  include: readonly Include[]
  /** Who answers for each issuer on this day; absent: with `asOf` on that day, else nobody is asked about. */
  responsibleAt?: PartialDate | undefined
  /** Only what is in force on this day is walked; absent: everything. */
  asOf?: PartialDate | undefined
  /** What the register knew at this moment; absent: now. */
  knownAt?: Date | undefined
}

/** All the way up and one step down: what people ask first, and never a flood. */
const DEFAULT_DEPTH: Record<Direction, number> = { ancestors: 50, descendants: 1 }

export async function lineageOf (db: Db, id: string, options: LineageOptions): Promise<LineageReply> {
  const { direction, depth, relations, limit, include, asOf, knownAt, responsibleAt = asOf } = options
  return await asKnown(db, knownAt, async tx => {
    if (!(await findKnownPlans(tx, [id])).has(id)) throw new Problem('plan-not-found')
    const walks: [Direction, Walk][] = []
    const leftOut: LeftOutEdge[] = []
    for (const way of direction === 'both' ? DIRECTIONS : [direction]) {
      const { sift, leftOut: dropped } = inForceOn(tx, asOf)
      const steps = depth ?? DEFAULT_DEPTH[way]
      const walked = await walk(tx, id, { direction: way, depth: steps, relations, limit, ...(sift !== undefined && { sift }) })
      walks.push([way, walked])
      // The step beyond the depth is only looked at to tell whether there is more.
      leftOut.push(...dropped.filter(edge => walked.distances.get(way === 'ancestors' ? edge.from : edge.to)! < steps))
    }
    const nodes = new Map<string, { distance: number, direction?: Direction }>([[id, { distance: 0 }]])
    for (const [way, { distances }] of walks) {
      for (const [plan, distance] of distances) if (!nodes.has(plan)) nodes.set(plan, { distance, direction: way })
    }
    const truncated = walks.flatMap(([way, { truncatedBy }]) => truncatedBy === undefined ? [] : [{ direction: way, by: truncatedBy }])
    return {
      planId: id,
      direction,
      ...(asOf !== undefined && { asOf }),
      ...(knownAt !== undefined && { knownAt: knownAt.toISOString() }),
      depth: Object.fromEntries(walks.map(([way]) => [way, depth ?? DEFAULT_DEPTH[way]])),
      relations: [...relations],
      nodes: await describe(tx, nodes, include, { asOf, responsibleAt }),
      edges: walks.flatMap(([, { edges }]) => edges).map(toEdgeReply),
      ...(asOf !== undefined && { leftOut }),
      truncated: truncated.length > 0,
      ...(truncated.length > 0 && { truncatedAt: truncated })
    }
  })
}

const toEdgeReply = ({ from, to, relation, inferred }: Edge) => ({ from, to, relation, ...(inferred && { inferred }) })

async function describe (
  tx: Tx, nodes: Map<string, { distance: number, direction?: Direction }>, include: readonly Include[], { asOf, responsibleAt }: Pick<LineageOptions, 'asOf' | 'responsibleAt'>
): Promise<LineageReply['nodes']> {
  const ids = [...nodes.keys()]
  const known = await findKnownPlans(tx, ids)
  const standings = await standingsOf(tx, ids, asOf ?? today())
  const successors = await findKnownPlans(tx, [...standings.values()].flatMap(successorIdsOf))
  const counts = await countFindings(tx, ids)
  const whole = include.includes('targets') ? await plansInForce(tx, ids, asOf) : undefined
  const responsible = responsibleAt === undefined ? [] : await responsibleOf(tx, ids.map(id => known.get(id)!.issuerId), responsibleAt)
  const findings = include.includes('findings') ? await findFindings(tx, ids) : undefined
  return [...nodes].map(([id, { distance, direction }], index) => ({
    ...toSummary(known.get(id)!),
    distance,
    ...(direction !== undefined && { direction }),
    ...standingOf(standings.get(id)!, successors),
    findingCounts: counts.get(id)!,
    ...(responsible[index] !== undefined && { responsible: responsible[index] }),
    ...(whole !== undefined && { targets: whole.get(id)!.stored.plan.targets }),
    ...(findings !== undefined && { findings: findings.get(id)!.map(toFindingReply) })
  }))
}

function standingOf (standing: Standing, known: Map<string, KnownPlan>): Pick<LineageReply['nodes'][number], 'effect' | 'successors'> {
  const { status, since, until } = standing
  const successors = successorIdsOf(standing).map(id => toSummary(known.get(id)!))
  return {
    effect: { status, ...(since !== undefined && { since }), ...(until !== undefined && { until }) },
    ...(successors.length > 0 && { successors })
  }
}

/** How many steps a path may have, and how many paths one answer holds. */
const MOST_STEPS = 50
const MOST_PATHS = 100
const MOST_PLANS = 10_000

/** Every way along the citations from one plan up to the other, or down to it; shortest first. None is an empty list. */
export async function pathsBetween (
  db: Db, from: string, to: string, { relations, asOf, knownAt }: Pick<LineageOptions, 'relations' | 'asOf' | 'knownAt'>
): Promise<PathsReply> {
  return await asKnown(db, knownAt, async tx => {
    const known = await findKnownPlans(tx, [from, to])
    for (const [name, id] of Object.entries({ from, to })) {
      if (known.has(id)) continue
      throw new Problem('plan-not-found', { vi: `Tham số ${name}: không có văn bản nào có id ${id}.`, en: `Parameter ${name}: no plan has id ${id}.` })
    }
    const up = await waysUp(tx, from, to, relations, asOf)
    const down = up.paths.length > 0 || from === to ? { paths: [], leftOut: [], truncated: false } : await waysUp(tx, to, from, relations, asOf)
    const paths = [
      ...up.paths.map(planIds => ({ direction: 'ancestors' as const, planIds })),
      ...down.paths.map(planIds => ({ direction: 'descendants' as const, planIds: planIds.reverse() }))
    ]
    const plans = await findKnownPlans(tx, paths.flatMap(({ planIds }) => planIds))
    // Both walks may meet the same edge above the two plans.
    const leftOut = new Map([...up.leftOut, ...down.leftOut].map(edge => [`${edge.from} ${edge.to} ${edge.relation}`, edge]))
    return {
      from,
      to,
      ...(asOf !== undefined && { asOf }),
      ...(knownAt !== undefined && { knownAt: knownAt.toISOString() }),
      relations: [...relations],
      paths,
      plans: [...plans.values()].map(toSummary),
      ...(asOf !== undefined && { leftOut: [...leftOut.values()] }),
      truncated: up.truncated || down.truncated
    }
  })
}

async function waysUp (
  tx: Tx, from: string, to: string, relations: readonly Relation[], asOf: PartialDate | undefined
): Promise<{ paths: string[][], leftOut: LeftOutEdge[], truncated: boolean }> {
  const { sift, leftOut } = inForceOn(tx, asOf)
  const { edges, truncatedBy } = await walk(tx, from, {
    direction: 'ancestors', depth: MOST_STEPS, relations, limit: MOST_PLANS, ...(sift !== undefined && { sift })
  })
  const above = new Map<string, Set<string>>()
  const below = new Map<string, Set<string>>()
  for (const { from: child, to: parent } of edges) {
    above.set(child, (above.get(child) ?? new Set()).add(parent))
    below.set(parent, (below.get(parent) ?? new Set()).add(child))
  }
  // Only plans from which the goal can be reached are entered, so that no dead end costs a search.
  const leadsThere = new Set([to])
  for (const id of leadsThere) for (const child of below.get(id) ?? []) leadsThere.add(child)
  const paths: string[][] = []
  let ways = leadsThere.has(from) && from !== to ? [[from]] : []
  while (ways.length > 0 && paths.length < MOST_PATHS) {
    const longer: string[][] = []
    for (const way of ways) {
      for (const next of above.get(way.at(-1)!) ?? []) {
        if (next === to) paths.push([...way, next])
        else if (leadsThere.has(next) && !way.includes(next) && longer.length < MOST_PLANS) longer.push([...way, next])
      }
    }
    ways = longer
  }
  return { paths: paths.slice(0, MOST_PATHS), leftOut, truncated: truncatedBy !== undefined || ways.length > 0 || paths.length > MOST_PATHS }
}
