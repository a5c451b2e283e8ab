import type { Changes } from './effect/effect.ts'
import type { PartialDate } from './partial-date.ts'

/**
 * How one plan stands to another it names. `implements` alone makes a parent; `proposal` (theo đề nghị) never does.
 * The words are those of the official registers and of the summaries clerks know (lược đồ văn bản).
 */
export const RELATIONS = [
  'implements', 'basis', 'amends', 'supplements', 'replaces', 'repeals', 'suspends', 'corrects', 'guides', 'references', 'proposal'
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
  /** For a relation that has an effect on the cited plan: since when. Absent: since the citing plan takes effect. */
  from?: PartialDate
  /** For `suspends`: until when, that day included; absent: until another document ends it, by `until` or by repealing. */
  until?: PartialDate
  /** The part that is affected, as the text names it (“Điều 3”); absent: the whole plan. */
  part?: string
  /** What becomes different in the cited plan. */
  changes?: Changes
}
