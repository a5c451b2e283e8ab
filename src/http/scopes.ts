/** What a key may be allowed to do. Each is granted by itself; none includes another. */
export const SCOPES = ['plans:read', 'plans:write', 'plans:record-as-issued', 'plans:waive', 'plans:review', 'organizations:write', 'keys:admin'] as const

export type Scope = (typeof SCOPES)[number]

/** What a route asks of its caller: a scope, nothing (`open`), or what the configuration asks of readers (`reads`). */
export type Access = Scope | 'open' | 'reads'

/** A caller who has proved to hold a key. */
export interface Key {
  id: string
  name: string
  scopes: readonly Scope[]
}

/** The one place where rights are decided; rights bound to an organization belong here as well. */
export const allows = (key: Key, scope: Scope): boolean => key.scopes.includes(scope)
