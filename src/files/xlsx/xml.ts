import { TextDecoder } from 'node:util'
import { SaxesParser } from 'saxes'
import { shorten } from '../../text/shorten.ts'
import type { FileProblem } from '../file-problem.ts'
import { type Part, SAVE_AGAIN, overLimit, unreadable } from './archive.ts'
import { MOST_TOKEN_CHARACTERS, MOST_XML_DEPTH, MOST_XML_ELEMENTS } from './limits.ts'

export type Attributes = Readonly<Record<string, string>>

/** Names come without their prefix: producers differ in prefixes, and the parts read here mix no vocabularies. */
export interface XmlListener {
  /** `end` is the index, in the text of the part, behind the tag. */
  open?: (name: string, attributes: Attributes, end: number) => void
  /** A self-closing tag closes right after it has opened. */
  close?: (name: string, end: number) => void
  text?: (text: string) => void
}

/** Reads a part to its end, in memory that does not grow with it. */
export async function readXml (part: Part, listener: XmlListener): Promise<void> {
  const parser = new PartParser(part, listener)
  for await (const text of textOf(part)) parser.write(text)
  parser.end()
}

/** As `readXml`, and passes on what the listener collects meanwhile. */
export async function * eachInXml<T> (part: Part, collected: T[], listener: XmlListener): AsyncGenerator<T> {
  const parser = new PartParser(part, listener)
  for await (const text of textOf(part)) {
    parser.write(text)
    yield * collected.splice(0)
  }
  parser.end()
  yield * collected.splice(0)
}

/** A part is UTF-8 or, with its mark, UTF-16 (ECMA-376 part 2, 6.2.5). */
export async function * textOf (part: Part): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  for await (const bytes of part.bytes()) {
    decoder ??= new TextDecoder(encodingOf(bytes), { fatal: true, ignoreBOM: true })
    yield decoded(part, decoder, bytes)
  }
  if (decoder !== undefined) yield decoded(part, decoder)
}

function encodingOf (bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}

function decoded (part: Part, decoder: TextDecoder, bytes?: Buffer): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch (cause) {
    throw broken(part, 0, cause)
  }
}

/**
 * Well-formed XML without a document type: no entity is ever declared, so none expands and none is fetched. Tags, texts
 * and comments are bounded, and so is their nesting.
 */
export class PartParser {
  // Lines and columns are not tracked, offsets are: `position` is an offset.
  readonly #parser = new SaxesParser({ xmlns: false, position: false })
  readonly #part: Part
  #depth = 0
  #sinceToken = 0
  #elements = 0

  constructor (part: Part, { open, close, text }: XmlListener) {
    this.#part = part
    const parser = this.#parser
    parser.on('doctype', () => {
      throw unreadable({
        vi: `thành phần “${shorten(part.name)}” có khai báo DOCTYPE, không được chấp nhận; ${SAVE_AGAIN.vi}`,
        en: `its part "${shorten(part.name)}" has a DOCTYPE, which is not accepted; ${SAVE_AGAIN.en}`
      })
    })
    parser.on('opentag', ({ name, attributes }) => {
      this.#sinceToken = 0
      if (++this.#depth > MOST_XML_DEPTH) {
        throw overLimit({
          vi: `thành phần “${shorten(part.name)}” lồng nhau quá ${MOST_XML_DEPTH} tầng; ${SAVE_AGAIN.vi}`,
          en: `its part "${shorten(part.name)}" is nested deeper than ${MOST_XML_DEPTH}; ${SAVE_AGAIN.en}`
        })
      }
      if (++this.#elements > MOST_XML_ELEMENTS) {
        throw overLimit({
          vi: `thành phần “${shorten(part.name)}” có quá ${MOST_XML_ELEMENTS} phần tử XML; hãy xóa các hàng, cột trống hoặc chia thành nhiều tệp.`,
          en: `its part "${shorten(part.name)}" has more than ${MOST_XML_ELEMENTS} elements; delete blank rows and columns, or split it.`
        })
      }
      open?.(localName(name), attributes, parser.position)
    })
    parser.on('closetag', ({ name }) => {
      this.#sinceToken = 0
      this.#depth--
      close?.(localName(name), parser.position)
    })
    const onText = (found: string): void => {
      this.#sinceToken = 0
      text?.(found)
    }
    parser.on('text', onText)
    parser.on('cdata', onText)
    const onAside = (): void => { this.#sinceToken = 0 }
    parser.on('comment', onAside)
    parser.on('processinginstruction', onAside)
  }

  write (text: string): void {
    this.#sinceToken += text.length
    this.#parsed(() => this.#parser.write(text))
    if (this.#sinceToken > MOST_TOKEN_CHARACTERS) {
      throw overLimit({
        vi: `thành phần “${shorten(this.#part.name)}” có một thẻ hoặc đoạn chữ dài quá ${MOST_TOKEN_CHARACTERS} ký tự; ${SAVE_AGAIN.vi}`,
        en: `its part "${shorten(this.#part.name)}" has a tag or text of more than ${MOST_TOKEN_CHARACTERS} characters; ${SAVE_AGAIN.en}`
      })
    }
  }

  end (): void {
    this.#parsed(() => this.#parser.close())
  }

  #parsed (work: () => unknown): void {
    try {
      work()
    } catch (cause) {
      // The parser's own refusals are plain errors; the listeners throw problems, and bugs must stay bugs.
      if (cause instanceof Error && cause.constructor === Error) throw broken(this.#part, this.#parser.position, cause)
      throw cause
    }
  }
}

function localName (name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

const broken = (part: Part, position: number, cause: unknown): FileProblem => unreadable({
  vi: `thành phần “${shorten(part.name)}” không phải XML hợp lệ (ký tự thứ ${position}); ${SAVE_AGAIN.vi}`,
  en: `its part "${shorten(part.name)}" is not well-formed XML (character ${position}); ${SAVE_AGAIN.en}`
}, cause)
