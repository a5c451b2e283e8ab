import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { Problem } from '../problem.ts'
import { CLOSING, faultsOfDatabase } from './readiness.ts'

export interface HealthOptions {
  db: Db
  /** True from the moment the node wants no new callers. */
  closing: () => boolean
}

const health = z.strictObject({ status: z.literal('ok') })

/** Asked every few seconds by whatever keeps the node alive, so their answers are not logged. */
export const healthRoutes: FastifyPluginAsyncZod<HealthOptions> = async (app, { db, closing }) => {
  app.get('/livez', {
    schema: {
      operationId: 'getLiveness',
      summary: 'The process runs',
      tags: ['health'],
      answers: { 200: { says: 'The process runs.' } },
      response: { 200: health }
    },
    config: { scope: 'open' },
    logLevel: 'warn'
  }, async () => ({ status: 'ok' as const }))

  app.get('/readyz', {
    schema: {
      operationId: 'getReadiness',
      summary: 'The node takes requests: its database answers, takes writes and has the schema of this version',
      tags: ['health'],
      answers: { 200: { says: 'The node takes requests.' } },
      response: { 200: health }
    },
    config: { scope: 'open', problems: ['not-ready'] },
    logLevel: 'error'
  }, async () => {
    const faults = closing() ? [CLOSING] : await faultsOfDatabase(db)
    if (faults.length > 0) {
      throw new Problem('not-ready', {
        vi: faults.map(({ message }) => message.vi).join(' '),
        en: faults.map(({ message }) => message.en).join(' ')
      }, { faults, retryAfterSeconds: 5 })
    }
    return { status: 'ok' as const }
  })
}
