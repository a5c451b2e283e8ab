import { EFFECT_RELATIONS, type Effect } from '../../src/domain/effect/effect.ts'
import type { EffectStatus } from '../../src/domain/effect/standing.ts'
import { issuerKey } from '../../src/domain/issuer/issuer.ts'
import { type PartialDate, type Period, compareDates, firstDay, lastDay } from '../../src/domain/partial-date.ts'
import { type Plan, nameOf } from '../../src/domain/plan.ts'
import type { Target } from '../../src/domain/target/target.ts'
import type { State } from './time-states.ts'

/** What is in force on a day, computed each time from all that the register held. */

export type Begun = 'begun' | 'not-yet' | 'unclear'

/** A day that is only half known is every day that it may be, and the answer is one only where they all agree. */
export function begun (from: PartialDate | undefined, on: PartialDate | undefined): Begun {
  if (from === undefined || on === undefined) return 'unclear'
  const answers = new Set([firstDay(from), lastDay(from)].flatMap(start => [firstDay(on), lastDay(on)].map(day => day >= start)))
  return answers.size > 1 ? 'unclear' : answers.has(true) ? 'begun' : 'not-yet'
}

export const hasEffect = (relation: string): boolean => (EFFECT_RELATIONS as readonly string[]).includes(relation)

/** What every registered plan that is no draft does to the plan at this place. */
export function effectsOn (state: State, place: number): Effect[] {
  const affected = state.plans.get(place)
  return [...state.plans.values()].filter(({ plan }) => plan.draft !== true).flatMap(({ plan, cites }) =>
    cites.flatMap(({ relation, place: cited, from: declared, until, part }, citation): Effect[] => {
      if (!hasEffect(relation) || cited !== place) return []
      const sinceIssue = relation === 'corrects' && declared === undefined
      const from = declared ?? (sinceIssue ? affected?.plan.issuedOn : plan.effectiveFrom ?? plan.issuedOn)
      const { changes } = plan.citations[citation]!
      return [{
        relation: relation as Effect['relation'],
        by: { id: plan.id, name: nameOf(plan), ...(plan.issuedOn !== undefined && { issuedOn: plan.issuedOn }) },
        citation,
        ...(from !== undefined && { from }),
        ...(sinceIssue && { sinceIssue }),
        ...(until !== undefined && { until }),
        ...(part !== undefined && { part }),
        ...(changes !== undefined && { changes })
      }]
    }))
}

export type Why = 'not-yet' | 'unclear' | 'over'

/** `undefined`: it applies. */
export function whyNot ({ from, sinceIssue, until }: Effect, on: PartialDate | undefined): Why | undefined {
  const ended = until === undefined ? 'not-yet' : on === undefined ? 'unclear' : lastDay(until) < firstDay(on) ? 'begun' : firstDay(until) >= lastDay(on) ? 'not-yet' : 'unclear'
  if (ended === 'begun') return 'over'
  const started = sinceIssue === true ? 'begun' : begun(from, on)
  if (started !== 'begun') return started
  return ended === 'unclear' ? 'unclear' : undefined
}

/** Why it is not in the text of the day. That something of it is different may be certain, and what it is nobody has written down. */
export const whyLeftOut = (effect: Effect, on: PartialDate | undefined): Why | 'unread' | undefined =>
  whyNot(effect, on) ?? (isUnread(effect) ? 'unread' : undefined)

const isUnread = ({ relation, part, changes }: Effect): boolean =>
  changes === undefined && (part !== undefined || ['amends', 'supplements', 'corrects'].includes(relation))

export const inOrder = (effects: Effect[]): Effect[] => [...effects].sort((a, b) => {
  const [left, right] = [a, b].map(({ from, by, citation }) => [from === undefined ? '' : firstDay(from), by.issuedOn ?? '', by.id, String(citation).padStart(4, '0')].join(' '))
  return left! < right! ? -1 : 1
})

export interface InForce {
  plan: Plan
  applied: Effect[]
  leftOut: { effect: Effect, why: Why }[]
  /** Several amendments give it a period, and the dates do not tell which one came last. */
  periodUnclear: boolean
}

