import type { Message } from '../../domain/message.ts'
import { FileProblem } from '../file-problem.ts'
import { type Beginning, endsInsideValue, jsonFaultOf } from '../json-row.ts'
import { MOST_ROW_BYTES } from '../limits.ts'

export interface Element {
  text: string
  beginning: Beginning
}

const LINE_FEED = 0x0a
const RETURN = 0x0d
const QUOTE = 0x22
const COMMA = 0x2c
const BRACKET = 0x5b
const BACKSLASH = 0x5c
const BRACKET_END = 0x5d
const BRACE = 0x7b
const BRACE_END = 0x7d

const isBlank = (c: number): boolean => c === 0x20 || c === LINE_FEED || c === RETURN || c === 0x09

/**
 * Finds the elements of a JSON array in a text that comes in pieces, and holds no more than one of them. Their grammar is
 * checked by whoever reads them; here only so much is read as tells where each ends. The array is the document, or the
 * member `plans` of the object that is: the form of our lists and examples.
 */
export class ArraySplitter {
  /** `envelope`: in the object around the array. */
  #state: 'start' | 'envelope' | 'before-first' | 'before' | 'element' | 'end' = 'start'
  #line = 1
  /** Index into the piece being read at which its line begins; negative when that was in an earlier piece. */
  #lineBegin = 0
  /** Open brackets of the element or the envelope being read. */
  #open: number[] = []
  #inString = false
  #escaped = false
  #afterReturn = false
  /** The element or the envelope so far, up to the piece being read. */
  #text = ''
  /** Of that text in UTF-8. */
  #bytes = 0
  /** Of the element. */
  #beginning: Beginning = { line: 1, column: 1 }
  /** The object around the array, without the array; absent when the document is the array. */
  #envelope: string | undefined
  #stringBegin = 0
  #name = ''
  #found = false

  /** How JSON Pointers to the elements begin. */
  get path (): string {
    return this.#envelope === undefined ? '' : '/plans'
  }

