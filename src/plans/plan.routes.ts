import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { LEVELS } from '../domain/level.ts'
import { SEVERITIES } from '../domain/rules/rule.ts'
import { STATUSES } from '../domain/status.ts'
import { callerOf, requireScope } from '../http/auth.ts'
import { pageOf, pageParameters, pageReply, readCursor } from '../http/paging.ts'
import { queryOf } from '../http/query.ts'
import { line, partialDate } from '../http/schemas.ts'
import { JSON_TYPES } from '../http/strict-json.ts'
import { entityTag, versionOf } from '../http/version.ts'
import { findFindings } from './finding.queries.ts'
import { findingsOf } from './findings.operations.ts'
import { momentParameters } from './moment.schemas.ts'
import { correctRecord, judgePlan, recordPlan } from './plan.operations.ts'
import { patched } from './plan-patch.ts'
import { issuersAnsweredForBy, responsibleOf } from './responsible.operations.ts'
import { patchExamples, planExamples } from './plan-examples.ts'
import { listPlans } from './plan-list.queries.ts'
import { describePlan, toFindingReply, toListed } from './plan-reply.operations.ts'
import { listedPlan, planBody, planPatch, planReply, verdictReply } from './plan.schemas.ts'
import { RULE_NAMES, documentType, findingReply, planId } from './summary.schemas.ts'

const idParameter = z.strictObject({ id: planId })

const asIssued = z.enum(['true', 'false']).default('false').transform(text => text === 'true')
  .meta({ description: 'Record the document as it was lawfully issued: errors make it nonconforming instead of refusing it. Takes plans:record-as-issued.' })

const responsibleAt = partialDate.optional().meta({ description: 'The day on which to ask who answers for the issuer, after mergers too.' })

const recorded = z.strictObject({ plan: planReply, findings: z.array(findingReply) })

