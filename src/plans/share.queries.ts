import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { citations, findings, plans, targets } from '../db/schema.ts'
import type { Share } from '../domain/family.ts'
import { nameOf } from '../domain/plan.ts'

export interface StoredShare extends Share {
  parentId: string
  /** The parent as the link names it; absent: every parent that has the key. */
  namedPlan?: string
  /** The plans that replace or repeal the one that took the share. */
  endedBy: string[]
}

const allocated = sql`'{"inherits": [{"how": "allocated"}]}'::jsonb`

/**
 * What the children of these plans take of their totals, by parent, in the order in which the register came to know the
 * children. One query for any number of parents, along the index of citations; of a target only what is added up comes back.
 */
export async function findShares (db: Db | Tx, parentIds: string[]): Promise<Map<string, StoredShare[]>> {
  const found = new Map<string, StoredShare[]>()
  if (parentIds.length === 0) return found
  const { rows } = await db.execute<{
    parentId: string,
    planId: string,
    code: string | null,
    title: string | null,
    issuer: string | null,
    key: string,
    namedPlan: string | null,
    target: Share['target'],
    answers: boolean,
    endedBy: string[]
  }>(sql`
    select child.cited_id as "parentId", ${plans.id} as "planId", ${plans.code} as code, ${plans.title} as title, ${plans.issuer} as issuer,
           link->>'key' as key, link->>'plan' as "namedPlan",
           jsonb_strip_nulls(jsonb_build_object('goal', ${targets.target}->'goal', 'equivalents', ${targets.target}->'equivalents')) as target,
           exists (select from ${findings}
                    where ${findings.planId} = ${plans.id} and ${findings.rule} = 'allocation-sum'
                      and ${findings.facts}->>'parent' = child.cited_id::text and ${findings.facts}->>'parentKey' = link->>'key') as answers,
           array(select ended.plan_id from ${citations} ended
                  where ended.cited_id = ${plans.id} and ended.relation in ('replaces', 'repeals')) as "endedBy"
      from (select distinct ${citations.planId}, ${citations.citedId} from ${citations}
             where ${citations.citedId} = any(${sql.param([...new Set(parentIds)])}::uuid[]) and ${citations.relation} = 'implements') child
      join ${plans} on ${plans.id} = child.plan_id
      join ${targets} on ${targets.planId} = child.plan_id and ${targets.target} @> ${allocated}
     cross join lateral jsonb_array_elements(${targets.target}->'inherits') link
     where link->>'how' = 'allocated'
     order by child.cited_id, ${plans.id}, ${targets.position}`)
  for (const { parentId, planId, code, title, issuer, key, namedPlan, target, answers, endedBy } of rows) {
    const share = {
      parentId,
      planId,
      plan: nameOf({ ...(code !== null && { code }), ...(title !== null && { title }), ...(issuer !== null && { issuer }) }),
      ...(issuer !== null && { issuer }),
      key,
      ...(namedPlan !== null && { namedPlan }),
      target,
      answers,
      endedBy
    }
    const others = found.get(parentId)
    if (others === undefined) found.set(parentId, [share])
    else others.push(share)
  }
  return found
}

/**
 * The plans that answer for an exceeded total of a plan that one of these implements, or of one of `parentIds`: what
 * changed may have brought the sum back within the total.
 */
export async function findAnswering (tx: Tx, planIds: string[], parentIds: string[]): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select distinct ${citations.planId} as id
      from ${findings} join ${citations} on ${citations.planId} = ${findings.planId} and ${citations.relation} = 'implements'
     where ${findings.rule} = 'allocation-sum' and ${findings.severity} <> 'info'
       and ${findings.facts}->>'parent' = ${citations.citedId}::text
       and (${citations.citedId} = any(${sql.param(parentIds)}::uuid[])
            or ${citations.citedId} in (select own.cited_id from ${citations} own
                                         where own.plan_id = any(${sql.param(planIds)}::uuid[]) and own.relation = 'implements'))
     order by id`)
  return rows.map(({ id }) => id)
}
