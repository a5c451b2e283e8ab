import { canonical, divide, isDecimal, type Decimal } from './decimal.ts'

const WORDS = new Map<string, Decimal>([
  ['nửa', '0.5'], ['một nửa', '0.5'], ['gấp rưỡi', '1.5'], ['gấp đôi', '2'], ['gấp ba', '3'], ['gấp bốn', '4'], ['gấp năm', '5']
])

const GROUPED = /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/
const WITH_COMMA = /^\d+(?:,\d+)?$/
const WITH_POINT = /^\d+\.\d+$/
const FRACTION = /^(\d{1,9})\/(\d{1,9})$/

/**
 * Reads one number as Vietnamese documents print it: `1,5`, `75.000`, `1.234,5`, `1/2`, `gấp 2 lần`, `1,5 lần`.
 * A single point that cannot separate thousands is a decimal point, as in tables copied to the web (`92.60`).
 * Undefined for anything else, and for a fraction that no decimal can hold (`1/3`).
 */
export function readVietnameseNumber (text: string): Decimal | undefined {
  if (text.length > 60) return undefined
  const words = text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ')
  const word = WORDS.get(words)
  if (word !== undefined) return word
  const bare = words.replace(/^gấp /, '').replace(/ ?lần$/, '').replace(/ ?%$/, '')
  const negative = /^[-−]/.test(bare)
  const number = readUnsigned(negative ? bare.slice(1) : bare)
  if (number === undefined || !isDecimal(number)) return undefined
  return canonical(negative ? `-${number}` : number)
}

function readUnsigned (text: string): Decimal | undefined {
  const fraction = FRACTION.exec(text)
  if (fraction !== null) return divide(fraction[1]!, fraction[2]!)
  if (GROUPED.test(text)) return text.replaceAll('.', '').replace(',', '.')
  if (WITH_COMMA.test(text)) return withoutLeadingZeros(text.replace(',', '.'))
  if (WITH_POINT.test(text)) return withoutLeadingZeros(text)
  return undefined
}

const withoutLeadingZeros = (text: string): string => text.replace(/^0+(?=\d)/, '')

const print = (value: Decimal, group: string, point: string): string => {
  const [whole = '', fraction] = canonical(value).split('.')
  const sign = whole.startsWith('-') ? '-' : ''
  const groups: string[] = []
  for (let end = whole.length; end > sign.length; end -= 3) groups.unshift(whole.slice(Math.max(sign.length, end - 3), end))
  return sign + groups.join(group) + (fraction === undefined ? '' : point + fraction)
}

/** `75.000`, `1,5` */
export const printVietnameseNumber = (value: Decimal): string => print(value, '.', ',')

/** `75,000`, `1.5` */
export const printEnglishNumber = (value: Decimal): string => print(value, ',', '.')
