import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { closest, distance } from 'fastest-levenshtein'
import { z } from 'zod'

export interface Config {
  /** Absent: the service brings its own PostgreSQL. */
  databaseUrl?: string
  /** Absolute. Absent: `.data` beside package.json. */
  dataDirectory?: string
  host: string
  /** 0: any free port. */
  port: number
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  /** `open`: everybody may read; `key`: reading takes an API key as writing does. */
  reads: 'open' | 'key'
  poolSize: number
  /** Addresses or networks of the reverse proxies whose X-Forwarded-For is believed; absent: none is. */
  trustedProxies?: string[]
  /** The address that clients use, without a slash at its end. */
  baseUrl?: string
  /** The largest upload of an import, all of its files together. */
  importLimitMiB: number
  /** How long an upload and its report are kept. */
  importKeepDays: number
}

export interface Fault {
  variable: string
  problem: string
  /** Absent: the variable does not exist. */
  example?: string
}

/** Every fault of the environment at once, one line each. */
export class ConfigError extends Error {
  readonly faults: Fault[]

  constructor (faults: Fault[]) {
    super(['The configuration cannot be used:', ...faults.map(inWords)].join('\n'))
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/**
 * Reads the configuration from an environment; an empty variable counts as unset.
 * Throws a ConfigError that lists every fault; the value of DATABASE_URL, which may hold a password, is never repeated.
 */
export function readConfig (env: Record<string, string | undefined>): Readonly<Config> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = variables.safeParse(given)
  const faults = [...unknownVariables(Object.keys(given)), ...parsed.error?.issues.map(toFault) ?? []]
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults)

  const { data } = parsed
  return Object.freeze({
    databaseUrl: data.DATABASE_URL,
    dataDirectory: data.THAC_DATA_DIR,
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    reads: data.THAC_READS,
    poolSize: data.THAC_POOL_SIZE,
    trustedProxies: data.THAC_TRUSTED_PROXIES,
    baseUrl: data.THAC_BASE_URL,
    importLimitMiB: data.THAC_IMPORT_LIMIT_MIB,
    importKeepDays: data.THAC_IMPORT_KEEP_DAYS
  })
}

const whole = (from: number, to: number) => {
  const problem = `must be a whole number from ${from} to ${to}`
  return z.string().regex(/^\d{1,9}$/, problem).transform(Number).refine(n => n >= from && n <= to, problem)
}

const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, `must be one of ${values.join(', ')}`)

const address = (protocols: string[], problem: string) =>
  z.string().refine(text => URL.canParse(text) && protocols.includes(new URL(text).protocol), problem)

const isAddressOrNetwork = (text: string): boolean => {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  return family !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
}

const variables = z.object({
  DATABASE_URL: address(['postgres:', 'postgresql:'], 'must be the URL of a PostgreSQL database').optional(),
  THAC_DATA_DIR: z.string().transform(path => resolve(path)).optional(),
  HOST: z.string().regex(/^[^\s/]+$/, 'must be a host name or an IP address').default('127.0.0.1'),
  PORT: whole(0, 65535).default(3000),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  THAC_READS: oneOf(['open', 'key']).default('open'),
  THAC_POOL_SIZE: whole(1, 1000).default(10),
  THAC_TRUSTED_PROXIES: z.string().transform(text => text.split(',').map(one => one.trim()))
    .refine(proxies => proxies.every(isAddressOrNetwork), 'must be addresses or networks, separated by commas').optional(),
  THAC_BASE_URL: address(['http:', 'https:'], 'must be an http or https URL')
    .transform(url => url.replace(/\/+$/, '')).optional(),
  THAC_IMPORT_LIMIT_MIB: whole(1, 100_000).default(2048),
  THAC_IMPORT_KEEP_DAYS: whole(1, 3650).default(7)
})

type Variable = keyof typeof variables.shape

const EXAMPLES: Record<Variable, string> = {
  DATABASE_URL: 'postgres://thac:secret@db.example.vn:5432/thac',
  THAC_DATA_DIR: '/var/lib/thac',
  HOST: '0.0.0.0',
  PORT: '3000',
  LOG_LEVEL: 'info',
  THAC_READS: 'key',
  THAC_POOL_SIZE: '10',
  THAC_TRUSTED_PROXIES: '10.0.0.5,192.168.0.0/16',
  THAC_BASE_URL: 'https://thac.example.vn',
  THAC_IMPORT_LIMIT_MIB: '2048',
  THAC_IMPORT_KEEP_DAYS: '7'
}

function toFault (issue: z.core.$ZodIssue): Fault {
  const variable = issue.path[0] as Variable
  return { variable, problem: issue.message, example: EXAMPLES[variable] }
}

/** Read by the commands that ask a service somewhere else; they say nothing about this one. */
const CLIENT_VARIABLES = ['THAC_URL', 'THAC_KEY']

/** A misspelled THAC_ variable would be a setting that silently does not apply. */
function unknownVariables (names: string[]): Fault[] {
  const known = [...Object.keys(EXAMPLES), ...CLIENT_VARIABLES]
  return names.filter(name => name.startsWith('THAC_') && !known.includes(name)).map(variable => {
    const nearest = closest(variable, known)
    const hint = distance(variable, nearest) <= 4 ? `; did you mean ${nearest}?` : ''
    return { variable, problem: `is not a variable of this service${hint}` }
  })
}

const inWords = ({ variable, problem, example }: Fault) =>
  `  ${variable} ${problem}` + (example === undefined ? '' : ` (for example ${variable}=${example})`)
