import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { queryOf, wholeNumber } from '../http/query.ts'
import { momentParameters } from '../plans/moment.schemas.ts'
import { planId } from '../plans/summary.schemas.ts'
import { descendantsOf } from './descendant.operations.ts'
import { explainPlan } from './explain.operations.ts'
import { explainReply } from './explain.schemas.ts'
import { descendantsReply, targetsReply } from './target-reply.schemas.ts'
import { targetsOf } from './target.operations.ts'

export const targetRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.get('/plans/:id/targets', {
    config: { scope: 'reads', problems: ['plan-not-found'] },
    schema: {
      operationId: 'getTargets',
      summary: 'The targets of a plan, with where each comes from',
      description: 'Every step up to the heads with the verdict and its arithmetic, what is left of each total that is shared out, and what the parents ask and nobody took up.',
      tags: ['targets'],
      params: z.strictObject({ id: planId }),
      querystring: queryOf(momentParameters),
      answers: { 200: { says: 'The targets, each with its origins.' } },
      response: { 200: targetsReply }
    }
  }, async request => await targetsOf(db, request.params.id, request.query))

  app.get('/plans/:id/targets/:key/descendants', {
    config: { scope: 'reads', problems: ['plan-not-found', 'target-not-found'] },
    schema: {
      operationId: 'getTargetDescendants',
      summary: 'How a target spread',
      description: 'Every target below that takes it up, within exactly `depth` steps, and the plans that did not. `truncated` says whether there is more.',
      tags: ['targets'],
      params: z.strictObject({ id: planId, key: z.string().max(120) }),
      querystring: queryOf({
        depth: wholeNumber(1, 50).default(10).meta({ description: 'Steps of inheritance; 10 when absent.' }),
        limit: wholeNumber(1, 5000).default(1000).meta({ description: 'Plans at most; 1000 when absent.' }),
        ...momentParameters
      }),
      answers: { 200: { says: 'The targets below that take it up, and the plans that do not.' } },
      response: { 200: descendantsReply }
    }
  }, async request => await descendantsOf(db, request.params.id, request.params.key, request.query))

  app.get('/plans/:id/explain', {
    config: { scope: 'reads', problems: ['plan-not-found'] },
    schema: {
      operationId: 'explainPlan',
      summary: 'Why a plan is red, and what would clear it',
      description: 'Each error and warning that stands, errors first: the rule, the plan it concerns, both texts side by side, and the changes that would clear it. With asOf the verdict on the plan and its parents as they are in force on that day, as listFindings gives it. Only the record as it stands can be corrected: neither asOf nor knownAt gives a correction or a waiver.',
      tags: ['targets'],
      params: z.strictObject({ id: planId }),
      querystring: queryOf(momentParameters),
      answers: { 200: { says: 'Each finding that stands, with what would clear it.' } },
      response: { 200: explainReply }
    }
  }, async request => await explainPlan(db, request.params.id, request.query))
}
