import { Readable, pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import yauzl from 'yauzl'
import type { Message } from '../../domain/message.ts'
import { shorten } from '../../text/shorten.ts'
import { FileProblem, type FileProblemCode } from '../file-problem.ts'
import { MOST_ENTRIES, MOST_INFLATED_BYTES, MOST_RATIO, MOST_WORKBOOK_BYTES, RATIO_FREE_BYTES } from './limits.ts'

/** The parts of a zip, known by their names in lower case: names of parts differ by more than case (ECMA-376 part 2, 6.2.2.3). */
export interface Archive {
  parts: ReadonlyMap<string, Part>
}

export interface Part {
  /** As the archive spells it. */
  name: string
  /** The bytes, inflated and checked as they come: never more than declared, and with the declared sum at their end. */
  bytes: () => AsyncGenerator<Buffer>
}

/** Holds the upload and reads its table of contents; nothing is inflated yet. */
export async function openArchive (input: AsyncIterable<Uint8Array>): Promise<Archive> {
  const bytes = await held(input)
  refuseOtherFormats(bytes)
  const zip = await asked(() => yauzl.fromBufferPromise(bytes))
  if (zip.entryCount > MOST_ENTRIES) {
    throw overLimit({
      vi: `tệp nén khai ${zip.entryCount} thành phần, tối đa ${MOST_ENTRIES}.`,
      en: `the archive declares ${zip.entryCount} entries, at most ${MOST_ENTRIES} are taken.`
    })
  }
  const parts = new Map<string, Part>()
  let inflated = 0
  for (const entry of await asked(() => entriesOf(zip))) {
    const name = entry.fileName
    if (name.endsWith('/')) continue
    refuseEntry(entry)
    inflated += entry.uncompressedSize
    if (inflated > MOST_INFLATED_BYTES) {
      throw overLimit({
        vi: `nội dung giải nén vượt ${MOST_INFLATED_BYTES / 2 ** 20} MiB; hãy chia thành nhiều tệp hoặc gửi CSV.`,
        en: `inflated it is over ${MOST_INFLATED_BYTES / 2 ** 20} MiB; split it, or send CSV.`
      })
    }
    const key = name.toLowerCase()
    if (parts.has(key)) {
      throw unreadable({
        vi: `tệp nén có hai thành phần cùng tên “${shorten(name)}”; ${SAVE_AGAIN.vi}`,
        en: `the archive holds "${shorten(name)}" twice; ${SAVE_AGAIN.en}`
      })
    }
    parts.set(key, { name, bytes: () => inflatedBytes(zip, entry) })
  }
  return { parts }
}

async function entriesOf (zip: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  const entries: yauzl.Entry[] = []
  for await (const entry of zip.eachEntry()) entries.push(entry)
  return entries
}

async function held (input: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of input) {
    size += piece.length
    if (size > MOST_WORKBOOK_BYTES) {
      throw overLimit({
        vi: `tệp XLSX vượt ${MOST_WORKBOOK_BYTES / 2 ** 20} MiB; hãy chia thành nhiều tệp, hoặc gửi CSV hay NDJSON (không giới hạn dung lượng).`,
        en: `a workbook of more than ${MOST_WORKBOOK_BYTES / 2 ** 20} MiB is not taken; split it, or send CSV or NDJSON, which have no limit.`
      })
    }
    pieces.push(piece)
  }
  return Buffer.concat(pieces, size)
}

const ZIP = 'PK'
/** Compound File Binary: the .xls of Excel 97–2003, and any workbook that a password encrypts (MS-OFFCRYPTO). */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex')

function refuseOtherFormats (bytes: Buffer): void {
  if (bytes.length === 0) throw unreadable({ vi: 'tệp rỗng.', en: 'the file is empty.' })
  if (bytes.subarray(0, 2).toString('latin1') === ZIP) return
  if (!bytes.subarray(0, COMPOUND.length).equals(COMPOUND)) {
    throw unreadable({
      vi: 'không phải tệp .xlsx; hãy mở bằng Excel rồi lưu lại dạng .xlsx (Excel Workbook).',
      en: 'not an .xlsx file; open it in Excel and save it as .xlsx (Excel Workbook).'
    })
  }
  throw unreadable(bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    ? {
        vi: 'tệp có mật khẩu; hãy bỏ mật khẩu (Tệp → Thông tin → Bảo vệ sổ làm việc) rồi lưu lại dạng .xlsx.',
        en: 'the workbook has a password; remove it (File → Info → Protect Workbook) and save it as .xlsx.'
      }
    : {
        vi: 'đây là tệp .xls của Excel 97–2003; hãy mở bằng Excel rồi lưu lại dạng .xlsx.',
        en: 'this is an .xls file of Excel 97–2003; open it in Excel and save it as .xlsx.'
      })
}

