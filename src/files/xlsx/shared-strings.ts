import { type Part, overLimit } from './archive.ts'
import { unescapeCell } from './cell-escapes.ts'
import { MOST_SHARED_CHARACTERS, MOST_SHARED_STRINGS } from './limits.ts'
import { readXml } from './xml.ts'

/** The texts that the cells of all sheets share, in order. */
export async function readSharedStrings (part: Part | undefined): Promise<string[]> {
  const strings: string[] = []
  if (part === undefined) return strings
  const text = new RichText()
  let characters = 0
  await readXml(part, {
    open: name => {
      if (name === 'si') text.begin()
      else text.open(name)
    },
    text: found => text.add(found),
    close: name => {
      if (name !== 'si') return text.close(name)
      strings.push(text.whole())
      characters += strings.at(-1)!.length
      if (strings.length > MOST_SHARED_STRINGS || characters > MOST_SHARED_CHARACTERS) {
        throw overLimit({
          vi: `sổ tính có quá ${MOST_SHARED_STRINGS} đoạn chữ hoặc ${MOST_SHARED_CHARACTERS} ký tự; hãy chia thành nhiều tệp hoặc gửi CSV.`,
          en: `the workbook holds more than ${MOST_SHARED_STRINGS} texts or ${MOST_SHARED_CHARACTERS} characters; split it, or send CSV.`
        })
      }
    }
  })
  return strings
}

/** The text of an `si` or `is` element: the texts of its runs, without the reading aids of East Asian scripts (`rPh`). */
export class RichText {
  #text = ''
  #inText = false
  #inReadingAid = false

  begin (): void {
    this.#text = ''
    this.#inText = this.#inReadingAid = false
  }

  open (name: string): void {
    if (name === 't') this.#inText = true
    else if (name === 'rPh') this.#inReadingAid = true
  }

  add (text: string): void {
    if (this.#inText && !this.#inReadingAid) this.#text += text
  }

  close (name: string): void {
    if (name === 't') this.#inText = false
    else if (name === 'rPh') this.#inReadingAid = false
  }

  whole = (): string => unescapeCell(this.#text)
}
