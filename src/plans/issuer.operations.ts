import type { Db, Tx } from '../db/connect.ts'
import type { Citation } from '../domain/citation.ts'
import type { NameIndex } from '../domain/organization/organization-name.ts'
import { type PartialDate, firstDay, lastDay } from '../domain/partial-date.ts'
import type { Plan } from '../domain/plan.ts'
import { referenceOf } from '../domain/reference.ts'
import { type WantedIssuer, findIssuers, issuerIn, wholeNameIndex } from '../organizations/issuer.operations.ts'

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
  #whole: NameIndex | undefined
  /** The first and last days of bodies and successions, in order: between two of them every name means the same each day. */
  #turns: string[] = []

  /** Whether all answers are there; what is missing is noted for `fetch`. */
  note (wanted: readonly WantedOrganization[]): boolean {
    let there = true
    for (const { name, ...rest } of wanted) {
      if (name === undefined || this.#whole !== undefined) continue
      const key = keyOf({ name, ...rest })
      if (this.#answers.has(key)) continue
      this.#wanted.set(key, { name, ...rest })
      there = false
    }
    return there
  }

  /** Undefined where there is no name, or none or several are meant. */
  of ({ name, ...rest }: WantedOrganization): IssuerOrganization | undefined {
    if (name === undefined) return undefined
    const wanted = { name, ...rest }
    const key = keyOf(this.#whole === undefined ? wanted : this.#between(wanted))
    if (!this.#answers.has(key)) this.#answers.set(key, issuerIn(this.#whole!, wanted).organization)
    return this.#answers.get(key)
  }

  async fetch (db: Db | Tx): Promise<void> {
    if (this.#wanted.size === 0) return
    if (this.#wanted.size > MOST_ASKED_SINGLY) {
      this.#whole = await wholeNameIndex(db)
      this.#turns = turnsIn(this.#whole)
      this.#answers.clear()
    } else {
      const readings = await findIssuers(db, [...this.#wanted.values()])
      for (const [index, key] of [...this.#wanted.keys()].entries()) this.#answers.set(key, readings[index]!.organization)
    }
    this.#wanted.clear()
  }

  /** The question with each whole day as the number of turns before it, which is all that the answer depends on. */
  #between ({ name, date, relativeTo }: WantedIssuer): WantedIssuer {
    const turn = <T extends { date?: PartialDate }> (one: T): T => one.date?.length === 10 ? { ...one, date: placeAmong(this.#turns, one.date) } : one
    return {
      ...turn({ name, ...(date !== undefined && { date }) }),
      ...(relativeTo !== undefined && { relativeTo: 'id' in relativeTo ? relativeTo : turn(relativeTo) })
    }
  }
}

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
  const name = citation.issuer ?? referenceOf(citation, issuer).named.issuer
  return {
    ...(name !== undefined && { name }),
    ...(citation.issuedOn !== undefined && { date: citation.issuedOn }),
    ...(issuer !== undefined && { relativeTo: { name: issuer, ...(issuedOn !== undefined && { date: issuedOn }) } })
  }
}

const keyOf = ({ name, date, relativeTo }: WantedIssuer): string =>
  JSON.stringify([name, date, relativeTo])
