import { compareDecimals, isDecimal } from '../decimal.ts'
import { excessesOf } from './excess.ts'
import type { Family, Parent } from '../family.ts'
import { inheritedBy } from './inheritance.ts'
import { judge } from '../judge.ts'
import type { Message } from '../message.ts'
import type { Plan } from '../plan.ts'
import type { Finding } from '../rules/rule.ts'
import { printAmount } from './target-words.ts'
import type { Amount, Target } from './target.ts'
import { convert } from './unit.ts'

/** One place of a plan and what should stand there. */
export interface Change {
  /** JSON Pointer; `/targets/-` adds one at the end. */
  at: string
  value: unknown
  message: Message
}

/** Rounds of judging at most. */
const MOST_ROUNDS = 5

/**
 * What would clear the findings, if that follows from the facts alone: what the parent asks, what it left, what it calls its
 * targets; by the place of the finding in the list. All of them together are judged before they are offered: every finding
 * that has changes is gone, and no error takes its place.
 */
export function correctionsOf (findings: Finding[], family: Family): Map<number, Change[]> {
  const standing = new Set(judge(family).map(nameOf))
  const movedLast = new Set<number>()
  let offered = findings.map((finding, index) => ({ index, changes: candidatesFor(finding, family) })).filter(({ changes }) => changes.length > 0)
  for (let round = 0; round < MOST_ROUNDS && offered.length > 0; round++) {
    const after = judge({ ...family, plan: corrected(family.plan, offered.flatMap(({ changes }) => changes)) })
    const left = new Set(after.map(nameOf))
    const clears = ({ index }: typeof offered[number]) => !left.has(nameOf(findings[index]!))
    if (offered.every(clears)) {
      const hasNew = after.some(finding => finding.severity === 'error' && !standing.has(nameOf(finding)))
      return new Map(hasNew ? [] : offered.map(({ index, changes }) => [index, asMade(changes, offered)]))
    }
    // Two parents may ask for two values in one place: what did not clear its finding is made last, and then not at all.
    const again = offered.filter(one => !clears(one) && !movedLast.has(one.index))
    offered = [...offered.filter(clears), ...again]
    for (const { index } of again) movedLast.add(index)
  }
  return new Map()
}

/** Where several changes are made in one place, the last one is what stands there. */
const asMade = (changes: Change[], offered: { changes: Change[] }[]): Change[] => changes.map(change =>
  change.at.endsWith('/-') ? change : offered.flatMap(one => one.changes).findLast(({ at }) => at === change.at)!)

const nameOf = ({ rule, severity, at, facts }: Finding): string =>
  [rule, severity, at, facts['parent'], facts['parentKey'] ?? facts['key'], facts['year']].join(' ')

/** The plan with the changes made, in their order. */
export function corrected (plan: Plan, changes: Change[]): Plan {
  return changes.reduce((changed, { at, value }) => put(changed, at.split('/').slice(1), value) as Plan, plan)
}

function put (whole: unknown, [step, ...rest]: string[], value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(whole)) {
    const index = step === '-' ? whole.length : Number(step)
    return Object.assign([...whole], { [index]: put(whole[index], rest, value) })
  }
  const members = (whole ?? {}) as Record<string, unknown>
  return { ...members, [step]: put(members[step], rest, value) }
}

function candidatesFor (finding: Finding, family: Family): Change[] {
  switch (finding.rule) {
    case 'target-ambition': return raised(finding, family)
    case 'targets-inherited': return finding.at === '/targets' ? taken(finding, family) : relinked(finding, family)
    case 'allocation-sum': return lowered(finding, family)
    case 'period-within': return shortened(finding, family)
    default: return []
  }
}

const parentIn = ({ parents }: Family, id: unknown): Parent | undefined => parents.find(({ plan }) => plan.id === id)

/** Each value that is worse than asked becomes what is asked, each deadline that is later the one asked. */
function raised ({ at, facts }: Finding, family: Family): Change[] {
  const index = Number(at.split('/')[2])
  const parent = parentIn(family, facts['parent'])
  const own = family.plan.targets[index]
  if (parent === undefined || own?.goal === undefined) return []
  const goal = own.goal
  const heir = inheritedBy(family.plan, parent.plan).find(({ target }) => target.key === facts['parentKey'])?.heirs.find(one => one.index === index)
  const worse = (heir?.verdict.arithmetic.comparisons ?? []).filter(({ outcome }) => outcome === 'weaker')
  return worse.flatMap(({ parent: asked, measure, year, level, scope, ends, deadline }): Change[] => {
    const changes: Change[] = []
    const isLate = deadline?.outcome === 'later'
    if (isLate && year === undefined) {
      changes.push({ at: `/targets/${index}/goal/by`, value: deadline.parent, message: { vi: `Đặt thời hạn ${deadline.parent}.`, en: `Set the deadline ${deadline.parent}.` } })
    }
    const place = isLate && !ends.some(({ outcome }) => outcome === 'worse') ? undefined : placeOf(own, year, level, scope)
    if (asked !== undefined && place !== undefined && measure === (goal.measure === 'series' ? 'level' : goal.measure) && isStatable(asked)) {
      const amount = printAmount(asked, measure === 'change-per-year')
      changes.push({ at: `/targets/${index}${place}`, value: asked, message: { vi: `Đặt lại thành ${amount.vi}.`, en: `Set it to ${amount.en}.` } })
    }
    return changes
  })
}

