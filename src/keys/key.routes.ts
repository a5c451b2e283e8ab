import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { callerOf } from '../http/auth.ts'
import { pageOf, pageParameters, pageReply, readCursor } from '../http/paging.ts'
import { queryOf } from '../http/query.ts'
import { createKey, revokeKey } from './key.operations.ts'
import { listKeys } from './key.queries.ts'
import { keyExamples } from './key-examples.ts'
import { keyBody, keyId, keyReply, newKeyReply, toReply } from './key.schemas.ts'

export const keyRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.post('/keys', {
    schema: {
      operationId: 'createKey',
      summary: 'Issue an API key; its secret is shown this once',
      tags: ['keys'],
      body: keyBody,
      examples: keyExamples,
      answers: { 201: { says: 'The key with its secret, which is shown this once.', headers: ['Location'] } },
      response: { 201: newKeyReply }
    },
    config: { scope: 'keys:admin' }
  }, async (request, reply) => {
    const { key, issued } = await createKey(db, request.body, callerOf(request).id)
    reply.code(201).header('location', `/v1/keys/${issued.id}`).header('cache-control', 'no-store')
    return { ...toReply(issued), key }
  })

  app.get('/keys', {
    schema: {
      operationId: 'listKeys',
      summary: 'Every API key, without its secret',
      tags: ['keys'],
      querystring: queryOf(pageParameters),
      answers: { 200: { says: 'A page of keys, without their secrets.' } },
      response: { 200: z.strictObject({ keys: z.array(keyReply), ...pageReply }) }
    },
    config: { scope: 'keys:admin', problems: ['cursor-invalid'] }
  }, async request => {
    const { limit, cursor } = request.query
    const [after] = cursor === undefined ? [] : readCursor(cursor, {}, z.tuple([keyId]))
    const { rows, nextCursor } = pageOf(await listKeys(db, { ...(after !== undefined && { after }), limit: limit + 1 }), limit, {}, ({ id }) => [id])
    return { keys: rows.map(toReply), ...(nextCursor !== undefined && { nextCursor }) }
  })

  app.delete('/keys/:id', {
    schema: {
      operationId: 'revokeKey',
      summary: 'Revoke an API key at once, on every node',
      tags: ['keys'],
      params: z.object({ id: keyId }),
      answers: { 200: { says: 'The key as it was revoked.' } },
      response: { 200: keyReply }
    },
    config: { scope: 'keys:admin', problems: ['key-not-found'] }
  }, async request => toReply(await revokeKey(db, request.params.id, callerOf(request).id)))
}
