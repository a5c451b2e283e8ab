import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { callerOf } from '../http/auth.ts'
import { pageOf, pageParameters, pageReply, readCursor, writeCursor } from '../http/paging.ts'
import { queryOf } from '../http/query.ts'
import { partialDate } from '../http/schemas.ts'
import { today } from '../organizations/today.ts'
import { momentParameters } from '../plans/moment.schemas.ts'
import { amendmentExamples } from '../plans/plan-examples.ts'
import { planBody } from '../plans/plan.schemas.ts'
import { planId } from '../plans/summary.schemas.ts'
import { bulkReviewExamples, reviewExamples } from './review-examples.ts'
import { toReviewReply } from './review-reply.operations.ts'
import { reviewLinks, reviewPlan, reviewUnder, reviewsOf } from './review.operations.ts'
import { bulkReviewBody, impactReply, reviewBody, reviewReply, suspectsReply, whatIfReply } from './staleness.schemas.ts'
import { impactOf, suspectsOf } from './suspect.operations.ts'
import { whatIf } from './what-if.operations.ts'

/** About the length of a page of suspects; a cascade of a thousand plans that inherit two hundred targets would make one of 70 MB. */
const MOST_CHARACTERS = 2_000_000

const params = z.strictObject({ id: planId })
const reviewed = z.strictObject({ reviews: z.array(reviewReply) })

