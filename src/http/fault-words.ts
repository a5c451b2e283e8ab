import type { Message } from '../domain/message.ts'
import { shorten } from '../text/shorten.ts'

/** What the sentence of a fault may speak of. */
interface Facts {
  name?: string
  near?: string
  allowed?: string[]
  expected?: string
  found?: unknown
  origin?: string
  limit?: number
  format?: string
}

/** What a request can get wrong in form; `code` of a fault. */
const WORDS = {
  'unknown-name': ({ name = '', near }: Facts) => ({
    vi: `Không có tên “${shorten(name)}” ở đây${near ? `; có phải là “${near}”?` : '; hãy bỏ đi.'}`,
    en: `There is no "${shorten(name)}" here${near ? `; did you mean "${near}"?` : '; leave it out.'}`
  }),
  'invalid-name': () => ({
    vi: 'Tên này không đúng dạng cho phép.',
    en: 'This name does not have an allowed form.'
  }),
  missing: ({ allowed }: Facts) => ({
    vi: `Bắt buộc phải có${allowed ? `, là một trong: ${list(allowed)}` : ''}.`,
    en: `Required${allowed ? `, one of: ${list(allowed)}` : ''}.`
  }),
  'repeated-parameter': () => ({
    vi: 'Tham số lặp lại; chỉ ghi một lần, nhiều giá trị thì cách nhau bằng dấu phẩy nếu tham số cho phép.',
    en: 'The parameter is repeated; write it once, several values with commas where it takes a list.'
  }),
  'wrong-encoding': () => ({
    vi: 'Giá trị mã hóa sai; hãy mã hóa phần trăm theo UTF-8 (khoảng trắng là %20).',
    en: 'The value is wrongly encoded; percent-encode it as UTF-8 (a space is %20).'
  }),
  nul: () => ({
    vi: 'Có ký tự NUL (U+0000); hãy bỏ ký tự này.',
    en: 'A NUL character (U+0000) stands in it; remove it.'
  }),
  'not-among': ({ allowed = [], found, near }: Facts) => ({
    vi: `“${said(found)}” không thuộc các giá trị cho phép: ${list(allowed)}.${near ? ` Có phải là “${near}”?` : ''}`,
    en: `"${said(found)}" is not one of: ${list(allowed)}.${near ? ` Did you mean "${near}"?` : ''}`
  }),
  'wrong-type': ({ expected = '', found }: Facts) => ({
    vi: `Phải là ${TYPES[expected]?.vi ?? expected}, không phải ${typeOf(found).vi}.`,
    en: `Must be ${TYPES[expected]?.en ?? expected}, not ${typeOf(found).en}.`
  }),
  'too-small': ({ origin, limit = 0 }: Facts) => sized(origin, limit, {
    empty: { vi: 'Không được để trống; chưa biết thì bỏ cả trường.', en: 'Must not be empty; leave the member out when it is not known.' },
    vi: 'ít nhất',
    en: 'at least'
  }),
  'too-big': ({ origin, limit = 0 }: Facts) => sized(origin, limit, { vi: 'nhiều nhất', en: 'at most' }),
  'wrong-format': ({ format = '' }: Facts) => ({
    vi: `Không đúng dạng${FORMATS[format] ? `: phải là ${FORMATS[format].vi}` : ''}.`,
    en: `Not in the right form${FORMATS[format] ? `: must be ${FORMATS[format].en}` : ''}.`
  }),
  invalid: () => ({ vi: 'Giá trị không hợp lệ.', en: 'The value is not valid.' })
} satisfies Record<string, (facts: Facts) => Message>

export const wordsFor = (code: keyof typeof WORDS, facts: Facts = {}): Message => WORDS[code](facts)

const TYPES: Record<string, Message> = {
  string: { vi: 'chuỗi', en: 'a string' },
  number: { vi: 'số', en: 'a number' },
  int: { vi: 'số nguyên', en: 'a whole number' },
  boolean: { vi: 'true hoặc false', en: 'true or false' },
  object: { vi: 'đối tượng', en: 'an object' },
  record: { vi: 'đối tượng', en: 'an object' },
  array: { vi: 'danh sách', en: 'a list' },
  null: { vi: 'null', en: 'null' }
}

const FORMATS: Record<string, Message> = {
  uuid: { vi: 'UUID, ví dụ 019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50', en: 'a UUID such as 019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50' },
  datetime: { vi: 'thời điểm ISO 8601, ví dụ 2026-12-31T17:00:00Z', en: 'an ISO 8601 instant such as 2026-12-31T17:00:00Z' },
  date: { vi: 'ngày ISO 8601, ví dụ 2022-09-07', en: 'an ISO 8601 date such as 2022-09-07' },
  url: { vi: 'địa chỉ URL', en: 'a URL' }
}

const typeOf = (found: unknown): Message =>
  TYPES[found === null ? 'null' : Array.isArray(found) ? 'array' : Number.isInteger(found) ? 'int' : typeof found] ??
  { vi: 'kiểu khác', en: 'something else' }

const said = (found: unknown): string => shorten(typeof found === 'string' ? found : JSON.stringify(found) ?? String(found))

/** Every value when they are few; a registry of hundreds is not read out. */
const list = (allowed: string[]): string =>
  allowed.slice(0, 20).join(', ') + (allowed.length > 20 ? `, … (${allowed.length})` : '')

function sized (origin: string | undefined, limit: number, words: Message & { empty?: Message }): Message {
  if (origin === 'string' && limit === 1 && words.empty) return words.empty
  const unit = origin === 'string'
    ? { vi: ' ký tự', en: ' characters' }
    : origin === 'array' ? { vi: ' phần tử', en: ' elements' } : { vi: '', en: '' }
  return {
    vi: `Phải ${unit.vi ? 'có' : 'là'} ${words.vi} ${limit}${unit.vi}.`,
    en: `Must ${unit.en ? 'have' : 'be'} ${words.en} ${limit}${unit.en}.`
  }
}
