import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { citations } from '../db/schema.ts'
import type { Relation } from '../domain/citation.ts'

export const DIRECTIONS = ['ancestors', 'descendants'] as const

export type Direction = (typeof DIRECTIONS)[number]

/** A citation between two plans of the walk, from the citing plan to the cited one. */
export interface Edge {
  from: string
  to: string
  relation: Relation
  inferred: boolean
}

export interface WalkOptions {
  direction: Direction
  /** How many steps at most; 1 is parents or children alone. */
  depth: number
  relations: readonly Relation[]
  /** How many plans at most, the first one included. */
  limit: number
  /** Drops the edges that are not to be walked; absent: all are. Asked once for each step, and once beyond the last. */
  sift?: (edges: Edge[]) => Promise<Edge[]>
}

export interface Walk {
  /** Every plan reached, nearest first, with its shortest distance; the first one at 0. */
  distances: Map<string, number>
  edges: Edge[]
  /** What stopped the walk before its natural end; absent when the answer is complete. */
  truncatedBy?: 'depth' | 'limit'
}

/**
 * Walks the citations step by step: one indexed query a step, each plan once, so the cost is that of the answer and a
 * circle in old records ends by itself. A recursive query would enumerate paths, which explode where plans share parents.
 */
export async function walk (db: Db | Tx, start: string, { direction, depth, relations, limit, sift = async edges => edges }: WalkOptions): Promise<Walk> {
  const distances = new Map([[start, 0]])
  const edges: Edge[] = []
  let frontier = [start]
  for (let distance = 1; frontier.length > 0; distance++) {
    const found = await findStep(db, frontier, direction, relations, limit)
    const step = await sift(found)
    // A step was read up to its limit, and what was dropped took the place of edges that nobody has seen.
    const isCut = step.length < found.length && found.length === mostOfStep(limit, relations)
    if (distance > depth) {
      return isCut || step.some(edge => !distances.has(far(edge, direction))) ? { distances, edges, truncatedBy: 'depth' } : { distances, edges }
    }
    const next: string[] = []
    for (const edge of step) {
      const id = far(edge, direction)
      if (!distances.has(id)) {
        if (distances.size >= limit) return { distances, edges, truncatedBy: 'limit' }
        distances.set(id, distance)
        next.push(id)
      }
      edges.push(edge)
    }
    if (isCut) return { distances, edges, truncatedBy: 'limit' }
    frontier = next
  }
  return { distances, edges }
}

const far = (edge: Edge, direction: Direction): string => direction === 'ancestors' ? edge.to : edge.from

/**
 * One edge for each pair and relation, and a step may lead back to plans already reached: this many edges always hold one
 * plan too many, when there is one.
 */
const mostOfStep = (limit: number, relations: readonly Relation[]): number | null =>
  Number.isFinite(limit) ? limit * (relations.length + 1) + 1 : null

/** The citations that leave these plans in one direction, in an order that does not change between two readings. */
async function findStep (
  db: Db | Tx, ids: string[], direction: Direction, relations: readonly Relation[], limit: number
): Promise<Edge[]> {
  const near = direction === 'ancestors' ? citations.planId : citations.citedId
  const { rows } = await db.execute<{ from: string, to: string, relation: Relation, inferred: boolean }>(sql`
    select ${citations.planId} as "from", ${citations.citedId} as "to", ${citations.relation} as relation, bool_and(${citations.inferred}) as inferred
      from ${citations}
     where ${near} = any(${sql.param(ids)}::uuid[]) and ${citations.citedId} is not null
       and ${citations.relation}::text = any(${sql.param([...relations])}::text[])
     group by ${citations.planId}, ${citations.citedId}, ${citations.relation}
     order by ${near}, ${citations.relation}, min(${citations.position}), ${citations.planId}
     limit ${mostOfStep(limit, relations)}`)
  return rows
}
