import { isUtf8 } from 'node:buffer'
import { FileProblem } from './file-problem.ts'

/** A file may come in one piece of any size; what is derived from a piece stays small. */
const MOST_AT_ONCE = 64 * 1024

interface Position {
  /** Bytes before the piece at hand. */
  bytes: number
  feeds: number
  returns: number
}

/**
 * The text of a file as valid UTF-8 without a byte order mark or NUL, in pieces of at most 128 KiB that end between two
 * characters. UTF-16, which has to begin with its mark, is transcoded where it is taken: Excel's “Unicode Text” for CSV.
 * JSON has to be UTF-8 (RFC 8259, 8.1).
 */
export async function * utf8Of (input: AsyncIterable<Uint8Array>, { utf16 }: { utf16: 'taken' | 'refused' }): AsyncGenerator<Buffer> {
  const position: Position = { bytes: 0, feeds: 0, returns: 0 }
  let encoding: Encoding | undefined
  let rest: Buffer = Buffer.alloc(0)

  for await (const piece of pieces(input)) {
    let bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    if (encoding === undefined) {
      if (bytes.length < 3) {
        rest = bytes
        continue
      }
      bytes = begin(bytes)
    }
    const whole = wholeCharacters(bytes, encoding!)
    rest = bytes.subarray(whole)
    if (whole > 0) yield textOf(bytes.subarray(0, whole))
  }
  if (encoding === undefined) rest = begin(rest)
  const whole = wholeCharacters(rest, encoding!)
  if (whole > 0) yield textOf(rest.subarray(0, whole))
  if (whole < rest.length) throw stopsInCharacter(rest.subarray(whole), encoding!, position)

  function begin (bytes: Buffer): Buffer {
    encoding = encodingOf(bytes)
    if (encoding !== 'utf8' && utf16 === 'refused') throw refuseUtf16()
    const mark = encoding !== 'utf8' ? 2 : bytes.indexOf('\ufeff') === 0 ? 3 : 0
    position.bytes = mark
    return bytes.subarray(mark)
  }

  function textOf (bytes: Buffer): Buffer {
    const text = encoding === 'utf8' ? checkedUtf8(bytes, position) : fromUtf16(bytes, encoding!, position)
    const nul = text.indexOf(0)
    if (nul >= 0) throw refuseNul(text, nul, position)
    position.bytes += bytes.length
    countLines(text, position)
    return text
  }
}

type Encoding = 'utf8' | 'utf16le' | 'utf16be'

async function * pieces (input: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    for (let at = 0; at < bytes.length; at += MOST_AT_ONCE) yield bytes.subarray(at, at + MOST_AT_ONCE)
  }
}

function encodingOf (bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf16be' : 'utf8'
}

/** How many of the bytes are whole characters; an unfinished last one waits for the next piece. */
function wholeCharacters (bytes: Buffer, encoding: Encoding): number {
  const { length } = bytes
  if (encoding !== 'utf8') {
    const even = length - length % 2
    if (even < 2) return even
    const last = encoding === 'utf16le' ? bytes.readUInt16LE(even - 2) : bytes.readUInt16BE(even - 2)
    return last >= 0xd800 && last <= 0xdbff ? even - 2 : even
  }
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back]!
    if (byte < 0x80) return length
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? length - back : length
  }
  return length
}

function checkedUtf8 (bytes: Buffer, position: Position): Buffer {
  if (isUtf8(bytes)) return bytes
  const read = Buffer.from(bytes.toString('utf8'))
  let broken = 0
  while (broken < bytes.length && bytes[broken] === read[broken]) broken++
  countLines(bytes.subarray(0, broken), position)
  const offset = position.bytes + broken
  const hex = bytes.subarray(broken, broken + 1).toString('hex').toUpperCase()
  throw new FileProblem('file-encoding', { line: lineOf(position) }, {
    vi: `byte thứ ${offset + 1} của tệp (0x${hex}) không phải UTF-8. Hãy lưu lại tệp dạng UTF-8 (trong Excel: “CSV UTF-8”).`,
    en: `byte ${offset + 1} of the file (0x${hex}) is not UTF-8. Save the file as UTF-8 (in Excel: "CSV UTF-8").`
  })
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

function fromUtf16 (bytes: Buffer, encoding: Encoding, position: Position): Buffer {
  // The piece may belong to the caller, so it is not swapped in place.
  const units = encoding === 'utf16le' ? bytes : Buffer.from(bytes).swap16()
  const text = units.toString('utf16le')
  const lone = text.search(LONE_SURROGATE)
  if (lone < 0) return Buffer.from(text)
  const broken = lone * 2
  countLines(Buffer.from(text.slice(0, lone)), position)
  throw new FileProblem('file-encoding', { line: lineOf(position) }, {
    vi: `byte thứ ${position.bytes + broken + 1} của tệp không phải UTF-16 hợp lệ. Hãy lưu lại tệp dạng UTF-8.`,
    en: `byte ${position.bytes + broken + 1} of the file is not valid UTF-16. Save the file as UTF-8.`
  })
}

/** The last bytes of a file: a character that lacks its end, unless they begin none. */
function stopsInCharacter (bytes: Buffer, encoding: Encoding, position: Position): FileProblem {
  // No character begins with one of the other bytes (RFC 3629, 3).
  if (encoding === 'utf8' && (bytes[0]! < 0xc2 || bytes[0]! > 0xf4)) checkedUtf8(bytes, position)
  return new FileProblem('file-truncated', { line: lineOf(position) }, {
    vi: `tệp dừng giữa một ký tự, ở byte thứ ${position.bytes + 1}: tệp bị cắt cụt, hoặc không phải ${NAMES[encoding]}. Hãy xuất hoặc tải lại trọn tệp, mã hóa UTF-8.`,
    en: `the file stops in the middle of a character, at byte ${position.bytes + 1}: it is cut off, or not ${NAMES[encoding]}. Export or copy the whole file again, as UTF-8.`
  })
}

const NAMES: Record<Encoding, string> = { utf8: 'UTF-8', utf16le: 'UTF-16', utf16be: 'UTF-16' }

const refuseUtf16 = (): FileProblem => new FileProblem('file-encoding', { line: 1 }, {
  vi: 'tệp mã hóa UTF-16, nhưng JSON phải là UTF-8 (RFC 8259). Hãy lưu lại tệp dạng UTF-8.',
  en: 'the file is UTF-16, but JSON has to be UTF-8 (RFC 8259). Save the file as UTF-8.'
})

function refuseNul (text: Buffer, nul: number, position: Position): FileProblem {
  countLines(text.subarray(0, nul), position)
  return new FileProblem('file-encoding', { line: lineOf(position) }, {
    vi: 'có byte NUL (0x00): tệp không phải văn bản UTF-8; có thể là UTF-16 thiếu BOM, tệp .xlsx/.zip, hoặc tệp hỏng. Hãy lưu lại dạng UTF-8.',
    en: 'a NUL byte (0x00): the file is not UTF-8 text; it may be UTF-16 without its mark, an .xlsx or .zip, or damaged. Save it as UTF-8.'
  })
}

function countLines (text: Buffer, position: Position): void {
  for (let at = text.indexOf(0x0a); at >= 0; at = text.indexOf(0x0a, at + 1)) position.feeds++
  if (position.feeds > 0) return
  for (let at = text.indexOf(0x0d); at >= 0; at = text.indexOf(0x0d, at + 1)) position.returns++
}

/** Lines end in LF or CRLF; only in a file without any LF do they end in CR. */
const lineOf = ({ feeds, returns }: Position): number => 1 + (feeds > 0 ? feeds : returns)
