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

/** How long work goes on between two looks, at least, and as a multiple of what a look takes: collecting stands in its way. */
const [APART_MS, APART_TIMES] = [100, 4]

/** The most that work holds above what was held before it. */
export async function mostHeldBy (work: () => Promise<void>): Promise<number> {
  const before = heldBytes()
  let most = 0
  let next: NodeJS.Timeout
  const wait = (lookMs: number) => { next = setTimeout(look, Math.max(APART_MS, lookMs * APART_TIMES)) }
  const look = () => {
    const begun = performance.now()
    most = Math.max(most, heldBytes() - before)
    wait(performance.now() - begun)
  }
  wait(0)
  await work().finally(() => clearTimeout(next))
  return Math.max(most, heldBytes() - before)
}
