import type { Message } from '../domain/message.ts'
import { lineAndColumn, refusalReason } from '../text/json-refusals.ts'
import { refusalOf } from '../text/json-scanner.ts'
import { shorten } from '../text/shorten.ts'
import { placed } from './file-problem.ts'
import type { Place, Read } from './row.ts'

/** Where in a file a text begins, both from 1; the column in UTF-16 units. */
export interface Beginning {
  line: number
  column: number
}

interface JsonFault {
  code: string
  /** JSON Pointer inside the text. */
  at: string
  /** Of the file. */
  line: number
  reason: Message
}

/** Why a text of a file is no JSON, by the rules for the body of a request; undefined when it is. */
export function jsonFaultOf (text: string, beginning: Beginning): JsonFault | undefined {
  const refusal = refusalOf(text)
  if (refusal === undefined) return undefined
  const within = lineAndColumn(text, refusal.offset)
  const column = within.line === 1 ? beginning.column + within.column - 1 : within.column
  const reason = refusalReason(refusal)
  return {
    code: refusal.code,
    at: shorten(refusal.at, 300),
    line: beginning.line + within.line - 1,
    reason: { vi: `cột ${column}: ${reason.vi}.`, en: `column ${column}: ${reason.en}.` }
  }
}

/** Whether a text ends inside `true`, `false`, `null` or a number, so that its end alone keeps it from being JSON. */
export const endsInsideValue = (text: string): boolean => UNFINISHED.test(text)

const UNFINISHED = /(?:^|[[:,])\s*(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|-?\d+(?:\.|(?:\.\d+)?[eE][+-]?))$/

/** The row that a JSON text holds; `path` is the pointer of the row in its document. */
export function readJsonRow (text: string, number: number, beginning: Beginning, path = ''): Read {
  const { line } = beginning
  const placeOf = (pointer: string): Place => ({ line, ...(path + pointer !== '' && { pointer: path + pointer }) })
  const fault = jsonFaultOf(text, beginning)
  if (fault === undefined) return { row: { number, place: placeOf(''), value: JSON.parse(text), ...(path !== '' && { placeOf }) } }
  const { code, at, reason } = fault
  const place = { ...placeOf(at), line: fault.line }
  return { fault: { number, place: placeOf(''), faults: [{ at, code, message: placed({ line: fault.line }, reason), place }] } }
}