export const stalenessRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.get('/plans/:id/suspects', {
    config: { scope: 'reads', problems: ['plan-not-found', 'cursor-invalid'] },
    schema: {
      operationId: 'listSuspects',
      summary: 'Which plans have to be looked at again, and why',
      description: 'Of the plan itself and everything below it: each one whose parent changed in substance since it was judged against it, and each one below such a plan, with the path and the difference. Nearest first. A page may hold fewer than `limit` where the differences are long: only nextCursor says that there are more.',
      tags: ['staleness'],
      params,
      querystring: queryOf({ ...momentParameters, ...pageParameters }),
      answers: { 200: { says: 'A page of suspect plans, nearest first.' } },
      response: { 200: suspectsReply }
    }
  }, async request => {
    const { id } = request.params
    const { limit, cursor, asOf: asked, knownAt } = request.query
    const filters = { id, asOf: asked, knownAt }
    // The cursor carries the day: pages that are read over midnight are all of the day on which the first one was.
    const [asOf, ...after] = cursor === undefined ? [asked ?? today()] : readCursor(cursor, filters, z.tuple([partialDate, z.int(), planId]))
    const { reply, more } = await suspectsOf(db, id, { asOf, ...(knownAt !== undefined && { knownAt }) }, {
      ...(after.length === 2 && { after }), limit, size: MOST_CHARACTERS
    })
    const last = reply.suspects.at(-1)
    return { ...reply, ...(more && last !== undefined && { nextCursor: writeCursor([asOf, last.distance, last.plan.id], filters) }) }
  })

  app.get('/plans/:id/impact', {
    config: { scope: 'reads', problems: ['plan-not-found'] },
    schema: {
      operationId: 'getImpact',
      summary: 'Who below is affected, how many, at which levels',
      tags: ['staleness'],
      params,
      querystring: queryOf(momentParameters),
      answers: { 200: { says: 'How many plans below are suspect, at which levels, and whose they are.' } },
      response: { 200: impactReply }
    }
  }, async request => {
    const { asOf = today(), knownAt } = request.query
    return await impactOf(db, request.params.id, { asOf, ...(knownAt !== undefined && { knownAt }) })
  })

  app.post('/plans/:id/what-if', {
    config: { scope: 'plans:write', problems: ['plan-not-found', 'draft-without-effect', 'cited-plan-not-found'] },
    schema: {
      operationId: 'askWhatIf',
      summary: 'What would become of the plans below if this draft were issued',
      description: 'The draft is recorded by the very code that records plans, the cascade is looked at before and after, and nothing is kept. A draft without a date is taken as issued on asOf.',
      tags: ['staleness'],
      params,
      querystring: queryOf({ asOf: momentParameters.asOf }),
      body: planBody,
      examples: amendmentExamples,
      answers: { 200: { says: 'What would become of the plans below; nothing was stored.' } },
      response: { 200: whatIfReply }
    }
  }, async request => {
    const { citations = [], targets = [], waivers = [], ...fields } = request.body
    return await whatIf(db, request.params.id, { ...fields, citations, targets, waivers }, {
      asOf: request.query.asOf ?? today(), by: callerOf(request).id
    })
  })

  app.post('/plans/:id/reviews', {
    config: { scope: 'plans:review', problems: ['plan-not-found', 'not-suspect', 'cited-plan-not-found'] },
    schema: {
      operationId: 'reviewPlan',
      summary: 'Review a plan that is suspect, or correct a review',
      description: 'Says that the plan holds although its parent changed, that it does not, or that it is about to be amended. The next change opens it again. A mistaken review is taken back by another one with another verdict, or another amendment: both are kept and the last one stands.',
      tags: ['staleness'],
      params,
      body: reviewBody,
      examples: reviewExamples,
      answers: { 201: { says: 'The reviews as recorded, one for each link.' } },
      response: { 201: reviewed }
    }
  }, async (request, reply) => {
    const { parentId, asOf = today(), ...opinion } = request.body
    const given = await reviewPlan(db, { planId: request.params.id, ...(parentId !== undefined && { parentId }) }, {
      ...opinion, asOf, by: callerOf(request).id
    })
    reply.code(201)
    return { reviews: given.map(toReviewReply) }
  })

  app.get('/plans/:id/reviews', {
    config: { scope: 'reads', problems: ['plan-not-found', 'cursor-invalid'] },
    schema: {
      operationId: 'listReviews',
      summary: 'What was said of the links of a plan',
      description: 'Oldest first. Each one says on which day both sides were looked at, so there is no asOf.',
      tags: ['staleness'],
      params,
      querystring: queryOf({ knownAt: momentParameters.knownAt, ...pageParameters }),
      answers: { 200: { says: 'A page of reviews, oldest first.' } },
      response: { 200: z.strictObject({ knownAt: z.string().optional(), reviews: z.array(reviewReply), ...pageReply }) }
    }
  }, async request => {
    const { id } = request.params
    const { limit, cursor, knownAt } = request.query
    const filters = { id, knownAt }
    const [after] = cursor === undefined ? [] : readCursor(cursor, filters, z.tuple([z.uuid()]))
    const rows = await reviewsOf(db, id, knownAt, { ...(after !== undefined && { after }), limit: limit + 1 })
    const page = pageOf(rows, limit, filters, review => [review.id])
    return {
      ...(knownAt !== undefined && { knownAt: knownAt.toISOString() }),
      reviews: page.rows.map(toReviewReply),
      ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor })
    }
  })

  app.post('/reviews', {
    config: { scope: 'plans:review', problems: ['plan-not-found', 'not-suspect', 'cited-plan-not-found'] },
    schema: {
      operationId: 'reviewPlans',
      summary: 'Review many suspect plans at once',
      description: 'All of them or none; what is not suspect is named, every one. A link that was reviewed already is corrected, as by reviewPlan, where it is named in `links`; `under` leaves it alone.',
      tags: ['staleness'],
      body: bulkReviewBody,
      examples: bulkReviewExamples,
      answers: { 201: { says: 'The reviews as recorded, one for each link.' } },
      response: { 201: reviewed }
    }
  }, async (request, reply) => {
    const { links, under, asOf = today(), ...rest } = request.body
    const opinion = { ...rest, asOf, by: callerOf(request).id }
    const given = under === undefined
      ? await reviewLinks(db, (links ?? []).map(({ planId, parentId }) => ({ planId, ...(parentId !== undefined && { parentId }) })), opinion)
      : await reviewUnder(db, under, opinion)
    reply.code(201)
    return { reviews: given.map(toReviewReply) }
  })
}
