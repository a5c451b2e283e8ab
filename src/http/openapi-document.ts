import type { jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { type ResponseHeader, RESPONSE_HEADERS, headersOf } from './response-headers.ts'

/** What an answer says, as a sentence, and the headers that it carries beside those of every answer. */
export interface Told {
  says: string
  headers?: readonly ResponseHeader[]
}

/** Bodies that a client may copy, by a name. */
export type Examples = Record<string, { summary: string, value: unknown }>

/** What the routes tell and @fastify/swagger has no place for; it goes through as an extension of the operation. */
export interface Notes {
  answers: Record<number, Told>
  /** By media type. */
  examples: Record<string, Examples>
}

export const NOTES = 'x-notes'

interface Operation {
  requestBody?: { content: Record<string, { examples?: Examples }> }
  responses: Record<string, { description: string, headers?: object }>
  [NOTES]?: Notes
}

type OpenApiDocument = ReturnType<typeof jsonSchemaTransformObject>

/** The document as it is handed out: with answers, headers and examples told, and only the schemas that are referred to. */
export function finished (document: OpenApiDocument): OpenApiDocument {
  const { paths = {}, components, ...rest } = document as { paths?: Record<string, Record<string, Operation>>, components?: Components }
  const told = Object.fromEntries(Object.entries(paths).map(([path, operations]) =>
    [path, Object.fromEntries(Object.entries(operations).map(([method, operation]) => [method, withNotes(operation)]))]))
  const used = onlyUsed(components?.schemas ?? {}, told)
  return inPlainWords({ ...rest, components: { ...components, schemas: used, headers: RESPONSE_HEADERS }, paths: told }, used) as OpenApiDocument
}

interface Components { schemas?: Record<string, object> }

function withNotes ({ [NOTES]: notes, requestBody, responses, ...operation }: Operation): Operation {
  return {
    ...operation,
    ...(requestBody !== undefined && {
      requestBody: {
        ...requestBody,
        content: Object.fromEntries(Object.entries(requestBody.content).map(([type, media]) => {
          const examples = notes?.examples[type]
          return [type, { ...media, ...(examples !== undefined && { examples }) }]
        }))
      }
    }),
    responses: Object.fromEntries(Object.entries(responses).map(([status, { description, ...response }]) => {
      const told = notes?.answers[Number(status)]
      const headers = headersOf(Number(status), told?.headers)
      return [status, {
        description: told?.says ?? description,
        headers: Object.fromEntries(headers.map(name => [name, { $ref: `#/components/headers/${name}` }])),
        ...response
      }]
    }))
  }
}

const REFERENCE = '#/components/schemas/'

/** zod describes each named schema as read and as sent; only what some route refers to stays. */
function onlyUsed (schemas: Record<string, object>, paths: object): Record<string, object> {
  const used = new Set<string>()
  const follow = (part: unknown) => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue
      used.add(name)
      follow(schemas[name] ?? {})
    }
  }
  follow(paths)
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)))
}

/**
 * A schema that is only read is called by its own name, PlanBody and not PlanBodyInput; and whole numbers are told
 * without the bounds of a double, which zod gives all of them and which clients show as an example.
 */
function inPlainWords (document: object, schemas: Record<string, object>): unknown {
  const plain = (name: string) => {
    const own = name.replace(/Input$/, '')
    return Object.hasOwn(schemas, own) ? name : own
  }
  const rewritten = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(rewritten)
    if (typeof part !== 'object' || part === null) {
      return typeof part === 'string' && part.startsWith(REFERENCE) ? REFERENCE + plain(part.slice(REFERENCE.length)) : part
    }
    return Object.fromEntries(Object.entries(part)
      .filter(([, value]) => value !== Number.MAX_SAFE_INTEGER && value !== Number.MIN_SAFE_INTEGER)
      .map(([name, value]) => [part === schemas ? plain(name) : name, rewritten(value)]))
  }
  return rewritten(document)
}
