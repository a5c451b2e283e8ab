import { readJsonRow } from '../json-row.ts'
import type { Read } from '../row.ts'
import { utf8Of } from '../text-decoding.ts'
import { ArraySplitter } from './array-splitter.ts'

/** The elements of a JSON array, or of the array `plans` of an object. A bad element is the fault of its row as long as its brackets match. */
export async function * readJsonArray (input: AsyncIterable<Uint8Array>): AsyncGenerator<Read> {
  const splitter = new ArraySplitter()
  let index = 0
  for await (const piece of utf8Of(input, { utf16: 'refused' })) {
    for (const { text, beginning } of splitter.push(piece.toString('utf8'))) {
      yield readJsonRow(text, index + 1, beginning, `${splitter.path}/${index}`)
      index++
    }
  }
  splitter.end()
}
