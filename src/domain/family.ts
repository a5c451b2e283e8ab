import type { Citation } from './citation.ts'
import type { PartialDate } from './partial-date.ts'
import type { Plan } from './plan.ts'
import type { Target } from './target/target.ts'

/** `resolved` and `stub` name one plan; `ambiguous` several; `unidentified` carries too little to name any. */
export const RESOLUTIONS = ['resolved', 'stub', 'ambiguous', 'unidentified'] as const

export type Resolution = (typeof RESOLUTIONS)[number]

/** What ends the effect of a plan: another one that replaces or repeals it. */
export interface Ending {
  relation: 'replaces' | 'repeals'
  /** The plan that ends it, as people name it. */
  by: string
  on?: PartialDate
}

/** What a plan takes of a total of its parent: a target that it inherits as `allocated`. */
export interface Share {
  planId: string
  /** The plan, as people name it. */
  plan: string
  issuer?: string
  /** `Target.key` of the parent's target. */
  key: string
  target: Pick<Target, 'goal' | 'equivalents'>
  /** The plan already answers for this total being exceeded: such a finding stands against it. */
  answers: boolean
}

/** A plan that the judged plan implements, one step up. */
export interface Parent {
  /** Index into `plan.citations`. */
  citation: number
  plan: Plan
  /** Known only because it is cited: nobody has registered the document. */
  stub: boolean
  endings: Ending[]
  /**
   * What the register holds of shares taken from this parent, that of the judged plan included as it was before, in the
   * order in which the plans became known. Absent: the judged plan takes none, or its effect has ended.
   */
  shares?: Share[]
}

/** A citation and what it was found to name. */
export interface CitationReading {
  citation: Citation
  resolution: Resolution
  /** The plans it may mean, as people name them. */
  candidates: { id: string, name: string }[]
}

/** Everything the rules may look at: a plan, the plans it cites, and where it would stand in the graph. */
export interface Family {
  plan: Plan
  parents: Parent[]
  readings: CitationReading[]
  /** Each closed walk along `implements` that storing the plan would make, as names from the plan back to itself. */
  cycles: { citation: number, path: string[] }[]
  /** Other registered plans of this issuer, type and number: `certain` with the same year, else one year is unknown. */
  namesakes: { id: string, name: string, certain: boolean }[]
}
