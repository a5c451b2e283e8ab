import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** The memory that is held, in bytes: what only waits for the collector is none of it, and differs from machine to machine. */
export function heldBytes (): number {
  // The second waits until what the first found is swept.
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** The most that work holds above what was held before it, looked at every 100 ms. */
export async function mostHeldBy (work: () => Promise<void>): Promise<number> {
  const before = heldBytes()
  let most = 0
  const watch = setInterval(() => { most = Math.max(most, heldBytes() - before) }, 100)
  await work().finally(() => clearInterval(watch))
  return Math.max(most, heldBytes() - before)
}
