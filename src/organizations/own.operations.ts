import { isDeepStrictEqual } from 'node:util'
import type { Db, Tx } from '../db/connect.ts'
import { faultsOfOrganizations } from '../domain/organization/organization-faults.ts'
import { nameKey } from '../domain/organization/organization-key.ts'
import { faultsOfSharing } from '../domain/organization/organization-sharing.ts'
import { directoryOf, successorsOf } from '../domain/organization/organization-succession.ts'
import type { Organization, Succession } from '../domain/organization/organization.ts'
import { type Event, recordEvents } from '../events/event.queries.ts'
import type { Fault } from '../problem.ts'
import { type StoredDirectory, findDirectory } from './directory.queries.ts'
import type { StoredOrganization, StoredSuccession } from './organization.queries.ts'
import type { RecordedReply } from './organization.schemas.ts'
import { findSharersOfCodes } from './own.queries.ts'
import { refused } from './refusal.ts'
import { lockOrganizations, writeOrganizations, writeSuccessions } from './store.queries.ts'

/** What a caller adds to the reference data, or corrects of what callers added. */
export interface OwnSet {
  organizations: Organization[]
  successions: Succession[]
}

export interface RecordOptions {
  by: string
  /** Does everything, says what it did, and undoes it. */
  dryRun: boolean
}

/** Thrown to undo a dry run, with what it found. */
class Undone extends Error {
  readonly reply: RecordedReply

  constructor (reply: RecordedReply) {
    super('a dry run')
    this.reply = reply
  }
}

/** Stores the set whole, or refuses it with every fault; the same set again changes nothing. */
export async function recordOrganizations (db: Db, set: OwnSet, { by, dryRun }: RecordOptions): Promise<RecordedReply> {
  return await db.transaction(async tx => {
    await lockOrganizations(tx)
    const around = await findAround(tx, set)
    const faults = faultsWithin(set, around)
    if (faults.length > 0) throw refused(faults)
    await writeOrganizations(tx, set.organizations, 'own')
    await writeSuccessions(tx, set.successions, 'own')
    const reply = { dryRun, ...outcomesOf(set, around) }
    await recordEvents(tx, eventsOf(set, around, reply, by))
    if (dryRun) throw new Undone(reply)
    return reply
  }).catch(error => {
    if (error instanceof Undone) return error.reply
    throw error
  })
}

/** Everything stored that can make a set wrong, or that the set can make wrong. */
async function findAround (tx: Tx, { organizations, successions }: OwnSet): Promise<StoredDirectory> {
  const superiors = organizations.flatMap(({ superiorId, functionalSuperiorId }) => [superiorId, functionalSuperiorId]).filter(id => id !== undefined)
  const ends = successions.flatMap(({ predecessorId, successorId }) => [predecessorId, successorId])
  const ids = organizations.map(({ id }) => id)
  return await findDirectory(tx, {
    ids: { alone: [...ids, ...ends, ...await findSharersOfCodes(tx, organizations)], neighbors: ids, superiors, successors: ends },
    names: { alone: organizations.map(({ name }) => nameKey(name)) }
  })
}

function faultsWithin (set: OwnSet, around: StoredDirectory): Fault[] {
  const given = new Set(set.organizations.map(({ id }) => id))
  const stated = new Set(set.successions.map(pairOf))
  const others = [...around.organizations.values()].filter(({ id }) => !given.has(id))
  const organizations = [...set.organizations, ...others]
  const successions = [...set.successions, ...around.successions.filter(succession => !stated.has(pairOf(succession)))]
  // The pure judgement names the later of two that share something: the stored ones go first there, so that it is the given one.
  const sharing = [...faultsOfSharing([...others, ...set.organizations])]
    .flatMap(fault => within(fault, 'organizations', -others.length, set.organizations.length))
  const faults = faultsOfOrganizations(organizations, successions).flatMap(fault => {
    if (fault.code === 'code-shared' || fault.code === 'name-shared') return []
    const [own] = [...within(fault, 'organizations', 0, set.organizations.length), ...within(fault, 'successions', 0, set.successions.length)]
    const at = own?.at ?? causeOf(fault.at, fault.code, set, organizations, successions)
    return at === undefined ? [] : [{ ...fault, at }]
  })
  return [...faultsOfReference(set, around), ...faults, ...sharing]
}

