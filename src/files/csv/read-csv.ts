import { CsvError, parse } from 'csv-parse'
import { FileProblem } from '../file-problem.ts'
import { MOST_ROW_BYTES } from '../limits.ts'
import type { Place, Read } from '../row.ts'
import { type TableHeader, readHeader } from '../table-header.ts'
import { readTableRow } from '../table-row.ts'
import { utf8Of } from '../text-decoding.ts'
import { beginCsv } from './csv-beginning.ts'
import { unguarded } from './formula-guard.ts'

/**
 * One plan a row under a header; rows without any content are passed over. A row of the wrong length is the fault of that
 * row; a quote that is never closed, a last row that stops in its middle, or a row over the limit ends the reading.
 */
export async function * readCsv (input: AsyncIterable<Uint8Array>): AsyncGenerator<Read> {
  const { delimiter, linesBefore, rest } = await beginCsv(utf8Of(input, { utf16: 'taken' }))
  let header: TableHeader | undefined
  let names: string[] = []
  let number = 0

  for await (const { cells, line, ended } of recordsOf(rest, delimiter, linesBefore)) {
    const place: Place = { line }
    const placeOf = (index: number): Place => ({ line, column: names[index] ?? '' })
    if (header === undefined) {
      names = cells.map(name => name.trim())
      header = readHeader(names, place, placeOf)
      continue
    }
    number++
    if (!ended && cells.length < names.length) throw stopsInRow(line, cells.length, names.length)
    yield cells.length === names.length
      ? readTableRow(header, { texts: cells.map(unguarded) }, number, place, placeOf)
      : { fault: { number, place, faults: [wrongLength(cells.length, names.length)] } }
  }
}

interface CsvRecord {
  cells: string[]
  /** Where it begins. */
  line: number
  /** False for the last one of a file that does not end in a line break. */
  ended: boolean
}

/** The records that hold anything. */
async function * recordsOf (text: AsyncIterable<Buffer>, delimiter: string, linesBefore: number): AsyncGenerator<CsvRecord> {
  const records: CsvRecord[] = []
  // Line breaks of records; those of blank lines are counted by the parser.
  let breaks = linesBefore
  let fed = 0
  let parsed = 0
  let blank = 0
  let lastByte = 0
  let atEnd = false
  // A stream in error forgets the records before it, so they do not go through the stream.
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_ROW_BYTES,
    on_record: (cells: string[]) => {
      if (cells.some(cell => cell.trim() !== '')) records.push({ cells, line: lineToCome(), ended: !atEnd || BREAKS.has(lastByte) })
      breaks += 1 + lineBreaksIn(cells)
      parsed = parser.info.bytes
      return null
    }
  })
  const lineToCome = (): number => 1 + breaks + parser.info.empty_lines
  let error: Error | null | undefined
  parser.on('error', found => { error = found })
  parser.resume()
  try {
    for await (const piece of text) {
      error = await new Promise<Error | null | undefined>(resolve => parser.write(piece, resolve))
      fed += piece.length
      lastByte = piece.at(-1)!
      yield * records.splice(0)
      if (error) throw unreadable(error, lineToCome())
      if (parser.info.empty_lines > blank) parsed = fed - piece.length
      blank = parser.info.empty_lines
      // The parser's own limit leaves out the separators. Twice: each quote in a cell is written as two.
      if (fed - parsed > 2 * MOST_ROW_BYTES) throw tooLong(lineToCome())
    }
    atEnd = true
    await new Promise(resolve => parser.once('close', resolve).end())
    yield * records.splice(0)
    if (error) throw unreadable(error, lineToCome())
  } finally {
    parser.destroy()
  }
}

const BREAKS: ReadonlySet<number> = new Set([0x0a, 0x0d])

const stopsInRow = (line: number, found: number, wanted: number): FileProblem => new FileProblem('file-truncated', { line }, {
  vi: `tệp dừng giữa hàng này: hàng có ${found} ô, hàng tiêu đề có ${wanted}, và không có dấu xuống dòng ở cuối. Hãy xuất hoặc tải lại trọn tệp; nếu tệp vốn đủ, hãy ghi thêm các ô còn thiếu.`,
  en: `the file stops in the middle of this row: the row has ${found} cells, the header ${wanted}, and no line break ends it. Export or copy the whole file again; if it is whole, add the cells that are missing.`
})

const tooLong = (line: number): FileProblem => new FileProblem('file-over-limit', { line }, {
  vi: `hàng bắt đầu ở đây dài hơn ${MOST_ROW_BYTES} byte, là giới hạn của một văn bản; có thể thiếu dấu ngoặc kép đóng.`,
  en: `the row that begins here is longer than ${MOST_ROW_BYTES} bytes, the limit of one plan; a closing quote may be missing.`
})

function unreadable (error: Error, line: number): unknown {
  switch (error instanceof CsvError ? error.code : undefined) {
    case undefined: return error
    case 'CSV_MAX_RECORD_SIZE': return tooLong(line)
    case 'CSV_QUOTE_NOT_CLOSED': return new FileProblem('file-truncated', { line }, {
      vi: 'hàng bắt đầu ở đây có dấu ngoặc kép mở mà không đóng: tệp bị cắt cụt, hoặc thiếu một dấu ngoặc kép.',
      en: 'the row that begins here opens a quote and never closes it: the file is cut off, or a quote is missing.'
    })
    default: return new FileProblem('file-unreadable', { line }, {
      vi: 'hàng bắt đầu ở đây có dấu ngoặc kép đặt sai. Ô có dấu ngoặc kép phải nằm trong ngoặc kép, và mỗi dấu ngoặc kép bên trong viết hai lần ("").',
      en: 'a quote stands wrong in the row that begins here. A cell that holds a quote stands in quotes, and each quote in it is written twice ("").'
    })
  }
}

const wrongLength = (found: number, wanted: number) => ({
  at: '',
  code: 'wrong-column-count',
  message: {
    vi: `Hàng có ${found} ô, hàng tiêu đề có ${wanted}. ${found > wanted ? 'Ô có chứa dấu phân cách phải đặt trong ngoặc kép.' : 'Hãy ghi thêm các ô còn thiếu; ô chưa biết thì để trống.'}`,
    en: `The row has ${found} cells, the header ${wanted}. ${found > wanted ? 'A cell that holds the separator has to stand in quotes.' : 'Add the cells that are missing; those not known stay empty.'}`
  }
})

/** A row may go over several lines: what stands in quotes may break. */
function lineBreaksIn (cells: readonly string[]): number {
  let breaks = 0
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) breaks += cell.split(/\r\n|\n|\r/).length - 1
  }
  return breaks
}
