import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { pageOf, pageParameters, readCursor } from '../http/paging.ts'
import { queryOf } from '../http/query.ts'
import { momentParameters } from '../plans/moment.schemas.ts'
import { planId } from '../plans/summary.schemas.ts'
import { historyOf } from './history.operations.ts'
import { historyReply } from './history.schemas.ts'

export const historyRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.get('/plans/:id/history', {
    config: { scope: 'reads', problems: ['plan-not-found', 'cursor-invalid'] },
    schema: {
      operationId: 'getHistory',
      summary: 'What happened to a plan, on both time lines',
      description: 'What other plans did to what is in force, and what the register came to know: who, when, what, before and after.',
      tags: ['history'],
      params: z.strictObject({ id: planId }),
      querystring: queryOf({ knownAt: momentParameters.knownAt, ...pageParameters }),
      answers: { 200: { says: 'The effects of other plans, and a page of what the register came to know.' } },
      response: { 200: historyReply }
    }
  }, async request => {
    const { id } = request.params
    const { limit, cursor, knownAt } = request.query
    const filters = { id, knownAt }
    const [after = 0] = cursor === undefined ? [] : readCursor(cursor, filters, z.tuple([z.int()]))
    const { entries, ...rest } = await historyOf(db, id, knownAt, { after, limit: limit + 1 })
    const page = pageOf(entries, limit, filters, ({ seq }) => [seq])
    return { ...rest, entries: page.rows, ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }) }
  })
}
