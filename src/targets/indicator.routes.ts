import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { searchIndicators } from '../domain/target/indicator-search.ts'
import { INDICATOR_KINDS } from '../domain/target/indicator.ts'
import { pageOf, pageParameters, pageReply, readCursor } from '../http/paging.ts'
import { queryOf } from '../http/query.ts'
import { line } from '../http/schemas.ts'
import { describeIndicator, toIndicatorReply } from './indicator.operations.ts'
import { indicatorDetail, indicatorReply } from './indicator.schemas.ts'

export const indicatorRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.get('/indicators', {
    config: { scope: 'reads', problems: ['cursor-invalid'] },
    schema: {
      operationId: 'listIndicators',
      summary: 'The registry of indicators',
      description: 'In the order of their codes. A target may also use a code that is not here; then nothing is known of it but its name.',
      tags: ['targets'],
      querystring: queryOf({
        text: line(200).optional().meta({ description: 'Words of any of its names, in any order, with or without diacritics.' }),
        kind: z.enum(INDICATOR_KINDS).optional(),
        ...pageParameters
      }),
      answers: { 200: { says: 'A page of indicators.' } },
      response: { 200: z.strictObject({ indicators: z.array(indicatorReply), ...pageReply }) }
    }
  }, async request => {
    const { limit, cursor, ...filters } = request.query
    const [after = ''] = cursor === undefined ? [] : readCursor(cursor, filters, z.tuple([z.string()]))
    const rows = searchIndicators(filters).filter(({ code }) => code > after)
    const page = pageOf(rows.slice(0, limit + 1), limit, filters, ({ code }) => [code])
    return { indicators: page.rows.map(toIndicatorReply), ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }) }
  })

  app.get('/indicators/:code', {
    config: { scope: 'reads', problems: ['indicator-not-found'] },
    schema: {
      operationId: 'getIndicator',
      summary: 'One indicator with its units and how many plans use it',
      tags: ['targets'],
      params: z.strictObject({ code: z.string().max(200) }),
      answers: { 200: { says: 'The indicator.' } },
      response: { 200: indicatorDetail }
    }
  }, async request => await describeIndicator(db, request.params.code))
}
