import type { Language } from '../cell-values.ts'
import { cellsOf, headerNames } from '../table-row.ts'
import { guarded } from './formula-guard.ts'

/** Rows are gathered into pieces of about this many characters: a write for each would cost more than making it. */
const PIECE = 64 * 1024

/**
 * Plans as CSV (RFC 4180) that Excel opens with its diacritics and without running anything, and that `readCsv` takes back
 * whole. In Vietnamese the cells are separated by semicolons, as Excel there expects.
 */
export async function * writeCsv (plans: AsyncIterable<object>, language: Language): AsyncGenerator<Buffer> {
  const delimiter = language === 'vi' ? ';' : ','
  const line = (cells: string[]): string => cells.map(quoted).join(delimiter) + '\r\n'
  // Without its mark Excel reads UTF-8 in the code page of Windows.
  let lines = '\ufeff' + line(headerNames(language))
  for await (const plan of plans) {
    lines += line(cellsOf(plan, language).map(guarded))
    if (lines.length < PIECE) continue
    yield Buffer.from(lines)
    lines = ''
  }
  if (lines !== '') yield Buffer.from(lines)
}

const quoted = (text: string): string => /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
