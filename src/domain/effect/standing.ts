import type { Ending } from '../family.ts'
import { type PartialDate, compareDates, dayAfter, firstDay, lastDay } from '../partial-date.ts'
import type { Plan } from '../plan.ts'
import { type Consolidated, consolidated } from './consolidation.ts'
import { type Effect, type LeftOutReason, byOrderOfEffect, hasBegun, isCertainlyBefore, isEnd } from './effect.ts'

/** Tình trạng hiệu lực of a plan on a day. */
export const EFFECT_STATUSES = [
  'draft', 'issued', 'in-force', 'amended', 'partly-expired', 'suspended', 'replaced', 'repealed', 'expired', 'unknown'
] as const

export type EffectStatus = (typeof EFFECT_STATUSES)[number]

export interface Standing {
  status: EffectStatus
  /** The first day of the status; absent: not known. */
  since?: PartialDate
  /** The last day, where a date says so: of the suspension, else of the period. */
  until?: PartialDate
  /** The effects that make it so. */
  by: Effect[]
  /** Effects of which the dates do not tell whether, or in which order, they had begun: with one of these the status may be another. */
  unclear: Effect[]
  /** Effects of that day that change something without saying what: the register does not hold what is in force. */
  unread: Effect[]
}

/**
 * How the plan stands on the day. What another plan has certainly ended or changed was certainly issued, although its own
 * date is not known; and what has ended does not take effect any more.
 */
export function standingOn (plan: Plan, effects: readonly Effect[], on: PartialDate | undefined): Standing {
  const text = consolidated(plan, effects, on)
  const [unclear, unread] = [leftOutAs('unclear', text), leftOutAs('unread', text)]
  const rest = { unclear, unread }
  const issued = hasBegun(plan.issuedOn, on)
  if (plan.draft === true || issued === 'not-yet') return { status: 'draft', by: [], ...rest }
  const period = periodStateOn(text, on)
  const [end, ...laterEnds] = endsIn(text, period)
  if (end !== undefined) {
    const rivals = laterEnds.filter(other => other.status !== end.status && !isCertainlyFirst(end, other))
    const contenders = rivals.length === 0 ? earlierPeriods(text, end) : [end, ...rivals].flatMap(({ by }) => by)
    return { status: end.status, since: end.since, by: end.by, unread, unclear: [...unclear, ...contenders] }
  }
  const begun = [...text.applied, ...unread].sort(byOrderOfEffect)
  const isIssued = issued === 'begun' || begun.some(({ sinceIssue }) => sinceIssue !== true)
  const inEffect = plan.effectiveFrom === undefined ? 'begun' : hasBegun(plan.effectiveFrom, on)
  if (!isIssued || period === 'unclear' || inEffect === 'unclear') return { status: 'unknown', by: [], ...rest }
  if (inEffect === 'not-yet') return { status: 'issued', ...sinceDay(plan.issuedOn), by: [], ...rest }
  return { ...livingStanding(plan, text.plan.period, begun), ...rest }
}

/** What ends a plan as a whole, in the order of the effects. */
export const endsOf = (effects: readonly Effect[]): Ending[] => effects.flatMap(({ relation, by, from, part }): Ending[] =>
  (relation === 'replaces' || relation === 'repeals') && part === undefined
    ? [{ relation, by: by.name, ...(from !== undefined && { on: from }) }]
    : [])

const leftOutAs = (reason: LeftOutReason, { leftOut }: Consolidated): Effect[] =>
  leftOut.flatMap(({ effect, why }) => why === reason ? [effect] : [])

function periodStateOn ({ plan, contested }: Consolidated, on: PartialDate | undefined): 'over' | 'open' | 'unclear' {
  const to = plan.period?.to
  if (contested.includes('/period')) return 'unclear'
  if (to === undefined) return 'open'
  if (on === undefined) return 'unclear'
  if (lastDay(to) < firstDay(on)) return 'over'
  return lastDay(to) >= lastDay(on) ? 'open' : 'unclear'
}

interface End {
  status: 'replaced' | 'repealed' | 'expired'
  since: PartialDate
  by: Effect[]
}

/** The ends that have certainly come, the earliest first. */
function endsIn ({ plan, applied }: Consolidated, period: 'over' | 'open' | 'unclear'): End[] {
  const ends = applied.flatMap((effect): End[] => isEnd(effect) && effect.part === undefined
    ? [{ status: effect.relation === 'replaces' ? 'replaced' : 'repealed', since: effect.from!, by: [effect] }]
    : [])
  if (period === 'over') ends.push({ status: 'expired', since: dayAfter(lastDay(plan.period!.to!)), by: [] })
  return ends.sort((a, b) => firstDay(a.since) < firstDay(b.since) ? -1 : firstDay(a.since) > firstDay(b.since) ? 1 : 0)
}

/** `end` stands before `other` in the order of their days; of two plans that end this one on one day, the one issued first does. */
function isCertainlyFirst (end: End, other: End): boolean {
  const [[effect], [otherEffect]] = [end.by, other.by]
  if (effect === undefined || otherEffect === undefined) return compareDates(end.since, other.since) !== 'unclear'
  return isCertainlyBefore(effect, otherEffect)
}

/** Of effects that contest the period, those by which the plan may have expired before it was ended. */
const earlierPeriods = ({ applied, contested }: Consolidated, { since }: End): Effect[] =>
  applied.filter(({ changes }) => contested.includes('/period') && changes?.period?.to !== undefined && lastDay(changes.period.to) < lastDay(since))

/** `period` is that of the day; `begun`: what has certainly begun by then, whether or not it says what it changes. */
function livingStanding (plan: Plan, period: Plan['period'], begun: readonly Effect[]): Pick<Standing, 'status' | 'since' | 'until' | 'by'> {
  const suspending = begun.filter(({ relation, part }) => relation === 'suspends' && part === undefined)
  if (suspending.length > 0) {
    const untils = suspending.flatMap(({ until }) => until ?? [])
    const last = untils.length < suspending.length ? undefined : untils.toSorted((a, b) => lastDay(a) < lastDay(b) ? -1 : 1).at(-1)
    return { status: 'suspended', ...sinceDay(suspending[0]!.from), ...untilDay(last), by: suspending }
  }
  const ending = begun.filter(effect => (isEnd(effect) || effect.relation === 'suspends') && effect.part !== undefined)
  const amending = begun.filter(({ relation }) => relation === 'amends' || relation === 'supplements')
  const until = untilDay(period?.to)
  if (ending.length > 0) return { status: 'partly-expired', ...sinceDay(ending[0]!.from), ...until, by: ending }
  if (amending.length > 0) return { status: 'amended', ...sinceDay(amending[0]!.from), ...until, by: amending }
  return { status: 'in-force', ...sinceDay(plan.effectiveFrom ?? plan.issuedOn), ...until, by: [] }
}

const sinceDay = (since: PartialDate | undefined): Pick<Standing, 'since'> => since === undefined ? {} : { since }

const untilDay = (until: PartialDate | undefined): Pick<Standing, 'until'> => until === undefined ? {} : { until }
