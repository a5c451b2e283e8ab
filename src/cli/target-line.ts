import { findIndicator } from '../domain/target/indicator.ts'
import { printTarget } from '../domain/target/printed-target.ts'
import type { Target } from '../domain/target/target.ts'
import type { Language } from './terminal.ts'

/** In the words of the document; where nobody has entered them, as the rules word it: `poverty (tỷ lệ nghèo đa chiều): giảm 1–1,5 điểm %/năm`. */
export function targetWords (target: Target, language: Language): string {
  if (target.text !== undefined) return target.text
  const indicator = findIndicator(target.indicator)
  return `${target.key}${indicator === undefined ? '' : ` (${indicator[language]})`}: ${printTarget(target)[language]}`
}
