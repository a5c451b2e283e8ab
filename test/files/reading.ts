import type { FileProblem } from '../../src/files/file-problem.ts'
import type { Place, Read, Reader, RowFaultDetail } from '../../src/files/row.ts'
import { Problem } from '../../src/problem.ts'

export async function * pieces (content: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** A file that is made while it is read, so that its size costs no memory. */
export async function * lazily (head: string, part: string, times: number, tail = ''): AsyncGenerator<Uint8Array> {
  const repeated = Buffer.from(part)
  yield Buffer.from(head)
  for (let index = 0; index < times; index++) yield repeated
  yield Buffer.from(tail)
}

export interface Outcome {
  values: unknown[]
  places: Place[]
  faults: RowFaultDetail[]
  reads: Read[]
  problem?: FileProblem
}

/** What a reader makes of a file; anything it throws that is no problem flies. */
export async function outcomeOf (reader: Reader, input: AsyncIterable<Uint8Array>): Promise<Outcome> {
  const outcome: Outcome = { values: [], places: [], faults: [], reads: [] }
  try {
    for await (const read of reader(input)) {
      outcome.reads.push(read)
      if ('fault' in read) outcome.faults.push(...read.fault.faults)
      else outcome.values.push(read.row.value)
      outcome.places.push('fault' in read ? read.fault.place : read.row.place)
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    outcome.problem = error as FileProblem
  }
  return outcome
}
