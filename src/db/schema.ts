import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn, bigint, boolean, check, customType, date, foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, real, text, timestamp, unique,
  uuid
} from 'drizzle-orm/pg-core'
import { RELATIONS } from '../domain/citation.ts'
import type { Changes } from '../domain/effect/effect.ts'
import { REVIEW_VERDICTS } from '../domain/effect/link.ts'
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
 * The moment of the transaction that wrote the row, one of its own for every transaction and in the order in which they
 * commit. Triggers keep what a row was before in the schema `past`, and the views of the schema `known` show the tables
 * as they were at a moment: see docs/decisions/0011.
 */
const knownFrom = () => instant('known_from').notNull().default(sql`register_moment()`)

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
  effectiveFrom: text('effective_from'),
  draft: boolean().notNull().default(false),
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
  recordedAt: instant('recorded_at').notNull().default(sql`register_moment()`),
  changedAt: instant('changed_at').notNull().default(sql`register_moment()`),
  knownFrom: knownFrom()
}, table => [
  unique('plans_identity_key').on(table.identity),
  index('plans_canonical_code').on(table.canonicalCode, table.id),
  // Every commune has a 10/KH-UBND: what a citation may mean is found by the code together with whose it is.
  index('plans_code_issuer').on(table.canonicalCode, table.issuerKey),
  index('plans_code_organization').on(table.canonicalCode, table.issuerId),
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
  note: text(),
  /** Since and until when it has its effect on the cited plan, as declared; see domain/effect. */
  effectFrom: text('effect_from'),
  effectUntil: text('effect_until'),
  part: text(),
  changes: jsonb().$type<Changes>(),
  /**
   * Of `implements` citations that name a registered plan: the fingerprint of the parent that this plan was judged
   * against, the moment at which the register held it so, and the day it was in force on (null: as it was issued).
   */
  judgedAgainst: text('judged_against'),
  judgedAt: instant('judged_at'),
  judgedOn: text('judged_on'),
  knownFrom: knownFrom()
}, table => [
  primaryKey({ name: 'citations_pkey', columns: [table.planId, table.position] }),
  index('citations_cited').on(table.citedId, table.relation, table.planId),
  // Those that name no plan; the others are found by the plan that they name.
  index('citations_code').on(table.canonicalCode).where(sql`${table.citedId} is null`),
  check('citations_not_itself', sql`${table.citedId} <> ${table.planId}`),
  check('citations_resolution', sql`(${table.citedId} is not null) = (${table.resolution} in ('resolved', 'stub'))`)
])

export const targets = pgTable('targets', {
  planId: uuid('plan_id').notNull().references(() => plans.id, { onDelete: 'cascade' }),
  position: integer().notNull(),
  key: text().notNull(),
  indicator: text().notNull(),
  target: jsonb().$type<Target>().notNull(),
  knownFrom: knownFrom()
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
  waived: boolean().notNull().default(false),
  knownFrom: knownFrom()
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
  givenAt: instant('given_at').notNull().default(sql`register_moment()`),
  knownFrom: knownFrom()
}, table => [
  primaryKey({ name: 'waivers_pkey', columns: [table.planId, table.position] })
])

/**
 * Each content that a link was ever judged against or reviewed on, under its own fingerprint: what changed since can be
 * shown, whatever became of the records it was computed from.
 */
export const substances = pgTable('substances', {
  fingerprint: text().primaryKey(),
  substance: jsonb().$type<object>().notNull()
})

export const reviewVerdict = pgEnum('review_verdict', REVIEW_VERDICTS)

/** What people said of a link that was suspect, append only like the events: a later change opens the link again by itself. */
export const reviews = pgTable('reviews', {
  id: uuid().primaryKey(),
  planId: uuid('plan_id').notNull().references(() => plans.id),
  parentId: uuid('parent_id').notNull().references(() => plans.id),
  verdict: reviewVerdict().notNull(),
  reason: text().notNull(),
  /** With `will-be-amended`: the plan that will do it, as far as it is known. */
  amendment: jsonb().$type<{ planId?: string, code?: string, by?: string }>(),
  /** What was compared: the parent as it was in force on `asOf`, and the plan itself. */
  parentFingerprint: text('parent_fingerprint').notNull(),
  planFingerprint: text('plan_fingerprint').notNull(),
  asOf: text('as_of').notNull(),
  givenBy: text('given_by').notNull(),
  knownFrom: knownFrom()
}, table => [
  index('reviews_plan').on(table.planId, table.parentId, table.id),
  index('reviews_parent').on(table.parentId)
])

/**
 * What happened, in order, append only: a trigger refuses every update and delete. Written in the transaction of the
 * change itself, so nothing changes without a row here.
 */
