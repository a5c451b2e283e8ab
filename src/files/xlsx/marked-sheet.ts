import { type Range, cellName, rangeName, readAddress } from './cell-address.ts'
import type { Part } from './archive.ts'
import { escapeCell, escapeXml } from './cell-escapes.ts'
import { ERROR_COLUMN, redFormula } from './error-column.ts'
import { MOST_SHEET_ROWS } from './limits.ts'
import { redRule, utf8 } from './marked-styles.ts'
import { type Attributes, PartParser, textOf } from './xml.ts'

export interface Marking {
  headerRow: number
  /** Index of the column that takes the sentences; what stands in it is replaced. */
  errorColumn: number
  /** Index of the red format; absent: nothing is painted. */
  red?: number
  /** The sentences of a row; empty for a row without faults. Asked once for each row, in order. */
  textOfRow: (row: number) => Promise<string>
}

/** A stretch of the part's text to be replaced: by the cell of a row in the error column, or by a text. */
type Edit = { from: number, to: number } & ({ row: number } | { text: string })

/** The text of a sheet's part with its error column filled in; all else is passed on as it stands. */
export async function * markedSheet (part: Part, marking: Marking): AsyncGenerator<string> {
  const tracker = new EditTracker(part, marking)
  let isFirst = true
  for await (const piece of textOf(part)) {
    tracker.add(piece)
    const text = await tracker.edited()
    yield isFirst ? utf8(text) : text
    // The declaration at the head of a part is passed on with the first text that is.
    isFirst &&= text === ''
  }
  tracker.end()
  yield await tracker.edited()
}

// In the order of the standard (CT_Worksheet), what may stand between the rows and the rules of conditional formats, these included.
const BEFORE_RULES = [
  'sheetCalcPr', 'sheetProtection', 'protectedRanges', 'scenarios', 'autoFilter', 'sortState', 'dataConsolidate', 'customSheetViews',
  'mergeCells', 'phoneticPr', 'conditionalFormatting'
]

class EditTracker {
  readonly #marking: Marking
  readonly #parser: PartParser
  readonly #edits: Edit[] = []
  /** The text from `#from` on that is not passed on yet, and up to where it may be. */
  #raw = ''
  #from = 0
  #until = 0
  #prefix = ''
  #depth = 0
  #state: 'head' | 'rows' | 'tail' = 'head'
  #row = 0
  #column = -1
  #cellStart = 0
  /** Where the cell of the error column stands or would stand in this row. */
  #slot = { from: 0, to: 0 }
  #isPainted: boolean
  #formula = ''
  #wanted: string

  constructor (part: Part, marking: Marking) {
    this.#marking = marking
    this.#isPainted = marking.red === undefined
    this.#wanted = redFormula(marking.errorColumn, marking.headerRow + 1)
    this.#parser = new PartParser(part, { open: this.#open, close: this.#close, text: text => { this.#formula += text } })
  }

  add (piece: string): void {
    this.#raw += piece
    this.#parser.write(piece)
  }

  end (): void {
    this.#parser.end()
    this.#until = this.#from + this.#raw.length
  }

  /** What can be passed on by now, with its edits made. */
  async edited (): Promise<string> {
    let text = ''
    let at = this.#from
    while (this.#edits[0] !== undefined && this.#edits[0].to <= this.#until) {
      const edit = this.#edits.shift()!
      text += this.#slice(at, edit.from) + ('text' in edit ? edit.text : await this.#errorCell(edit.row))
      at = edit.to
    }
    text += this.#slice(at, this.#until)
    this.#raw = this.#raw.slice(this.#until - this.#from)
    this.#from = this.#until
    return text
  }

  async #errorCell (row: number): Promise<string> {
    const { headerRow, errorColumn, textOfRow } = this.#marking
    const text = row === headerRow ? ERROR_COLUMN : await textOfRow(row)
    if (text === '') return ''
    const p = this.#prefix
    return `<${p}c r="${cellName({ column: errorColumn, row })}" t="inlineStr"><${p}is><${p}t xml:space="preserve">${escapeXml(escapeCell(text))}</${p}t></${p}is></${p}c>`
  }

  #slice = (from: number, to: number): string => this.#raw.slice(from - this.#from, to - this.#from)

  /** Well-formed XML holds no `<` inside a tag, so the last one before the end of a tag begins it. */
  #startOfTag = (end: number): number => this.#from + this.#raw.lastIndexOf('<', end - 1 - this.#from)

  #open = (name: string, attributes: Attributes, end: number): void => {
    this.#depth++
    if (this.#depth === 1) this.#prefix = /^<([\w.-]+:)?/.exec(this.#slice(this.#startOfTag(end), end))?.[1] ?? ''
    if (this.#state === 'rows') this.#openInRows(name, attributes, end)
    else if (this.#state === 'tail' && this.#depth === 2 && !BEFORE_RULES.includes(name)) this.#paint(this.#startOfTag(end))
    if (name === 'sheetData') this.#state = 'rows'
    if (name === 'formula') this.#formula = ''
  }

  #openInRows (name: string, { r }: Attributes, end: number): void {
    if (name === 'row') {
      this.#row = r === undefined ? this.#row + 1 : Number(r)
      this.#column = -1
      this.#slot = { from: end, to: end }
      const from = this.#startOfTag(end)
      const tag = this.#slice(from, end)
      // `spans` promises which columns the row uses; without it, none are promised.
      if (/\sspans=/.test(tag)) this.#edits.push({ from, to: end, text: tag.replace(/\sspans=(?:"[^"]*"|'[^']*')/, '') })
    } else if (name === 'c') {
      this.#column = (r === undefined ? undefined : readAddress(r)?.column) ?? this.#column + 1
      this.#cellStart = this.#startOfTag(end)
    }
  }

  #close = (name: string, end: number): void => {
    if (this.#state === 'rows') this.#closeInRows(name, end)
    if (name === 'sheetData') this.#state = 'tail'
    if (name === 'formula' && this.#formula === this.#wanted) this.#isPainted = true
    if (this.#depth === 1) this.#paint(this.#startOfTag(end))
    this.#depth--
    // Inside a row a later cell may still move its slot.
    if (this.#state !== 'rows' || name === 'row') this.#until = end
  }

  #closeInRows (name: string, end: number): void {
    if (name === 'c') {
      if (this.#column < this.#marking.errorColumn) this.#slot = { from: end, to: end }
      if (this.#column === this.#marking.errorColumn) this.#slot = { from: this.#cellStart, to: end }
    } else if (name === 'row' && !this.#slice(this.#startOfTag(end), end).endsWith('/>')) {
      this.#edits.push({ ...this.#slot, row: this.#row })
    }
  }

  #paint (at: number): void {
    const { red, errorColumn, headerRow } = this.#marking
    if (this.#isPainted || red === undefined) return
    this.#isPainted = true
    const range: Range = { from: { column: 0, row: headerRow + 1 }, to: { column: errorColumn - 1, row: MOST_SHEET_ROWS } }
    this.#edits.push({ from: at, to: at, text: redRule({ prefix: this.#prefix, range: rangeName(range), formula: this.#wanted, red }) })
  }
}
