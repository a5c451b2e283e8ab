import type { Slip } from './code-departure.ts'
import { latinized, tidy, withoutInvisible } from '../text.ts'

/**
 * The characters of a printed code put in order: one alphabet, one kind of slash and of hyphen, no space around them.
 * What a reader cannot see (NFD, zero-width spaces) and the word “Số:” in front are no slips of the document.
 */
export function orderedCode (printed: string): { text: string, slips: Slip[] } {
  const slips = new Set<Slip>()
  let text = withoutMargins(tidy(withoutInvisible(printed).replace(/[！-～]/gu, narrow)))

  const change = (slip: Slip, find: RegExp, replacement: string): void => {
    const changed = text.replace(find, replacement)
    if (changed !== text) slips.add(slip)
    text = changed
  }

  const latin = latinized(text)
  if (latin !== text) slips.add('letters')
  text = latin
  change('slashes', /[⁄∕\\]/gu, '/')
  change('dashes', /[‐‑‒–—―−_]/gu, '-')
  change('spaces', / (?=[-/.&])/gu, '')
  change('spaces', /(?<=[-/.&]) /gu, '')
  change('slashes', /\/\/+/gu, '/')
  change('dashes', /--+|\./gu, '-')
  return { text, slips: [...slips] }
}

const narrow = (wide: string): string => String.fromCharCode(wide.charCodeAt(0) - 0xFEE0)

/** Without “Số:” in front, and without what ends the clause the code was copied from. */
function withoutMargins (text: string): string {
  const code = text.replace(/^(?:số|so|sô) ?[:.]? ?(?=\d)/iu, '')
  let end = code.length
  while (end > 0 && '.,;: '.includes(code.charAt(end - 1))) end--
  return code.slice(0, end)
}
