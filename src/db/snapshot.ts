import { drizzle } from 'drizzle-orm/node-postgres'
import type { Db, Tx } from './connect.ts'
import * as schema from './schema.ts'

/**
 * Hands on what `read` yields, all of it from one moment of the database, at the pace of whoever asks for it. Leaving off
 * early is as good as reading to the end: the transaction ends and the connection goes back. The longest pause between
 * two askings is `idleMs`, 0 for any; after that the server ends the transaction and the next asking fails.
 */
export async function * inSnapshot<Row> (
  db: Db, { idleMs }: { idleMs: number }, read: (tx: Tx) => AsyncIterable<Row>
): AsyncGenerator<Row> {
  const client = await db.$client.connect()
  let broken: Error | undefined
  const note = (error: Error) => { broken ??= error }
  // While nobody asks, no query is there to carry the news of a connection that broke, and an error event that nobody
  // listens to ends the process.
  client.on('error', note)
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query(`set local idle_in_transaction_session_timeout = ${Math.trunc(idleMs)}`)
    yield * read(drizzle({ client, schema }) as unknown as Tx)
  } finally {
    await client.query('rollback').catch(note)
    client.off('error', note)
    client.release(broken)
  }
}
