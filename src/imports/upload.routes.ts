import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { callerOf, requireScope } from '../http/auth.ts'
import { queryOf } from '../http/query.ts'
import { invalidRequest } from '../http/validation.ts'
import { allows } from '../http/scopes.ts'
import { Problem } from '../problem.ts'
import { shorten } from '../text/shorten.ts'
import { type Format, FORMATS, MEDIA_TYPES, essenceOf, formatOfMediaType, formatOfName } from '../files/formats.ts'
import { answerOf, settled } from './import-answer.operations.ts'
import { importParameters, importReply, importWithEntries, preferences } from './import.schemas.ts'
import { type Intake, type UploadedBytes, receiveUpload, tooLarge } from './receive-upload.operations.ts'
import { uploadBodies } from './upload-bodies.ts'

const MULTIPART = 'multipart/form-data'

const MOST_FILES = 100

/** What a body is sent as when its sender does not know what it is. */
const UNTOLD = new Set(['', 'application/octet-stream'])

const TYPES = [...FORMATS.map(format => MEDIA_TYPES[format][0]!), MULTIPART]

export interface UploadOptions extends Intake {
  /** A sender who sends nothing for so long is cut off; absent: as for every upload. */
  silenceMs?: number
}

/** Apart from the other routes: bodies of every kind come through as streams here, and JSON as well. */
export const uploadRoutes: FastifyPluginAsyncZod<UploadOptions> = async (app, { db, limits, wake, silenceMs }) => {
  app.removeAllContentTypeParsers()
  await app.register(multipart, { limits: { files: MOST_FILES, fileSize: limits.mostBytes + 1, headerPairs: 100 }, throwFileSizeLimit: false })
  app.addContentTypeParser('*', async (_request: FastifyRequest, payload: unknown) => payload)

  app.post('/imports', {
    config: {
      scope: 'plans:write',
      upload: true,
      ...(silenceMs !== undefined && { silenceMs }),
      bodies: uploadBodies,
      problems: [
        'upload-empty', 'payload-too-large', 'unsupported-media-type', 'idempotency-key-reused', 'malformed-request',
        'file-encoding', 'file-unreadable', 'file-truncated', 'file-columns', 'file-over-limit', 'import-given-up'
      ]
    },
    schema: {
      operationId: 'importPlans',
      summary: 'Import plans by the thousand',
      description: 'The file as the body, or several as multipart/form-data. ' +
        'Answers 200 with the report when the import ends within two seconds, and 202 with its Location otherwise.',
      tags: ['imports'],
      querystring: queryOf(importParameters),
      headers: preferences,
      answers: {
        200: { says: 'The import has ended: its report, with the first of its entries. Rows may be refused in it.', headers: ['Location'] },
        202: { says: 'The import goes on; ask for it at Location.', headers: ['Location', 'Retry-After'] }
      },
      response: { 200: importWithEntries, 202: importReply }
    },
    // Before a byte of it is read.
    onRequest: async request => {
      if (Number(request.headers['content-length'] ?? 0) > limits.mostBytes) throw tooLarge(limits.mostBytes)
    }
  }, async (request, reply) => {
    const caller = callerOf(request)
    const { format, ...parameters } = request.query
    if (parameters.asIssued) requireScope(caller, 'plans:record-as-issued')
    const idempotencyKey = request.headers['idempotency-key']
    const job = await receiveUpload(db, {
      by: caller.id, mayWaive: allows(caller, 'plans:waive'), parameters, ...(idempotencyKey !== undefined && { idempotencyKey })
    }, filesOf(request, format), limits)
    wake()
    const { status, headers, body } = await answerOf(db, await settled(db, job, request.headers.prefer))
    reply.code(status).headers(headers)
    return body
  })
}

/** The files of a request, as they come. `format` is what the caller says they are. */
function filesOf (request: FastifyRequest, format: Format | undefined): AsyncIterable<UploadedBytes> {
  const type = request.headers['content-type']
  const encoding = request.headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') throw unsupported(`Content-Encoding: ${encoding}`)
  if (essenceOf(type) === MULTIPART) return partsOf(request, format)
  const told = format ?? formatOfMediaType(essenceOf(type))
  if (told === undefined) throw unsupported(type === undefined ? undefined : `Content-Type: ${type}`)
  return oneFile({ format: told, bytes: request.body as AsyncIterable<Uint8Array> })
}

async function * oneFile (file: UploadedBytes): AsyncGenerator<UploadedBytes> { yield file }

async function * partsOf (request: FastifyRequest, format: Format | undefined): AsyncGenerator<UploadedBytes> {
  try {
    for await (const part of request.parts()) {
      // A dry run that was asked for in a field, and not heard, would commit.
      if (part.type === 'field') throw fieldInForm(part.fieldname)
      const { filename, mimetype, file } = part
      const type = essenceOf(mimetype)
      // Browsers send what the operating system believes of the extension; the extension itself is surer.
      const told = format ?? formatOfName(filename ?? '') ?? (UNTOLD.has(type) ? undefined : formatOfMediaType(type))
      if (told === undefined) throw unsupported(`${filename ?? ''} (${mimetype})`)
      yield { format: told, bytes: wholePart(file), ...(filename !== undefined && filename !== '' && { name: shorten(filename, 200) }) }
    }
  } catch (error) {
    throw brokenMultipart(error) ?? error
  }
}

function fieldInForm (name: string): Problem {
  const shown = shorten(name, 100)
  return invalidRequest([{
    at: `?${shown}`,
    code: 'unknown-name',
    message: {
      vi: `Biểu mẫu chỉ nhận các tệp. Hãy ghi “${shown}” vào địa chỉ: POST /v1/imports?${shown}=….`,
      en: `The form takes files alone. Say "${shown}" in the address: POST /v1/imports?${shown}=….`
    }
  }])
}

/** A form that breaks off is told by the stream of the part that it breaks off in. */
async function * wholePart (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield * bytes
  } catch (error) {
    throw brokenMultipart(error) ?? error
  }
}

function brokenMultipart (error: unknown): Problem | undefined {
  const { code, message } = error as { code?: unknown, message?: string }
  if (code === 'FST_FILES_LIMIT' || code === 'FST_PARTS_LIMIT') {
    return new Problem('payload-too-large', {
      vi: `Một lần nhập có nhiều nhất ${MOST_FILES} tệp; hãy chia thành nhiều lần.`,
      en: `An import has at most ${MOST_FILES} files; split it into several.`
    })
  }
  const broken = error instanceof Error && !(error instanceof Problem) && /multipart|part terminated|unexpected end|premature|malformed/i.test(message ?? '')
  return broken ? new Problem('malformed-request', undefined, { cause: error }) : undefined
}

function unsupported (sent: string | undefined): Problem {
  const list = TYPES.join(', ')
  const what = sent === undefined ? undefined : shorten(sent)
  return new Problem('unsupported-media-type', {
    vi: `${what === undefined ? 'Thiếu tiêu đề Content-Type' : `Không nhận ${what}`}; nhận ${list}, không nén. Hoặc ghi rõ ?format=${FORMATS.join('|')}.`,
    en: `${what === undefined ? 'Content-Type is missing' : `${what} is not accepted`}; accepted: ${list}, uncompressed. Or say ?format=${FORMATS.join('|')}.`
  }, { headers: { 'accept-post': list } })
}
