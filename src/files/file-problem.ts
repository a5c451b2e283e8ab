import type { Message } from '../domain/message.ts'
import { Problem, type ProblemCode } from '../problem.ts'
import { shorten } from '../text/shorten.ts'
import type { Place, RowFaultDetail } from './row.ts'

export type FileProblemCode = Extract<ProblemCode, `file-${string}`>

/** A file that cannot be read, or no further; the place is in the words and, for machines, in `place`. */
export class FileProblem extends Problem {
  readonly place: Place
  /** Each place to repair, when there are several. */
  readonly details?: RowFaultDetail[]

  /** `reason` is the rest of a sentence that begins with the place; it ends in its own full stop. */
  constructor (code: FileProblemCode, place: Place, reason: Message, details?: RowFaultDetail[]) {
    super(code, placed(place, reason), {
      ...(details && { faults: details.map(({ code, at, message, near }) => ({ at, code, message, ...(near !== undefined && { near }) })) })
    })
    this.place = place
    this.details = details
  }
}

/** A sentence that begins with its place: `Dòng 7, cột “Cấp”: …`. */
export function placed (place: Place, reason: Message): Message {
  const words = placeWords(place)
  return words === undefined ? capitalized(reason) : { vi: `${words.vi}: ${reason.vi}`, en: `${words.en}: ${reason.en}` }
}

/** `Trang tính “Văn bản”, ô C7`; undefined when nothing of the place is known. The pointer is for machines and left out. */
export function placeWords ({ line, column, sheet, row, cell }: Place): Message | undefined {
  const parts = [
    sheet !== undefined && { vi: `trang tính “${shorten(sheet)}”`, en: `sheet "${shorten(sheet)}"` },
    line !== undefined && { vi: `dòng ${line}`, en: `line ${line}` },
    cell !== undefined ? { vi: `ô ${cell}`, en: `cell ${cell}` } : row !== undefined && { vi: `hàng ${row}`, en: `row ${row}` },
    column !== undefined && { vi: `cột “${shorten(column)}”`, en: `column "${shorten(column)}"` }
  ].filter(part => part !== false)
  if (parts.length === 0) return undefined
  return capitalized({ vi: parts.map(({ vi }) => vi).join(', '), en: parts.map(({ en }) => en).join(', ') })
}

const capitalized = ({ vi, en }: Message): Message =>
  ({ vi: vi.charAt(0).toUpperCase() + vi.slice(1), en: en.charAt(0).toUpperCase() + en.slice(1) })