export function inForce (plan: Plan, effects: Effect[], on: PartialDate | undefined): InForce {
  const applied = inOrder(effects.filter(effect => whyNot(effect, on) === undefined))
  const leftOut = inOrder(effects).flatMap(effect => { const why = whyNot(effect, on); return why === undefined ? [] : [{ effect, why }] })
  let now = plan
  for (const effect of applied) now = changed(now, effect)
  const last = applied.filter(one => one.changes?.period !== undefined && !applied.some(other => other.changes?.period !== undefined && surelyAfter(other, one)))
  return { plan: now, applied, leftOut, periodUnclear: new Set(last.map(({ changes }) => JSON.stringify(changes!.period))).size > 1 }
}

export function changed (plan: Plan, { changes }: Effect): Plan {
  if (changes === undefined) return plan
  const given = changes.targets ?? []
  const stays = plan.targets.filter(({ key }) => !changes.removedTargets?.includes(key) || given.some(target => target.key === key))
  const inPlace = stays.map(target => given.find(({ key }) => key === target.key) ?? target)
  const added = given.filter(({ key }) => !plan.targets.some(target => target.key === key))
  return { ...plan, ...(changes.period !== undefined && { period: changes.period }), targets: [...inPlace, ...added] }
}

/** Full days decide, and where they are the same one the days of issue, and then the register. */
function surelyAfter (later: Effect, earlier: Effect): boolean {
  const days = later.sinceIssue === true && earlier.sinceIssue === true ? 'same' : order(earlier.from, later.from)
  if (days !== 'same') return days === 'before'
  if (later.by.id === earlier.by.id) return later.citation > earlier.citation
  const issued = order(earlier.by.issuedOn, later.by.issuedOn)
  return issued === 'same' ? later.by.id > earlier.by.id : issued === 'before'
}

const order = (a: PartialDate | undefined, b: PartialDate | undefined) => a === undefined || b === undefined ? 'unclear' : compareDates(a, b)

export interface Stands {
  status: EffectStatus
  since?: PartialDate
  until?: PartialDate
  by: Effect[]
  unclear: Effect[]
  unread: Effect[]
}

const isEnd = ({ relation }: Effect): boolean => relation === 'replaces' || relation === 'repeals'

export function stands (plan: Plan, effects: Effect[], on: PartialDate | undefined): Stands {
  const { plan: now, applied, leftOut, periodUnclear } = inForce(plan, effects, on)
  const unclear = leftOut.filter(({ why }) => why === 'unclear').map(({ effect }) => effect)
  const unread = applied.filter(isUnread)
  const rest = { unclear, unread }
  const issued = begun(plan.issuedOn, on)
  if (plan.draft === true || issued === 'not-yet') return { status: 'draft', by: [], ...rest }

  const to = now.period?.to
  const periodOver = periodUnclear || (to !== undefined && on === undefined)
    ? 'unclear'
    : to === undefined || lastDay(to) >= lastDay(on!) ? 'open' : lastDay(to) < firstDay(on!) ? 'over' : 'unclear'
  const ends = applied.filter(effect => isEnd(effect) && effect.part === undefined)
    .map(effect => ({ status: effect.relation === 'replaces' ? 'replaced' as const : 'repealed' as const, since: effect.from!, by: [effect] }))
  const ended: { status: EffectStatus, since: PartialDate, by: Effect[] }[] = [...ends]
  if (periodOver === 'over') ended.push({ status: 'expired', since: nextDay(lastDay(to!)), by: [] })
  const first = ended.sort((a, b) => firstDay(a.since).localeCompare(firstDay(b.since)))[0]
  if (first !== undefined) {
    const rivals = ended.filter(other => other !== first && other.status !== first.status && compareDates(other.since, first.since) === 'unclear')
    return { ...first, unread, unclear: [...unclear, ...rivals.length === 0 ? [] : [first, ...rivals].flatMap(({ by }) => by)] }
  }

  // What another plan has changed was issued, whatever its own date says.
  const surelyIssued = issued === 'begun' || applied.some(({ sinceIssue }) => sinceIssue !== true)
  const inEffect = plan.effectiveFrom === undefined ? 'begun' : begun(plan.effectiveFrom, on)
  if (!surelyIssued || periodOver === 'unclear' || inEffect === 'unclear') return { status: 'unknown', by: [], ...rest }
  if (inEffect === 'not-yet') return { status: 'issued', ...since(plan.issuedOn), by: [], ...rest }

  const suspending = applied.filter(({ relation, part }) => relation === 'suspends' && part === undefined)
  if (suspending.length > 0) {
    const untils = suspending.map(({ until }) => until)
    const last = untils.includes(undefined) ? undefined : (untils as string[]).sort((a, b) => lastDay(a).localeCompare(lastDay(b))).at(-1)
    return { status: 'suspended', ...since(suspending[0]!.from), ...until(last), by: suspending, ...rest }
  }
  const lives = until(to)
  const partly = applied.filter(effect => (isEnd(effect) || effect.relation === 'suspends') && effect.part !== undefined)
  if (partly.length > 0) return { status: 'partly-expired', ...since(partly[0]!.from), ...lives, by: partly, ...rest }
  const amending = applied.filter(({ relation }) => relation === 'amends' || relation === 'supplements')
  if (amending.length > 0) return { status: 'amended', ...since(amending[0]!.from), ...lives, by: amending, ...rest }
  return { status: 'in-force', ...since(plan.effectiveFrom ?? plan.issuedOn), ...lives, by: [], ...rest }
}