function refuseEntry (entry: yauzl.Entry): void {
  const name = shorten(entry.fileName)
  if (entry.isEncrypted()) {
    throw unreadable({
      vi: `thành phần “${name}” có mật khẩu; hãy bỏ mật khẩu rồi lưu lại dạng .xlsx.`,
      en: `its part "${name}" has a password; remove it and save the workbook as .xlsx.`
    })
  }
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    throw unreadable({
      vi: `thành phần “${name}” nén theo cách khác (số ${entry.compressionMethod}); ${SAVE_AGAIN.vi}`,
      en: `its part "${name}" is compressed by another method (number ${entry.compressionMethod}); ${SAVE_AGAIN.en}`
    })
  }
  if (entry.uncompressedSize > RATIO_FREE_BYTES && entry.uncompressedSize > entry.compressedSize * MOST_RATIO) {
    throw overLimit({
      vi: `thành phần “${name}” khai ${entry.uncompressedSize} byte từ ${entry.compressedSize} byte nén, quá ${MOST_RATIO} lần; ${SAVE_AGAIN.vi}`,
      en: `its part "${name}" declares ${entry.uncompressedSize} bytes out of ${entry.compressedSize}, more than ${MOST_RATIO} times; ${SAVE_AGAIN.en}`
    })
  }
}

async function * inflatedBytes (zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  const stored = await asked(() => zip.openReadStreamPromise(entry, { decodeFileData: false }))
  // The errors of all steps come out of the last one, which is the one that is read.
  const plain: Readable = entry.compressionMethod === 0 ? stored : pipeline(stored, createInflateRaw(), () => {})
  let size = 0
  let sum = 0
  const pieces = plain[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { done, value } = await asked(() => pieces.next())
      if (done === true) break
      const piece: Buffer = value
      size += piece.length
      if (size > entry.uncompressedSize) throw broken(entry)
      sum = crc32(piece, sum)
      yield piece
    }
  } finally {
    stored.destroy()
    plain.destroy()
  }
  if (size !== entry.uncompressedSize || sum !== entry.crc32) throw broken(entry)
}

const broken = (entry: yauzl.Entry): FileProblem => unreadable({
  vi: `thành phần “${shorten(entry.fileName)}” không khớp dung lượng hoặc mã kiểm tra đã khai, tệp bị hỏng; ${SAVE_AGAIN.vi}`,
  en: `its part "${shorten(entry.fileName)}" has not the size or the checksum that is declared, the file is damaged; ${SAVE_AGAIN.en}`
})

/** What the zip library or zlib cannot do is the file's fault: it works on bytes in memory. */
async function asked<T> (work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof FileProblem) throw cause
    const cut = cause instanceof Error && /end of central dir/i.test(cause.message)
    throw cut
      ? refusal('file-truncated', {
        vi: 'tệp nén thiếu phần cuối hoặc thừa byte ở cuối; hãy tải lên lại trọn tệp.',
        en: 'the archive lacks its end, or has bytes behind it; send the whole file again.'
      }, cause)
      : unreadable({ vi: `tệp nén bị hỏng; ${SAVE_AGAIN.vi}`, en: `the archive is damaged; ${SAVE_AGAIN.en}` }, cause)
  }
}

export const SAVE_AGAIN: Message = {
  vi: 'hãy mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại.',
  en: 'open it in Excel, save it as .xlsx and send it again.'
}

export const unreadable = (reason: Message, cause?: unknown): FileProblem => refusal('file-unreadable', reason, cause)

export const overLimit = (reason: Message): FileProblem => refusal('file-over-limit', reason)

function refusal (code: FileProblemCode, reason: Message, cause?: unknown): FileProblem {
  const problem = new FileProblem(code, {}, reason)
  if (cause !== undefined) problem.cause = cause
  return problem
}
