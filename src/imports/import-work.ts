import { fork } from 'node:child_process'
import { once } from 'node:events'
import { extname, join } from 'node:path'
import { connect } from '../db/connect.ts'
import { PROGRAM } from '../program-place.ts'
import type { Run } from './import.queries.ts'
import { type Runner, type RunnerOptions, startRunner } from './runner.ts'

export type ImportWork = Runner

/** Two lanes, each with its transaction and its entries beside it, and their leases. */
const POOL_SIZE = 6

export interface ProcessTask extends Run {
  url: string
  leaseMs: number
}

/** In whichever form this file is run. */
const PROCESS = join(PROGRAM, 'imports', `import-process${extname(import.meta.filename)}`)

/**
 * The imports of a node, on connections of their own: an import waits for the lock of the register as long as it takes,
 * and must not take the connections of the requests with it.
 */
export function workOnImports (url: string, failed: NonNullable<RunnerOptions['failed']>, patience: Pick<RunnerOptions, 'leaseMs' | 'lookMs'> = {}): ImportWork {
  const { db, close } = connect(url, { poolSize: POOL_SIZE, timeouts: 'role' })
  const runner = startRunner({ db, failed, elsewhere, ...patience })
  return {
    wake: runner.wake,
    close: async () => {
      await runner.close()
      await close()
    }
  }

  /** In a process of its own: judging a large file would keep this one from answering, and its memory is not ours. */
  async function elsewhere (run: Run, leaseMs: number, stop: AbortSignal): Promise<void> {
    const task: ProcessTask = { ...run, url, leaseMs }
    // Ctrl-C at a terminal goes to the whole group; it is for this process to pass on.
    const child = fork(PROCESS, { detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    // It may have ended without this process having heard of it yet; then there is nothing to tell it.
    const ask = () => child.connected && child.send('stop', () => {})
    stop.addEventListener('abort', ask)
    child.on('message', ({ failed: words }: { failed: string }) => failed(new Error(words), run.id))
    child.send(task)
    try {
      const [code, signal] = await once(child, 'exit')
      if (code !== 0) throw new Error(`the process of import ${run.id} has died (${signal ?? `exit code ${code}`}); it is begun again once its lease has ended`)
    } finally {
      stop.removeEventListener('abort', ask)
    }
  }
}
