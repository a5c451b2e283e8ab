import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { LEVELS } from '../domain/level.ts'
import { callerOf } from '../http/auth.ts'
import { pageOf, pageParameters, pageReply, readCursor } from '../http/paging.ts'
import { queryOf, wholeNumber } from '../http/query.ts'
import { line, messageReply, partialDate } from '../http/schemas.ts'
import { listOrganizations } from './organization-list.queries.ts'
import { organizationExamples } from './organization-examples.ts'
import { toReply } from './organization-reply.ts'
import { ambiguityOf, describeOrganization, successionOf, treeOf } from './organization.operations.ts'
import {
  SUCCESSION_DIRECTIONS, organizationDetail, organizationId, organizationKind, organizationReply, organizationsBody, recordedReply,
  successionReply, treeReply
} from './organization.schemas.ts'
import { recordOrganizations } from './own.operations.ts'
import { today } from './today.ts'

const idParameter = z.strictObject({ id: organizationId })

const dryRun = z.enum(['true', 'false']).default('false').transform(text => text === 'true')
  .meta({ description: 'true: say what would be done, or refused, and store nothing.' })

export interface OrganizationRoutesOptions {
  db: Db
  /** Told after organizations were recorded: names of issuers may mean something now that they did not before. */
  recorded: () => Promise<void>
}

export const organizationRoutes: FastifyPluginAsyncZod<OrganizationRoutesOptions> = async (app, { db, recorded }) => {
  app.post('/organizations', {
    config: { scope: 'organizations:write', problems: ['organizations-refused'] },
    schema: {
      operationId: 'recordOrganizations',
      summary: 'Record organizations and successions of your own',
      description: 'Adds to the reference data, or corrects what was added. The set is judged together with what is stored and taken whole, or refused with every fault.',
      tags: ['organizations'],
      querystring: queryOf({ dryRun }),
      body: organizationsBody,
      examples: organizationExamples,
      answers: { 200: { says: 'What was recorded, or, in a dry run, what would be.' } },
      response: { 200: recordedReply }
    }
  }, async request => {
    const { organizations = [], successions = [] } = request.body
    const { dryRun } = request.query
    const reply = await recordOrganizations(db, {
      organizations: organizations.map(({ aliases = [], symbols = [], ...given }) => ({ ...given, aliases, symbols })),
      successions
    }, { by: callerOf(request).id, dryRun })
    if (!dryRun) await recorded()
    return reply
  })

  app.get('/organizations', {
    config: { scope: 'reads', problems: ['cursor-invalid'] },
    schema: {
      operationId: 'listOrganizations',
      summary: 'List organizations',
      description: 'In the order of their ids. Filters narrow each other. Without asOf the answer holds bodies of all times, each with its days.',
      tags: ['organizations'],
      querystring: queryOf({
        text: line(200).optional().meta({ description: 'Words of a name, with or without diacritics; wherever the tone mark stands; abbreviations such as UBND are known.' }),
        kind: organizationKind.optional(),
        level: z.enum(LEVELS).optional(),
        symbol: line(40).optional().meta({ description: 'What its codes end with, such as UBND or SVHTTDL.' }),
        areaCode: line(20).optional().meta({ description: 'Official code of its area. Codes passed to other areas: without asOf it may name several.' }),
        electronicCode: line(35).optional().meta({ description: 'In either circulating form, H49 or 000.00.00.H49.' }),
        superior: organizationId.optional().meta({ description: 'Id of the recorded superior, administrative or functional. The tree tells who stands below on a day.' }),
        asOf: partialDate.optional().meta({ description: 'Those that existed on that day, for certain or perhaps.' }),
        ...pageParameters
      }),
      answers: { 200: { says: 'A page of organizations.' } },
      response: {
        200: z.strictObject({
          organizations: z.array(organizationReply),
          ambiguity: messageReply.optional().meta({ description: 'When areaCode without asOf has named several areas: which, and when.' }),
          ...pageReply
        })
      }
    }
  }, async request => {
    const { limit, cursor, ...filters } = request.query
    const [after] = cursor === undefined ? [] : readCursor(cursor, filters, z.tuple([organizationId]))
    const rows = await listOrganizations(db, filters, { ...(after !== undefined && { after }), limit: limit + 1 })
    const page = pageOf(rows, limit, filters, ({ id }) => [id])
    const { areaCode, asOf } = filters
    const ambiguity = areaCode === undefined || asOf !== undefined ? undefined : await ambiguityOf(db, areaCode)
    return {
      organizations: page.rows.map(toReply),
      ...(ambiguity !== undefined && { ambiguity }),
      ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor })
    }
  })

  app.get('/organizations/:id', {
    config: { scope: 'reads', problems: ['organization-not-found'] },
    schema: {
      operationId: 'getOrganization',
      summary: 'One organization, with its superiors, predecessors, successors, and who answers for it',
      tags: ['organizations'],
      params: idParameter,
      querystring: queryOf({ asOf: partialDate.optional().meta({ description: 'Absent: today.' }) }),
      answers: { 200: { says: 'The organization on that day.' } },
      response: { 200: organizationDetail }
    }
  }, async request => await describeOrganization(db, request.params.id, request.query.asOf ?? today()))

  app.get('/organizations/:id/tree', {
    config: { scope: 'reads', problems: ['organization-not-found'] },
    schema: {
      operationId: 'getOrganizationTree',
      summary: 'Who stands below an organization',
      description: 'In the line of administration, on a day, within exactly `depth` steps. `truncated` says whether there is more.',
      tags: ['organizations'],
      params: idParameter,
      querystring: queryOf({
        asOf: partialDate.optional().meta({ description: 'Absent: today, or the last day of an organization that has ended.' }),
        depth: wholeNumber(1, 10).default(1).meta({ description: 'Steps; 1 when absent.' }),
        limit: wholeNumber(1, 5000).default(1000).meta({ description: 'Organizations; 1000 when absent.' })
      }),
      answers: { 200: { says: 'The organizations below, nearest first.' } },
      response: { 200: treeReply }
    }
  }, async request => await treeOf(db, request.params.id, { ...request.query, today: today() }))

  app.get('/organizations/:id/succession', {
    config: { scope: 'reads', problems: ['organization-not-found'] },
    schema: {
      operationId: 'getOrganizationSuccession',
      summary: 'What an organization came from, and what it became',
      tags: ['organizations'],
      params: idParameter,
      querystring: queryOf({ direction: z.enum(SUCCESSION_DIRECTIONS).default('both') }),
      answers: { 200: { says: 'What it came from and what it became, all of it.' } },
      response: { 200: successionReply }
    }
  }, async request => await successionOf(db, request.params.id, request.query.direction))
}
