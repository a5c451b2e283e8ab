import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { citations, plans } from '../db/schema.ts'

/** A citation by which a registered plan implements another one, and what was remembered of the parent. */
export interface StoredLink {
  planId: string
  parentId: string
  judgedAgainst?: string
}

/** The links upwards of these plans, one for each pair and at most `limit`; a stub is nothing that one could be judged against. */
export async function findLinks (db: Db | Tx, planIds: string[], limit: number): Promise<StoredLink[]> {
  if (planIds.length === 0) return []
  const { rows } = await db.execute<{ planId: string, parentId: string, judgedAgainst: string | null }>(sql`
    select distinct on (${citations.planId}, ${citations.citedId})
           ${citations.planId} as "planId", ${citations.citedId} as "parentId", ${citations.judgedAgainst} as "judgedAgainst"
      from ${citations} join ${plans} on ${plans.id} = ${citations.citedId} and ${plans.status} <> 'stub'
     where ${citations.planId} = any(${sql.param(planIds)}::uuid[]) and ${citations.relation} = 'implements'
     order by ${citations.planId}, ${citations.citedId}, ${citations.position}
     limit ${limit}`)
  return rows.map(({ judgedAgainst, ...link }) => ({ ...link, ...(judgedAgainst !== null && { judgedAgainst }) }))
}
