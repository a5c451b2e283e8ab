import type { InjectOptions } from 'fastify'
import type { Chance } from './random.ts'
import { type Known, NAMES, type Schema, hostile, valueOf } from './values.ts'

export interface Operation {
  method: string
  path: string
  operationId: string
  statuses: number[]
  parameters: { name: string, in: string, schema: Schema, required?: boolean }[]
  body?: Schema
}

/** A request before it is written down, so that each part can be spoiled by itself. */
export interface Draft {
  operation: Operation
  method: string
  path: string
  parameters: Record<string, string>
  query: [string, string][]
  headers: Record<string, string>
  body?: unknown
  /** Done to the text of the body. */
  spoil?: (text: string) => string | Buffer
  /** The route or its method may no longer be the operation's. */
  strayed: boolean
  address: string
}

/** The operations of the document that the app itself serves. */
export const operationsOf = (document: any): Operation[] => Object.entries<any>(document.paths).flatMap(([path, methods]) =>
  Object.entries<any>(methods).map(([method, { operationId, responses, parameters = [], requestBody }]) => ({
    method: method.toUpperCase(),
    path,
    operationId,
    statuses: Object.keys(responses).map(Number),
    parameters,
    ...(requestBody !== undefined && { body: requestBody.content['application/json'].schema })
  })))

export function draftOf (operation: Operation, known: Known, key: string, chance: Chance): Draft {
  const draft: Draft = {
    operation,
    method: operation.method,
    path: operation.path,
    parameters: {},
    query: [],
    headers: { authorization: `Bearer ${key}` },
    strayed: false,
    address: `10.${chance.below(250)}.${chance.below(250)}.${chance.below(250)}`
  }
  for (const { name, in: place, schema, required } of operation.parameters) {
    if (place === 'path') draft.parameters[name] = idFor(operation.path, known, chance) ?? String(valueOf(schema, known, chance, name))
    else if (place === 'query' && name === 'asIssued') draft.query.push([name, chance.of(['true', 'true', 'false'])])
    else if (place === 'query' && (required === true || chance.once(3))) draft.query.push([name, String(valueOf(schema, known, chance, name))])
    else if (place === 'header') draft.headers[name] = chance.of(['"1"', '"2"', '"3"', 'W/"1"', '*', '"0"', '1', '"999999999"'])
  }
  if (operation.body !== undefined) {
    draft.body = valueOf(operation.body, known, chance)
    draft.headers['content-type'] = 'application/json'
  }
  return draft
}

const idFor = (path: string, { planIds, keyIds }: Known, chance: Chance): string | undefined => {
  const ids = path.startsWith('/v1/plans/{id}') ? planIds : path.startsWith('/v1/keys/') ? keyIds : []
  return ids.length === 0 ? undefined : chance.of(ids)
}

const TYPES = [
  'text/plain', 'application/xml', 'application/json; charset=utf-16', 'application/json;charset=latin1', 'APPLICATION/JSON', 'application/json ;', 'application/merge-patch+json', 'application/jsonx', 'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded', '', 'application/json\tx', 'application/json, text/plain', 'application/vnd.api+json'
]
const HEADERS: [string, string][] = [
  ['accept', 'text/html'], ['accept', 'application/xml;q=1'], ['accept', '*/*;q=0'], ['accept-language', 'en'], ['accept-language', 'vi;q=0.1,en;q=x'], ['accept-language', ','.repeat(2000)], ['x-request-id', 'a'.repeat(3000)],
  ['x-request-id', 'id {"x":1}'], ['x-forwarded-for', '1.2.3.4, , x'], ['x-forwarded-host', 'evil.example'], ['x-http-method-override', 'DELETE'], ['if-match', '"'], ['if-match', 'W/"99999999999999999999"'], ['if-match', '"1", "2"'],
  ['if-none-match', '*'], ['content-encoding', 'gzip'], ['content-encoding', 'identity, br'], ['range', 'bytes=0-1'], ['authorization', 'Bearer'], ['authorization', 'Basic eDp5'], ['authorization', 'Bearer thac__'],
  ['authorization', `Bearer thac_${'a'.repeat(3000)}_b`], ['authorization', 'bearer thac_aaaaaaaaaaaa_' + 'b'.repeat(43)], ['cookie', 'a=b;'.repeat(500)], ['origin', 'null'], ['host', 'evil.example'], ['te', 'trailers'], ['upgrade', 'h2c']
]
const IDS = ['', '%00', '..%2f..', '%E0%A4%A', '%ud800', 'null', '1', 'a'.repeat(600), '00000000-0000-0000-0000-000000000000', '%F0%9F%87%BB', '__proto__', '*', '-1', '0x1', '019a0000-0000-7000-8000-00000000000%30']
const PATHS: ((path: string) => string)[] = [
  path => path.replace('/', '//'), path => path + '/', path => path.toUpperCase(), path => path.replace('v1', '%76%31'), path => path + ';x=1', path => path.replace('/v1', '/v1/.'), path => path.replace('/v1', '/v1/x/..'),
  path => path + '%2f', path => path + '%00', path => path.replace('/v1', '/v2'), path => path + '#x', () => '/' + 'a/'.repeat(2000), path => path.replaceAll('/', '%2F')
]