export const events = pgTable('events', {
  seq: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  at: instant('at').notNull().default(sql`register_moment()`),
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

/** `receiving`: the upload is not whole yet, and nobody but its sender knows of it. */
export const IMPORT_STATES = ['receiving', 'received', 'running', 'done', 'failed', 'cancelled'] as const
export const IMPORT_PHASES = ['reading', 'recording'] as const
export const IMPORT_OUTCOMES = ['created', 'updated', 'unchanged', 'refused'] as const

export const importState = pgEnum('import_state', IMPORT_STATES)
export const importPhase = pgEnum('import_phase', IMPORT_PHASES)
export const importOutcome = pgEnum('import_outcome', IMPORT_OUTCOMES)

/** What a caller asks of an import; echoed in its report. */
export interface ImportParameters {
  mode: 'validate' | 'commit'
  atomic: boolean
  strategy: 'create' | 'update' | 'upsert'
  asIssued: boolean
}

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/**
 * One row per upload and what became of it. A node works on it for as long as its lease lasts; when it dies, the lease
 * ends and another one goes on. See docs/decisions/0012.
 */
export const imports = pgTable('imports', {
  id: uuid().primaryKey(),
  /** The public id of the key that asked for it. */
  by: text().notNull(),
  idempotencyKey: text('idempotency_key'),
  parameters: jsonb().$type<ImportParameters>().notNull(),
  /** Whether the key may give waivers: asked when the upload came, needed for every row that has one. */
  mayWaive: boolean('may_waive').notNull(),
  /** The import whose report was approved: a plan that has changed since then refuses its row. */
  approvedId: uuid('approved_id'),
  /** Whose files are read; another import's where it was approved before. */
  uploadId: uuid('upload_id').notNull(),
  state: importState().notNull(),
  phase: importPhase(),
  byteCount: bigint('byte_count', { mode: 'number' }).notNull().default(0),
  /** Progress of the phase. */
  bytesRead: bigint('bytes_read', { mode: 'number' }).notNull().default(0),
  rowsRead: integer('rows_read').notNull().default(0),
  /** In the order of recording: what is below this number is decided; row by row it is stored as well. */
  rowsDone: integer('rows_done').notNull().default(0),
  /** Rows a second in this phase, as last measured. */
  rate: real(),
  created: integer().notNull().default(0),
  updated: integer().notNull().default(0),
  unchanged: integer().notNull().default(0),
  refused: integer().notNull().default(0),
  recordedWithFindings: integer('recorded_with_findings').notNull().default(0),
  /** Whether what it recorded stands in the register. */
  stored: boolean().notNull().default(false),
  /** Why it failed: code, status and what to do. */
  problem: jsonb().$type<{ code: string, message: { vi: string, en: string }, file?: string, faults?: unknown[] }>(),
  cancelAsked: boolean('cancel_asked').notNull().default(false),
  /** Which of the runs wrote the entries that the report shows; each takeover is a run of its own. */
  run: integer().notNull().default(0),
  reportedRun: integer('reported_run').notNull().default(0),
  node: text(),
  leaseUntil: instant('lease_until'),
  createdAt: instant('created_at').notNull().defaultNow(),
  startedAt: instant('started_at'),
  finishedAt: instant('finished_at'),
  /** When the upload and the entries are deleted. */
  expiresAt: instant('expires_at').notNull()
}, table => [
  unique('imports_idempotency_key').on(table.by, table.idempotencyKey),
  index('imports_by').on(table.by, table.id),
  index('imports_open').on(table.leaseUntil).where(sql`state in ('receiving', 'received', 'running')`),
  index('imports_expiry').on(table.expiresAt)
])

export const importFiles = pgTable('import_files', {
  importId: uuid('import_id').notNull().references(() => imports.id, { onDelete: 'cascade' }),
  position: integer().notNull(),
  name: text(),
  format: text().notNull(),
  byteCount: bigint('byte_count', { mode: 'number' }).notNull(),
  sha256: text().notNull()
}, table => [
  primaryKey({ name: 'import_files_pkey', columns: [table.importId, table.position] })
])

/** The bytes of the files as they came, in pieces. */
export const importChunks = pgTable('import_chunks', {
  importId: uuid('import_id').notNull().references(() => imports.id, { onDelete: 'cascade' }),
  file: integer().notNull(),
  position: integer().notNull(),
  bytes: bytes().notNull()
}, table => [
  primaryKey({ name: 'import_chunks_pkey', columns: [table.importId, table.file, table.position] })
])

/**
 * What became of each row. `details` holds what only some rows have: faults, findings, a refused parent. Without a foreign
 * key, which would be looked up for each of a million rows; they are deleted with their import.
 */
export const importEntries = pgTable('import_entries', {
  importId: uuid('import_id').notNull(),
  run: integer().notNull(),
  row: integer().notNull(),
  outcome: importOutcome().notNull(),
  withFindings: boolean('with_findings').notNull(),
  planId: uuid('plan_id'),
  /** The version of the plan that the import met; null: there was none. */
  versionBefore: integer('version_before'),
  code: text(),
  place: jsonb().$type<Record<string, unknown>>().notNull(),
  details: jsonb().$type<Record<string, unknown>>()
}, table => [
  primaryKey({ name: 'import_entries_pkey', columns: [table.importId, table.run, table.row] }),
  index('import_entries_refused').on(table.importId, table.run, table.row).where(sql`outcome = 'refused'`)
])
