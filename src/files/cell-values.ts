import { DOCUMENT_TYPES, type DocumentType, typeOfSymbol, typeOfVietnameseName, vietnameseTypeName } from '../domain/document-type.ts'
import { LEVELS, type Level, vietnameseLevel } from '../domain/level.ts'
import type { Message } from '../domain/message.ts'
import { fold, tidy } from '../domain/text.ts'
import { nearest } from '../text/nearest.ts'
import { shorten } from '../text/shorten.ts'
import { readDate, readYears } from './cell-dates.ts'
import type { CellKind } from './columns.ts'
import { jsonFaultOf } from './json-row.ts'

export type Language = keyof Message

export interface CellFault {
  code: string
  /** JSON Pointer inside the value of the cell. */
  at: string
  message: Message
  near?: string
}

/** The value that the words of a cell mean; the cell is not blank. */
export function readCell (kind: CellKind, text: string): { value: unknown } | { fault: CellFault } {
  switch (kind) {
    case 'type': return readWord(text, typeOf(text), [...TYPE_NAMES, ...DOCUMENT_TYPES.map(({ type }) => type)], TYPES_WANTED)
    case 'level': return readWord(text, levelOf(text), [...LEVEL_NAMES, ...LEVELS], LEVELS_WANTED)
    case 'yes-no': return readWord(text, YES_NO.get(fold(text)), Object.values(YES_NO_WORDS).flat(), YES_NO_WANTED)
    case 'date': {
      const read = readDate(text)
      return 'date' in read ? { value: read.date } : { fault: { code: 'not-a-date', at: '', message: read.message } }
    }
    case 'years': {
      const read = readYears(text)
      return 'period' in read ? { value: read.period } : { fault: { code: 'not-a-date', at: '', message: read.message } }
    }
    case 'json': return readJson(text)
    default: return { value: text }
  }
}

/** The words that `readCell` reads back as the value; `json` on one line. */
export function writeCell (kind: CellKind, value: unknown, language: Language): string {
  switch (kind) {
    case 'type': return language === 'vi' ? vietnameseTypeName(value as DocumentType) : String(value)
    case 'level': return language === 'vi' ? capitalized(vietnameseLevel(value as Level)) : String(value)
    case 'yes-no': return YES_NO_WORDS[language][value === true ? 0 : 1]
    case 'json': return JSON.stringify(value)
    default: return String(value)
  }
}

/** The words of a cell of few values, for a list to choose from. */
export const TYPE_NAMES: readonly string[] = DOCUMENT_TYPES.map(({ vi }) => vi)
export const LEVEL_NAMES: readonly string[] = LEVELS.map(level => capitalized(vietnameseLevel(level)))
export const YES_NO_WORDS: Record<Language, readonly [string, string]> = { vi: ['có', 'không'], en: ['yes', 'no'] }

/** By its Vietnamese name, its name in the API or the abbreviation in its symbol. */
const typeOf = (text: string): DocumentType | undefined =>
  typeOfVietnameseName(text) ?? DOCUMENT_TYPES.find(({ type }) => fold(type) === fold(text))?.type ?? typeOfSymbol(tidy(text))

const LEVEL_BY_NAME = new Map<string, Level>(LEVELS.flatMap(level => {
  const name = fold(vietnameseLevel(level))
  return [[level, level], [name, level], [name.replace(/^cap /, ''), level]] as const
}))
LEVEL_BY_NAME.set('so', 'agency')

const levelOf = (text: string): Level | undefined => LEVEL_BY_NAME.get(fold(text))

const YES_NO = new Map([
  ...['co', 'x', 'dung', 'true', 'yes', '1'].map(word => [word, true] as const),
  ...['khong', 'sai', 'false', 'no', '0'].map(word => [word, false] as const)
])

function readWord (text: string, value: unknown, names: readonly string[], wanted: Message): { value: unknown } | { fault: CellFault } {
  if (value !== undefined) return { value }
  const near = nearest(text, names)
  const said = shorten(text)
  return {
    fault: {
      code: 'not-among',
      at: '',
      message: {
        vi: `“${said}” không phải là ${wanted.vi}.${near === undefined ? '' : ` Có phải là “${near}”?`}`,
        en: `"${said}" is not ${wanted.en}.${near === undefined ? '' : ` Did you mean "${near}"?`}`
      },
      ...(near !== undefined && { near })
    }
  }
}

const TYPES_WANTED = {
  vi: 'loại văn bản nào. Ghi tên loại (Kế hoạch, Quyết định, Chỉ thị…) hoặc chữ viết tắt (KH, QĐ, CT…)',
  en: 'a type of document. Write its name (Kế hoạch or plan, Quyết định or decision …) or its abbreviation (KH, QĐ …)'
}

const LEVELS_WANTED = {
  vi: `cấp nào. Ghi một trong: ${LEVELS.map(vietnameseLevel).join('; ')}`,
  en: `a level. Write one of: ${LEVELS.join(', ')}`
}

const YES_NO_WANTED = {
  vi: '“có” hoặc “không”. Chưa biết thì để trống',
  en: '"yes" or "no". Leave it empty when it is not known'
}

function readJson (text: string): { value: unknown } | { fault: CellFault } {
  const fault = jsonFaultOf(text, { line: 1, column: 1 })
  if (fault === undefined) return { value: JSON.parse(text) }
  const { code, at, reason } = fault
  return { fault: { code, at, message: { vi: `JSON trong ô không đọc được, ${reason.vi}`, en: `The JSON in the cell cannot be read, ${reason.en}` } } }
}

function capitalized (text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
