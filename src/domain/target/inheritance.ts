import type { Verdict } from './comparison/verdict.ts'
import { findIndicator } from './indicator.ts'
import { issuerKey, readIssuer, type Issuer } from '../issuer/issuer.ts'
import type { Plan } from '../plan.ts'
import { rememberedOf, rememberedOfLatest, rememberedOfPair } from '../remembered.ts'
import { compareTargets, type ComparisonContext } from './target-comparison.ts'
import type { Inherits, Target } from './target.ts'
import { fold } from '../text.ts'

/** A target of the child that takes up one of the parent's, and the verdict on it. */
export interface Heir {
  /** Index into the child's targets. */
  index: number
  target: Target
  /** Absent: nobody said so, indicator and scope are the same. */
  inherits?: Inherits
  verdict: Verdict
}

/** What became of one target of the parent. */
export interface Inheritance {
  /** The parent's target. */
  target: Target
  binding: boolean
  /** `false`: no plan below can take it up (a rank of the country), or it asks nothing of this level. */
  applies: boolean
  heirs: Heir[]
}

/** Every target of the parent with the child's targets that take it up: by their own word, else by the same indicator and scope. */
// Two rules ask for the same comparison of one plan, the dearest part of a verdict, one after the other.
export const inheritedBy = rememberedOfLatest((child: Plan, parent: Plan): Inheritance[] => {
  const context = contextOf(child, parent)
  return parent.targets.map(target => ({
    target,
    binding: target.aspirational !== true,
    applies: appliesTo(target, child),
    heirs: heirsOf(target, child, parent, context)
  }))
})

function appliesTo (target: Target, child: Plan): boolean {
  if (findIndicator(target.indicator)?.inheritable === false) return false
  const levels = target.byLevel ?? []
  const asksOthersOnly = levels.length > 0 && target.goal?.amount === undefined
  return !asksOthersOnly || child.level === undefined || levels.some(({ level }) => level === child.level)
}

function heirsOf (target: Target, child: Plan, parent: Plan, context: ComparisonContext): Heir[] {
  return child.targets.flatMap((own, index): Heir[] => {
    const named = (own.inherits ?? []).find(link => link.key === target.key && namesPlan(link, parent))
    if (named !== undefined) {
      return [{ index, target: own, inherits: named, verdict: verdictOn(target, own, { how: named.how, ...context }) }]
    }
    return isUnlinked(own, parent) && meets(own, target) ? [{ index, target: own, verdict: verdictOn(target, own, context) }] : []
  })
}

const verdictsOn = rememberedOfPair((_asked: Target, _own: Target) => new Map<string, Verdict>())

/** The verdict on two targets, found once for all plans that repeat them in the same circumstances. */
function verdictOn (asked: Target, own: Target, context: ComparisonContext): Verdict {
  // A table of assigned values asks something else of each issuer.
  if ((asked.assignments ?? []).length > 0) return compareTargets(asked, own, context)
  const { childLevel, parentEnd, childEnd, sameArea, how } = context
  const verdicts = verdictsOn(asked, own)
  const circumstances = `${childLevel} ${parentEnd} ${childEnd} ${sameArea} ${how}`
  const verdict = verdicts.get(circumstances) ?? compareTargets(asked, own, context)
  verdicts.set(circumstances, verdict)
  return verdict
}

/** The same indicator of the same population, or of one for which the parent asks another value. */
const meets = (own: Target, target: Target): boolean =>
  own.indicator === target.indicator &&
  (own.scope === target.scope || (own.scope !== undefined && (target.overrides ?? []).some(({ scope }) => scope === own.scope)))

/** A target that says itself what it takes up of this parent is not matched with anything else of it. */
const isUnlinked = (own: Target, parent: Plan): boolean =>
  !(own.inherits ?? []).some(link => namesPlan(link, parent) && parent.targets.some(({ key }) => key === link.key))

/** Whether the link may mean this parent: one that names no plan means every parent that has the key. */
export const namesPlan = (link: Inherits, parent: Pick<Plan, 'id' | 'code'>): boolean =>
  link.plan === undefined || link.plan === parent.id || link.plan === parent.code || (parent.code !== undefined && fold(link.plan) === fold(parent.code))

/** Links that take up nothing: of a plan that is not a parent, or of a key that no parent has. */
export function danglingLinks (child: Plan, parents: { plan: Plan, stub: boolean }[]): { target: number, link: number, inherits: Inherits, lacks: 'parent' | 'key', keys: string[] }[] {
  return child.targets.flatMap((target, index) => (target.inherits ?? []).flatMap((inherits, link) => {
    const named = parents.filter(({ plan }) => namesPlan(inherits, plan))
    // The targets of a plan that nobody registered are unknown, so the key may be right.
    if (named.some(({ plan, stub }) => stub || plan.targetsIncomplete === true || plan.targets.some(({ key }) => key === inherits.key))) return []
    if (named.length === 0 && mayNameUnresolved(inherits, child, parents.length)) return []
    const lacks = named.length === 0 ? 'parent' as const : 'key' as const
    return [{ target: index, link, inherits, lacks, keys: named.flatMap(({ plan }) => plan.targets.map(({ key }) => key)) }]
  }))
}

/** A parent that is cited but not yet told apart is in no family, so the link cannot be called wrong. */
function mayNameUnresolved ({ plan }: Inherits, child: Plan, known: number): boolean {
  const cited = child.citations.filter(({ relation }) => relation === 'implements')
  return plan === undefined ? known < cited.length : cited.some(({ code, planId }) => planId === plan || (code !== undefined && fold(code) === fold(plan)))
}

function contextOf (child: Plan, parent: Plan): ComparisonContext {
  const [own, above] = [child, parent].map(({ issuer }) => issuer === undefined ? undefined : readIssuer(issuer))
  const sameArea = own === undefined || above === undefined ? undefined : areaOf(own) === areaOf(above)
  return {
    childIssuer: child.issuer,
    childLevel: child.level,
    parentEnd: parent.period?.to,
    childEnd: child.period?.to,
    sameArea,
    rowOf: (rows, issuer) => rowFinder(rows)(issuer)
  }
}

const areaOf = rememberedOf(({ place }: Issuer): string =>
  [place.province, place.district, place.commune].map(name => fold(name ?? '')).join('/'))

const UNIT_WORDS = /^(?:tinh|thanh pho|tp|quan|huyen|thi xa|xa|phuong|thi tran) /

/**
 * Finds the row of a table that means an issuer. Tables of assigned targets name the area (`Hà Nội`, `huyện Minh Hóa`)
 * where they mean its people's committee. The names of the rows are read once, for any number of issuers.
 */
export function rowFinder (rows: string[]): (issuer: string) => string | undefined {
  const by = (keyOf: (row: string) => string) => new Map(rows.map(row => [keyOf(row), row]))
  const [byIssuer, byArea, byPlace] = [by(issuerKey), by(fold), by(withoutUnit)]
  return issuer => {
    const named = byIssuer.get(issuerKey(issuer))
    const [area] = named === undefined ? committeeAreas(issuer) : []
    if (area === undefined) return named
    // A town and a district may bear one name side by side (thị xã Cai Lậy, huyện Cai Lậy).
    return byArea.get(fold(`${area.unit} ${area.name}`)) ?? byPlace.get(withoutUnit(area.name ?? ''))
  }
}

const committeeAreas = (issuer: string): Issuer['areas'] => {
  const read = readIssuer(issuer)
  return read?.kind === 'peoples-committee' ? read.areas : []
}

const withoutUnit = (name: string): string => fold(name).replace(UNIT_WORDS, '')