export const planRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.post('/plans', {
    config: { scope: 'plans:write', problems: ['plan-refused', 'cited-plan-not-found', 'identity-taken'] },
    schema: {
      operationId: 'recordPlan',
      summary: 'Record a plan',
      description: 'Judges the plan within its family and stores it, or refuses it with every finding and stores nothing.',
      tags: ['plans'],
      querystring: queryOf({ asIssued }),
      body: planBody,
      examples: planExamples,
      answers: { 201: { says: 'The plan as recorded, and what the rules find of it.', headers: ['Location', 'ETag'] } },
      response: { 201: recorded }
    }
  }, async (request, reply) => {
    const caller = callerOf(request)
    const { citations = [], targets = [], waivers = [], ...fields } = request.body
    if (request.query.asIssued) requireScope(caller, 'plans:record-as-issued')
    if (waivers.length > 0) requireScope(caller, 'plans:waive')
    const stored = await recordPlan(db, { ...fields, citations, targets, waivers }, { by: caller.id, asIssued: request.query.asIssued })
    const plan = await describePlan(db, stored.plan.id)
    const findings = (await findFindings(db, [plan.id])).get(plan.id)!.map(toFindingReply)
    reply.code(201).header('location', `/v1/plans/${plan.id}`).header('etag', entityTag(plan.version))
    return { plan, findings }
  })

  app.post('/plans/judge', {
    config: { scope: 'reads', problems: ['cited-plan-not-found'] },
    schema: {
      operationId: 'judgePlan',
      summary: 'Judge a plan without storing it',
      description: 'The verdict that recording the same body now would give; nothing is kept.',
      tags: ['plans'],
      querystring: queryOf({ asIssued }),
      body: planBody,
      examples: planExamples,
      answers: { 200: { says: 'The verdict; nothing was stored.' } },
      response: { 200: verdictReply }
    }
  }, async request => {
    const { citations = [], targets = [], waivers = [], ...fields } = request.body
    const { refused, status, findings } = await judgePlan(db, { ...fields, citations, targets, waivers }, {
      by: request.key?.id ?? 'reader', asIssued: request.query.asIssued
    })
    return { refused, status, findings: findings.map(toFindingReply) }
  })

  app.get('/plans', {
    config: { scope: 'reads', problems: ['cursor-invalid'] },
    schema: {
      operationId: 'listPlans',
      summary: 'List plans',
      description: 'In the order in which the register came to know them. Filters narrow each other.',
      tags: ['plans'],
      querystring: queryOf({
        code: line(120).optional().meta({ description: 'Number and symbol, in any spelling.' }),
        issuer: line(300).optional().meta({ description: 'Full name of the issuer, with or without abbreviations.' }),
        level: z.enum(LEVELS).optional(),
        type: documentType.optional(),
        programme: line(500).optional(),
        period: z.string().max(9).refine(text => /^\d{4}(?:-\d{4})?$/.test(text) && text.slice(0, 4) <= text.slice(-4), {
          params: {
            code: 'not-a-period',
            vi: 'Ghi một năm hoặc hai năm theo thứ tự: 2022 hoặc 2021-2025.',
            en: 'Write one year, or two in order: 2022 or 2021-2025.'
          }
        }).optional()
          .meta({ description: 'A year or two, 2022 or 2021-2025: plans whose period has a year in common with it.' }),
        status: z.enum(STATUSES).optional(),
        responsibleAt: partialDate.optional().meta({ description: 'With issuer: plans for which that issuer answers on this day, after mergers too. Each plan says who answers for it then.' }),
        text: line(200).optional().meta({ description: 'Words of code, title, issuer or programme, with or without diacritics.' }),
        ...pageParameters
      }),
      answers: { 200: { says: 'A page of plans.' } },
      response: { 200: z.strictObject({ plans: z.array(listedPlan), ...pageReply }) }
    }
  }, async request => {
    const { limit, cursor, period, responsibleAt, ...rest } = request.query
    const filters = { ...rest, period, responsibleAt }
    const { issuer, ...others } = rest
    const ofIssuer = issuer === undefined
      ? {}
      : responsibleAt === undefined ? { issuer } : { issuerIds: await issuersAnsweredForBy(db, issuer, responsibleAt) }
    const [fromYear, toYear = fromYear] = period?.split('-').map(Number) ?? []
    const [after] = cursor === undefined ? [] : readCursor(cursor, filters, z.tuple([planId]))
    const rows = await listPlans(db, {
      ...others,
      ...ofIssuer,
      ...(fromYear !== undefined && toYear !== undefined && { period: { fromYear, toYear } })
    }, { ...(after !== undefined && { after }), limit: limit + 1 })
    const page = pageOf(rows, limit, filters, ({ id }) => [id])
    const responsible = responsibleAt === undefined ? [] : await responsibleOf(db, page.rows.map(row => row.issuerId), responsibleAt)
    return { plans: page.rows.map((row, index) => toListed(row, responsible[index])), ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }) }
  })

  app.get('/plans/:id', {
    config: { scope: 'reads', problems: ['plan-not-found'] },
    schema: {
      operationId: 'getPlan',
      summary: 'One plan',
      description: 'As it is recorded; with asOf as it is in force on that day, with every amendment that has begun by then. Only the record as it stands has an ETag: neither asOf nor knownAt gives one.',
      tags: ['plans'],
      params: idParameter,
      querystring: queryOf({ ...momentParameters, responsibleAt }),
      answers: { 200: { says: 'The plan.', headers: ['ETag'] } },
      response: { 200: planReply }
    }
  }, async (request, reply) => {
    const { asOf, knownAt } = request.query
    const plan = await describePlan(db, request.params.id, request.query)
    // The tag lets a change be made on what was read, and that is the record as it stands: of another day or moment it
    // would let amended content, or content corrected since, be written back into the record.
    if (asOf === undefined && knownAt === undefined) reply.header('etag', entityTag(plan.version))
    return plan
  })

  app.patch('/plans/:id', {
    config: {
      scope: 'plans:write',
      problems: [
        'plan-not-found', 'plan-is-stub', 'plan-refused', 'cited-plan-not-found', 'identity-taken', 'precondition-required', 'version-mismatch'
      ]
    },
    schema: {
      operationId: 'correctRecord',
      summary: 'Correct the record of a plan',
      description: 'JSON Merge Patch (RFC 7396): null removes, lists are replaced whole. If-Match carries the ETag of the version that was read.',
      tags: ['plans'],
      params: idParameter,
      querystring: queryOf({ asIssued }),
      headers: z.looseObject({ 'if-match': z.string().max(100).optional().meta({ description: 'The ETag of the version that was read; 428 without it.', examples: ['"3"'] }) }),
      body: planPatch,
      consumes: JSON_TYPES,
      examples: patchExamples,
      answers: { 200: { says: 'The record as it stands after the correction, and what the rules find of it.', headers: ['ETag'] } },
      response: { 200: recorded }
    }
  }, async (request, reply) => {
    const caller = callerOf(request)
    if (request.query.asIssued) requireScope(caller, 'plans:record-as-issued')
    if (request.body.waivers !== undefined) requireScope(caller, 'plans:waive')
    const stored = await correctRecord(db, request.params.id, {
      version: versionOf(request.headers['if-match']),
      apply: before => patched(before, request.body)
    }, { by: caller.id, asIssued: request.query.asIssued })
    const plan = await describePlan(db, stored.plan.id)
    const findings = (await findFindings(db, [plan.id])).get(plan.id)!.map(toFindingReply)
    reply.header('etag', entityTag(plan.version))
    return { plan, findings }
  })

  app.get('/plans/:id/findings', {
    config: { scope: 'reads', problems: ['plan-not-found', 'cursor-invalid'] },
    schema: {
      operationId: 'listFindings',
      summary: 'What the rules find of a plan',
      description: 'The verdict of the day of issue, waived findings included, in the order of the rules; with asOf the verdict on the plan and its parents as they are in force on that day.',
      tags: ['plans'],
      params: idParameter,
      querystring: queryOf({
        ...momentParameters, severity: z.enum(SEVERITIES).optional(), rule: z.enum(RULE_NAMES).optional(), ...pageParameters
      }),
      answers: { 200: { says: 'A page of findings.' } },
      response: { 200: z.strictObject({ findings: z.array(findingReply), ...pageReply }) }
    }
  }, async request => {
    const { id } = request.params
    const { limit, cursor, severity, rule, asOf, knownAt } = request.query
    const filters = { id, severity, rule, asOf, knownAt }
    const [after = -1] = cursor === undefined ? [] : readCursor(cursor, filters, z.tuple([z.int()]))
    const rows = await findingsOf(db, id, { asOf, knownAt }, {
      ...(severity !== undefined && { severity }), ...(rule !== undefined && { rule }), after, limit: limit + 1
    })
    const page = pageOf(rows, limit, filters, ({ position }) => [position])
    return {
      findings: page.rows.map(({ finding }) => toFindingReply(finding)),
      ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor })
    }
  })
}
