import { randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { type Format, MEDIA_TYPES, formatOfName } from '../files/formats.ts'
import type { UploadedBytes } from '../imports/receive-upload.operations.ts'
import { Problem } from '../problem.ts'

/** `-` is stdin, which has no name to tell its format. All files are opened before a byte of any is sent. */
export async function localFiles (paths: string[], format: Format | undefined): Promise<UploadedBytes[]> {
  return await Promise.all(paths.map(async path => {
    const told = format ?? (path === '-' ? 'ndjson' : formatOfName(path))
    if (told === undefined) {
      throw new Problem('unsupported-media-type', {
        vi: `Không biết định dạng của ${path}: hãy thêm --format ndjson, json, csv, xlsx hoặc edxml.`,
        en: `The format of ${path} is not known: add --format ndjson, json, csv, xlsx or edxml.`
      })
    }
    if (path === '-') return { format: told, bytes: process.stdin }
    const file = await open(path).catch(error => { throw unreadable(path, error) })
    if (!(await file.stat()).isFile()) throw unreadable(path)
    return { format: told, bytes: file.createReadStream(), name: basename(path) }
  }))
}

export const unreadable = (path: string, cause?: unknown): Problem => new Problem('file-unreadable', {
  vi: `Không mở được tệp ${path}${cause instanceof Error ? `: ${cause.message}` : ''}.`,
  en: `The file ${path} cannot be opened${cause instanceof Error ? `: ${cause.message}` : ''}.`
}, { cause })

/** The files as the body of a request, streamed: one as it is, several as multipart/form-data. */
export function uploadBody (files: UploadedBytes[]): { headers: Record<string, string>, body: ReadableStream, duplex: 'half' } {
  const [only] = files
  if (files.length === 1 && only !== undefined && only.name === undefined) {
    return { headers: { 'content-type': MEDIA_TYPES[only.format][0]! }, body: webStream(only.bytes), duplex: 'half' }
  }
  const boundary = `thac-${randomUUID()}`
  return { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body: webStream(parts(files, boundary)), duplex: 'half' }
}

const webStream = (bytes: AsyncIterable<Uint8Array>) => Readable.toWeb(Readable.from(bytes, { objectMode: false })) as ReadableStream

async function * parts (files: UploadedBytes[], boundary: string): AsyncGenerator<Uint8Array> {
  for (const { name = 'stdin', format, bytes } of files) {
    yield Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name.replace(/[\r\n"]/g, '_')}"\r\n` +
      `Content-Type: ${MEDIA_TYPES[format][0]}\r\n\r\n`)
    yield * bytes
    yield Buffer.from('\r\n')
  }
  yield Buffer.from(`--${boundary}--\r\n`)
}
