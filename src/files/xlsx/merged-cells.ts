import { StringDecoder } from 'node:string_decoder'
import type { Message } from '../../domain/message.ts'
import { type Part, overLimit } from './archive.ts'
import { type Range, rangeName, readRange } from './cell-address.ts'
import { MOST_MERGED_RANGES } from './limits.ts'

const MERGE = /<(?:[\w.-]+:)?mergeCell\s[^<>]{0,200}?\bref\s*=\s*["']([^"']{1,40})["']/g
/** Longer than any such tag that a program writes. */
const KEPT_CHARACTERS = 256

/**
 * The ranges of merged cells. They stand behind the rows in the part, and a row has to be judged by them, so they are
 * looked for first, in the bytes: inflating takes a quarter of the time of parsing. This also proves the whole part
 * sound before its first row is taken.
 */
export async function mergedRanges (part: Part): Promise<Range[]> {
  const ranges: Range[] = []
  const decoder = new StringDecoder('latin1')
  let rest = ''
  for await (const bytes of part.bytes()) {
    const text = rest + decoder.write(bytes)
    let end = 0
    for (const match of text.matchAll(MERGE)) {
      end = match.index + match[0].length
      const range = readRange(match[1]!)
      if (range === undefined) continue
      ranges.push(range)
      if (ranges.length > MOST_MERGED_RANGES) {
        throw overLimit({
          vi: `trang tính có quá ${MOST_MERGED_RANGES} vùng ô gộp; hãy bỏ gộp ô.`,
          en: `the sheet has more than ${MOST_MERGED_RANGES} merged ranges; unmerge them.`
        })
      }
    }
    rest = text.slice(Math.max(end, text.length - KEPT_CHARACTERS))
  }
  return ranges
}

/** The merged ranges that reach into a row; rows are asked for in order. */
export class MergedCells {
  readonly #waiting: Range[]
  #reaching: Range[] = []

  constructor (ranges: readonly Range[]) {
    // The last one is taken first.
    this.#waiting = ranges.toSorted((a, b) => b.from.row - a.from.row)
  }

  /**
   * Only the first cell of a merged range holds its text. Where the range lies over rows or columns that are read apart,
   * the others would be taken as blank.
   */
  faultsIn (row: number, table: { header: readonly unknown[], isRead: (column: number) => boolean }): { column: number, message: Message }[] {
    while (this.#waiting.length > 0 && this.#waiting.at(-1)!.from.row <= row) this.#reaching.push(this.#waiting.pop()!)
    this.#reaching = this.#reaching.filter(({ to }) => to.row >= row)
    return this.#reaching.flatMap(range => {
      const first = row === range.from.row ? range.from.column + 1 : range.from.column
      for (let column = first; column <= Math.min(range.to.column, table.header.length - 1); column++) {
        if (table.header[column] !== undefined && table.isRead(column)) return [{ column, message: mergedInto(range) }]
      }
      return []
    })
  }
}

const mergedInto = (range: Range): Message => ({
  vi: `Ô thuộc vùng ô gộp ${rangeName(range)}, chỉ ô đầu của vùng có nội dung. Hãy bỏ gộp ô rồi ghi nội dung vào từng ô.`,
  en: `The cell belongs to the merged range ${rangeName(range)}, of which only the first cell holds the text. Unmerge it and fill each cell.`
})
