import type { PartialDate } from './partial-date.ts'

/**
 * How one plan stands to another it names. `implements` alone makes a parent; `proposal` (theo đề nghị) never does.
 * The words are those of the official registers and of the summaries clerks know (lược đồ văn bản).
 */
export const RELATIONS = [
  'implements', 'basis', 'amends', 'supplements', 'replaces', 'repeals', 'corrects', 'guides', 'references', 'proposal'
] as const

export type Relation = (typeof RELATIONS)[number]

/** A link from one plan to another, as the citing document words it. */
export interface Citation {
  relation: Relation
  /** Number and symbol as printed. */
  code?: string
  /** The issuer as the citing text names it; may be relative to the citing issuer (`UBND tỉnh`). */
  issuer?: string
  issuedOn?: PartialDate
  title?: string
  /** The plan meant, once it is known; the caller may name it outright. */
  planId?: string
  /** The document does not name this plan itself; whoever recorded it inferred the link. */
  inferred?: boolean
  note?: string
}
