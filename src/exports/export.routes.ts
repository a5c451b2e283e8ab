import { Readable, finished } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { languageOf, mediaTypeOf } from '../http/negotiation.ts'
import { Problem } from '../problem.ts'
import { begun } from './begun.ts'
import { EXPORT_FORMATS, type ExportFormat, MEDIA_TYPES } from './export-format.ts'
import { exportPlans } from './export.operations.ts'
import { exportQuery } from './export.schemas.ts'
import { withPatience } from './patience.ts'
import { writeExport } from './write-export.ts'

/** Each export holds a connection of the node's pool until it is read; the others are for everybody else. */
const MOST_AT_ONCE = 2

const RETRY_AFTER_SECONDS = 10

/** A reader who takes nothing for so long is gone, or keeps the connection from others. */
const STALLED_MS = 60_000

export const exportRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  let running = 0

  app.get('/exports', {
    config: { scope: 'reads', problems: ['plan-not-found', 'organization-not-found', 'not-acceptable', 'exports-busy'] },
    schema: {
      operationId: 'exportPlans',
      summary: 'Export plans',
      description: 'The bodies that record the plans anew, each with its id, in the order of their ids, all from one moment; what an import takes. ' +
        'Streamed: an export that fails on the way ends in a broken connection and never in a short answer. The reader may then go on with `after`.',
      tags: ['exports'],
      querystring: exportQuery,
      answers: { 200: { says: 'One plan on each line, or in each row.', headers: ['Content-Disposition'] } },
      response: {
        200: {
          content: Object.fromEntries(EXPORT_FORMATS.map(format => [MEDIA_TYPES[format], { schema: z.unknown().meta({ type: 'string', description: CONTENTS[format] }) }]))
        }
      }
    }
  }, async (request, reply) => {
    const { format: asked, plan, issuer, organization, after, direction } = request.query
    const format = asked ?? formatOf(request.headers.accept)
    const asFile = () => reply.header('vary', 'accept, accept-language').type(`${MEDIA_TYPES[format]}${format === 'csv' ? '; charset=utf-8' : ''}`)
      .header('content-disposition', `attachment; filename="plans.${format}"`)
    if (request.method === 'HEAD') return asFile().send('')
    if (running >= MOST_AT_ONCE) throw new Problem('exports-busy', undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS })

    running++
    const plans = exportPlans(db, {
      direction,
      ...(plan !== undefined && { planId: plan }),
      ...(issuer !== undefined && { issuer }),
      ...(organization !== undefined && { issuerId: organization }),
      ...(after !== undefined && { after })
    }, { idleMs: 2 * STALLED_MS })
    // However it ends, read to the end, cut off by the reader or failed: the snapshot does not outlive the answer.
    finished(reply.raw, () => {
      running--
      plans.return(undefined).catch(error => { request.log.warn({ err: error }, 'export ended badly') })
    })
    const rows = await begun(plans)
    const file = writeExport(rows, format, languageOf(request.headers['accept-language']))
    const stream: Readable = Readable.from(withPatience(file, STALLED_MS, () => stream.destroy(new Error('the reader takes nothing more'))), { objectMode: false })
    return asFile().send(stream)
  })
}

const CONTENTS: Record<ExportFormat, string> = {
  ndjson: 'One plan on each line, as an ImportedPlan.',
  csv: 'UTF-8 with a byte order mark, as Excel expects.',
  xlsx: 'A workbook.'
}

function formatOf (accept: string | undefined): ExportFormat {
  const type = mediaTypeOf(accept, EXPORT_FORMATS.map(format => MEDIA_TYPES[format]))
  const format = EXPORT_FORMATS.find(format => MEDIA_TYPES[format] === type)
  if (format !== undefined) return format
  const offered = EXPORT_FORMATS.map(format => `${MEDIA_TYPES[format]} (format=${format})`).join(', ')
  throw new Problem('not-acceptable', {
    vi: `Dữ liệu xuất có các dạng: ${offered}.`,
    en: `An export comes as ${offered}.`
  })
}
