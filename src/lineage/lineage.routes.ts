import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { RELATIONS } from '../domain/citation.ts'
import { listOf, queryOf, wholeNumber } from '../http/query.ts'
import { partialDate } from '../http/schemas.ts'
import { momentParameters } from '../plans/moment.schemas.ts'
import { planId } from '../plans/summary.schemas.ts'
import { lineageOf, pathsBetween } from './lineage.operations.ts'
import { INCLUDES, directionParameter, lineageReply, pathsReply } from './lineage.schemas.ts'

const relations = listOf(RELATIONS).default(['implements'])

export const lineageRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.get('/plans/:id/lineage', {
    config: { scope: 'reads', problems: ['plan-not-found'] },
    schema: {
      operationId: 'getLineage',
      summary: 'What a plan rests on, and what rests on it',
      description: 'Plans and citations within exactly `depth` steps, each plan once at its shortest distance. `truncated` says whether there is more.',
      tags: ['lineage'],
      params: z.strictObject({ id: planId }),
      querystring: queryOf({
        direction: directionParameter.default('ancestors'),
        depth: wholeNumber(1, 50).optional().meta({ description: 'Steps; absent: 50 up, 1 down.' }),
        relations,
        limit: wholeNumber(1, 5000).default(1000).meta({ description: 'Plans in each direction.' }),
        include: listOf(INCLUDES).optional(),
        ...momentParameters,
        responsibleAt: partialDate.optional().meta({ description: 'The day on which to ask who answers for each issuer, after mergers too; with asOf it is that day unless this says otherwise.' })
      }),
      answers: { 200: { says: 'The plans and the citations between them.' } },
      response: { 200: lineageReply }
    }
  }, async request => {
    const { include = [], ...options } = request.query
    return await lineageOf(db, request.params.id, { ...options, include })
  })

  app.get('/paths', {
    config: { scope: 'reads', problems: ['plan-not-found'] },
    schema: {
      operationId: 'findPaths',
      summary: 'How two plans are connected',
      description: 'Every way along the citations from one plan up or down to the other, shortest first.',
      tags: ['lineage'],
      querystring: queryOf({ from: planId, to: planId, relations, ...momentParameters }),
      answers: { 200: { says: 'The ways between the two plans; none is an empty list.' } },
      response: { 200: pathsReply }
    }
  }, async request => await pathsBetween(db, request.query.from, request.query.to, request.query))
}
