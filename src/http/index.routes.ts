import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'

/** What stands at the root: where to go from here. */
export const indexRoutes: FastifyPluginAsyncZod<{ version: string }> = async (app, { version }) => {
  app.get('/', {
    config: { scope: 'open' },
    schema: {
      operationId: 'getIndex',
      summary: 'Where to go from here',
      tags: ['health'],
      answers: { 200: { says: 'Where documentation, problems and lists are.' } },
      response: { 200: z.strictObject({ name: z.string(), version: z.string(), links: z.record(z.string(), z.string()) }) }
    }
  }, async () => ({
    name: 'thac',
    version,
    links: { docs: '/docs', openapi: '/openapi.json', problems: '/problems', plans: '/v1/plans', resolve: '/v1/resolve', organizations: '/v1/organizations', indicators: '/v1/indicators' }
  }))
}
