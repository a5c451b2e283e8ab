import type { FastifyInstance } from 'fastify'

/** Which methods each pattern of a path takes. */
export type RouteList = { method: string, segments: string[] }[]

/** Notes every route that is added to the app from now on. */
export function noteRoutes (app: FastifyInstance): RouteList {
  const routes: RouteList = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, segments: url.split('/') })
  })
  return routes
}

/** The methods that some route takes at this path, for the Allow header; none when the path is unknown. */
export function allowedMethods (routes: RouteList, path: string): string[] {
  const sent = path.split('/')
  const matching = routes.filter(({ segments }) => {
    const open = segments.at(-1) === '*'
    if (open ? sent.length < segments.length : sent.length !== segments.length) return false
    return segments.every((segment, at) => segment === '*' || (segment.startsWith(':') ? sent[at] !== '' : segment === sent[at]))
  })
  return [...new Set(matching.map(({ method }) => method))].sort()
}
