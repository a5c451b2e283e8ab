import { setFlagsFromString } from 'node:v8'

/**
 * For a process that records a large file. V8 lets garbage pile up as the machine allows, 765 MiB at 30,000 plans. This
 * makes it look for the oldest of it when the heap has grown by seven tenths. A bound on the whole heap is no help: near it
 * V8 looks at every third, which takes a seventh of the rate; see docs/measurements.md.
 */
export const boundHeap = (): void => setFlagsFromString('--heap-growing-percent=70')
