import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { citations, findings, plans, targets } from '../db/schema.ts'
import type { Share } from '../domain/family.ts'
import { nameOf } from '../domain/plan.ts'

/** A share as the plan that takes it declares it. */
export interface TakenShare extends Omit<Share, 'answers'> {
  parentId: string
  /** The parent as the link names it; absent: every parent that has the key. */
  namedPlan?: string
}

export interface StoredShare extends TakenShare, Share {
  /** The plans that replace or repeal the one that took the share. */
  endedBy: string[]
}

const allocated = sql`'{"inherits": [{"how": "allocated"}]}'::jsonb`

/**
 * What the children of these plans take of their totals, in the order in which the register came to know the children.
 * One query for any number of parents, along the index of citations; of a target only what is added up comes back.
 */
export async function findTakenShares (db: Db | Tx, parentIds: readonly string[]): Promise<TakenShare[]> {
  if (parentIds.length === 0) return []
  const { rows } = await db.execute<{
    parentId: string,
    planId: string,
    code: string | null,
    title: string | null,
    issuer: string | null,
    key: string,
    namedPlan: string | null,
    target: Share['target']
  }>(sql`
    select child.cited_id as "parentId", ${plans.id} as "planId", ${plans.code} as code, ${plans.title} as title, ${plans.issuer} as issuer,
           link->>'key' as key, link->>'plan' as "namedPlan",
           jsonb_strip_nulls(jsonb_build_object('goal', ${targets.target}->'goal', 'equivalents', ${targets.target}->'equivalents')) as target
      from (select distinct ${citations.planId}, ${citations.citedId} from ${citations}
             where ${citations.citedId} = any(${sql.param([...parentIds])}::uuid[]) and ${citations.relation} = 'implements') child
      join ${plans} on ${plans.id} = child.plan_id
      join ${targets} on ${targets.planId} = child.plan_id and ${targets.target} @> ${allocated}
     cross join lateral jsonb_array_elements(${targets.target}->'inherits') with ordinality as element (link, place)
     where link->>'how' = 'allocated'
     order by child.cited_id, ${plans.id}, ${targets.position}, place`)
  return rows.map(({ parentId, planId, code, title, issuer, key, namedPlan, target }) => ({
    parentId,
    planId,
    plan: nameOf({ ...(code !== null && { code }), ...(title !== null && { title }), ...(issuer !== null && { issuer }) }),
    ...(issuer !== null && { issuer }),
    key,
    ...(namedPlan !== null && { namedPlan }),
    target
  }))
}

/** The plans that answer for an exceeded total of one of these parents, with the key of its target. */
export async function findAnswers (db: Db | Tx, parentIds: readonly string[]): Promise<{ planId: string, parentId: string, key: string }[]> {
  if (parentIds.length === 0) return []
  const { rows } = await db.execute<{ planId: string, parentId: string, key: string }>(sql`
    select distinct ${findings.planId} as "planId", ${citations.citedId} as "parentId", ${findings.facts}->>'parentKey' as key
      from ${citations} join ${findings} on ${findings.planId} = ${citations.planId}
     where ${citations.citedId} = any(${sql.param([...parentIds])}::uuid[]) and ${citations.relation} = 'implements'
       and ${findings.rule} = 'allocation-sum' and ${findings.severity} <> 'info'
       and ${findings.facts}->>'parent' = ${citations.citedId}::text
     order by 1, 2, 3`)
  return rows
}