const pairOf = ({ predecessorId, successorId }: Pick<Succession, 'predecessorId' | 'successorId'>): string => `${predecessorId} ${successorId}`

/** The fault with its index moved, if that leads into the set. */
function within (fault: Fault, list: 'organizations' | 'successions', offset: number, length: number): Fault[] {
  const [, name, index, rest = ''] = /^\/(\w+)\/(\d+)(.*)$/.exec(fault.at) ?? []
  const moved = Number(index) + offset
  return name === list && moved >= 0 && moved < length ? [{ ...fault, at: `/${name}/${moved}${rest}` }] : []
}

/** Where in the set the cause lies of a fault that shows at a stored succession; what else is stored is only a part, and not judged. */
function causeOf (at: string, code: string, set: OwnSet, organizations: readonly Organization[], successions: readonly Succession[]): string | undefined {
  const [, index] = /^\/successions\/(\d+)/.exec(at) ?? []
  const shown = successions[Number(index)]
  if (shown === undefined) return undefined
  if (code === 'succession-cycle') {
    const directory = directoryOf(organizations, successions)
    return `/successions/${set.successions.findIndex(({ predecessorId, successorId }) =>
      successorsOf(directory, successorId).some(step => step.organization.id === predecessorId))}`
  }
  const changed = set.organizations.findIndex(({ id }) => id === shown.predecessorId || id === shown.successorId)
  return changed < 0 ? undefined : `/organizations/${changed}`
}

/** What comes with the product is corrected there, for everybody, and not by a caller. */
function * faultsOfReference (set: OwnSet, around: StoredDirectory): Generator<Fault> {
  for (const [index, { id, name }] of set.organizations.entries()) {
    if (around.organizations.get(id)?.origin !== 'reference') continue
    yield {
      at: `/organizations/${index}/id`,
      code: 'organization-of-reference',
      message: {
        vi: `Mã "${id}" thuộc danh mục kèm theo phần mềm, không sửa được tại đây. Hãy dùng mã khác cho "${name}", hoặc báo để sửa danh mục.`,
        en: `"${id}" belongs to the reference data, which cannot be changed here. Give "${name}" another id, or have the reference corrected.`
      }
    }
  }
  const stored = new Map(around.successions.map(succession => [pairOf(succession), succession]))
  for (const [index, succession] of set.successions.entries()) {
    if (stored.get(pairOf(succession))?.origin !== 'reference') continue
    yield {
      at: `/successions/${index}`,
      code: 'succession-of-reference',
      message: {
        vi: `Việc "${succession.successorId}" kế tục "${succession.predecessorId}" đã có trong danh mục kèm theo phần mềm. Hãy bỏ dòng này.`,
        en: `That "${succession.successorId}" succeeds "${succession.predecessorId}" is in the reference data. Remove this line.`
      }
    }
  }
}

function outcomesOf (set: OwnSet, around: StoredDirectory): Pick<RecordedReply, 'organizations' | 'successions'> {
  const stored = new Map(around.successions.map(succession => [pairOf(succession), succession]))
  return {
    organizations: set.organizations.map(given => ({ id: given.id, outcome: outcomeOf(given, around.organizations.get(given.id)) })),
    successions: set.successions.map(given => ({
      predecessorId: given.predecessorId, successorId: given.successorId, outcome: outcomeOf(given, stored.get(pairOf(given)))
    }))
  }
}

function outcomeOf (given: Organization | Succession, stored: StoredOrganization | StoredSuccession | undefined): RecordedReply['organizations'][number]['outcome'] {
  if (stored === undefined) return 'recorded'
  return isDeepStrictEqual({ ...given, origin: stored.origin }, { ...stored }) ? 'unchanged' : 'corrected'
}

function eventsOf (set: OwnSet, around: StoredDirectory, { organizations, successions }: Omit<RecordedReply, 'dryRun'>, by: string): Event[] {
  const stored = new Map(around.successions.map(succession => [pairOf(succession), succession]))
  const event = (noun: string, outcome: string, after: unknown, before: unknown): Event[] =>
    outcome === 'unchanged' ? [] : [{ by, type: `${noun}.${outcome}`, ...(before !== undefined && { before }), after }]
  return [
    ...set.organizations.flatMap((given, index) => event('organization', organizations[index]!.outcome, given, around.organizations.get(given.id))),
    ...set.successions.flatMap((given, index) => event('succession', successions[index]!.outcome, given, stored.get(pairOf(given))))
  ]
}
