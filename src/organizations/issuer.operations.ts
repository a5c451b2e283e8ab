import type { Db, Tx } from '../db/connect.ts'
import type { Message } from '../domain/message.ts'
import { type Candidate, type NameFinding, type NameIndex, findByName, lookupKeys, nameIndexOf } from '../domain/organization/organization-name.ts'
import type { Organization } from '../domain/organization/organization.ts'
import { directoryOf } from '../domain/organization/organization-succession.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import { rememberedBy } from '../domain/remembered.ts'
import { findDirectory } from './directory.queries.ts'
import { findEverything } from './organization.queries.ts'

/** An issuer as a document names it. */
export interface WantedIssuer {
  name: string
  /** The day on which it issued something; absent: any. */
  date?: PartialDate
  /** Who writes the name: by id, or by the name that it bore on the day of its own document. */
  relativeTo?: { id: string } | { name: string, date?: PartialDate }
}

export interface IssuerReading {
  outcome: NameFinding['outcome']
  /** Only when it is one. */
  organization?: Organization
  /** Each with why the name may mean it; empty when there is none. */
  candidates: Candidate[]
  reason: Message
}

/**
 * What each name means on its day: the answers of `findByName` on the whole directory, in two queries for any number.
 * One who writes under a name that several bear is read as each of them, and what differs stays several.
 */
export async function findIssuers (db: Db | Tx, wanted: readonly WantedIssuer[]): Promise<IssuerReading[]> {
  const writers = wanted.flatMap(({ relativeTo }) => relativeTo ?? [])
  const directory = await findDirectory(db, {
    ids: { context: writers.flatMap(writer => 'id' in writer ? writer.id : []) },
    names: {
      named: [...wanted.map(({ name }) => name), ...writers.flatMap(writer => 'name' in writer ? writer.name : [])].flatMap(lookupKeys),
      context: writers.flatMap(writer => 'name' in writer ? lookupKeys(writer.name) : [])
    }
  })
  return wanted.map(issuerReader(nameIndexOf(directory)))
}

/** As `findIssuers`, of one name after the other, in an index that holds all that the names can mean. */
export function issuerReader (index: NameIndex): (wanted: WantedIssuer) => IssuerReading {
  // Whoever is asked about writes the names that are asked about next.
  const alone = rememberedBy(({ name, date }: Dated) => `${name}\u0000${date}`, ({ name, date }) => findByName(index, name, date), { most: 1_000 })
  const writersMeant = (writer: NonNullable<WantedIssuer['relativeTo']>): Organization[] => 'name' in writer
    ? candidatesOf(alone(writer)).map(({ organization }) => organization)
    : [writer.id].flatMap(id => index.directory.organizations.get(id) ?? [])
  return ({ name, date, relativeTo }) => {
    const contexts = relativeTo === undefined ? [] : writersMeant(relativeTo)
    return readingOf(name, contexts.length === 0
      ? [alone({ name, ...(date !== undefined && { date }) })]
      : contexts.map(context => findByName(index, name, date, context)))
  }
}

type Dated = Pick<WantedIssuer, 'name' | 'date'>

/** The whole directory, to be asked about many names; loading it takes as long as asking about a few hundred. */
export async function wholeNameIndex (db: Db | Tx): Promise<NameIndex> {
  const { organizations, successions } = await findEverything(db)
  const way = ({ predecessorId, successorId }: typeof successions[number]) => `${predecessorId} ${successorId}`
  return nameIndexOf(directoryOf(
    organizations.sort((a, b) => a.id < b.id ? -1 : 1),
    successions.sort((a, b) => way(a) < way(b) ? -1 : 1)
  ))
}

const candidatesOf = (finding: NameFinding): Candidate[] =>
  finding.outcome === 'one' ? [finding.candidate] : finding.outcome === 'several' ? finding.candidates : []

/** Of the findings of one name, read from several writers, all candidates together. */
function readingOf (name: string, findings: readonly NameFinding[]): IssuerReading {
  const byId = new Map(findings.flatMap(candidatesOf).map(candidate => [candidate.organization.id, candidate]))
  const candidates = [...byId.values()]
  const [only] = candidates
  if (only === undefined) {
    const reason = findings.flatMap(finding => finding.outcome === 'none' ? finding.reason : [])[0]!
    return { outcome: 'none', candidates, reason }
  }
  if (candidates.length === 1) return { outcome: 'one', organization: only.organization, candidates, reason: only.reason }
  return {
    outcome: 'several',
    candidates,
    reason: {
      vi: `"${name}" có thể là ${candidates.length} tổ chức. Hãy ghi rõ địa phương và ngày.`,
      en: `"${name}" may be any of ${candidates.length} organizations. Say of which place and on which day.`
    }
  }
}
