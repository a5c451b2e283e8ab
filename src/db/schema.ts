import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn, bigint, boolean, check, customType, date, foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, timestamp, unique, uuid
} from 'drizzle-orm/pg-core'
import { RELATIONS } from '../domain/citation.ts'
import { RESOLUTIONS } from '../domain/family.ts'
import { ISSUER_KINDS } from '../domain/issuer/issuer-words.ts'
import { LEVELS } from '../domain/level.ts'
import { type AreaType, type ElectronicCode, SUCCESSION_KINDS } from '../domain/organization/organization.ts'
import { SEVERITIES } from '../domain/rules/rule.ts'
import { STATUSES } from '../domain/status.ts'
import type { Target } from '../domain/target/target.ts'

export const level = pgEnum('level', LEVELS)
export const relation = pgEnum('relation', RELATIONS)
export const resolution = pgEnum('resolution', RESOLUTIONS)
export const severity = pgEnum('severity', SEVERITIES)
export const status = pgEnum('status', STATUSES)

const years = customType<{ data: string }>({ dataType: () => 'int4range' })

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

/**
 * One row per plan, registered or stub. Dates of any precision are text (`2022`, `2022-09`, `2022-09-07`): a date type
 * would have to invent what is unknown.
 */
export const plans = pgTable('plans', {
  id: uuid().primaryKey(),
  /** Issuer, year, type and number as one key (see domain/identity.ts); null: the plan has no identity of its own. */
  identity: text(),
  version: integer().notNull(),
  status: status().notNull(),
  code: text(),
  canonicalCode: text('canonical_code'),
  type: text(),
  title: text(),
  issuer: text(),
  issuerKey: text('issuer_key'),
  /** The organization of that name on that day; null while the register of organizations does not tell one. */
  issuerId: text('issuer_id').references((): AnyPgColumn => organizations.id),
  level: level(),
  issuedOn: text('issued_on'),
  periodFrom: text('period_from'),
  periodTo: text('period_to'),
  /** The years of the period, for searching; an end that is not known is open, and without any end it is null. */
  periodYears: years('period_years').generatedAlwaysAs(sql`case when period_from is not null or period_to is not null
    then int4range(left(period_from, 4)::integer, left(period_to, 4)::integer, '[]') end`),
  programme: text(),
  programmeKey: text('programme_key'),
  targetsIncomplete: boolean('targets_incomplete').notNull().default(false),
  /** Code, title, issuer and programme folded, so that a search needs no diacritics. */
  searchText: text('search_text').notNull(),
  recordedAt: instant('recorded_at').notNull().defaultNow(),
  changedAt: instant('changed_at').notNull().defaultNow()
}, table => [
  unique('plans_identity_key').on(table.identity),
  index('plans_canonical_code').on(table.canonicalCode, table.id),
  index('plans_issuer').on(table.issuerKey, table.id),
  index('plans_issuer_id').on(table.issuerId, table.id),
  index('plans_programme').on(table.programmeKey, table.id),
  index('plans_level').on(table.level, table.id),
  index('plans_type').on(table.type, table.id),
  index('plans_status').on(table.status, table.id),
  index('plans_period').using('gist', table.periodYears),
  index('plans_search').using('gin', table.searchText.op('gin_trgm_ops'))
])

/** A citation is a row of its own: two relations between one pair of plans stay apart. */
export const citations = pgTable('citations', {
  planId: uuid('plan_id').notNull().references(() => plans.id, { onDelete: 'cascade' }),
  position: integer().notNull(),
  relation: relation().notNull(),
  /** The plan it names; null while it is ambiguous or unidentified. */
  citedId: uuid('cited_id').references(() => plans.id),
  resolution: resolution().notNull(),
  /** The plans it may mean, when it names several. */
  candidateIds: uuid('candidate_ids').array().notNull().default(sql`'{}'`),
  /** The caller named the plan by its id; it is never read again. */
  pinned: boolean().notNull().default(false),
  code: text(),
  canonicalCode: text('canonical_code'),
  issuer: text(),
  issuedOn: text('issued_on'),
  title: text(),
  inferred: boolean().notNull().default(false),
  note: text()
}, table => [
  primaryKey({ name: 'citations_pkey', columns: [table.planId, table.position] }),
  index('citations_cited').on(table.citedId, table.relation, table.planId),
  index('citations_code').on(table.canonicalCode),
  check('citations_not_itself', sql`${table.citedId} <> ${table.planId}`),
  check('citations_resolution', sql`(${table.citedId} is not null) = (${table.resolution} in ('resolved', 'stub'))`)
])

export const targets = pgTable('targets', {
  planId: uuid('plan_id').notNull().references(() => plans.id, { onDelete: 'cascade' }),
  position: integer().notNull(),
  key: text().notNull(),
  indicator: text().notNull(),
  target: jsonb().$type<Target>().notNull()
}, table => [
  primaryKey({ name: 'targets_pkey', columns: [table.planId, table.position] }),
  unique('targets_key').on(table.planId, table.key),
  index('targets_indicator').on(table.indicator, table.planId)
])

/** The verdict that stands today, replaced whole whenever the plan is judged again. */
export const findings = pgTable('findings', {
  planId: uuid('plan_id').notNull().references(() => plans.id, { onDelete: 'cascade' }),
  position: integer().notNull(),
  rule: text().notNull(),
  severity: severity().notNull(),
  at: text().notNull(),
  messageVi: text('message_vi').notNull(),
  messageEn: text('message_en').notNull(),
  facts: jsonb().$type<Record<string, unknown>>().notNull(),
  /** A recorded reason why this finding does not block; the waiver itself stands in `waivers`. */
  waived: boolean().notNull().default(false)
}, table => [
  primaryKey({ name: 'findings_pkey', columns: [table.planId, table.position] }),
  index('findings_rule').on(table.rule, table.severity, table.planId)
])

