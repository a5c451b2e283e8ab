import { type Code, readCode } from './code/code.ts'
import { isRelativeName, issuerKey, readIssuer } from './issuer/issuer.ts'
import { type PartialDate, yearOf } from './partial-date.ts'
import { fold, tidy } from './text.ts'

/** What somebody looks for, taken apart: `119/KH-UBND Thái Bình 2022`. */
export interface Sought {
  code?: Code
  year?: number
  /** Of one issuer by its whole name. */
  issuerKey?: string
  /** The rest, ready to compare with `searchable`: words of issuer, title or programme. */
  words: string[]
}

const ABBREVIATIONS = [['uy ban nhan dan', 'ubnd'], ['hoi dong nhan dan', 'hdnd'], ['thanh pho', 'tp'], ['ke hoach', 'kh'], ['quyet dinh', 'qd'], ['nghi quyet', 'nq']] as const

/** Folded, with what people write in full and in letters brought to one form, so that either finds the other. */
export const searchable = (text: string): string =>
  ABBREVIATIONS.reduce((folded, [full, short]) => folded.replaceAll(full, short), fold(text))

/**
 * Takes a search apart: the code wherever it stands and however it is spaced (`164/TTr- SKHCN`), a year, the rest. A year
 * inside a code counts as the code's.
 */
export function readSought (text: string): Sought {
  const tokens = tidy(text).split(' ').filter(token => !/^(?:số|so)[:.]?$/iu.test(token)).slice(0, 50)
  // Up to five tokens make one code, if a separator stands at every space between them; the longest that reads wins.
  for (let length = Math.min(5, tokens.length); length > 0; length--) {
    for (let start = 0; start + length <= tokens.length; start++) {
      const parts = tokens.slice(start, start + length)
      if (parts.some((part, index) => index > 0 && !SEPARATED.test(`${parts[index - 1]!.slice(-1)} ${part[0]}`))) continue
      const run = parts.join(' ')
      const code = /[/⁄]/.test(run) ? readCode(run.replace(/[,;.]$/u, '')).code : undefined
      if (code !== undefined && code.issuerSymbol !== '') return { code, ...withoutCode([...tokens.slice(0, start), ...tokens.slice(start + length)]) }
    }
  }
  return withoutCode(tokens)
}

// The end of one token and the beginning of the next, one of which is a slash or a dash.
const SEPARATED = /^[/⁄\p{Pd}] | [/⁄\p{Pd}]$/u

function withoutCode (tokens: string[]): Pick<Sought, 'year' | 'words'> {
  const dated = tokens.map(token => /^(?:(?:\d{1,2}[/.-]){1,2})?((?:19|20)\d\d)[,;.]?$/.exec(token)?.[1])
  const year = dated.find(found => found !== undefined)
  const words = searchable(tokens.filter((_, index) => dated[index] === undefined).join(' ')).split(' ')
    .filter(word => word !== '' && !FILLERS.has(word))
  return { ...(year !== undefined && { year: Number(year) }), words }
}

// Words that stand between the parts of a citation and name nothing.
const FILLERS = new Set(['cua', 'ngay', 'nam', 've', 'so'])

export const PARTS = ['code', 'issuer', 'year', 'words'] as const

export type Part = (typeof PARTS)[number]

/** Which parts of what is sought the plan agrees with, and of which it says nothing. */
export interface Match {
  agrees: Part[]
  unknown: Part[]
}

export interface SoughtPlan {
  canonicalCode?: string
  code?: string
  issuer?: string
  issuerKey?: string
  title?: string
  programme?: string
  issuedOn?: PartialDate
}

/** How a plan fits; undefined when something that both say contradicts. */
export function matchOf (sought: Sought, plan: SoughtPlan): Match | undefined {
  const match: Match = { agrees: [], unknown: [] }
  const weigh = (part: Part, asked: boolean, known: boolean, agrees: () => boolean): boolean => {
    if (!asked) return true
    if (!known) match.unknown.push(part)
    else if (agrees()) match.agrees.push(part)
    else return false
    return true
  }
  const words = sought.words
  const fits =
    weigh('code', sought.code !== undefined, true, () => sought.code?.canonical === plan.canonicalCode) &&
    weigh('issuer', sought.issuerKey !== undefined, plan.issuerKey !== undefined, () => sought.issuerKey === plan.issuerKey) &&
    weigh('year', sought.year !== undefined, plan.issuedOn !== undefined || yearInCode(plan) !== undefined,
      () => sought.year === (yearInCode(plan) ?? yearOf(plan.issuedOn!))) &&
    weigh('words', words.length > 0, true, () => {
      const named = ` ${searchable([plan.code, plan.issuer, plan.title, plan.programme].filter(part => part !== undefined).join(' '))} `
      return words.every(word => named.includes(` ${word} `))
    })
  return fits ? match : undefined
}

const yearInCode = ({ code }: SoughtPlan): number | undefined => code === undefined ? undefined : readCode(code).code?.year

/** The key of an issuer as a caller writes it, relative names against the citing issuer; undefined when it names nobody alone. */
export function issuerSought (name: string, citingIssuer: string | undefined): string | undefined {
  const citing = citingIssuer === undefined ? undefined : readIssuer(citingIssuer)
  if (!isRelativeName(name)) return issuerKey(name)
  return citing === undefined || readIssuer(name, citing) === undefined ? undefined : issuerKey(name, citing)
}
