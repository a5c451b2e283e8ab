import { isUtf8 } from 'node:buffer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Message } from '../domain/message.ts'
import { Problem } from '../problem.ts'
import { MAX_DEPTH, refusalOf, type JsonRefusalCode } from './json-scanner.ts'
import { shorten } from './shorten.ts'

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
  if (bytes.length === 0) throw malformed('empty-body', '', '', 0)
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) throw malformed('byte-order-mark', '', '', 0)
  const text = bytes.toString('utf8')
  if (!isUtf8(bytes)) {
    const broken = firstDifference(bytes, Buffer.from(text))
    const before = bytes.subarray(0, broken).toString('utf8')
    throw malformed('invalid-utf8', '', before, before.length)
  }
  const refusal = refusalOf(text)
  if (refusal) throw malformed(refusal.code, refusal.at, text, refusal.offset, refusal.found)
  return JSON.parse(text)
}

type RefusalCode = JsonRefusalCode | 'empty-body' | 'byte-order-mark' | 'invalid-utf8'

const REASONS: Record<RefusalCode, (found: string) => Message> = {
  'empty-body': () => ({
    vi: 'nội dung rỗng; hãy gửi một tài liệu JSON',
    en: 'the body is empty; send one JSON document'
  }),
  'byte-order-mark': () => ({
    vi: 'nội dung bắt đầu bằng BOM; hãy lưu tệp dạng UTF-8 không BOM',
    en: 'the body begins with a byte order mark; save it as UTF-8 without BOM'
  }),
  'invalid-utf8': () => ({
    vi: 'byte không phải UTF-8; hãy lưu nội dung dạng UTF-8',
    en: 'a byte that is not UTF-8; save the body as UTF-8'
  }),
  syntax: () => ({
    vi: 'ký tự không đúng cú pháp JSON ở chỗ này',
    en: 'a character that JSON does not allow here'
  }),
  'unexpected-end': () => ({
    vi: 'tài liệu bị cắt cụt trước khi kết thúc; hãy gửi trọn tài liệu',
    en: 'the document ends before it is complete; send all of it'
  }),
  'too-deep': () => ({
    vi: `lồng nhau quá ${MAX_DEPTH} tầng`,
    en: `nested deeper than ${MAX_DEPTH} levels`
  }),
  'duplicate-key': found => ({
    vi: `tên trường “${found}” xuất hiện hai lần trong một đối tượng; chỉ giữ một`,
    en: `the member "${found}" stands twice in one object; keep one of them`
  }),
  'forbidden-key': found => ({
    vi: `không nhận tên trường “${found}”; hãy bỏ trường này`,
    en: `the member name "${found}" is not accepted; leave it out`
  }),
  nul: () => ({
    vi: 'có ký tự NUL (U+0000); hãy bỏ ký tự này',
    en: 'a NUL character (U+0000); remove it'
  }),
  'lone-surrogate': () => ({
    vi: 'nửa cặp surrogate UTF-16 đứng một mình; hãy viết ký tự dạng UTF-8',
    en: 'half of a UTF-16 surrogate pair by itself; write the character as UTF-8'
  }),
  'number-inexact': found => ({
    vi: `số ${found} không giữ được chính xác; hãy viết dưới dạng chuỗi trong ngoặc kép nếu trường cho phép, hoặc bớt chữ số`,
    en: `the number ${found} cannot be held exactly; write it as a string where the field takes one, or with fewer digits`
  })
}

function malformed (code: RefusalCode, at: string, text: string, offset: number, found = ''): Problem {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  const column = offset - before.lastIndexOf('\n')
  const reason = REASONS[code](shorten(found))
  const message = { vi: `Dòng ${line}, cột ${column}: ${reason.vi}.`, en: `Line ${line}, column ${column}: ${reason.en}.` }
  return new Problem('malformed-json', message, { faults: [{ at: shorten(at, 300), code, message }] })
}

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
