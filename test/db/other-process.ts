import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Config } from '../../src/config.ts'

export interface OtherProcess {
  said: string[]
  /** Resolves with the URL of the database when it is open. */
  open: (config: Partial<Config>) => Promise<string>
  close: () => Promise<void>
  kill: (signal: NodeJS.Signals) => Promise<void>
}

/** A node process that has loaded the code below `root` and waits, so that several can begin at the same moment. */
export async function otherProcess (root = join(import.meta.dirname, '..', '..')): Promise<OtherProcess> {
  const child = fork(join(root, 'test', 'db', 'opener.ts'), { execArgv: ['--import=tsx'] })
  const said: string[] = []
  await once(child, 'message')
  return {
    said,
    open: config => new Promise((resolve, reject) => {
      child.on('message', (message: { said?: string, url?: string, error?: string }) => {
        if (message.said !== undefined) said.push(message.said)
        if (message.url !== undefined) resolve(message.url)
        if (message.error !== undefined) reject(new Error(message.error))
      })
      child.once('exit', () => reject(new Error('the process ended before the database was open')))
      child.send({ poolSize: 2, ...config })
    }),
    close: () => ended(child, () => child.send('close')),
    kill: signal => ended(child, () => child.kill(signal))
  }
}

async function ended (child: ChildProcess, end: () => void) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  end()
  await exit
}
