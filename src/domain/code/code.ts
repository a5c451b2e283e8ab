import {
  letterWithType, slipped, symbolMissing, typeMissing, wrongCapitals, wrongSeparators, wrongZeros, yearInAdministrativeCode, yearMissing
} from './code-departure.ts'
import type { Departure, Form } from './code-departure.ts'
import { orderedCode } from './code-text.ts'
import { canonicalTypeSymbol, typeOfPartySymbol, typeOfSymbol, yearInCode } from '../document-type.ts'
import type { DocumentType } from '../document-type.ts'
import { canonicalIssuerSymbol, capitalized, isAssemblySymbol, isKnownIssuerSymbol, isPartySymbol } from '../issuer/issuer-symbol.ts'
import type { Message } from '../message.ts'
import { remembered } from '../remembered.ts'

export type { Departure } from './code-departure.ts'

/** A number and symbol, taken apart. */
export interface Code {
  /**
   * `state` 119/KH-UBND, `normative` 30/2020/NĐ-CP, `assembly` 24/2021/QH15, `party` 19-CT/TU,
   * `letter` (công văn, no type) 2390/BTTTT-THH.
   */
  style: 'state' | 'normative' | 'assembly' | 'party' | 'letter'
  number: number
  /** The number as printed, with its zeros. */
  digits: string
  /** Lower case, `a`, `bis`. */
  suffix?: string
  year?: number
  typeSymbol?: string
  /** Absent where the symbol names no type, or more than one: QĐ of the Party is a decision or a rule. */
  type?: DocumentType
  /** Empty when the printed form leaves it out (`Nghị quyết 30a`). */
  issuerSymbol: string
  /** The groups after the issuer: the drafting unit, or the other issuers of a joint document. */
  unitSymbols: string[]
  canonical: string
}

export type CodeReading =
  | { code: Code, departures: Departure[], fault?: undefined }
  | { code?: undefined, fault: Message }

// The longest code seen in real documents has 20 characters; what is longer than this is a sentence.
const LONGEST = 120

const HEAD = /^(\d{1,7})((?:bis|ter|[a-zđ])(?![a-zđ]))?/iu
const YEAR = /^(\d{4})(?:[-/](.*))?$/u
const GROUP = /^(?!\d+$)[a-zđăâêôơư0-9&]+$/iu

/** Reads what is printed, however it departs from the rules, and says which rules those are. Never throws. */
export const readCode = remembered(readPrinted)

function readPrinted (printed: string): CodeReading {
  if (printed.length > LONGEST) return fault(`dài ${printed.length} ký tự, quá ${LONGEST}`, `it has ${printed.length} characters, more than ${LONGEST}`)
  const { text, slips } = orderedCode(printed)
  const head = HEAD.exec(text)
  if (head === null) return fault('không bắt đầu bằng số', 'it does not begin with a number')
  const [{ length }, digits = '', suffix] = head
  const rest = text.slice(length)
  if (Number(digits) === 0) return fault('số bắt đầu từ 01, không có số 0', 'numbers begin at 01; there is no number 0')
  if (/^\d/u.test(rest)) return fault('số có quá nhiều chữ số', 'the number has too many digits')

  const body = rest.replace(/^[-/ ]/u, '')
  const [, printedYear, afterYear = ''] = YEAR.exec(body) ?? []
  const year = printedYear === undefined ? undefined : Number(printedYear)
  if (year !== undefined && (year < 1945 || year > 2200)) return fault(`năm ${year} không có thật`, `${year} is not a year of any document`)

  const symbol = withHyphens(year === undefined ? body : afterYear)
  const groups = symbol === '' ? [] : symbol.split(/[-/]/u)
  const odd = groups.find(group => !GROUP.test(group))
  if (odd !== undefined) return fault(`có phần không phải ký hiệu: “${odd}”`, `it holds what is no symbol: “${odd}”`)

  const numbered = { number: Number(digits), digits, ...(suffix !== undefined && { suffix: suffix.toLowerCase() }), ...(year !== undefined && { year }) }
  const read = assembled(numbered, groups, rest.startsWith('-'))
  const code = { ...read, canonical: printCode(read) }
  const form = formOf(code)
  const slipsMade = new Set(text.includes(' ') ? slips.concat('spaces') : slips)
  return { code, departures: [...slipsMade].map(slip => slipped(slip, form)).concat(departuresOf(code, text, groups, suffix)) }
}

/** The canonical form: the number with two digits at least, the separators of its style, no spaces. */
export function printCode ({ style, number, suffix = '', year, typeSymbol, issuerSymbol, unitSymbols }: Omit<Code, 'canonical'>): string {
  const numbered = `${String(number).padStart(2, '0')}${suffix}${year === undefined ? '' : `/${year}`}`
  const issued = [issuerSymbol, ...unitSymbols].filter(group => group !== '')
  if (style === 'party' && typeSymbol !== undefined) return `${numbered}-${typeSymbol}/${issued.join('-')}`
  const symbol = [...typeSymbol === undefined ? [] : [typeSymbol], ...issued].join('-')
  return symbol === '' ? numbered : `${numbered}/${symbol}`
}

