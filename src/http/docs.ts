import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { PROBLEMS, type ProblemCode } from '../problem.ts'
import { PROBLEM_TYPE } from './problem-reply.ts'
import { problemBody } from './problem-schema.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The problems that are the route's own; those that every route can have are added to the document by themselves. */
    problems?: readonly ProblemCode[]
    /** What the route takes as its body when it reads it itself: a JSON schema for each media type. */
    bodies?: Record<string, object>
  }
}

export interface DocsOptions {
  version: string
  /** Where clients reach the service; absent: where they got the document. */
  baseUrl?: string
}

/** Serves the OpenAPI 3.1 document of every route that is added from now on, and its page. Nothing is fetched from outside. */
export async function documentApi (app: FastifyInstance, { version, baseUrl }: DocsOptions): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Thác',
        description: 'Records government plans, checks that each cites its parent and inherits its targets, and serves lineage. ' +
          'Every error is application/problem+json; its code is explained at /problems/{code}.',
        version,
        license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' }
      },
      servers: [{ url: baseUrl ?? '/' }],
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'thac_<id>_<secret>' } } }
    },
    transform: document => {
      const { schema, route } = document
      if (!schema || schema.hide) return jsonSchemaTransform(document)
      const transformed = jsonSchemaTransform({
        ...document,
        schema: { ...schema, security: securityOf(route), response: { ...schema.response as object, ...refusals(schema, route) } }
      })
      const { bodies } = route.config ?? {}
      if (bodies === undefined) return transformed
      const content = Object.fromEntries(Object.entries(bodies).map(([type, body]) => [type, { schema: body }]))
      return { ...transformed, schema: { ...transformed.schema, body: { content } } }
    },
    transformObject: document => withoutUnused(jsonSchemaTransformObject(document))
  })

  app.get('/openapi.json', { schema: { hide: true }, config: { scope: 'open' } }, async () => app.swagger())

  await app.register(async page => {
    page.addHook('onRoute', route => { route.config = { ...route.config, scope: 'open' } })
    await page.register(swaggerUi, {
      routePrefix: '/docs',
      uiConfig: { validatorUrl: null, docExpansion: 'list' },
      staticCSP: {
        'default-src': "'none'",
        'script-src': "'self'",
        // The page sets styles of its own from its script.
        'style-src': "'self' 'unsafe-inline'",
        'img-src': "'self' data:",
        'font-src': "'self'",
        'connect-src': "'self'",
        'base-uri': "'none'",
        'frame-ancestors': "'none'"
      }
    })
  })
}

type OpenApiDocument = ReturnType<typeof jsonSchemaTransformObject>

/** zod describes each named schema as read and as sent; only what some route refers to stays. */
function withoutUnused (document: OpenApiDocument): OpenApiDocument {
  const { components, ...rest } = document as { components?: { schemas?: Record<string, object> } }
  const schemas = components?.schemas ?? {}
  const used = new Set<string>()
  const follow = (part: unknown) => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue
      used.add(name)
      follow(schemas[name] ?? {})
    }
  }
  follow(rest)
  return { ...rest, components: { ...components, schemas: Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name))) } }
}

function securityOf ({ config }: RouteOptions): Record<string, string[]>[] {
  const scope = config?.scope ?? 'open'
  if (scope === 'open') return []
  // An empty requirement beside the key: whether readers need one is a setting of the service.
  return scope === 'reads' ? [{ apiKey: ['plans:read'] }, {}] : [{ apiKey: [scope] }]
}

function refusals (schema: FastifySchema, { config, method }: RouteOptions): Record<number, object> {
  const codes = new Set<ProblemCode>([
    'invalid-request', ...(config?.problems ?? []), 'internal', 'database-unavailable', 'try-again',
    // Whatever body comes is read, and refused as any other, where none is asked for too; a route that reads it itself says so.
    ...(schema.body || (method !== 'GET' && config?.bodies === undefined) ? ['malformed-json', 'payload-too-large', 'unsupported-media-type'] as const : []),
    ...(config?.scope === 'open' ? [] : ['key-missing', 'key-invalid', 'scope-missing', 'too-many-requests'] as const)
  ])
  const byStatus: Record<number, object> = {}
  for (const status of new Set([...codes].map(code => PROBLEMS[code].status))) {
    const sharing = [...codes].filter(code => PROBLEMS[code].status === status)
    byStatus[status] = {
      description: sharing.map(code => `\`${code}\`: ${PROBLEMS[code].title.en}.`).join('\n\n'),
      content: { [PROBLEM_TYPE]: { schema: problemBody } }
    }
  }
  return byStatus
}