export const waivers = pgTable('waivers', {
  planId: uuid('plan_id').notNull().references(() => plans.id, { onDelete: 'cascade' }),
  position: integer().notNull(),
  rule: text().notNull(),
  /** Null: every finding of the rule. */
  at: text(),
  reason: text().notNull(),
  givenBy: text('given_by').notNull(),
  givenAt: instant('given_at').notNull().defaultNow()
}, table => [
  primaryKey({ name: 'waivers_pkey', columns: [table.planId, table.position] })
])

/**
 * What happened, in order, append only: a trigger refuses every update and delete. Written in the transaction of the
 * change itself, so nothing changes without a row here.
 */
export const events = pgTable('events', {
  seq: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  at: instant('at').notNull().defaultNow(),
  /** The public id of the key that asked for it; `system` for what follows of itself. */
  by: text().notNull(),
  type: text().notNull(),
  planId: uuid('plan_id'),
  version: integer(),
  before: jsonb(),
  after: jsonb()
}, table => [
  index('events_plan').on(table.planId, table.seq)
])

export const apiKeys = pgTable('api_keys', {
  /** The public half of the key, `thac_<id>_<secret>`; safe to log. */
  id: text().primaryKey(),
  name: text().notNull(),
  /** SHA-256 of the secret half, hex. The secret has 256 random bits, so no slow hash is needed. */
  secretHash: text('secret_hash').notNull(),
  scopes: text().array().notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at'),
  revokedAt: instant('revoked_at')
})

export const ORIGINS = ['reference', 'own'] as const

export const organizationKind = pgEnum('organization_kind', ISSUER_KINDS)
export const successionKind = pgEnum('succession_kind', SUCCESSION_KINDS)
/** `reference`: comes with the product and changes only by loading it again; `own`: recorded by a caller. */
export const origin = pgEnum('origin', ORIGINS)

/** One row per body between two days; see docs/decisions/0006. What is certain about its dates stands in the text columns. */
export const organizations = pgTable('organizations', {
  id: text().primaryKey(),
  name: text().notNull(),
  aliases: text().array().notNull(),
  kind: organizationKind().notNull(),
  level: level().notNull(),
  symbols: text().array().notNull(),
  validFrom: text('valid_from'),
  validTo: text('valid_to'),
  /** The first and the last day on which it may have existed; infinite where nothing is known. For filters alone. */
  existsFrom: date('exists_from').notNull(),
  existsTo: date('exists_to').notNull(),
  superiorId: text('superior_id'),
  functionalSuperiorId: text('functional_superior_id'),
  areaId: text('area_id'),
  areaCode: text('area_code'),
  areaCodeVerified: boolean('area_code_verified'),
  areaName: text('area_name'),
  areaType: text('area_type').$type<AreaType>(),
  electronicCodes: jsonb('electronic_codes').$type<ElectronicCode[]>(),
  source: text().notNull(),
  origin: origin().notNull(),
  recordedAt: instant('recorded_at').notNull().defaultNow()
}, table => [
  foreignKey({ name: 'organizations_superior_fk', columns: [table.superiorId], foreignColumns: [table.id] }),
  foreignKey({ name: 'organizations_functional_superior_fk', columns: [table.functionalSuperiorId], foreignColumns: [table.id] }),
  check('organizations_lifetime', sql`${table.existsFrom} <= ${table.existsTo}`),
  index('organizations_superior').on(table.superiorId),
  index('organizations_functional_superior').on(table.functionalSuperiorId),
  index('organizations_kind').on(table.kind, table.id),
  index('organizations_level').on(table.level, table.id),
  index('organizations_area_code').on(table.areaCode),
  index('organizations_symbols').using('gin', table.symbols),
  index('organizations_electronic_codes').using('gin', table.electronicCodes.op('jsonb_path_ops'))
])

/** Every name and alias as `nameKey` reads it: what people write is looked up here, whole or in parts. */
export const organizationNames = pgTable('organization_names', {
  key: text().notNull(),
  organizationId: text('organization_id').notNull().references(() => organizations.id)
}, table => [
  primaryKey({ name: 'organization_names_pkey', columns: [table.key, table.organizationId] }),
  index('organization_names_organization').on(table.organizationId),
  index('organization_names_search').using('gin', table.key.op('gin_trgm_ops'))
])

export const organizationSuccessions = pgTable('organization_successions', {
  predecessorId: text('predecessor_id').notNull().references(() => organizations.id),
  successorId: text('successor_id').notNull().references(() => organizations.id),
  on: text().notNull(),
  kind: successionKind().notNull(),
  source: text().notNull(),
  origin: origin().notNull()
}, table => [
  primaryKey({ name: 'organization_successions_pkey', columns: [table.predecessorId, table.successorId] }),
  index('organization_successions_successor').on(table.successorId)
])

/** Each loading of the reference data; the newest says what the tables hold. */
export const referenceLoads = pgTable('reference_loads', {
  seq: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  version: text().notNull(),
  /** SHA-256 of the manifest, which holds those of the files. */
  sha256: text().notNull(),
  loadedAt: instant('loaded_at').notNull().defaultNow()
})
