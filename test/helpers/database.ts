import { randomBytes } from 'node:crypto'
import pg from 'pg'
import t from 'tap'
import { type Connection, connect } from '../../src/db/connect.ts'
import { type Cluster, findCluster, startCluster, stopCluster } from './cluster.ts'

export interface TestDatabase extends Connection {
  url: string
}

/** The part of a tap test that is used here, so that any subtest may be passed. */
type Test = Pick<typeof t, 'teardown'>

/**
 * A migrated, empty database of this test's own, dropped when the test ends. Call it once for a file, with `t`.
 *
 * Under tap all files share the server of the run (before.ts). A file that runs alone, with
 * `node --import=tsx test/x.test.ts`, starts one of its own, which ends with it.
 */
export async function testDatabase (test: Test): Promise<TestDatabase> {
  const { template } = await cluster()
  const url = await createDatabase(test, template)
  const connection = connect(url, { poolSize: 10 })
  test.teardown(() => connection.close())
  return { ...connection, url }
}

/** The URL of a database of this test's own without a single table. */
export const emptyDatabase = (test: Test): Promise<string> => createDatabase(test, 'template0')

let own: Promise<Cluster> | undefined

async function cluster (): Promise<Cluster> {
  const shared = await findCluster(process.ppid)
  if (shared) return shared
  own ??= startCluster(process.pid).then(started => {
    t.teardown(() => stopCluster(process.pid))
    return started
  })
  return own
}

async function createDatabase (test: Test, template: string): Promise<string> {
  const { admin } = await cluster()
  const name = `thac_test_${process.pid}_${randomBytes(4).toString('hex')}`
  await query(admin, `create database ${name} template ${template}`)
  test.teardown(() => query(admin, `drop database ${name} with (force)`))
  return new URL(name, admin).href
}

async function query (url: string, text: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(text).finally(() => client.end())
}
