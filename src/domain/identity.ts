import { readCode } from './code/code.ts'
import type { Code } from './code/code.ts'
import type { DocumentType } from './document-type.ts'
import { isRelativeName, issuerKey, readIssuer } from './issuer/issuer.ts'
import { firstDay, yearOf } from './partial-date.ts'
import type { PartialDate } from './partial-date.ts'
import { MERGER, isNameOfTwo } from './issuer/province.ts'
import { fold } from './text.ts'

/** What names a plan, of a plan or of a citation whose issuer was made absolute. */
export interface Identified {
  code?: string
  type?: DocumentType
  title?: string
  issuer?: string
  issuedOn?: PartialDate
}

/**
 * The key of issuer, year of issue, type and number: numbering restarts every year and an agency may run one series per
 * type (Nghị định 30/2020/NĐ-CP, Điều 15). A plan without a number goes by its title. `?` stands for what is not known;
 * undefined means too little is known to tell the plan from others. `issuerId`: the organization, where it is known, because of
 * two bodies of one name each has its own numbers.
 */
export function identityOf ({ code: printed, type, title, issuer, issuedOn }: Identified, issuerId?: string): string | undefined {
  if (issuer === undefined || isRelativeName(issuer)) return undefined
  const code = printed === undefined ? undefined : readCode(printed).code
  const year = code?.year ?? (issuedOn === undefined ? '?' : yearOf(issuedOn))
  const named = code !== undefined
    ? [series(code) ?? type ?? '?', `${code.number}${code.suffix ?? ''}`]
    // A citation does not say the type of a plan without a number, so its title has to be enough.
    : printed === undefined && title !== undefined ? ['title', shortened(fold(title))] : undefined
  return named && [issuerId ?? issuerKey(issuer) + sinceMerger(issuer, issuedOn), year, ...named].join('|')
}

/** The identity of the same issuer, type and number where nobody knows the year. */
export const ofUnknownYear = (identity: string): string => {
  const [issuer, year, ...named] = identity.split('|')
  return year === undefined ? identity : [issuer, '?', ...named].join('|')
}

/**
 * The bodies of a merged province number from 01 again in the middle of 2025, under the name of one that was merged: both
 * may have issued 119/KH-UBND in that year.
 */
function sinceMerger (issuer: string, issuedOn: PartialDate | undefined): string {
  if (issuedOn === undefined || yearOf(issuedOn) !== yearOf(MERGER)) return ''
  const province = readIssuer(issuer)?.place.province
  if (province === undefined || !isNameOfTwo(province)) return ''
  return firstDay(issuedOn) >= MERGER ? ' since the merger' : ''
}

/** An index entry of PostgreSQL holds 2,700 bytes. Long titles differ at their ends: the place, the year, the annex. */
const shortened = (title: string): string =>
  title.length <= 400 ? title : `${title.slice(0, 200)}…${title.slice(-200)} (${title.length})`

/**
 * The series of numbers the code belongs to. The symbol decides and not the declared type: a citation gives only the
 * code, and whoever misnames the type of 31-QĐ/TW still means that document.
 */
function series ({ style, type, typeSymbol }: Code): string | undefined {
  // The National Assembly numbers laws and resolutions in one series.
  return style === 'assembly' ? 'assembly' : type ?? typeSymbol
}
