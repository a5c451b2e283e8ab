/** A header of OpenAPI 3.1. `required`: every answer that names it carries it. */
interface Header {
  description: string
  required?: true
  schema: object
  example: string | number
}

/**
 * The headers of answers that a client may act on, told in this one place. Those that every answer carries for browsers
 * and caches (SECURITY_HEADERS, Vary) are told in the description of the document.
 */
export const RESPONSE_HEADERS = {
  'X-Request-Id': {
    description: 'The id of the request, as in the log: the one that was sent as X-Request-Id, where it is harmless, or a new one.',
    required: true,
    schema: { type: 'string' },
    example: '019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50'
  },
  Location: {
    description: 'Where to find what the request has made, a path of this service.',
    required: true,
    schema: { type: 'string', format: 'uri-reference' },
    example: '/v1/imports/019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50'
  },
  'Content-Location': {
    description: 'Where the plan that is meant stands, a path of this service.',
    required: true,
    schema: { type: 'string', format: 'uri-reference' },
    example: '/v1/plans/019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50'
  },
  ETag: {
    description: 'The version of the record, quotes included, to be sent as If-Match by who corrects it. Only the record as it stands has one: with asOf or knownAt there is none.',
    schema: { type: 'string' },
    example: '"3"'
  },
  'Retry-After': {
    description: 'After how many seconds to ask again.',
    schema: { type: 'integer', minimum: 0 },
    example: 1
  },
  'Content-Disposition': {
    description: 'attachment, with the name of the file (RFC 6266).',
    required: true,
    schema: { type: 'string' },
    example: 'attachment; filename="plans.csv"'
  },
  'WWW-Authenticate': {
    description: 'Bearer, with what is wrong with the key, and the scope that is missing (RFC 6750).',
    required: true,
    schema: { type: 'string' },
    example: 'Bearer realm="thac", error="insufficient_scope", scope="plans:write"'
  },
  'Accept-Post': {
    description: 'The media types that are taken, where it is the media type that is not.',
    schema: { type: 'string' },
    example: 'application/json, application/merge-patch+json'
  },
  'Content-Language': {
    description: 'The language of title and detail, vi unless Accept-Language prefers en.',
    required: true,
    schema: { type: 'string', enum: ['vi', 'en'] },
    example: 'vi'
  }
} satisfies Record<string, Header>

export type ResponseHeader = keyof typeof RESPONSE_HEADERS

const EVERYWHERE: readonly ResponseHeader[] = ['X-Request-Id']

const OF_PROBLEMS: Record<number, readonly ResponseHeader[]> = {
  401: ['WWW-Authenticate'],
  403: ['WWW-Authenticate'],
  415: ['Accept-Post'],
  429: ['Retry-After'],
  503: ['Retry-After']
}

/** The headers of an answer; `own`: those that the route names. */
export const headersOf = (status: number, own: readonly ResponseHeader[] = []): ResponseHeader[] =>
  [...own, ...(status >= 400 ? [...OF_PROBLEMS[status] ?? [], 'Content-Language' as const] : []), ...EVERYWHERE]