/** Spoils one thing about the request; what it answers is the name of what it did. */
export function spoil (draft: Draft, chance: Chance): string {
  const ways: Record<string, () => void> = {
    value: () => { draft.body = changed(draft.body, chance, () => hostile(chance)) },
    'extra member': () => { draft.body = withMember(draft.body, chance) },
    query: () => {
      const names = [...draft.operation.parameters.filter(one => one.in === 'query').map(({ name }) => name), ...NAMES]
      draft.query.push([chance.of(names), String(chance.once(3) ? chance.below(3000) - 1000 : textOf(hostile(chance)))])
    },
    'query twice': () => { draft.query.push(...draft.query.slice(0, 1)) },
    cursor: () => { draft.query.push(['cursor', chance.of(['', 'x', 'AAAA'.repeat(400), Buffer.from('[1]').toString('base64url'), '%', '😀'])]) },
    id: () => { for (const name of Object.keys(draft.parameters)) { draft.parameters[name] = chance.of(IDS); draft.strayed = true } },
    'id in capitals': () => { for (const [name, id] of Object.entries(draft.parameters)) draft.parameters[name] = id.toUpperCase() },
    path: () => { draft.path = chance.of(PATHS)(draft.path); draft.strayed = true },
    method: () => { draft.method = chance.of(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'POST']); draft.strayed = true },
    type: () => { draft.headers['content-type'] = chance.of(TYPES) },
    header: () => { const [name, value] = chance.of(HEADERS); draft.headers[name] = value },
    'no key': () => { delete draft.headers['authorization'] },
    'no body': () => { draft.body = undefined },
    cut: () => { draft.spoil = text => text.slice(0, chance.below(text.length + 1)) },
    byte: () => {
      draft.spoil = text => {
        const bytes = Buffer.from(text)
        if (bytes.length > 0) bytes[chance.below(bytes.length)] = chance.below(256)
        return bytes
      }
    },
    'name twice': () => { draft.spoil = text => text.replace('{', '{"code":"1/QĐ-TTg","code":"2/QĐ-TTg",') },
    'exact number': () => { draft.spoil = text => text.replace(/\d+/, chance.of(['12345678901234567890', '1e400', '-0', '01', '0x1', '.5', 'NaN'])) },
    mark: () => { draft.spoil = text => chance.of(['\ufeff', '\0', ' '.repeat(70_000), '[', '/*x*/']) + text },
    deep: () => { const depth = chance.of([33, 1000, 100_000]); draft.spoil = () => '{"period":'.repeat(depth) + '1' + '}'.repeat(depth) },
    large: () => { draft.spoil = text => text + ' '.repeat(1024 * 1024) }
  }
  const way = chance.of(Object.keys(ways))
  ways[way]!()
  return way
}

const textOf = (value: unknown): string => typeof value === 'string' ? value.slice(0, 3000) : JSON.stringify(value).slice(0, 3000)

/** A copy in which one place somewhere inside is another value. */
function changed (value: unknown, chance: Chance, make: () => unknown): unknown {
  if (typeof value !== 'object' || value === null || chance.once(12)) return make()
  const names = Object.keys(value)
  if (names.length === 0) return make()
  const name = chance.of(names)
  const inner = changed((value as Record<string, unknown>)[name], chance, make)
  return Array.isArray(value) ? value.map((one, index) => String(index) === name ? inner : one) : { ...value, [name]: inner }
}

function withMember (value: unknown, chance: Chance): unknown {
  if (typeof value !== 'object' || value === null) return value
  const places = Object.keys(value).filter(name => typeof (value as Record<string, unknown>)[name] === 'object')
  if (places.length > 0 && chance.once(2)) {
    const place = chance.of(places)
    const inner = withMember((value as Record<string, unknown>)[place], chance)
    return Array.isArray(value) ? value.map((one, index) => String(index) === place ? inner : one) : { ...value, [place]: inner }
  }
  if (Array.isArray(value)) return [...value, hostile(chance)]
  // An assignment would set the prototype instead of a member of that name.
  return Object.defineProperty({ ...value }, chance.of(NAMES), { value: chance.once(2) ? 'x' : hostile(chance), enumerable: true })
}

export function written ({ method, path, parameters, query, headers, body, spoil: spoiled, address }: Draft): InjectOptions {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => /%/.test(parameters[name] ?? '') ? parameters[name]! : escaped(parameters[name] ?? 'x'))
  const asked = query.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&')
  const text = body === undefined ? undefined : JSON.stringify(body)
  const payload = text === undefined || spoiled === undefined ? text : spoiled(text)
  return {
    method: method as NonNullable<InjectOptions['method']>,
    url: asked === '' ? filled : `${filled}?${asked}`,
    headers,
    remoteAddress: address,
    ...(payload !== undefined && { payload })
  }
}

/** Half a surrogate pair has no UTF-8; a client that sends one sends bytes that are none. */
const escaped = (text: string): string => /\p{Surrogate}/u.test(text) ? '%ed%a0%80' : encodeURIComponent(text)
