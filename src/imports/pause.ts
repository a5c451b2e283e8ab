import { setImmediate } from 'node:timers/promises'

/** How long other work of this node may have to wait. */
const TURN_MS = 10

/** To be awaited often in long work: now and then it lets other work of this node come in between. */
export function pausing (): () => Promise<void> | undefined {
  let begun = performance.now()
  return () => {
    if (performance.now() - begun < TURN_MS) return undefined
    return setImmediate().then(() => { begun = performance.now() })
  }
}