/** Where the compared value stands in the target. */
function placeOf ({ goal, byLevel = [], overrides = [] }: Target, year: number | undefined, level: string | undefined, scope: string | undefined): string | undefined {
  const row = (list: string, index: number) => index === -1 ? undefined : `/${list}/${index}/amount`
  const override = overrides.findIndex(one => one.scope === scope)
  if (scope !== undefined && override !== -1) return row('overrides', override)
  const ofLevel = byLevel.findIndex(one => one.level === level)
  if (level !== undefined && ofLevel !== -1) return row('byLevel', ofLevel)
  const ofYear = (goal?.series ?? []).findIndex(one => one.year === year)
  if (year !== undefined && ofYear !== -1) return row('goal/series', ofYear)
  return goal?.amount === undefined ? undefined : '/goal/amount'
}

const isStatable = ({ value, low, high }: Amount): boolean => [value, low, high].every(one => one === undefined || isDecimal(one))

/**
 * A target that nobody took up is taken up by reference: whoever knows the plan's own number states that instead. Of a
 * record that is known to lack targets nothing follows: the document may well say more.
 */
function taken ({ facts }: Finding, family: Family): Change[] {
  if (family.plan.targetsIncomplete === true) return []
  const parent = parentIn(family, facts['parent'])
  const target = parent?.plan.targets.find(({ key }) => key === facts['key'])
  if (parent === undefined || target === undefined) return []
  const keys = new Set(family.plan.targets.map(({ key }) => key))
  let key = target.key
  for (let copy = 2; keys.has(key); copy++) key = `${target.key}-${copy}`
  const value: Target = {
    key,
    indicator: target.indicator,
    ...(target.scope !== undefined && { scope: target.scope }),
    inherits: [{ plan: wordFor(parent, family), key: target.key, how: 'by-reference' }]
  }
  return [{
    at: '/targets/-',
    value,
    message: {
      vi: `Thêm chỉ tiêu “${key}” dẫn chiếu “${target.key}” của cấp trên; nếu văn bản có số riêng thì ghi số đó vào goal.`,
      en: `Add target “${key}”, which takes up “${target.key}” of the parent by reference; where the plan has a number of its own, state it in goal.`
    }
  }]
}

/** The code of the parent, unless two parents bear it. */
const wordFor = ({ plan }: Parent, { parents }: Family): string =>
  plan.code !== undefined && parents.filter(other => other.plan.code === plan.code).length === 1 ? plan.code : plan.id

/** A link that leads nowhere is led to the one target of a parent that it can mean: of its key, else of its indicator and scope. */
function relinked ({ at }: Finding, family: Family): Change[] {
  const [, , index = '', , link = ''] = at.split('/')
  const own = family.plan.targets[Number(index)]
  const inherits = own?.inherits?.[Number(link)]
  if (own === undefined || inherits === undefined) return []
  const all = family.parents.flatMap(parent => parent.plan.targets.map(target => ({ parent, target })))
  const ofKey = all.filter(({ target }) => target.key === inherits.key)
  const [meant, ...others] = ofKey.length > 0 ? ofKey : all.filter(({ target }) => target.indicator === own.indicator && target.scope === own.scope)
  if (meant === undefined || others.length > 0) return []
  const value = { ...inherits, plan: wordFor(meant.parent, family), key: meant.target.key }
  return [{
    at: `/targets/${index}/inherits/${link}`,
    value,
    message: { vi: `Dẫn tới chỉ tiêu “${value.key}” của ${value.plan}.`, en: `Lead it to target “${value.key}” of ${value.plan}.` }
  }]
}

/** The share becomes the most that may be taken. */
function lowered ({ at, facts }: Finding, family: Family): Change[] {
  const index = Number(at.split('/')[2])
  const excess = excessesOf(family.plan, family.parents).find(one =>
    one.index === index && one.parent.id === facts['parent'] && one.target.key === facts['parentKey'] && one.shared.year === facts['year'])
  const amount = family.plan.targets[index]?.goal?.amount
  if (excess === undefined || amount?.unit === undefined || amount.value === undefined || excess.own.length !== 1 || excess.own[0] !== amount) return []
  const { left, shared: { given: { unit } } } = excess
  if (compareDecimals(left, '0') !== 1) return []
  const inOwnUnit = convert(left, unit, amount.unit)
  const value: Amount = { ...amount, value: inOwnUnit ?? left, unit: inOwnUnit === undefined ? unit : amount.unit }
  const words = printAmount(value)
  return isStatable(value)
    ? [{ at: `/targets/${index}/goal/amount`, value, message: { vi: `Giảm xuống ${words.vi}, mức còn được nhận.`, en: `Lower it to ${words.en}, the most that may be taken.` } }]
    : []
}

function shortened ({ at, facts }: Finding, family: Family): Change[] {
  const above = family.parents.find(({ citation }) => citation === facts['citation'])?.plan.period
  const end = at.split('/')[2]
  const value = end === 'from' ? above?.from : end === 'to' ? above?.to : undefined
  if (value === undefined) return []
  return [{ at, value, message: { vi: `Đặt ${end === 'from' ? 'năm bắt đầu' : 'năm kết thúc'} ${value} như cấp trên.`, en: `Set ${end} to ${value}, as the parent has it.` } }]
}
