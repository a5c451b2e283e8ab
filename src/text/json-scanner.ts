import { pointer } from './pointer.ts'

/** Why a text is refused as JSON. */
export type JsonRefusalCode =
  | 'syntax' | 'unexpected-end' | 'too-deep' | 'duplicate-key' | 'forbidden-key' | 'nul' | 'lone-surrogate' | 'number-inexact'

/** The first place where a text departs from strict JSON. */
export interface JsonRefusal {
  code: JsonRefusalCode
  /** JSON Pointer to the value or member being read. */
  at: string
  /** Index into the text, in UTF-16 units. */
  offset: number
  /** What stands there, when naming it helps: the key, the number. */
  found?: string
}

interface Frame {
  /** The members seen so far; absent for an array. */
  keys?: Set<string>
  /** The member being read; absent before its name is known, and in an array. */
  key?: string
  index: number
}

// 32: the deepest real plan nests 6 levels; recursion over the parsed value overflows from some 9,000 on.
export const MAX_DEPTH = 32

/**
 * Checks that a text is one JSON document which JavaScript holds without loss or surprise: the grammar of RFC 8259, no
 * repeated member names, no names that reach a prototype, no NUL or unpaired surrogate, and only numbers that a double
 * keeps as written. Linear, without recursion. What passes, JSON.parse reads.
 */
export function refusalOf (text: string): JsonRefusal | undefined {
  try {
    scan(text)
    return undefined
  } catch (refusal) {
    if (refusal instanceof Refused) return refusal.refusal
    throw refusal
  }
}

class Refused {
  constructor (readonly refusal: JsonRefusal) {}
}

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const BRACKET = 0x5b
const BACKSLASH = 0x5c
const BRACKET_END = 0x5d
const BRACE = 0x7b
const BRACE_END = 0x7d

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORDS = new Map(['true', 'false', 'null'].map(word => [word.charCodeAt(0), word]))

function scan (text: string): void {
  const frames: Frame[] = []
  let at = 0

  const refuse = (code: JsonRefusalCode, offset = at, found?: string): never => {
    throw new Refused({ code, offset, at: pointerTo(frames), ...(found !== undefined && { found }) })
  }
  const unexpected = (): never => refuse(at >= text.length ? 'unexpected-end' : 'syntax')

  for (;;) {
    skipSpace()
    const opener = text.charCodeAt(at)
    if (opener === BRACE || opener === BRACKET) {
      if (frames.length === MAX_DEPTH) refuse('too-deep')
      frames.push(opener === BRACE ? { keys: new Set(), index: 0 } : { index: 0 })
      at++
      skipSpace()
      if (text.charCodeAt(at) !== (opener === BRACE ? BRACE_END : BRACKET_END)) {
        if (opener === BRACE) readKey()
        continue
      }
    } else {
      readScalar(opener)
    }
    if (closeAndSeparate()) return
  }

  /** After a value: ends what ends here, steps to the next value. True at the end of the document. */
  function closeAndSeparate (): boolean {
    for (;;) {
      skipSpace()
      const frame = frames.at(-1)
      if (frame === undefined) return at === text.length || unexpected()
      const next = text.charCodeAt(at)
      if (next === COMMA) {
        at++
        frame.index++
        frame.key = undefined
        if (frame.keys) readKey()
        return false
      }
      if (next !== (frame.keys ? BRACE_END : BRACKET_END)) unexpected()
      frames.pop()
      at++
    }
  }

  function skipSpace () {
    for (;;) {
      const c = text.charCodeAt(at)
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return
      at++
    }
  }

  function readKey () {
    skipSpace()
    if (text.charCodeAt(at) !== QUOTE) unexpected()
    const frame = frames.at(-1)!
    const from = at
    // Two spellings of one name, "a" and "\u0061", are the same member.
    const key: string = readString() ? JSON.parse(text.slice(from, at)) : text.slice(from + 1, at - 1)
    frame.key = key
    if (frame.keys!.has(key)) refuse('duplicate-key', from, key)
    if (key === '__proto__' || (key === 'prototype' && frames.at(-2)?.key === 'constructor')) refuse('forbidden-key', from, key)
    frame.keys!.add(key)
    skipSpace()
    if (text.charCodeAt(at) !== COLON) unexpected()
    at++
  }

  function readScalar (first: number) {
    if (first === QUOTE) {
      readString()
      return
    }
    const word = WORDS.get(first)
    if (word !== undefined && text.startsWith(word, at)) {
      at += word.length
      return
    }
    NUMBER.lastIndex = at
    const number = NUMBER.exec(text)?.[0] ?? unexpected()
    if (!isHeldExactly(number)) refuse('number-inexact', at, number)
    at += number.length
  }

  /** True: something in it is written as an escape. */
  function readString (): boolean {
    let escaped = false
    at++
    for (;;) {
      const c = text.charCodeAt(at)
      if (c === QUOTE) {
        at++
        return escaped
      }
      if (c === BACKSLASH) {
        readEscape()
        escaped = true
      } else if (c >= 0x20) at++
      else if (c === 0) refuse('nul')
      else unexpected()
    }
  }

  function readEscape () {
    const from = at
    if (text.charAt(at + 1) !== 'u') {
      if (at + 1 < text.length && !'"\\/bfnrt'.includes(text.charAt(at + 1))) refuse('syntax')
      at += 2
      return
    }
    const unit = readHex()
    if (unit === 0) refuse('nul', from)
    if (unit < 0xd800 || unit > 0xdfff) return
    if (unit > 0xdbff || !text.startsWith('\\u', at)) refuse('lone-surrogate', from)
    const second = readHex()
    if (second < 0xdc00 || second > 0xdfff) refuse('lone-surrogate', from)
  }

  function readHex (): number {
    const digits = text.slice(at + 2, at + 6)
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) refuse(at + 6 > text.length ? 'unexpected-end' : 'syntax')
    at += 6
    return Number.parseInt(digits, 16)
  }
}

const pointerTo = (frames: Frame[]): string => pointer(
  frames.flatMap(({ keys, key, index }) => keys === undefined ? index : key ?? []))

/** Whether the double nearest to a decimal is written with the same digits: 0.1 is, 12345678901234567890 and 1e400 are not. */
function isHeldExactly (number: string): boolean {
  // Every decimal of up to 15 significant digits survives the way through a double (DBL_DIG of IEEE 754 binary64).
  if (number.length <= 15 && !/[eE]/.test(number)) return true
  const value = Number(number)
  if (!Number.isFinite(value)) return false
  const written = decimalOf(number)
  const held = decimalOf(String(value))
  return written.digits === held.digits && (written.digits === '' || written.exponent === held.exponent)
}

/** A decimal as digits without zeros around them, times a power of ten; the sign is left out. */
function decimalOf (number: string): { digits: string, exponent: number } {
  const [mantissa = '', power = '0'] = (number.startsWith('-') ? number.slice(1) : number).split(/[eE]/)
  const [whole = '', fraction = ''] = mantissa.split('.')
  const digits = whole + fraction
  let from = 0
  while (digits.charAt(from) === '0') from++
  let to = digits.length
  while (to > from && digits.charAt(to - 1) === '0') to--
  return { digits: digits.slice(from, to), exponent: Number(power) - fraction.length + (digits.length - to) }
}