const since = (date: PartialDate | undefined): { since?: PartialDate } => date === undefined ? {} : { since: date }
const until = (date: PartialDate | undefined): { until?: PartialDate } => date === undefined ? {} : { until: date }

function nextDay (day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + 1)
  return date.toISOString().slice(0, 10)
}

/** What of a plan matters to those below it. Two of these are one when their texts are. */
export interface Matter {
  level?: string
  type?: string
  issuer?: string
  period?: Period
  targets: Record<string, object>
  standing?: string
  unread?: string[]
}

export function matterOf (state: State, place: number, on: PartialDate | undefined): Matter {
  const held = state.plans.get(place)!
  const effects = effectsOn(state, place)
  const { plan } = inForce(held.plan, effects, on)
  const { status, unread } = stands(held.plan, effects, on)
  const { level, type, issuer, period } = plan
  return {
    ...(level !== undefined && { level }),
    ...(type !== undefined && { type }),
    ...(issuer !== undefined && { issuer: issuerKey(issuer) }),
    ...(period !== undefined && (period.from ?? period.to) !== undefined && {
      period: { ...(period.from !== undefined && { from: firstDay(period.from) }), ...(period.to !== undefined && { to: lastDay(period.to) }) }
    }),
    targets: Object.fromEntries(plan.targets.map(target => [target.key, askedBy(target)])),
    ...(['replaced', 'repealed', 'suspended'].includes(status) && { standing: status }),
    ...(unread.length > 0 && { unread: unread.map(({ relation, by, part }) => `${relation} ${by.id} ${part ?? ''}`).sort() })
  }
}

const askedBy = ({ indicator, aspirational, goal, inherits = [] }: Target): object =>
  ({ indicator, aspirational: aspirational === true, goal, inherits: inherits.map(({ key, how }) => `${key} ${how}`).sort() })

/** The same matter gives the same text, in whatever order it was said. */
export const textOf = (matter: Matter): string => JSON.stringify(matter, (_, value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1))
    : value)

/** The parts in which two matters differ, as pointers: `/period`, `/targets/poverty`. */
export function partsApart (before: Matter, after: Matter): string[] {
  const parts = (matter: Matter): Map<string, string> => {
    const { targets, ...rest } = matter
    return new Map([...Object.entries(rest).map(([name, value]) => [`/${name}`, JSON.stringify(value)] as const), ...Object.entries(targets).map(([key, target]) => [`/targets/${key}`, textOf(target as Matter)] as const)])
  }
  const [left, right] = [parts(before), parts(after)]
  return [...new Set([...left.keys(), ...right.keys()])].filter(part => left.get(part) !== right.get(part)).sort()
}
