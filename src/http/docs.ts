import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { PROBLEMS, type ProblemCode } from '../problem.ts'
import { PAGE } from './docs-page.ts'
import { type Examples, NOTES, type Notes, type Told, finished } from './openapi-document.ts'
import { PROBLEM_TYPE } from './problem-reply.ts'
import { problemBody } from './problem-schema.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The problems that are the route's own; those that every route can have are added to the document by themselves. */
    problems?: readonly ProblemCode[]
    /** What the route takes as its body when it reads it itself, by media type. */
    bodies?: Record<string, { schema: z.ZodType, examples?: Examples }>
  }
  interface FastifySchema {
    /** What the answers say, by status; those of problems are told by their codes. */
    answers?: Record<number, Told>
    /** Bodies to send. */
    examples?: Examples
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
          'Every error is application/problem+json; its code is explained at /problems/{code}. ' +
          'Every answer may be kept but must be asked about again (Cache-Control: no-cache), unless it says no-store; ' +
          'Vary names the headers of the request that it depends on.',
        version,
        license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' }
      },
      tags: TAGS,
      servers: [{ url: baseUrl ?? '/' }],
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'thac_<id>_<secret>' } } }
    },
    transform: document => {
      const { schema, route } = document
      if (!schema || schema.hide) return jsonSchemaTransform(document)
      const { answers = {}, examples, ...rest } = schema
      const transformed = jsonSchemaTransform({
        ...document,
        schema: { ...rest, security: securityOf(route), response: { ...schema.response as object, ...refusals(schema, route) } }
      })
      const bodies = Object.entries(route.config?.bodies ?? {})
      const notes: Notes = {
        answers,
        examples: Object.fromEntries([
          ...(schema.consumes ?? ['application/json']).map(type => [type, examples]), ...bodies.map(([type, body]) => [type, body.examples])
        ])
      }
      const content = Object.fromEntries(bodies.map(([type, { schema: body }]) =>
        [type, { schema: jsonSchemaTransform({ ...document, schema: { body } }).schema.body }]))
      return { ...transformed, schema: { ...transformed.schema, ...(bodies.length > 0 && { body: { content } }), [NOTES]: notes } }
    },
    transformObject: document => finished(jsonSchemaTransformObject(document))
  })

  app.get('/openapi.json', { schema: { hide: true }, config: { scope: 'open' } }, async () => app.swagger())

  await app.register(async page => {
    page.addHook('onRoute', route => { route.config = { ...route.config, scope: 'open' } })
    await page.register(swaggerUi, {
      routePrefix: '/docs',
      // BaseLayout: without the bar of the tool that draws the page.
      uiConfig: { validatorUrl: null, docExpansion: 'list', layout: 'BaseLayout', defaultModelsExpandDepth: 0 },
      theme: PAGE,
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

/** In the order of the page. */
const TAGS = [
  { name: 'plans', description: 'Recording plans, correcting their records, finding them.' },
  { name: 'lineage', description: 'What a plan rests on, and what rests on it.' },
  { name: 'targets', description: 'Where each target comes from, how it spread, and the registry of indicators.' },
  { name: 'staleness', description: 'Which plans have to be looked at again since a parent changed.' },
  { name: 'history', description: 'What happened to a plan, and what the register knew.' },
  { name: 'imports', description: 'Files of plans, by the thousand.' },
  { name: 'exports', description: 'Plans as files that an import takes.' },
  { name: 'organizations', description: 'Issuers: their superiors, and who answers for them after a merger.' },
  { name: 'keys', description: 'API keys and their scopes.' },
  { name: 'problems', description: 'Every problem code.' },
  { name: 'health', description: 'For whatever keeps the node alive.' }
]

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
