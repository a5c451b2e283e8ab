import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findBinaries } from './embedded-binaries.ts'
import { prepareCluster, SUPERUSER } from './embedded-cluster.ts'
import { choosePlace, type Say } from './embedded-place.ts'
import { findPostmaster, startPostmaster, stopPostmaster } from './embedded-postmaster.ts'
import { enter } from './embedded-presence.ts'

export interface Embedded {
  /** Of the database `thac`, with its password. */
  url: string
  /** Stops the database, unless another process uses it; the last one to leave stops it. */
  leave: () => Promise<void>
}

export interface EmbeddedOptions {
  /** Absent: `.data` beside package.json. The cluster lies in its folder `postgres`. */
  dataDirectory?: string
  say: Say
  /** Server settings over the defaults, by name. */
  settings?: Record<string, string>
}

/** Crash recovery after a long run of writes takes its time; a server that needs longer than this is stuck. */
const PATIENCE_MS = 120_000

/**
 * A real PostgreSQL in a directory of ours: created when missing, started when it does not run, shared when another
 * process runs it, taken over when the process that ran it has died.
 */
export async function openEmbedded ({ dataDirectory, say, settings = {} }: EmbeddedOptions): Promise<Embedded> {
  const place = await choosePlace(dataDirectory, say)
  const binaries = await findBinaries(place, say)
  const cluster = await prepareCluster(place, binaries, say)
  const urlOf = (port: number, database: string) =>
    `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${database}`

  let started = false
  for (const givenUp = Date.now() + PATIENCE_MS; ;) {
    const postmaster = await findPostmaster(cluster, say)
    if (postmaster === undefined) {
      const failure = await startPostmaster(cluster, place, binaries, settings)
      if (failure === undefined) {
        started = true
        say(`Started PostgreSQL ${binaries.version} on ${cluster.directory}.`)
      } else if (!mayPass(failure) || Date.now() > givenUp) {
        throw new Error(`PostgreSQL did not start on ${cluster.directory}:\n${failure.trim()}`)
      }
    } else {
      const presence = postmaster.ready && await enter(urlOf(postmaster.port, 'postgres'), cluster.directory)
      if (presence) {
        if (presence.others) say(`Using the database that another process runs on ${cluster.directory}.`)
        else if (!started) say(`Taking over the database on ${cluster.directory}: the process that ran it has ended.`)
        await createDatabase(urlOf(postmaster.port, 'postgres'))
        return {
          url: urlOf(postmaster.port, 'thac'),
          leave: () => presence.leave(() => stopPostmaster(postmaster, cluster, binaries))
        }
      }
      if (Date.now() > givenUp) {
        throw new Error(`PostgreSQL runs on ${cluster.directory} as process ${postmaster.pid}, but took no connection ` +
          `for ${PATIENCE_MS / 1000} s. Its log is ${place.directory}/postgres.log.`)
      }
    }
    await sleep(20)
  }
}

/** What the next attempt may not meet: another one was first, the old server's last children, a port taken meanwhile. */
const mayPass = (failure: string) =>
  /lock file "postmaster.pid" (already exists|is empty)|shared memory block|could not bind|Address already in use/.test(failure)

async function createDatabase (url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query("select from pg_database where datname = 'thac'")
    if (rowCount === 0) await client.query('create database thac')
  } catch (error) {
    // Another process created it in between: 42P04, or 23505 when both were in the middle of it.
    if (!(error instanceof pg.DatabaseError) || !['42P04', '23505'].includes(error.code ?? '')) throw error
  } finally {
    await client.end()
  }
}
