import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { Problem } from '../problem.ts'
import { failureLimit } from './failure-limit.ts'
import { isSecretOf, parseKey } from './key-secret.ts'
import { allows, type Access, type Key, type Scope } from './scopes.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route asks of its caller. A route without it keeps the service from starting. */
    scope?: Access
  }
  interface FastifyRequest {
    /** The key the caller has proved to hold; absent on routes that ask for none. */
    key?: Key
  }
}

/** A key as it is kept. */
export interface StoredKey extends Key {
  /** SHA-256 of the secret half, hex. */
  secretHash: string
  expiresAt?: Date
  revokedAt?: Date
}

export interface AuthOptions {
  /** Asked for every request with a key: a revoked key is refused at once, on every node. */
  findKey: (id: string) => Promise<StoredKey | undefined>
  /** `open`: everybody may read; `key`: reading takes a key with plans:read. */
  reads: 'open' | 'key'
}

/** How many keys this node remembers to have been good, so that a flood of wrong ones does not shut them out. */
const MOST_PROVED = 10_000

/** Asks every request for the scope that its route declares. Call it before any route is added. */
export function authenticate (app: FastifyInstance, { findKey, reads }: AuthOptions): void {
  const limit = failureLimit()
  const proved = new Set<string>()
  const readersNeed = reads === 'key' ? 'plans:read' : 'open'

  app.decorateRequest('key', undefined)
  refuseUndeclaredRoutes(app)

  app.addHook('onRequest', async request => {
    if (request.is404) return
    const { scope } = request.routeOptions.config
    if (scope === undefined) throw new Error(`${request.routeOptions.url} declares no scope`)
    const needed = scope === 'reads' ? readersNeed : scope
    if (scope === 'open') return
    const sent = request.headers.authorization
    if (sent === undefined) {
      if (needed === 'open') return
      throw new Problem('key-missing', undefined, { headers: { 'www-authenticate': 'Bearer realm="thac"' } })
    }
    // A reader who sends a key is told when it is wrong, even where none is needed.
    request.key = await proveKey(sent, request.ip)
    if (needed !== 'open') requireScope(request.key, needed)
  })

  async function proveKey (authorization: string, source: string): Promise<Key> {
    const halves = parseKey(authorization.replace(/^Bearer +/i, ''))
    const now = Date.now()
    const wait = limit.secondsToWait(source, now)
    // One wrong client must not lock out the others behind the same address: a key seen to be good is looked up anyhow.
    if (wait > 0 && (halves === undefined || !proved.has(halves.id))) throw tooManyFailures(wait)

    const stored = halves && await findKey(halves.id)
    if (halves === undefined || !isSecretOf(stored?.secretHash, halves.secret) || stored === undefined) {
      limit.count(source, now)
      throw wait > 0 ? tooManyFailures(wait) : keyInvalid()
    }
    // Only who holds the secret learns that the key once was good.
    if (stored.revokedAt !== undefined) {
      throw keyInvalid({
        vi: 'Khóa đã bị thu hồi; xin người quản trị khóa mới.',
        en: 'The key was revoked; ask an administrator for a new one.'
      })
    }
    if (stored.expiresAt !== undefined && stored.expiresAt.getTime() <= now) {
      const on = stored.expiresAt.toISOString()
      throw keyInvalid({
        vi: `Khóa đã hết hạn lúc ${on}; xin người quản trị khóa mới.`,
        en: `The key expired at ${on}; ask an administrator for a new one.`
      })
    }
    if (proved.size >= MOST_PROVED) proved.delete(proved.keys().next().value!)
    proved.add(stored.id)
    return { id: stored.id, name: stored.name, scopes: stored.scopes }
  }
}

/** The caller of a route that asks for a scope. */
export function callerOf (request: FastifyRequest): Key {
  if (request.key === undefined) throw new Error(`${request.routeOptions.url} asks for no key, yet wants its caller`)
  return request.key
}

/** For rights that depend on what is asked, such as recording a plan as issued. */
export function requireScope (key: Key, scope: Scope): void {
  if (!allows(key, scope)) throw scopeMissing(scope)
}

/** Looked at when the app is ready: a plugin may declare the scope of routes that are not its own. */
function refuseUndeclaredRoutes (app: FastifyInstance): void {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', route => { routes.push(route) })
  app.addHook('onReady', async () => {
    const undeclared = routes.filter(({ config }) => config?.scope === undefined)
    if (undeclared.length === 0) return
    throw new Error(`Routes without config.scope: ${undeclared.map(({ method, url }) => `${[method].flat().join()} ${url}`).join('; ')}`)
  })
}

const keyInvalid = (detail?: Problem['detail']) => new Problem('key-invalid', detail, {
  headers: { 'www-authenticate': 'Bearer realm="thac", error="invalid_token"' }
})

const scopeMissing = (scope: Scope) => new Problem('scope-missing', {
  vi: `Việc này cần khóa có quyền ${scope}.`,
  en: `This takes a key with the scope ${scope}.`
}, { headers: { 'www-authenticate': `Bearer realm="thac", error="insufficient_scope", scope="${scope}"` } })

const tooManyFailures = (seconds: number) => new Problem('too-many-requests', {
  vi: `Quá nhiều khóa sai từ địa chỉ này; chờ ${seconds} giây.`,
  en: `Too many wrong keys from this address; wait ${seconds} seconds.`
}, { retryAfterSeconds: seconds })
