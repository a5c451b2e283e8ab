import { SaxesParser } from 'saxes'
import { shorten } from '../../text/shorten.ts'
import { FileProblem } from '../file-problem.ts'
import { utf8Of } from '../text-decoding.ts'

export interface Element {
  text: string
  /** Of its start tag. */
  line: number
}

/** The deepest path of the standard has 9 elements; signatures nest somewhat deeper. */
const MOST_DEPTH = 64
const MOST_ATTRIBUTES = 64

/** The longest of them, the subject, may have 1,000. */
const MOST_CHARACTERS_OF_ONE = 10_000

/** Of one element, such as the documents that a packet replaces. */
const MOST_OF_ONE = 200

/**
 * The texts of the wanted elements of an edXML packet, by path: `MessageHeader/Code/CodeNumber`, from MessageHeader or
 * Bussiness (so spelt by the standard) down. Prefixes do not count, for senders differ in them and some declare none;
 * order does not either. A document type is refused, so no entity is declared, expands or is fetched from anywhere.
 */
export async function readPacketElements (
  input: AsyncIterable<Uint8Array>, wanted: ReadonlySet<string>, mostBytes: number
): Promise<Map<string, Element[]>> {
  const found = new Map<string, Element[]>()
  const parser = new SaxesParser({ position: true })
  const path: string[] = []
  let attributes = 0
  let current: Element | undefined
  let began = 1
  let bytes = 0

  const gather = (text: string) => {
    if (current === undefined) return
    current.text += text
    if (current.text.length > MOST_CHARACTERS_OF_ONE) {
      throw overLimit(current.line, `thẻ ${path.at(-1)} dài quá ${MOST_CHARACTERS_OF_ONE} ký tự`, `element ${path.at(-1)} has more than ${MOST_CHARACTERS_OF_ONE} characters`)
    }
  }

  parser.on('xmldecl', ({ encoding }) => {
    if (encoding === undefined || /^utf-?(?:8|16)$/i.test(encoding)) return
    throw new FileProblem('file-encoding', { line: 1 }, {
      vi: `gói tin khai báo bảng mã “${shorten(encoding)}”; chỉ nhận UTF-8 hoặc UTF-16. Hãy xuất lại gói tin bằng UTF-8.`,
      en: `the packet declares the encoding "${shorten(encoding)}"; UTF-8 and UTF-16 are taken. Export it again as UTF-8.`
    })
  })
  parser.on('doctype', () => {
    throw new FileProblem('file-unreadable', { line: parser.line }, {
      vi: 'gói tin có khai báo DOCTYPE. edXML không có DOCTYPE, và thực thể khai báo trong đó không bao giờ được mở. Hãy bỏ khai báo này.',
      en: 'the packet has a DOCTYPE. edXML has none, and entities declared in one are never expanded. Take it out.'
    })
  })
  parser.on('opentagstart', ({ name }) => {
    attributes = 0
    began = parser.line
    if (path.length === 0 && localName(name) !== 'edXML') {
      throw new FileProblem('file-unreadable', { line: began }, {
        vi: `tài liệu bắt đầu bằng “${shorten(name)}”, không phải “edXML”: đây không phải gói tin văn bản điện tử (QCVN 102:2016/BTTTT).`,
        en: `the document begins with "${shorten(name)}" and not with "edXML": it is no packet of the document axis (QCVN 102:2016/BTTTT).`
      })
    }
  })
  parser.on('attribute', () => {
    if (++attributes > MOST_ATTRIBUTES) throw overLimit(parser.line, `một thẻ có hơn ${MOST_ATTRIBUTES} thuộc tính`, `a tag has more than ${MOST_ATTRIBUTES} attributes`)
  })
  parser.on('opentag', ({ name }) => {
    path.push(localName(name))
    if (path.length > MOST_DEPTH) throw overLimit(parser.line, `thẻ lồng nhau quá ${MOST_DEPTH} tầng`, `tags are nested deeper than ${MOST_DEPTH}`)
    const place = pathOf(path)
    if (place === undefined || !wanted.has(place)) return
    const elements = found.get(place) ?? []
    if (elements.length >= MOST_OF_ONE) throw overLimit(began, `có hơn ${MOST_OF_ONE} thẻ ${place}`, `there are more than ${MOST_OF_ONE} elements ${place}`)
    current = { text: '', line: began }
    elements.push(current)
    found.set(place, elements)
    // Texts that nobody asks for are not even put together.
    parser.on('text', gather)
  })
  parser.on('closetag', () => {
    path.pop()
    if (current !== undefined) parser.off('text')
    current = undefined
  })
  parser.on('cdata', gather)

  for await (const piece of utf8Of(input, { utf16: 'taken' })) {
    bytes += piece.length
    if (bytes > mostBytes) {
      const limit = `${mostBytes / 1024 / 1024} MiB`
      throw overLimit(undefined, `gói tin lớn quá ${limit}`, `the packet is larger than ${limit}`)
    }
    refusing(() => parser.write(piece.toString('utf8')), () => malformed(parser))
  }
  refusing(() => parser.close(), () => path.length === 0 && bytes < 1024 ? withoutPacket() : cutOff(parser))
  return found
}

/** The parser's own refusals are plain errors; what the listeners throw says already what it is, and bugs stay bugs. */
function refusing (work: () => unknown, refusal: () => FileProblem): void {
  try {
    work()
  } catch (cause) {
    if (cause instanceof Error && cause.constructor === Error) throw refusal()
    throw cause
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

function pathOf (path: string[]): string | undefined {
  const from = path.findIndex(name => name === 'MessageHeader' || name === 'Bussiness')
  return from < 0 ? undefined : path.slice(from).join('/')
}

const overLimit = (line: number | undefined, vi: string, en: string): FileProblem =>
  new FileProblem('file-over-limit', line === undefined ? {} : { line }, { vi: `${vi}.`, en: `${en}.` })

const withoutPacket = (): FileProblem =>
  new FileProblem('file-unreadable', {}, { vi: 'tệp không có gói tin nào.', en: 'the file holds no packet.' })

const cutOff = ({ line }: SaxesParser): FileProblem => new FileProblem('file-truncated', { line }, {
  vi: 'gói tin dừng khi còn thẻ chưa đóng: tệp bị cắt cụt, hoặc có dấu & không viết là &amp;. Hãy xuất hoặc tải lại trọn gói tin.',
  en: 'the packet stops with tags still open: it is cut off, or has an & that is not written as &amp;. Export or copy the whole packet again.'
})

const malformed = ({ line, column }: SaxesParser): FileProblem => new FileProblem('file-unreadable', { line }, {
  vi: `không phải XML hợp lệ ở ký tự thứ ${column} của dòng. Hãy xuất lại gói tin từ hệ thống đã tạo ra nó.`,
  en: `not well-formed XML at character ${column} of the line. Export the packet again from the system that made it.`
})
