import type { Citation } from './citation.ts'
import type { DocumentType } from './document-type.ts'
import type { Level } from './level.ts'
import type { PartialDate, Period } from './partial-date.ts'
import type { Target } from './target/target.ts'

/**
 * Any official document that takes part in a cascade, the one at its head included.
 * What is absent is unknown; nothing is ever guessed to fill a gap.
 */
export interface Plan {
  id: string
  /** The number and symbol as printed, `119/KH-UBND`. Absent: the document has none, or it is not known. */
  code?: string
  type?: DocumentType
  title?: string
  /** The organization that issued it, by its name on that day, `UBND tỉnh Thái Bình`. */
  issuer?: string
  level?: Level
  issuedOn?: PartialDate
  /** When it takes effect; absent: on the day of issue, as plans do that name no day. */
  effectiveFrom?: PartialDate
  /** Not issued yet (dự thảo): it binds nobody and changes nothing. */
  draft?: boolean
  period?: Period
  /** The programme or movement the cascade is about. */
  programme?: string
  citations: Citation[]
  targets: Target[]
  /** The record is known not to hold every target of the document: what is missing is unknown, not absent. */
  targetsIncomplete?: boolean
}

/** How people name a plan in a sentence: its code, else its title, and who issued it. */
export function nameOf (plan: Pick<Plan, 'code' | 'title' | 'issuer'>): string {
  const own = plan.code ?? (plan.title === undefined ? '(?)' : `“${plan.title}”`)
  return plan.issuer === undefined ? own : `${own} (${plan.issuer})`
}

/** As `nameOf`, with the date: what tells two plans of one code apart. */
export const datedNameOf = (plan: Pick<Plan, 'code' | 'title' | 'issuer' | 'issuedOn'>): string =>
  nameOf({ ...plan, issuer: [plan.issuer ?? '?', plan.issuedOn ?? '?'].join(', ') })
