import Fastify, { type FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import type { Db } from './db/connect.ts'
import { databaseProblem } from './db/constraints.ts'
import { exportRoutes } from './exports/export.routes.ts'
import { healthRoutes } from './health/health.routes.ts'
import type { LogStream } from './http/logging.ts'
import { serveHttp } from './http/serve-http.ts'
import { serverOptions } from './http/server-options.ts'
import { importRoutes } from './imports/import.routes.ts'
import { uploadRoutes } from './imports/upload.routes.ts'
import { workbookRoutes } from './imports/workbook.routes.ts'
import { findKey } from './keys/key.queries.ts'
import { keyRoutes } from './keys/key.routes.ts'
import { lineageRoutes } from './lineage/lineage.routes.ts'
import { organizationRoutes } from './organizations/organization.routes.ts'
import { linkIssuers } from './plans/link-issuers.operations.ts'
import { planRoutes } from './plans/plan.routes.ts'
import { resolverRoutes } from './resolver/resolver.routes.ts'
import { indicatorRoutes } from './targets/indicator.routes.ts'
import { stalenessRoutes } from './staleness/staleness.routes.ts'
import { historyRoutes } from './history/history.routes.ts'
import { targetRoutes } from './targets/target.routes.ts'
import { VERSION } from './version.ts'

export interface AppOptions {
  db: Db
  config: Pick<Config, 'logLevel' | 'reads' | 'baseUrl' | 'trustedProxies' | 'importLimitMiB' | 'importKeepDays'>
  /** True from the moment the node wants no new callers. */
  closing?: () => boolean
  /** Where log lines go; absent: stdout. */
  logStream?: LogStream
  /** Tells whoever works on imports that there is a new one; absent: other nodes find it. */
  wakeImports?: () => void
}

/** The whole service. It listens nowhere yet, so a test asks it without a socket. */
export async function buildApp ({ db, config, closing = () => false, logStream, wakeImports = () => {} }: AppOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify(serverOptions(config, logStream))
  await serveHttp(app, {
    findKey: id => findKey(db, id),
    reads: config.reads,
    toProblem: databaseProblem,
    version: VERSION,
    ...(config.baseUrl !== undefined && { baseUrl: config.baseUrl })
  })
  await app.register(healthRoutes, { db, closing })
  await app.register(async v1 => {
    await v1.register(planRoutes, { db })
    await v1.register(lineageRoutes, { db })
    await v1.register(stalenessRoutes, { db })
    await v1.register(historyRoutes, { db })
    await v1.register(targetRoutes, { db })
    await v1.register(indicatorRoutes, { db })
    await v1.register(resolverRoutes, { db })
    await v1.register(exportRoutes, { db })
    await v1.register(organizationRoutes, { db, recorded: async () => { await linkIssuers(db) } })
    const imports = { db, limits: { mostBytes: config.importLimitMiB * 1024 * 1024, keepDays: config.importKeepDays }, wake: wakeImports }
    await v1.register(importRoutes, imports)
    await v1.register(uploadRoutes, imports)
    await v1.register(workbookRoutes, { db })
    await v1.register(keyRoutes, { db })
  }, { prefix: '/v1' })
  return app
}
