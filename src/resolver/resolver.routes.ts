import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Db } from '../db/connect.ts'
import { queryOf, wholeNumber } from '../http/query.ts'
import { line } from '../http/schemas.ts'
import { nothingResolved, resolveQuestion } from './resolver.operations.ts'
import { candidatesReply, resolvedReply } from './resolver.schemas.ts'

const question = queryOf({
  q: line(300).optional().meta({ description: 'Free text: a code, words of issuer or title, a year.', examples: ['119/KH-UBND Thái Bình 2022'] }),
  code: line(120).optional(),
  issuer: line(300).optional().meta({ description: 'Whole name; relative (“UBND tỉnh”) only with citing.' }),
  year: wholeNumber(1900, 2200).optional().meta({ description: 'Year of issue.' }),
  title: line(1000).optional().meta({ description: 'Words of the title.' }),
  citing: line(300).optional().meta({ description: 'Whose words these are: id of the citing plan, or name of its issuer.' })
}).refine(({ q, code, issuer, title }) => [q, code, issuer, title].some(part => part !== undefined), {
  params: {
    code: 'nothing-asked',
    vi: 'Hãy cho biết q, code, issuer hoặc title.',
    en: 'Give q, code, issuer or title.'
  }
})

export const resolverRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.get('/resolve', {
    config: { scope: 'reads', problems: ['nothing-resolved', 'issuer-relative'] },
    schema: {
      operationId: 'resolvePlan',
      summary: 'Which plan is meant',
      description: 'One plan fits: 200. Several: 300 with ranked candidates and why each fits; none is guessed. None: 404 with the nearest.',
      tags: ['plans'],
      querystring: question,
      answers: {
        200: { says: 'The one plan that fits.', headers: ['Content-Location'] },
        300: { says: 'Several plans fit; none is guessed. Best first.' }
      },
      response: { 200: resolvedReply, 300: candidatesReply }
    }
  }, async (request, reply) => {
    const { candidates, truncated } = await resolveQuestion(db, request.query)
    const [only] = candidates
    if (only === undefined) throw await nothingResolved(db, request.query)
    if (candidates.length > 1) {
      reply.code(300)
      return { candidates, truncated }
    }
    const self = `/v1/plans/${only.plan.id}`
    reply.header('content-location', self)
    return { ...only, links: { plan: self, lineage: `${self}/lineage` } }
  })
}