  * push (piece: string): Generator<Element> {
    // Where the part of this piece begins that belongs to the element or the envelope.
    let from = 0
    for (let at = 0; at < piece.length; at++) {
      const c = piece.charCodeAt(at)
      if (c === LINE_FEED || c === RETURN) {
        if (this.#inString) throw this.#broken(piece.slice(from, at + 1))
        if (c === RETURN || !this.#afterReturn) this.#line++
        this.#lineBegin = at + 1
        this.#afterReturn = c === RETURN
        continue
      }
      this.#afterReturn = false
      if (this.#inString) {
        this.#stringPart(c, piece, from, at)
        continue
      }
      if (isBlank(c)) continue

      switch (this.#state) {
        case 'start':
          if (c !== BRACKET && c !== BRACE) throw this.#unreadable(NOT_AN_ARRAY)
          this.#state = c === BRACKET ? 'before-first' : 'envelope'
          from = at
          if (c === BRACE) {
            this.#envelope = ''
            this.#open.push(c)
          }
          break
        case 'before-first':
        case 'before':
          if (c === BRACKET_END && this.#state === 'before-first') {
            from = this.#closeArray(at)
            break
          }
          if (c === COMMA || c === BRACKET_END) throw this.#unreadable(EMPTY_ELEMENT)
          this.#state = 'element'
          this.#beginning = { line: this.#line, column: at - this.#lineBegin + 1 }
          this.#text = ''
          this.#bytes = 0
          from = at
          this.#structure(c, piece, from, at)
          break
        case 'element':
          if (this.#open.length === 0 && (c === COMMA || c === BRACKET_END)) {
            this.#append(piece.slice(from, at))
            yield { text: this.#text, beginning: this.#beginning }
            this.#text = ''
            if (c === COMMA) this.#state = 'before'
            else from = this.#closeArray(at)
          } else {
            this.#structure(c, piece, from, at)
          }
          break
        case 'envelope':
          if (c === BRACKET && this.#open.length === 1 && this.#name === '"plans"' && !this.#found) {
            this.#envelope = this.#text + piece.slice(from, at) + '['
            this.#text = ''
            this.#open = []
            this.#state = 'before-first'
          } else {
            this.#structure(c, piece, from, at)
            if (this.#open.length === 0) this.#closeEnvelope(this.#text + piece.slice(from, at + 1))
          }
          break
        case 'end':
          throw this.#unreadable(SOMETHING_AFTER)
      }
    }
    this.#lineBegin -= piece.length
    if (this.#state === 'element' || this.#state === 'envelope') this.#append(piece.slice(from))
  }

  #append (part: string): void {
    this.#bytes += Buffer.byteLength(part)
    if (this.#bytes > MOST_ROW_BYTES) throw this.#tooLong()
    this.#text += part
  }

  /** The text is over; it has to be complete. */
  end (): void {
    if (this.#state === 'end') return
    if (this.#state === 'start') throw this.#unreadable(EMPTY_FILE)
    if (!endsInsideValue(this.#text)) this.#refuse(this.#text)
    throw new FileProblem('file-truncated', { line: this.#line }, {
      vi: 'tệp dừng trước dấu đóng ] hoặc } của danh sách văn bản. Hãy xuất hoặc tải lại trọn tệp.',
      en: 'the file stops before the ] or } that closes the list of plans. Export or copy the whole file again.'
    })
  }

  #stringPart (c: number, piece: string, from: number, at: number): void {
    if (this.#escaped) this.#escaped = false
    else if (c === BACKSLASH) this.#escaped = true
    else if (c === QUOTE) {
      this.#inString = false
      if (this.#state === 'envelope' && this.#open.length === 1) {
        this.#name = this.#stringBegin < this.#text.length
          ? this.#text.slice(this.#stringBegin) + piece.slice(from, at + 1)
          : piece.slice(from + this.#stringBegin - this.#text.length, at + 1)
      }
    }
  }

  #structure (c: number, piece: string, from: number, at: number): void {
    if (c === QUOTE) {
      this.#inString = true
      this.#stringBegin = this.#text.length + at - from
    } else if (c === BRACKET || c === BRACE) {
      this.#open.push(c)
    } else if (c === BRACKET_END || c === BRACE_END) {
      // What does not match would swallow the rest of the file.
      if (this.#open.pop() !== (c === BRACKET_END ? BRACKET : BRACE)) throw this.#broken(piece.slice(from, at + 1))
    }
  }

  /** Where the text of the envelope goes on. */
  #closeArray (at: number): number {
    this.#state = this.#envelope === undefined ? 'end' : 'envelope'
    this.#text = this.#envelope ?? ''
    this.#open = this.#envelope === undefined ? [] : [BRACE]
    this.#name = ''
    this.#found = true
    return at
  }

  #closeEnvelope (text: string): void {
    this.#refuse(text)
    this.#state = 'end'
    if (!this.#found) throw this.#unreadable(NO_PLANS)
  }

  /** The exact place of what stops the text so far from being JSON. */
  #broken (tail: string): FileProblem {
    this.#refuse(this.#text + tail)
    return this.#unreadable(NOT_AN_ARRAY)
  }

  /** Throws unless the text of the element or envelope is JSON as far as it goes. */
  #refuse (text: string): void {
    // The envelope has lost the lines of its array, so only the line being read can be named.
    const inElement = this.#state === 'element'
    const fault = jsonFaultOf(text, inElement ? this.#beginning : { line: this.#line, column: 1 })
    if (fault === undefined || fault.code === 'unexpected-end') return
    throw inElement ? new FileProblem('file-unreadable', { line: fault.line }, fault.reason) : this.#unreadable(AROUND_PLANS)
  }

  #tooLong (): FileProblem {
    const { line } = this.#state === 'element' ? this.#beginning : { line: this.#line }
    return new FileProblem('file-over-limit', { line }, {
      vi: `phần tử bắt đầu ở đây dài hơn ${MOST_ROW_BYTES} byte, là giới hạn của một văn bản.`,
      en: `the element that begins here is longer than ${MOST_ROW_BYTES} bytes, the limit of one plan.`
    })
  }

  #unreadable (reason: Message): FileProblem {
    return new FileProblem('file-unreadable', { line: this.#line }, reason)
  }
}

const EMPTY_FILE = {
  vi: 'tệp rỗng; cần một mảng JSON các văn bản: [ {…}, {…} ].',
  en: 'the file is empty; what is needed is a JSON array of plans: [ {…}, {…} ].'
}

const NOT_AN_ARRAY = {
  vi: 'tệp phải là một mảng JSON [ {…}, {…} ] hoặc đối tượng { "plans": [ … ] }. Nếu mỗi dòng là một văn bản, hãy gửi dạng NDJSON.',
  en: 'the file has to be a JSON array [ {…}, {…} ] or an object { "plans": [ … ] }. If each line is a plan, send it as NDJSON.'
}

const NO_PLANS = {
  vi: 'đối tượng không có mảng "plans". Hãy đặt các văn bản trong { "plans": [ … ] } hoặc trong một mảng [ … ].',
  en: 'the object has no array "plans". Put the plans into { "plans": [ … ] } or into an array [ … ].'
}

const AROUND_PLANS = {
  vi: 'đối tượng bao quanh mảng "plans" không phải JSON hợp lệ (sai cú pháp hoặc trùng tên trường). Đơn giản nhất là chỉ gửi mảng [ … ].',
  en: 'the object around the array "plans" is not valid JSON (its syntax, or a repeated member). The simplest is to send the array [ … ] alone.'
}

const EMPTY_ELEMENT = {
  vi: 'thiếu văn bản giữa hai dấu phẩy, hoặc thừa dấu phẩy trước dấu ].',
  en: 'there is no plan between two commas, or a comma too many before the ].'
}

const SOMETHING_AFTER = {
  vi: 'còn ký tự sau khi tài liệu JSON đã kết thúc. Hãy xóa phần thừa, hoặc gửi dạng NDJSON nếu mỗi dòng là một văn bản.',
  en: 'there is more after the end of the JSON document. Delete it, or send the file as NDJSON if each line is a plan.'
}
