import { connect } from '../db/connect.ts'
import { boundHeap } from './bound-heap.ts'
import type { ProcessTask } from './import-work.ts'
import { runImport } from './run-import.operations.ts'

// One import, in a process that ends with it: or with the node that asked for it, since another one then goes on.

const POOL_SIZE = 3

boundHeap()

process.once('message', async ({ url, id, run, node, leaseMs }: ProcessTask) => {
  const stop = new AbortController()
  process.once('message', () => stop.abort())
  process.once('disconnect', () => process.exit())
  const { db, close } = connect(url, { poolSize: POOL_SIZE, timeouts: 'role' })
  await runImport(db, { id, node, run }, { leaseMs, stop: stop.signal, failed: error => process.send?.({ failed: wordsOf(error) }) })
  await close()
  process.disconnect()
})

const wordsOf = (error: unknown): string => error instanceof Error ? error.stack ?? error.message : String(error)
