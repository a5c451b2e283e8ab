import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import type { LogStream } from './http/logging.ts'
import { type OpenDatabase, openDatabase } from './db/open.ts'
import { type ImportWork, workOnImports } from './imports/import-work.ts'
import { ensureFirstKey } from './keys/key.operations.ts'

export interface Serving {
  app: FastifyInstance
  database: OpenDatabase
  /** Where clients on this machine reach it. */
  url: string
  /** The first key of a fresh installation; its secret is known here for the last time. */
  firstKey?: string
  /** Turns new callers away, finishes what is under way, and leaves the database. */
  close: () => Promise<void>
}

export async function serve (config: Config, say: (message: string) => void, logStream?: LogStream): Promise<Serving> {
  const database = await openDatabase(config, say)
  let closing = false
  let imports: ImportWork | undefined
  try {
    const app = await buildApp({
      db: database.db, config, closing: () => closing, wakeImports: () => imports?.wake(), ...(logStream !== undefined && { logStream })
    })
    await app.listen({ host: config.host, port: config.port })
    // After the port is ours: a start that fails must not use up the one time the key is shown.
    const firstKey = (await ensureFirstKey(database.db))?.key
    imports = workOnImports(database.url, (error, importId) => app.log.error({ err: error, importId }, 'import failed'))
    const { port } = app.server.address() as AddressInfo
    const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host
    return {
      app,
      database,
      url: config.baseUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
      ...(firstKey !== undefined && { firstKey }),
      close: async () => {
        closing = true
        await app.close()
        await imports?.close()
        await database.close()
      }
    }
  } catch (error) {
    await imports?.close()
    await database.close()
    throw error
  }
}
