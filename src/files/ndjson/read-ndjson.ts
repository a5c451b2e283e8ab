import { FileProblem } from '../file-problem.ts'
import { endsInsideValue, readJsonRow } from '../json-row.ts'
import { MOST_ROW_BYTES } from '../limits.ts'
import type { Read } from '../row.ts'
import { utf8Of } from '../text-decoding.ts'
import { linesOf } from './lines.ts'

/**
 * One plan a line; blank lines are passed over. A bad line is the fault of its row; a line over the limit, or a last line
 * that stops in its middle, ends the reading.
 */
export async function * readNdjson (input: AsyncIterable<Uint8Array>): AsyncGenerator<Read> {
  let number = 0
  for await (const line of linesOf(utf8Of(input, { utf16: 'refused' }), MOST_ROW_BYTES)) {
    number++
    const read = readJsonRow(line.text, number, { line: line.number, column: 1 })
    if (!line.ended && 'fault' in read && (read.fault.faults[0]!.code === 'unexpected-end' || endsInsideValue(line.text))) {
      throw new FileProblem('file-truncated', { line: line.number }, {
        vi: 'tệp dừng giữa hàng này. Hãy xuất hoặc tải lại trọn tệp.',
        en: 'the file stops in the middle of this row. Export or copy the whole file again.'
      })
    }
    yield read
  }
}
