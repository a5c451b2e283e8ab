import { setImmediate } from 'node:timers/promises'
import { desc, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { organizationNames, organizationSuccessions, organizations, referenceLoads } from '../db/schema.ts'
import { renewStatistics } from '../db/statistics.ts'
import { nameKey } from '../domain/organization/organization-key.ts'
import type { Organization, Succession } from '../domain/organization/organization.ts'
import { firstDay, lastDay } from '../domain/partial-date.ts'
import type { Origin } from './organization.queries.ts'

/** `orgs` in ASCII. */
const LOCK = 0x6f726773

/** One writer of organizations at a time, to the end of the transaction: what was judged together is stored together. */
export async function lockOrganizations (tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
}

/** For this transaction alone: loading takes longer than a request may, and judges for a while between two statements. */
export async function liftTimeouts (tx: Tx): Promise<void> {
  await tx.execute(sql`set local statement_timeout = 0`)
  await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`)
}

/** What names mean is asked from the moment the organizations are there: without statistics each question takes half a second on PostgreSQL 15. */
export async function renewDirectoryStatistics (tx: Tx): Promise<void> {
  await renewStatistics(tx, [organizations, organizationNames, organizationSuccessions])
}

export interface Written {
  inserted: string[]
  changed: string[]
}

/** Stores what is new or different, with its names. Rows of the other origin are the caller's to refuse. */
export async function writeOrganizations (tx: Tx, written: readonly Organization[], origin: Origin): Promise<Written> {
  if (written.length === 0) return { inserted: [], changed: [] }
  const [{ rows }, names] = await Promise.all([tx.execute<{ id: string, inserted: boolean }>(sql`
    insert into ${organizations} as stored (
      id, name, aliases, kind, level, symbols, valid_from, valid_to, exists_from, exists_to, superior_id, functional_superior_id,
      area_id, area_code, area_code_verified, area_name, area_type, electronic_codes, source, origin
    )
    select given.*, ${origin}::origin from json_to_recordset(${JSON.stringify(written.map(toRow))}::json) as given (
      id text, name text, aliases text[], kind organization_kind, level level, symbols text[], valid_from text, valid_to text,
      exists_from date, exists_to date, superior_id text, functional_superior_id text,
      area_id text, area_code text, area_code_verified boolean, area_name text, area_type text, electronic_codes jsonb, source text
    )
    on conflict (id) do update set (
      name, aliases, kind, level, symbols, valid_from, valid_to, exists_from, exists_to, superior_id, functional_superior_id,
      area_id, area_code, area_code_verified, area_name, area_type, electronic_codes, source
    ) = (
      excluded.name, excluded.aliases, excluded.kind, excluded.level, excluded.symbols, excluded.valid_from, excluded.valid_to,
      excluded.exists_from, excluded.exists_to, excluded.superior_id, excluded.functional_superior_id,
      excluded.area_id, excluded.area_code, excluded.area_code_verified, excluded.area_name, excluded.area_type,
      excluded.electronic_codes, excluded.source
    )
    where to_jsonb(stored) - 'recorded_at' is distinct from to_jsonb(excluded) - 'recorded_at'
    returning id, xmax = 0 as inserted`), namesOf(written)])
  const inserted = rows.filter(row => row.inserted).map(({ id }) => id)
  const changed = rows.filter(row => !row.inserted).map(({ id }) => id)
  const touched = new Set([...inserted, ...changed])
  if (changed.length > 0) await tx.execute(sql`delete from ${organizationNames} where organization_id = any(${sql.param(changed)}::text[])`)
  const told = names.filter(({ id }) => touched.has(id))
  await tx.execute(sql`
    insert into ${organizationNames} (key, organization_id)
    select * from unnest(${sql.param(told.map(({ key }) => key))}::text[], ${sql.param(told.map(({ id }) => id))}::text[])`)
  return { inserted, changed }
}

/** Computed while the server is at work: the first tick lets the statement out. */
async function namesOf (written: readonly Organization[]): Promise<{ key: string, id: string }[]> {
  await setImmediate()
  return written.flatMap(({ id, name, aliases }) => [...new Set([name, ...aliases].map(nameKey))].map(key => ({ key, id })))
}

function toRow (organization: Organization) {
  const { validFrom, validTo, area } = organization
  return {
    id: organization.id,
    name: organization.name,
    aliases: organization.aliases,
    kind: organization.kind,
    level: organization.level,
    symbols: organization.symbols,
    valid_from: validFrom,
    valid_to: validTo,
    exists_from: validFrom === undefined ? '-infinity' : firstDay(validFrom),
    exists_to: validTo === undefined ? 'infinity' : lastDay(validTo),
    superior_id: organization.superiorId,
    functional_superior_id: organization.functionalSuperiorId,
    area_id: area?.id,
    area_code: area?.code,
    area_code_verified: area?.codeVerified,
    area_name: area?.name,
    area_type: area?.type,
    electronic_codes: organization.electronicCodes,
    source: organization.source
  }
}

/** Stores what is new or different; answers the pairs, as `predecessor successor`. */
export async function writeSuccessions (tx: Tx, written: readonly Succession[], origin: Origin): Promise<Written> {
  if (written.length === 0) return { inserted: [], changed: [] }
  const column = (of: (succession: Succession) => string) => sql`${sql.param(written.map(of))}::text[]`
  const { rows } = await tx.execute<{ pair: string, inserted: boolean }>(sql`
    insert into ${organizationSuccessions} as stored (predecessor_id, successor_id, "on", kind, source, origin)
    select r.predecessor_id, r.successor_id, r.started, r.kind::succession_kind, r.source, ${origin}::origin
      from unnest(${column(each => each.predecessorId)}, ${column(each => each.successorId)}, ${column(each => each.on)},
                  ${column(each => each.kind)}, ${column(each => each.source)}) as r (predecessor_id, successor_id, started, kind, source)
    on conflict (predecessor_id, successor_id) do update set "on" = excluded."on", kind = excluded.kind, source = excluded.source
    where (stored."on", stored.kind, stored.source) is distinct from (excluded."on", excluded.kind, excluded.source)
    returning predecessor_id || ' ' || successor_id as pair, xmax = 0 as inserted`)
  return { inserted: rows.filter(row => row.inserted).map(({ pair }) => pair), changed: rows.filter(row => !row.inserted).map(({ pair }) => pair) }
}

/** Successions are statements about bodies: one that a newer reference no longer makes is withdrawn, the bodies stay. */
export async function deleteSuccessions (tx: Tx, pairs: readonly Pick<Succession, 'predecessorId' | 'successorId'>[]): Promise<void> {
  if (pairs.length === 0) return
  await tx.execute(sql`
    delete from ${organizationSuccessions}
     where (predecessor_id, successor_id) in (
       select * from unnest(${sql.param(pairs.map(pair => pair.predecessorId))}::text[], ${sql.param(pairs.map(pair => pair.successorId))}::text[]))`)
}

export interface ReferenceLoad {
  version: string
  /** Of the manifest, hex. */
  sha256: string
}

export async function findLatestLoad (db: Db | Tx): Promise<ReferenceLoad | undefined> {
  const [row] = await db.select().from(referenceLoads).orderBy(desc(referenceLoads.seq)).limit(1)
  return row && { version: row.version, sha256: row.sha256 }
}

export async function insertLoad (tx: Tx, load: ReferenceLoad): Promise<void> {
  await tx.insert(referenceLoads).values(load)
}
