import type { FastifyInstance } from 'fastify'
import { Problem } from '../problem.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is a file of any size: its sender is cut off when it is silent, not when it is not done. */
    upload?: boolean
    /** How long the sender of a file may be silent; absent: half a minute. */
    silenceMs?: number
  }
}

/** A phone on a bad line goes on within this. */
const SILENCE_MS = 30_000

/** Whoever is still sending when the answer is out gets this long to read it; a reset at once would take it from him. */
const LINGER_MS = 2_000

/**
 * Cuts off slow senders of bodies after the app's `requestTimeout`. Node has one such limit for all requests, and would
 * cut off an upload of some minutes as well; headers stay Node's to watch.
 */
export function limitBodyTime (app: FastifyInstance): void {
  const limitMs = app.server.requestTimeout
  app.server.requestTimeout = 0

  app.addHook('onRequest', async (request, reply) => {
    const { raw, headers } = request
    if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0) return
    const { upload = false, silenceMs = SILENCE_MS } = request.routeOptions.config
    const timer = setTimeout(() => {
      if (raw.complete) return
      if (reply.sent) raw.destroy()
      else reply.header('connection', 'close').send(new Problem('request-timeout'))
    }, upload ? silenceMs : limitMs)
    timer.unref()
    const over = () => clearTimeout(timer)
    // Listening to `data` would set the stream flowing before its reader is there.
    if (upload) raw.socket.on('data', refresh).once('close', over)
    raw.once('end', ended).once('close', ended)

    function refresh (): void { timer.refresh() }
    function ended (): void {
      over()
      raw.socket?.off('data', refresh)
    }
  })

  app.addHook('onResponse', async request => {
    const { raw } = request
    if (raw.complete || raw.destroyed) return
    raw.resume()
    setTimeout(() => { if (!raw.complete) raw.destroy() }, LINGER_MS).unref()
  })
}
