import { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { callerOf, requireScope } from '../http/auth.ts'
import { mediaTypeOf } from '../http/negotiation.ts'
import { pageOf, pageParameters, pageReply, readCursor } from '../http/paging.ts'
import { queryOf } from '../http/query.ts'
import { allows } from '../http/scopes.ts'
import { Problem } from '../problem.ts'
import { listEntries } from './entry.queries.ts'
import { answerOf, settled } from './import-answer.operations.ts'
import { cancelImport, commitApproved, describeImport, ownOf, visibleImport } from './import.operations.ts'
import { IMPORT_OUTCOMES, IMPORT_STATES, listImports } from './import.queries.ts'
import { toEntryReply } from './import-reply.ts'
import { entryReply, importId, importReply, importWithEntries, preferences } from './import.schemas.ts'
import type { Intake } from './receive-upload.operations.ts'

const ENTRIES_AT_ONCE = 1_000

const idParameter = z.strictObject({ id: importId })

export const importRoutes: FastifyPluginAsyncZod<Intake> = async (app, { db, limits, wake }) => {
  app.get('/imports', {
    config: { scope: 'plans:write', problems: ['cursor-invalid'] },
    schema: {
      operationId: 'listImports',
      summary: 'List imports',
      description: 'Those of the key that asks, the newest first; a key with keys:admin sees all.',
      tags: ['imports'],
      querystring: queryOf({ state: z.enum(IMPORT_STATES).optional(), ...pageParameters }),
      answers: { 200: { says: 'A page of imports, the newest first.' } },
      response: { 200: z.strictObject({ imports: z.array(importReply), ...pageReply }) }
    }
  }, async request => {
    const { limit, cursor, state } = request.query
    const by = ownOf(callerOf(request))
    const filters = { state, by }
    const [before] = cursor === undefined ? [] : readCursor(cursor, filters, z.tuple([importId]))
    const rows = await listImports(db, { ...(by !== undefined && { by }), ...(state !== undefined && { state }) }, { ...(before !== undefined && { before }), limit: limit + 1 })
    const page = pageOf(rows, limit, filters, ({ id }) => [id])
    return {
      imports: await Promise.all(page.rows.map(async job => await describeImport(db, job))),
      ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor })
    }
  })

  app.get('/imports/:id', {
    config: { scope: 'plans:write', problems: ['import-not-found'] },
    schema: {
      operationId: 'getImport',
      summary: 'How an import stands',
      description: 'Its parameters, counts, and progress with rate and time left.',
      tags: ['imports'],
      params: idParameter,
      answers: { 200: { says: 'How the import stands.' } },
      response: { 200: importReply }
    }
  }, async request => await describeImport(db, await visibleImport(db, request.params.id, callerOf(request))))

  app.get('/imports/:id/entries', {
    config: { scope: 'plans:write', problems: ['import-not-found', 'cursor-invalid', 'not-acceptable'] },
    schema: {
      operationId: 'listImportEntries',
      summary: 'What became of each row',
      description: 'In the order of the upload; as pages, or all at once as application/x-ndjson by Accept. An atomic import has none before it is done.',
      tags: ['imports'],
      params: idParameter,
      querystring: queryOf({ outcome: z.enum(IMPORT_OUTCOMES).optional(), ...pageParameters }),
      answers: { 200: { says: 'A page of entries, or all of them, one on each line.' } },
      response: {
        200: {
          content: {
            'application/json': { schema: z.strictObject({ entries: z.array(entryReply), ...pageReply }) },
            'application/x-ndjson': { schema: z.string().meta({ description: 'One entry on each line.' }) }
          }
        }
      }
    }
  }, async (request, reply) => {
    const { id } = request.params
    const { limit, cursor, outcome } = request.query
    const type = mediaTypeOf(request.headers.accept, ['application/json', 'application/x-ndjson'])
    if (type === undefined) throw new Problem('not-acceptable')
    await visibleImport(db, id, callerOf(request))
    reply.header('vary', 'accept')
    const filter = outcome === undefined ? {} : { outcome }
    if (type === 'application/x-ndjson') {
      reply.type('application/x-ndjson; charset=utf-8')
      return await reply.send(Readable.from(linesOf(db, id, filter)) as never)
    }
    const filters = { id, outcome }
    const [after = 0] = cursor === undefined ? [] : readCursor(cursor, filters, z.tuple([z.int()]))
    const page = pageOf(await listEntries(db, id, filter, { after, limit: limit + 1 }), limit, filters, ({ row }) => [row])
    reply.type('application/json; charset=utf-8')
    return { entries: page.rows.map(entry => toEntryReply(id, entry)), ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }) }
  })

  app.post('/imports/:id/cancel', {
    config: { scope: 'plans:write', problems: ['import-not-found', 'import-ended'] },
    schema: {
      operationId: 'cancelImport',
      summary: 'End an import',
      description: 'An atomic import stores nothing then; row by row, what was stored stays. A run ends at its next chunk.',
      tags: ['imports'],
      params: idParameter,
      answers: { 202: { says: 'The import as it stands; a run ends at its next chunk.' } },
      response: { 202: importReply }
    }
  }, async (request, reply) => {
    reply.code(202)
    return await describeImport(db, await cancelImport(db, request.params.id, callerOf(request)))
  })

  app.post('/imports/:id/commit', {
    config: { scope: 'plans:write', problems: ['import-not-found', 'import-not-ready'] },
    schema: {
      operationId: 'commitImport',
      summary: 'Commit what a dry run has reported',
      description: 'A new import of the same upload. A row whose plan has changed since the dry run is refused with record-moved; nothing else is.',
      tags: ['imports'],
      params: idParameter,
      headers: preferences,
      answers: {
        200: { says: 'The new import has ended: its report, with the first of its entries. Rows may be refused in it.', headers: ['Location'] },
        202: { says: 'The new import goes on; ask for it at Location.', headers: ['Location', 'Retry-After'] }
      },
      response: { 200: importWithEntries, 202: importReply }
    }
  }, async (request, reply) => {
    const caller = callerOf(request)
    const approved = await visibleImport(db, request.params.id, caller)
    if (approved.parameters.asIssued) requireScope(caller, 'plans:record-as-issued')
    const job = await commitApproved(db, approved.id, caller, { mayWaive: allows(caller, 'plans:waive'), keepDays: limits.keepDays })
    wake()
    const { status, headers, body } = await answerOf(db, await settled(db, job, request.headers.prefer))
    reply.code(status).headers(headers)
    return body
  })
}

async function * linesOf (db: Db, id: string, filter: Parameters<typeof listEntries>[2]): AsyncGenerator<string> {
  for (let after = 0; ;) {
    const entries = await listEntries(db, id, filter, { after, limit: ENTRIES_AT_ONCE })
    if (entries.length === 0) return
    yield entries.map(entry => JSON.stringify(toEntryReply(id, entry)) + '\n').join('')
    after = entries.at(-1)!.row
  }
}
