import type { Message } from '../message.ts'
import { type Existence, type Organization, type Succession, areaWord, existsAt } from './organization.ts'
import { type PartialDate, firstDay, lastDay } from '../partial-date.ts'

/** Organizations and their successions, by id and in both directions. */
export interface Directory {
  organizations: ReadonlyMap<string, Organization>
  /** Successions by the id of the predecessor. */
  after: ReadonlyMap<string, Succession[]>
  /** Successions by the id of the successor. */
  before: ReadonlyMap<string, Succession[]>
}

export function directoryOf (organizations: Iterable<Organization>, successions: Iterable<Succession>): Directory {
  const after = new Map<string, Succession[]>()
  const before = new Map<string, Succession[]>()
  for (const succession of successions) {
    append(after, succession.predecessorId, succession)
    append(before, succession.successorId, succession)
  }
  return { organizations: new Map([...organizations].map(each => [each.id, each])), after, before }
}

/** An organization met on the way through successions, and the day on which that way reached it. */
export interface Step {
  organization: Organization
  on: PartialDate
}

/** Everyone who came after, through any number of successions that had taken effect by `at`; nearest first, each once. */
export const successorsOf = (directory: Directory, id: string, at?: PartialDate): Step[] =>
  walk(directory, id, succession => at === undefined || firstDay(succession.on) <= lastDay(at), 'successorId')

/** Everyone who came before, through any number of successions; nearest first, each once. */
export const predecessorsOf = (directory: Directory, id: string): Step[] =>
  walk(directory, id, () => true, 'predecessorId')

function walk (directory: Directory, id: string, counts: (succession: Succession) => boolean, towards: 'successorId' | 'predecessorId'): Step[] {
  const edges = towards === 'successorId' ? directory.after : directory.before
  const met = new Set([id])
  const steps: Step[] = []
  const waiting = [id]
  for (let at = 0; at < waiting.length; at++) {
    for (const succession of edges.get(waiting[at]!) ?? []) {
      const organization = directory.organizations.get(succession[towards])
      if (!counts(succession) || organization === undefined || met.has(organization.id)) continue
      met.add(organization.id)
      steps.push({ organization, on: succession.on })
      waiting.push(organization.id)
    }
  }
  return steps
}

export interface Responsible {
  organization: Organization
  /** The first day on which it answered for the other; absent when it is the organization asked about. */
  since?: PartialDate
  /** `no` never occurs; `unclear`: the dates are not known precisely enough to be sure. */
  existence: Exclude<Existence, 'no'>
}

/**
 * Who answers on that date for what the organization did: itself while it exists, then whoever succeeded it, through any
 * number of steps. Several after a split; nobody before it began, or when nobody is recorded as its successor.
 */
export function responsibleAt (directory: Directory, id: string, date: PartialDate): Responsible[] {
  const found = new Map<string, Responsible>()
  const met = new Set<string>()
  const waiting: { id: string, since?: PartialDate }[] = [{ id }]
  for (let at = 0; at < waiting.length; at++) {
    const { id: nextId, since } = waiting[at]!
    const organization = directory.organizations.get(nextId)
    if (organization === undefined || met.has(nextId)) continue
    met.add(nextId)
    const existence = existsAt(organization, date)
    if (existence !== 'no') found.set(nextId, { organization, ...(since !== undefined && { since }), existence })
    if (existence === 'yes') continue
    for (const succession of directory.after.get(nextId) ?? []) {
      if (firstDay(succession.on) <= lastDay(date)) waiting.push({ id: succession.successorId, since: succession.on })
    }
  }
  return [...found.values()]
}

/** The superiors on that date: those recorded, whoever answers for them by then, or what they were made of before. */
export function superiorsAt (directory: Directory, organization: Organization, date: PartialDate): { administrative: Organization[], functional: Organization[] } {
  const standIns = (id?: string): Organization[] => {
    if (id === undefined) return []
    const responsible = responsibleAt(directory, id, date).map(each => each.organization)
    if (responsible.length > 0) return responsible
    return predecessorsOf(directory, id).map(step => step.organization).filter(each => existsAt(each, date) !== 'no')
  }
  return { administrative: standIns(organization.superiorId), functional: standIns(organization.functionalSuperiorId) }
}

/**
 * «nay thuộc Hưng Yên từ 01/07/2025»: where a body that is gone must be looked for. Undefined while it answers for itself,
 * and when nobody is known to answer for it.
 */
export function nowUnder (organization: Organization, responsible: readonly Responsible[]): Message | undefined {
  const bySince = new Map<PartialDate, Organization[]>()
  for (const each of responsible) if (each.since !== undefined) append(bySince, each.since, each.organization)
  if (bySince.size === 0) return undefined
  const parts = [...bySince].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([since, organizations]) => ({ since, places: organizations.map(each => placeOf(each, organization)) }))
  return {
    vi: parts.map(({ since, places }) => `nay thuộc ${places.map(place => place.vi).join(', ')} từ ${since.split('-').reverse().join('/')}`).join('; '),
    en: parts.map(({ since, places }) => `now under ${places.map(place => place.en).join(', ')} since ${since}`).join('; ')
  }
}

function placeOf ({ area, name, level }: Organization, former: Organization): Message {
  if (area === undefined || level === 'agency') return { vi: name, en: name }
  const place = level === 'provincial' ? area.name : `${areaWord(area.type)} ${area.name}`
  return area.name === former.area?.name && area.type === former.area.type ? { vi: `${place} (mới)`, en: `the new ${place}` } : { vi: place, en: place }
}

function append<K, V> (lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
