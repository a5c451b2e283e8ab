import { Readable } from 'node:stream'
import yazl from 'yazl'

/** A part of a workbook to be written; what it holds is asked for when its turn comes. */
export interface NewPart {
  name: string
  pieces: () => AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>
}

// The same parts make the same bytes, whenever and wherever they are written: DOS times carry no time zone.
const ENTRY = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true }

/** The parts as one zip, in memory that does not grow with them: a part is drawn only as fast as the zip is read. */
export async function * zipParts (parts: Iterable<NewPart>): AsyncGenerator<Buffer> {
  const zip = new yazl.ZipFile()
  const output = zip.outputStream as Readable
  let drawn: Readable | undefined
  zip.on('error', error => output.destroy(error as Error))
  for (const { name, pieces } of parts) {
    zip.addReadStreamLazy(name, ENTRY, use => {
      drawn = Readable.from(pieces(), { objectMode: false })
      drawn.on('error', error => output.destroy(error))
      use(null, drawn)
    })
  }
  zip.end()
  try {
    for await (const piece of output) yield piece as Buffer
  } finally {
    drawn?.destroy()
  }
}
