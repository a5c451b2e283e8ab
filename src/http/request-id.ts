import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** The caller's X-Request-Id if it is harmless to log and to send back, else one of our own. */
export function requestIdOf (request: Pick<IncomingMessage, 'headers'>): string {
  const sent = request.headers['x-request-id']
  return typeof sent === 'string' && /^[A-Za-z0-9._-]{8,100}$/.test(sent) ? sent : randomUUID()
}
