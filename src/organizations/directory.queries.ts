import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { organizationNames, organizationSuccessions, organizations } from '../db/schema.ts'
import { organId } from '../domain/organization/organization-area.ts'
import { type Directory, directoryOf } from '../domain/organization/organization-succession.ts'
import { type StoredOrganization, type StoredSuccession, findOrganizations, findSuccessions } from './organization.queries.ts'

type Edge = 'superior' | 'successor' | 'predecessor' | 'organs' | 'agencies'

/**
 * What of the whole directory belongs to one organization, for one purpose: the pure functions give the same answer on
 * this part as on the whole.
 */
const STEPS = {
  alone: {},
  superiors: { superior: 'superiors' },
  successors: { successor: 'successors' },
  predecessors: { predecessor: 'predecessors' },
  kin: { successor: 'kin', predecessor: 'kin' },
  neighbors: { successor: 'alone', predecessor: 'alone' },
  /** A body that a name means: where it lies, and who answers for it. */
  named: { superior: 'superiors', successor: 'successors' },
  /** A body from where relative names are read: what it was made of, who stands above, and whom a relative name may mean there. */
  context: { predecessor: 'context', superior: 'line', organs: 'successors', agencies: 'successors' },
  line: { superior: 'line', successor: 'lineAfter', predecessor: 'lineBefore', organs: 'successors', agencies: 'successors' },
  lineAfter: { superior: 'line', successor: 'lineAfter', organs: 'successors', agencies: 'successors' },
  lineBefore: { superior: 'line', predecessor: 'lineBefore', organs: 'successors', agencies: 'successors' }
} as const satisfies Record<string, Partial<Record<Edge, string>>>

export type Purpose = keyof typeof STEPS

const RULES = Object.entries(STEPS).flatMap(([purpose, steps]) => Object.entries(steps).map(([edge, next]) => ({ purpose, edge, next })))

/** Where the walk begins: ids, or keys of names, by purpose. */
export interface Beginnings {
  ids?: Partial<Record<Purpose, readonly string[]>>
  names?: Partial<Record<Purpose, readonly string[]>>
}

export interface StoredDirectory extends Directory {
  organizations: ReadonlyMap<string, StoredOrganization>
  successions: StoredSuccession[]
}

/**
 * The part of the directory that these beginnings need, in two queries for any number of them, ordered by id. A body is
 * visited once for each purpose, so the cost is that of the part and circles end by themselves.
 */
export async function findDirectory (db: Db | Tx, { ids = {}, names = {} }: Beginnings): Promise<StoredDirectory> {
  const [byId, byName] = [pairsOf(ids), pairsOf(names)]
  const organs = (['committee', 'council', 'party'] as const).map(organ => organId(organ, ''))
  const { rows } = await db.execute<{ id: string }>(sql`
    with recursive rule (purpose, edge, next) as (
      select * from unnest(${texts(RULES.map(rule => rule.purpose))}, ${texts(RULES.map(rule => rule.edge))}, ${texts(RULES.map(rule => rule.next))})
    ),
    reached (id, purpose) as (
      select * from (
        select * from unnest(${texts(byId.values)}, ${texts(byId.purposes)})
        union all
        select ${organizationNames.organizationId}, wanted.purpose
          from unnest(${texts(byName.values)}, ${texts(byName.purposes)}) as wanted (key, purpose)
          join ${organizationNames} on ${organizationNames.key} = wanted.key
      ) as beginning (id, purpose)
      union
      select step.id, rule.next from reached join rule on rule.purpose = reached.purpose, lateral (
        select o.superior_id from ${organizations} o where rule.edge = 'superior' and o.id = reached.id
        union all
        select s.successor_id from ${organizationSuccessions} s where rule.edge = 'successor' and s.predecessor_id = reached.id
        union all
        select s.predecessor_id from ${organizationSuccessions} s where rule.edge = 'predecessor' and s.successor_id = reached.id
        union all
        select organ.prefix || o.area_id from ${organizations} o, unnest(${texts(organs)}) as organ (prefix)
         where rule.edge = 'organs' and o.id = reached.id
        union all
        select agency.id from ${organizations} o join ${organizations} agency on agency.superior_id = ${organs[0]} || o.area_id
         where rule.edge = 'agencies' and o.id = reached.id and agency.level = 'agency'
      ) as step (id)
       where step.id is not null
    )
    select distinct id from reached`)
  const found = await findOrganizations(db, rows.map(row => row.id))
  const successions = await findSuccessions(db, found.map(each => each.id))
  const { after, before } = directoryOf(found, successions)
  return { organizations: new Map(found.map(each => [each.id, each])), after, before, successions }
}

const texts = (values: readonly (string | undefined)[]) => sql`${sql.param(values)}::text[]`

function pairsOf (values: Partial<Record<string, readonly string[]>>): { values: string[], purposes: string[] } {
  const pairs = Object.entries(values).flatMap(([purpose, list = []]) => [...new Set(list)].map(value => ({ value, purpose })))
  return { values: pairs.map(({ value }) => value), purposes: pairs.map(({ purpose }) => purpose) }
}
