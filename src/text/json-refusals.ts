import type { Message } from '../domain/message.ts'
import { type JsonRefusal, type JsonRefusalCode, MAX_DEPTH } from './json-scanner.ts'
import { shorten } from './shorten.ts'

const REASONS: Record<JsonRefusalCode, (found: string) => Message> = {
  syntax: () => ({
    vi: 'ký tự không đúng cú pháp JSON ở chỗ này',
    en: 'a character that JSON does not allow here'
  }),
  'unexpected-end': () => ({
    vi: 'tài liệu bị cắt cụt trước khi kết thúc; hãy gửi trọn tài liệu',
    en: 'the document ends before it is complete; send all of it'
  }),
  'too-deep': () => ({
    vi: `lồng nhau quá ${MAX_DEPTH} tầng`,
    en: `nested deeper than ${MAX_DEPTH} levels`
  }),
  'duplicate-key': found => ({
    vi: `tên trường “${found}” xuất hiện hai lần trong một đối tượng; chỉ giữ một`,
    en: `the member "${found}" stands twice in one object; keep one of them`
  }),
  'forbidden-key': found => ({
    vi: `không nhận tên trường “${found}”; hãy bỏ trường này`,
    en: `the member name "${found}" is not accepted; leave it out`
  }),
  nul: () => ({
    vi: 'có ký tự NUL (U+0000); hãy bỏ ký tự này',
    en: 'a NUL character (U+0000); remove it'
  }),
  'lone-surrogate': () => ({
    vi: 'nửa cặp surrogate UTF-16 đứng một mình; hãy viết ký tự dạng UTF-8',
    en: 'half of a UTF-16 surrogate pair by itself; write the character as UTF-8'
  }),
  'number-inexact': found => ({
    vi: `số ${found} không giữ được chính xác; hãy viết dưới dạng chuỗi trong ngoặc kép nếu trường cho phép, hoặc bớt chữ số`,
    en: `the number ${found} cannot be held exactly; write it as a string where the field takes one, or with fewer digits`
  })
}

/** Why the text is refused, as the rest of a sentence that begins with the place. */
export const refusalReason = ({ code, found = '' }: Pick<JsonRefusal, 'code' | 'found'>): Message => REASONS[code](shorten(found))

/** Where an index of a text stands, both from 1; the column in UTF-16 units. */
export function lineAndColumn (text: string, offset: number): { line: number, column: number } {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