/** Known groups put together again: a hyphen lost between type and issuer (`NĐCP`, `KH UBND`), a space inside one (`Q Đ`). */
function withHyphens (symbol: string): string {
  const spaced = symbol.split(' ').reduce((left, right) => {
    const type = canonicalTypeSymbol(left.split(/[-/]/u).at(-1) ?? '')
    const issuer = canonicalIssuerSymbol(right.split(/[-/]/u)[0] ?? '')
    return `${left}${type !== undefined && isKnownIssuerSymbol(issuer) ? '-' : ' '}${right}`
  }).replace(/[^-/]+/gu, group => {
    const closed = group.replaceAll(' ', '')
    return canonicalTypeSymbol(closed) !== undefined || isKnownIssuerSymbol(canonicalIssuerSymbol(closed)) ? closed : group
  })
  if (/[-/]/u.test(spaced) || isKnownIssuerSymbol(canonicalIssuerSymbol(spaced))) return spaced
  for (const issuer of ['UBND', 'HĐND', 'TTg', 'CP', 'TW', 'TU']) {
    const cut = spaced.length - issuer.length
    const type = spaced.slice(0, Math.max(cut, 0))
    if (canonicalIssuerSymbol(spaced.slice(type.length)) === issuer && canonicalTypeSymbol(type) !== undefined) return `${type}-${spaced.slice(cut)}`
  }
  return spaced
}

type Numbered = Pick<Code, 'number' | 'digits' | 'suffix' | 'year'>

function assembled (numbered: Numbered, groups: string[], hyphened: boolean): Omit<Code, 'canonical'> {
  const [first = '', ...others] = groups
  // The Party's hyphen stands before a type, be it one that no list knows.
  const startsWithType = canonicalTypeSymbol(first) !== undefined ||
    (hyphened && others.length > 0 && !isKnownIssuerSymbol(canonicalIssuerSymbol(first)))
  const typeSymbol = startsWithType ? canonicalTypeSymbol(first) ?? capitalized(first) : undefined
  const [issuer = '', ...units] = startsWithType ? others : groups
  const issuerSymbol = canonicalIssuerSymbol(issuer)
  const style = styleOf({ year: numbered.year, typeSymbol, issuerSymbol, alone: units.length === 0, hyphened })
  const type = typeSymbol === undefined
    ? (style === 'letter' ? 'official-letter' : undefined)
    : style === 'party' ? typeOfPartySymbol(typeSymbol) : typeOfSymbol(typeSymbol)
  return {
    style,
    ...numbered,
    ...(typeSymbol !== undefined && { typeSymbol }),
    ...(type !== undefined && { type }),
    issuerSymbol,
    unitSymbols: units.map(capitalized)
  }
}

function styleOf ({ year, typeSymbol, issuerSymbol, alone, hyphened }: {
  year: number | undefined, typeSymbol: string | undefined, issuerSymbol: string, alone: boolean, hyphened: boolean
}): Code['style'] {
  if (isAssemblySymbol(issuerSymbol) && typeSymbol === undefined && alone) return 'assembly'
  if (year !== undefined) return 'normative'
  if (isPartySymbol(issuerSymbol)) return 'party'
  if (typeSymbol === undefined) return issuerSymbol === '' ? 'state' : 'letter'
  // A youth union writes the Party's form too, so an issuer nobody knows keeps the form it printed.
  return hyphened && issuerSymbol !== '' && !isKnownIssuerSymbol(issuerSymbol) ? 'party' : 'state'
}

const formOf = ({ style }: Code): Form =>
  style === 'party' ? 'party' : style === 'normative' || style === 'assembly' ? 'law' : 'state'

function departuresOf (code: Code, text: string, groups: string[], suffix: string | undefined): Departure[] {
  const form = formOf(code)
  const { type, typeSymbol, issuerSymbol, unitSymbols, year, style, digits, canonical } = code
  const departures: Departure[] = []

  const padded = String(code.number).padStart(2, '0')
  if (digits !== padded) departures.push(wrongZeros(form, digits, padded))
  if (separators(text) !== separators(canonical)) departures.push(wrongSeparators(form, canonical))

  const printed = [...suffix === undefined ? [] : [suffix], ...groups].join('-')
  const usual = [code.suffix, typeSymbol, issuerSymbol, ...unitSymbols].filter(group => group !== undefined && group !== '').join('-')
  if (printed !== usual) departures.push(wrongCapitals(form, printed, usual))

  if (issuerSymbol === '') departures.push(symbolMissing(form))
  else if (typeSymbol === undefined && (style === 'party' || style === 'normative')) departures.push(typeMissing(form))
  if (type === 'official-letter' && typeSymbol !== undefined && style !== 'party') departures.push(letterWithType())

  const carriesYear = style === 'assembly' ? 'always' : style === 'party' || type === undefined ? 'unknown' : yearInCode(type)
  if (year !== undefined && carriesYear === 'never') departures.push(yearInAdministrativeCode(year))
  if (year === undefined && carriesYear === 'always') departures.push(yearMissing())
  return departures
}

const separators = (text: string): string => text.replace(/[^-/]/gu, '')

const fault = (vi: string, en: string): CodeReading => ({
  fault: {
    vi: `Không đọc được số, ký hiệu: ${vi}. Hãy ghi đúng như in trên văn bản, chỉ gồm số và ký hiệu, chẳng hạn 119/KH-UBND.`,
    en: `The code cannot be read: ${en}. Give it as the document prints it, number and symbol only, such as 119/KH-UBND.`
  }
})
