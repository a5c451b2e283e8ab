import { columnNamed } from '../columns.ts'
import { FileProblem } from '../file-problem.ts'
import { MOST_HEADER_BYTES } from '../limits.ts'

const DELIMITERS = [',', ';', '\t'] as const

type Delimiter = (typeof DELIMITERS)[number]

export interface CsvBeginning {
  delimiter: Delimiter
  /** Lines before the header, of the file: blank ones, and `sep=;`, which Excel writes and reads. */
  linesBefore: number
  /** The header and all that follows. */
  rest: AsyncGenerator<Buffer>
}

/**
 * Reads as far as the header, and tells by its names what separates the cells: the comma, the semicolon of Excel where
 * the comma is the decimal sign, as in Vietnamese, or the tab of “Unicode Text”.
 */
export async function beginCsv (text: AsyncGenerator<Buffer>): Promise<CsvBeginning> {
  let held: Buffer = Buffer.alloc(0)
  for (let ended = false; ;) {
    // Twice as much each time, so that a file that comes byte by byte is not searched anew at every byte.
    const pieces = [held]
    for (let length = 0; length <= held.length && !ended;) {
      const next = await text.next()
      if (next.done === true) {
        ended = true
      } else {
        pieces.push(next.value)
        length += next.value.length
      }
    }
    held = Buffer.concat(pieces)

    const found = headerIn(held, ended)
    if (found !== undefined) {
      const { header, offset, linesBefore, declared } = found
      return { delimiter: declared ?? delimiterOf(header), linesBefore, rest: joined(held.subarray(offset), text) }
    }
    if (ended) throw new FileProblem('file-unreadable', { line: 1 }, EMPTY_FILE)
    if (held.length > MOST_HEADER_BYTES) throw new FileProblem('file-over-limit', { line: 1 }, HEADER_TOO_LONG)
  }
}

interface FoundHeader {
  header: string
  offset: number
  linesBefore: number
  declared?: Delimiter
}

/** The first line with words, when it is there whole. A line break in quotes belongs to a name. */
function headerIn (held: Buffer, ended: boolean): FoundHeader | undefined {
  let quoted = false
  let offset = 0
  let linesBefore = 0
  let declared: Delimiter | undefined
  for (let at = 0; at <= held.length; at++) {
    const byte = held[at]
    if (byte === QUOTE) quoted = !quoted
    const ends = byte === undefined ? ended : !quoted && (byte === LINE_FEED || byte === RETURN)
    if (!ends) continue
    const line = held.toString('utf8', offset, at)
    const separator = SEPARATOR.exec(line)?.[1] as Delimiter | undefined
    if (line.trim() !== '' && separator === undefined) return { header: line, offset, linesBefore, ...(declared && { declared }) }
    declared ??= separator
    // The CR of a CRLF ends the line, its LF a blank one that is not counted.
    if (byte !== LINE_FEED || held[at - 1] !== RETURN) linesBefore++
    offset = at + 1
  }
  return undefined
}

const LINE_FEED = 0x0a
const RETURN = 0x0d
const QUOTE = 0x22
const SEPARATOR = /^"?sep=([,;\t])"?$/i

/** The one under which most names are known; of several, the one that makes most cells. Names that hold it do not count. */
function delimiterOf (header: string): Delimiter {
  const scored = DELIMITERS.map(delimiter => {
    const names = header.split(delimiter)
    return { delimiter, known: names.filter(name => columnNamed(name) !== undefined).length, cells: names.length }
  })
  return scored.reduce((best, next) => next.known > best.known || (next.known === best.known && next.cells > best.cells) ? next : best).delimiter
}

async function * joined (held: Buffer, text: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield held
  yield * text
}

const EMPTY_FILE = {
  vi: 'tệp rỗng; cần một bảng có hàng đầu tiên là tên các cột.',
  en: 'the file is empty; what is needed is a table whose first row names its columns.'
}

const HEADER_TOO_LONG = {
  vi: `hàng tiêu đề dài hơn ${MOST_HEADER_BYTES} byte, hoặc có dấu ngoặc kép không đóng; tệp không phải bảng các văn bản.`,
  en: `the header is longer than ${MOST_HEADER_BYTES} bytes, or a quote in it is not closed; the file is no table of plans.`
}
