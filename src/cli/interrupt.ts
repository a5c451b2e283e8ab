import { constants } from 'node:os'
import { EXIT } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

/** Ctrl-C, a service manager, and a terminal window that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * npm passes Ctrl-C on to its script, to which the terminal has sent it already: only what comes later than this is a
 * person who does not want to wait.
 */
const IMPATIENT_AFTER_MS = 1_000

/** How soon a script that npm started notices that it is alone. */
const ORPHANED_WITHIN_MS = 250

let stopping = false

/** After a signal, what fails because things are being closed is no news. */
export const isStopping = (): boolean => stopping

export interface ClosingOptions {
  /** Nothing needs closing before it is open, so a signal need not wait until then. */
  abandonable: boolean
  /** A signal is how this is meant to end; otherwise it was cut short, and the exit code says so. */
  expected: boolean
}

/** Waits for what is being opened. From now on a signal closes it, if need be once it is open, and ends the process. */
export async function closingOnSignal<Opened extends { close: () => Promise<void> }> (
  terminal: Terminal, opening: Promise<Opened>, { abandonable, expected }: ClosingOptions
): Promise<Opened> {
  let isOpen = false
  let since: number | undefined
  const stop = async () => {
    if (!isOpen && abandonable) return
    const opened = await opening.catch(() => undefined)
    await opened?.close()
  }
  const stopFor = (cut: number) => {
    if (since !== undefined) {
      if (Date.now() - since > IMPATIENT_AFTER_MS) process.exit(cut)
      return
    }
    since = Date.now()
    stopping = true
    terminal.say('Stopping …')
    stop().then(() => process.exit(expected ? EXIT.ok : cut), error => {
      terminal.say(`Stopping failed: ${String(error)}`)
      process.exit(EXIT.unavailable)
    })
  }
  for (const signal of SIGNALS) process.on(signal, () => { stopFor(codeOf(signal)) })
  // Nobody's impatience: what is stopping already goes on.
  whenOrphaned(terminal.env, () => { if (since === undefined) stopFor(codeOf('SIGTERM')) })
  const opened = await opening
  isOpen = true
  return opened
}

const codeOf = (signal: typeof SIGNALS[number]): number => 128 + constants.signals[signal]

/**
 * npm and npx start a script through a shell, and a signal that npm is sent ends that shell without reaching the script:
 * the script only sees that its parent has become another one. Without npm a parent may end and leave a service running.
 */
function whenOrphaned (env: Terminal['env'], stop: () => void): void {
  if (env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, ORPHANED_WITHIN_MS)
  watch.unref()
}
