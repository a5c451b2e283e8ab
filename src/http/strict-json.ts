import { isUtf8 } from 'node:buffer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Message } from '../domain/message.ts'
import { Problem } from '../problem.ts'
import { lineAndColumn, refusalReason } from '../text/json-refusals.ts'
import { refusalOf, type JsonRefusalCode } from '../text/json-scanner.ts'
import { shorten } from '../text/shorten.ts'

export const JSON_TYPES = ['application/json', 'application/merge-patch+json']

/** Makes the app read JSON bodies strictly and no other kind of body. */
export function readJsonStrictly (app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(JSON_TYPES, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    refuseOtherEncodings(request)
    // Many clients set a Content-Type on every request; a DELETE without a body is no fault.
    if (body.length === 0 && request.method === 'DELETE') return undefined
    return readJson(body)
  })
}

/** The value of a JSON document; throws `malformed-json` with the place of the first departure. */
export function readJson (bytes: Buffer): unknown {
  if (bytes.length === 0) throw unreadable('empty-body')
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) throw unreadable('byte-order-mark')
  const text = bytes.toString('utf8')
  if (!isUtf8(bytes)) {
    const broken = firstDifference(bytes, Buffer.from(text))
    throw unreadable('invalid-utf8', bytes.subarray(0, broken).toString('utf8'))
  }
  const refusal = refusalOf(text)
  if (refusal) throw malformed(refusal.code, refusalReason(refusal), refusal.at, text, refusal.offset)
  return JSON.parse(text)
}

const BODY_REASONS = {
  'empty-body': {
    vi: 'nội dung rỗng; hãy gửi một tài liệu JSON',
    en: 'the body is empty; send one JSON document'
  },
  'byte-order-mark': {
    vi: 'nội dung bắt đầu bằng BOM; hãy lưu tệp dạng UTF-8 không BOM',
    en: 'the body begins with a byte order mark; save it as UTF-8 without BOM'
  },
  'invalid-utf8': {
    vi: 'byte không phải UTF-8; hãy lưu nội dung dạng UTF-8',
    en: 'a byte that is not UTF-8; save the body as UTF-8'
  }
} satisfies Record<string, Message>

function malformed (code: JsonRefusalCode | keyof typeof BODY_REASONS, reason: Message, at: string, text: string, offset: number): Problem {
  const { line, column } = lineAndColumn(text, offset)
  const message = { vi: `Dòng ${line}, cột ${column}: ${reason.vi}.`, en: `Line ${line}, column ${column}: ${reason.en}.` }
  return new Problem('malformed-json', message, { faults: [{ at: shorten(at, 300), code, message }] })
}

const unreadable = (code: keyof typeof BODY_REASONS, before = ''): Problem =>
  malformed(code, BODY_REASONS[code], '', before, before.length)

/** A body in another charset or compressed would be read as broken UTF-8; say what is the matter instead. */
function refuseOtherEncodings (request: FastifyRequest): void {
  const encoding = request.headers['content-encoding']
  const charset = /charset="?([^\s";]+)/i.exec(request.headers['content-type'] ?? '')?.[1]
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') throw unsupported(`Content-Encoding: ${shorten(encoding)}`)
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset)) throw unsupported(`charset=${shorten(charset)}`)
}

const unsupported = (what: string) => new Problem('unsupported-media-type', {
  vi: `Không nhận ${what}; hãy gửi JSON mã hóa UTF-8, không nén (${JSON_TYPES.join(', ')}).`,
  en: `${what} is not accepted; send JSON in UTF-8, uncompressed (${JSON_TYPES.join(', ')}).`
})

function firstDifference (a: Buffer, b: Buffer): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return at
}
