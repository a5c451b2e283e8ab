import { escapeXml } from './cell-escapes.ts'
import type { Part } from './archive.ts'
import { PartParser, textOf } from './xml.ts'

export interface MarkedStyles {
  /** The whole part, with one differential format more. */
  text: string
  /** Index of the red format. */
  red: number
}

// In the order of the standard (CT_Stylesheet), what may stand before the differential formats.
const BEFORE = ['numFmts', 'fonts', 'fills', 'borders', 'cellStyleXfs', 'cellXfs', 'cellStyles']

/** The cell formats of a workbook and a red one; undefined when they are too long to be rewritten: red is a courtesy. */
export async function markedStyles (part: Part): Promise<MarkedStyles | undefined> {
  let text = ''
  for await (const piece of textOf(part)) {
    text += piece
    if (text.length > MOST_STYLES_CHARACTERS) return undefined
  }
  const starts = (end: number): number => text.lastIndexOf('<', end - 1)
  let depth = 0
  let red = 0
  /** The opening tag of the list, if there is one. */
  let list: { from: number, to: number } | undefined
  /** Where the list ends, or would stand. */
  let at: number | undefined
  const parser = new PartParser(part, {
    open: (name, _, end) => {
      depth++
      if (depth === 2 && name === 'dxfs') list = { from: starts(end), to: end }
      else if (depth === 2 && !BEFORE.includes(name)) at ??= starts(end)
      if (depth === 3 && name === 'dxf' && list !== undefined && at === undefined) red++
    },
    close: (name, end) => {
      if ((depth === 2 && name === 'dxfs') || depth === 1) at ??= starts(end)
      depth--
    }
  })
  parser.write(text)
  parser.end()
  if (at === undefined) return undefined
  const prefix = /<([\w.-]+:)?styleSheet[\s>]/.exec(text)?.[1] ?? ''
  const format = RED.replaceAll('<', `<${prefix}`).replaceAll(`<${prefix}/`, `</${prefix}`)
  const opening = `<${prefix}dxfs count="${red + 1}">`
  const closing = `</${prefix}dxfs>`
  if (list === undefined) return { red, text: utf8(text.slice(0, at) + opening + format + closing + text.slice(at)) }
  const isEmptyTag = text.charAt(list.to - 2) === '/'
  const inner = isEmptyTag ? '' : text.slice(list.to, at)
  const rest = isEmptyTag ? closing + text.slice(list.to) : text.slice(at)
  return { red, text: utf8(text.slice(0, list.from) + opening + inner + format + rest) }
}

const MOST_STYLES_CHARACTERS = 8 * 1024 * 1024

// The colours that Excel itself offers for “bad”.
const RED = '<dxf><font><color rgb="FF9C0006"/></font><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf>'

/** A part that is rewritten is written as UTF-8, whatever it was. */
export const utf8 = (text: string): string =>
  text.replace(/^\ufeff/, '').replace(/^(<\?xml[^>]*encoding=["'])[^"']*/, '$1UTF-8')

/** A conditional format that shows red where the formula is true. */
export const redRule = ({ prefix, range, formula, red }: { prefix: string, range: string, formula: string, red: number }): string =>
  `<${prefix}conditionalFormatting sqref="${range}"><${prefix}cfRule type="expression" dxfId="${red}" priority="1">` +
  `<${prefix}formula>${escapeXml(formula)}</${prefix}formula></${prefix}cfRule></${prefix}conditionalFormatting>`
