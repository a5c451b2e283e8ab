import type { Citation } from '../../src/domain/citation.ts'
import type { Changes } from '../../src/domain/effect/effect.ts'
import type { PartialDate, Period } from '../../src/domain/partial-date.ts'
import type { Plan } from '../../src/domain/plan.ts'
import type { Target } from '../../src/domain/target/target.ts'

/** What a sequence of steps says of its plans, and the words in which the service is told. A plan has its place for ever. */

export const PLACES = 9

/** One that stands higher can be what a lower one implements; the last ones have issuers whom only this sequence knows. */
const ISSUERS = ['Thủ tướng Chính phủ', 'Thủ tướng Chính phủ', 'UBND tỉnh Thái Bình', 'UBND tỉnh Thái Bình', 'Sở Y tế tỉnh Thái Bình', 'Sở Y tế tỉnh Thái Bình']
const SYMBOLS = ['QĐ-TTg', 'QĐ-TTg', 'KH-UBND', 'KH-UBND', 'KH-SYT', 'KH-SYT']

/** The bodies that a sequence merges. */
export const BODIES = ['A', 'B', 'C'] as const

export const bodyName = (series: number, body: number): string => `Trung tâm Y tế ${series} ${BODIES[body]}`

/** Whose plans stand at a place; undefined: those of an issuer whom no sequence changes. */
export const bodyAt = (place: number): number | undefined => place < ISSUERS.length ? undefined : (place - ISSUERS.length) % 2

export const codeOf = (series: number, place: number): string => `${series * PLACES + place}/${SYMBOLS[place] ?? 'KH-TTYT'}`

export const issuerOf = (series: number, place: number): string => ISSUERS[place] ?? bodyName(series, bodyAt(place)!)

export interface TargetSketch {
  /** Its key and indicator, by number. */
  key: number
  low: number
  aspirational?: boolean
  /** Another way to print the same. */
  print?: number
  /** The key of the parent's target that it says it takes up. */
  inherits?: number
}

export interface ChangeSketch {
  targets: TargetSketch[]
  removed: number[]
  period?: Period
}

export interface Cited {
  relation: Citation['relation']
  place: number
  /** Named by its id, where the register knows it. */
  pin: boolean
  from?: PartialDate
  until?: PartialDate
  part?: string
  change?: ChangeSketch
}

/** All that is told of a plan but its citations. */
export interface Content {
  issuedOn?: PartialDate
  effectiveFrom?: PartialDate
  draft?: boolean
  period?: Period
  targets: TargetSketch[]
  /** How it is worded, which changes nothing of it. */
  wording: number
  waived: boolean
}

const INDICATORS = ['multidimensional-poverty-rate', 'households-with-clean-water', 'kilometres-of-road']
export const KEYS = ['poverty', 'water', 'roads']

const targetOf = ({ key, low, aspirational, print, inherits }: TargetSketch): Target => ({
  key: KEYS[key]!,
  indicator: INDICATORS[key]!,
  ...(print !== undefined && { text: `Giảm từ ${low} điểm phần trăm (${print})` }),
  ...(aspirational === true && { aspirational }),
  goal: { measure: 'change-per-year', direction: 'decrease', amount: { comparator: 'at-least', value: String(low), unit: 'percentage-point' } },
  ...(inherits !== undefined && { inherits: [{ key: KEYS[inherits]!, how: 'adopts' }] })
})

export const changesOf = ({ targets, removed, period }: ChangeSketch): Changes => ({
  ...(targets.length > 0 && { targets: targets.map(targetOf) }),
  ...(removed.length > 0 && { removedTargets: removed.map(key => KEYS[key]!) }),
  ...(period !== undefined && { period: { ...period } })
})

export const WAIVERS = [{ rule: 'cites-parent', reason: 'Văn bản đứng đầu' }, { rule: 'targets-inherited', reason: 'Giao sau' }]

export type Body = Omit<Plan, 'id'> & { waivers: { rule: string, reason: string }[] }

/** `idOf` names the plan at a place, where the register knows one. */
export function bodyOf (series: number, place: number, content: Content, cites: readonly Cited[], idOf: (place: number) => string | undefined): Body {
  const { issuedOn, effectiveFrom, draft, period, wording } = content
  return {
    code: codeOf(series, place),
    title: `Văn bản ${series}.${place}${wording === 0 ? '' : ` (${wording})`}`,
    issuer: issuerOf(series, place),
    ...(issuedOn !== undefined && { issuedOn }),
    ...(effectiveFrom !== undefined && { effectiveFrom }),
    ...(draft === true && { draft }),
    ...(period !== undefined && { period: { ...period } }),
    ...(wording > 0 && { programme: `Phong trào ${wording}` }),
    // The order of targets says nothing.
    targets: (wording % 2 === 0 ? content.targets : content.targets.toReversed()).map(target => targetOf({ ...target, ...(wording > 0 && { print: wording }) })),
    citations: cites.map(({ relation, place: cited, pin, from, until, part, change }) => {
      const planId = pin ? idOf(cited) : undefined
      return {
        relation,
        ...(planId === undefined ? { code: codeOf(series, cited), issuer: issuerOf(series, cited) } : { planId }),
        ...(wording > 0 && { note: `Ghi chú ${wording}` }),
        ...(from !== undefined && { from }),
        ...(until !== undefined && { until }),
        ...(part !== undefined && { part }),
        ...(change !== undefined && { changes: changesOf(change) })
      }
    }),
    waivers: content.waived ? WAIVERS : []
  }
}
