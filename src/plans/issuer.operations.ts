import type { Db, Tx } from '../db/connect.ts'
import type { Citation } from '../domain/citation.ts'
import type { NameIndex } from '../domain/organization/organization-name.ts'
import { type PartialDate, firstDay, lastDay } from '../domain/partial-date.ts'
import type { Plan } from '../domain/plan.ts'
import { rememberedBy } from '../domain/remembered.ts'
import { referenceOf } from '../domain/reference.ts'
import { type WantedIssuer, findIssuers, issuerReader, wholeNameIndex } from '../organizations/issuer.operations.ts'

/** An issuer to ask about; without a name nobody is meant. */
export type WantedOrganization = Partial<Pick<WantedIssuer, 'name'>> & Omit<WantedIssuer, 'name'>

/** The organization that one name means on its day. */
export type IssuerOrganization = { id: string, name: string }

/** More names than this are asked of the whole directory, which takes a second to load and none to ask. */
const MOST_ASKED_SINGLY = 300

/** What names of issuers mean: each name asked once, all that are missing together. */
export class Issuers {
  #answers = new Map<string, IssuerOrganization | undefined>()
  #wanted = new Map<string, WantedIssuer>()
  /** Answers every question, once the whole directory is here. */
  #whole: ((wanted: WantedIssuer) => IssuerOrganization | undefined) | undefined

  /** Whether all answers are there; what is missing is noted for `fetch`. */
  note (wanted: readonly WantedOrganization[]): boolean {
    if (this.#whole !== undefined) return true
    let there = true
    for (const one of wanted) {
      if (!isNamed(one)) continue
      const key = keyOf(one)
      if (this.#answers.has(key)) continue
      this.#wanted.set(key, one)
      there = false
    }
    return there
  }

  /** Undefined where there is no name, or none or several are meant. */
  of (wanted: WantedOrganization): IssuerOrganization | undefined {
    if (!isNamed(wanted)) return undefined
    return this.#whole === undefined ? this.#answers.get(keyOf(wanted)) : this.#whole(wanted)
  }

  async fetch (db: Db | Tx): Promise<void> {
    if (this.#wanted.size === 0) return
    if (this.#wanted.size > MOST_ASKED_SINGLY) {
      this.#whole = askedByTurn(await wholeNameIndex(db))
      this.#answers.clear()
    } else {
      const readings = await findIssuers(db, [...this.#wanted.values()])
      for (const [index, key] of [...this.#wanted.keys()].entries()) this.#answers.set(key, readings[index]!.organization)
    }
    this.#wanted.clear()
  }
}

const isNamed = (wanted: WantedOrganization): wanted is WantedIssuer => wanted.name !== undefined

/** A name, and the name of whoever writes it, with their days. */
const LONGEST_QUESTION = 1_000

/** The last answers are kept: between two first or last days of bodies and successions every name means the same each day. */
function askedByTurn (index: NameIndex): (wanted: WantedIssuer) => IssuerOrganization | undefined {
  const turns = turnsIn(index)
  const turnOf = (date?: PartialDate) => date?.length === 10 ? placeAmong(turns, date) : date
  const keyOf = ({ name, date, relativeTo = NOBODY }: WantedIssuer) =>
    [name, turnOf(date), ...'id' in relativeTo ? [relativeTo.id] : [relativeTo.name, turnOf(relativeTo.date)]].join('\u0000')
  const read = issuerReader(index)
  return rememberedBy(keyOf, wanted => read(wanted).organization, { longest: LONGEST_QUESTION })
}

/** An id that no organization has: ids are words. */
const NOBODY = { id: '' }

function turnsIn ({ directory: { organizations, after } }: NameIndex): string[] {
  const dates = [
    ...[...organizations.values()].flatMap(({ validFrom, validTo }) => [validFrom, validTo]),
    ...[...after.values()].flatMap(successions => successions.map(({ on }) => on))
  ].flatMap(date => date ?? [])
  return [...new Set(dates.flatMap(date => [firstDay(date), lastDay(date)]))].sort()
}

/** How many of the days come before this one, and whether it is one of them. */
function placeAmong (days: readonly string[], day: string): string {
  let [low, high] = [0, days.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (days[middle]! < day) low = middle + 1
    else high = middle
  }
  return `${low}${days[low] === day ? '!' : ''}`
}

/** The organization that each name means on its day. */
export async function findIssuerOrganizations (db: Db | Tx, wanted: readonly WantedOrganization[]): Promise<(IssuerOrganization | undefined)[]> {
  const issuers = new Issuers()
  if (!issuers.note(wanted)) await issuers.fetch(db)
  return wanted.map(one => issuers.of(one))
}

/** Whom to ask the register of organizations about, for a citation in a plan of this issuer and day. */
export function issuerWanted (citation: Citation, { issuer, issuedOn }: Pick<Plan, 'issuer' | 'issuedOn'>): WantedOrganization {
  return {
    name: citation.issuer ?? referenceOf(citation, issuer).named.issuer,
    date: citation.issuedOn,
    relativeTo: issuer === undefined ? undefined : { name: issuer, date: issuedOn }
  }
}

const keyOf = ({ name, date, relativeTo }: WantedIssuer): string =>
  JSON.stringify([name, date, relativeTo])
