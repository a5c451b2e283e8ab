import type { Citation } from './citation.ts'
import type { Effect } from './effect/effect.ts'
import type { PartialDate } from './partial-date.ts'
import type { Plan } from './plan.ts'
import type { Target } from './target/target.ts'

/** `resolved` and `stub` name one plan; `ambiguous` several; `unidentified` carries too little to name any. */
export const RESOLUTIONS = ['resolved', 'stub', 'ambiguous', 'unidentified'] as const

export type Resolution = (typeof RESOLUTIONS)[number]

/** What ends the effect of a whole plan: another one that replaces or repeals it. */
export interface Ending {
  relation: 'replaces' | 'repeals'
  /** The plan that ends it, as people name it. */
  by: string
  /** Since when; absent: not known. */
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
  /** As it was in force when the judged plan was issued. */
  plan: Plan
  /** Known only because it is cited: nobody has registered the document. */
  stub: boolean
  endings: Ending[]
  /** The effects of relation `suspends` on it. */
  suspensions: Effect[]
  /**
   * What the register holds of shares taken from this parent, that of the judged plan included as it was before, in the
   * order in which the plans became known. Absent: the judged plan takes none, or its effect has ended.
   */
  shares?: Share[]
}

/** A plan on which the judged one has an effect. */
export interface Affected {
  /** Index into `plan.citations`. */
  citation: number
  effect: Effect
  /** As it was issued. */
  plan: Plan
  stub: boolean
  /** The effects of other plans on it. */
  effects: Effect[]
  /** It within its own family, as the judged plan changes it on the day the effect begins. Absent: nothing changes. */
  changed?: Family
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
  affected: Affected[]
  /** Each closed walk along effects that end a plan, as names from the plan back to itself. */
  effectCycles: { citation: number, path: string[] }[]
}
