import { PROBLEMS, Problem, type ProblemCode } from '../problem.ts'

/** A service that is asked over HTTP instead of its database. */
export interface Remote {
  /** Without a slash at its end. */
  url: string
  /** Absent: only what everybody may read. */
  key?: string
}

export interface RemoteOptions {
  url?: string
  key?: string
}

/** The options of a command that works on a database or on a service. */
export const URL_OPTION = ['--url <url>', 'ask this service instead of the database (default: THAC_URL)'] as const
export const KEY_OPTION = ['--key <key>', 'the API key for it (default: THAC_KEY)'] as const

/** The service that the options or the environment name; undefined: the command works on the database itself. */
export function remoteOf ({ url, key }: RemoteOptions, env: Record<string, string | undefined>): Remote | undefined {
  const address = url ?? (env['THAC_URL'] || undefined)
  if (address === undefined) return undefined
  const given = key ?? (env['THAC_KEY'] || undefined)
  return { url: address.replace(/\/+$/, ''), ...(given !== undefined && { key: given }) }
}

/** Asks the service; an answer that is a problem is thrown as one, so that it has its words and exit code. */
export async function ask ({ url, key }: Remote, path: string, init: RequestInit & { duplex?: 'half' } = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  if (key !== undefined) headers.set('authorization', `Bearer ${key}`)
  const reply = await fetch(url + path, { ...init, headers }).catch(error => { throw unanswered(url, error) })
  // 300 is an answer: several are meant, and which they are.
  if (!reply.ok && reply.status !== 300) throw await problemOf(reply)
  return reply
}

export const unanswered = (url: string, cause: unknown): Error =>
  new Error(`${url} does not answer: ${reasonOf(cause)}. Is the address right, and the service running?`, { cause })

async function problemOf (reply: Response): Promise<Error> {
  const text = await reply.text().catch(() => '')
  try {
    const { code, message, faults, findings, links, instead } = JSON.parse(text)
    if (Object.hasOwn(PROBLEMS, code)) return new Problem(code as ProblemCode, message, { faults, findings, links, instead })
  } catch {}
  return new Error(`${reply.url} answered ${reply.status} ${reply.statusText}, and not as this service does. Is the address right?`)
}

/** fetch says “fetch failed” and keeps the reason under it. */
function reasonOf (error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ')
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}
