/** Lines are gathered into pieces of about this many characters: one write for each line would cost more than making it. */
const PIECE = 64 * 1024

/** One JSON value on each line, as UTF-8, the last line ended as the others. No row at all is an empty file. */
export async function * writeNdjson (rows: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  let lines = ''
  for await (const row of rows) {
    lines += JSON.stringify(row) + '\n'
    if (lines.length < PIECE) continue
    yield Buffer.from(lines)
    lines = ''
  }
  if (lines !== '') yield Buffer.from(lines)
}
