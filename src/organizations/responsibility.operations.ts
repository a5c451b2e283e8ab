import type { Db, Tx } from '../db/connect.ts'
import type { Message } from '../domain/message.ts'
import type { Organization } from '../domain/organization/organization.ts'
import {
  type Responsible, type Step, nowUnder, predecessorsOf as predecessorsIn, responsibleAt, successorsOf as successorsIn
} from '../domain/organization/organization-succession.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import { findDirectory } from './directory.queries.ts'

export interface Answering {
  organization: Organization
  /** Absent: the organization answers for itself. */
  since?: PartialDate
  existence: Responsible['existence']
  /** «nay thuộc Hưng Yên từ 01/07/2025»; absent when it answers for itself. */
  sentence?: Message
}

/** Who answers on that date for what each of these did; several after a split, none when nobody is recorded. */
export async function responsibleFor (db: Db | Tx, ids: readonly string[], date: PartialDate): Promise<Map<string, Answering[]>> {
  const directory = await findDirectory(db, { ids: { successors: ids } })
  return new Map(ids.map(id => [id, responsibleAt(directory, id, date).map(each => {
    const organization = directory.organizations.get(id)!
    const sentence = nowUnder(organization, [each])
    return { ...each, ...(sentence !== undefined && { sentence }) }
  })]))
}

/** Those for whose acts each of these answers on that date, itself included while it exists: what `responsibleAt` filters by. */
export async function answeredForBy (db: Db | Tx, ids: readonly string[], date: PartialDate): Promise<Map<string, string[]>> {
  const directory = await findDirectory(db, { ids: { predecessors: ids } })
  return new Map(ids.map(id => {
    const earlier = predecessorsIn(directory, id).map(step => step.organization.id)
    return [id, [id, ...earlier].filter(each => responsibleAt(directory, each, date).some(({ organization }) => organization.id === id))]
  }))
}

/** Everyone who came before each of these, through any number of successions, nearest first. */
export async function predecessorsOf (db: Db | Tx, ids: readonly string[]): Promise<Map<string, Step[]>> {
  const directory = await findDirectory(db, { ids: { predecessors: ids } })
  return new Map(ids.map(id => [id, predecessorsIn(directory, id)]))
}

/** Everyone who came after each of these, nearest first; with a date, only through successions in effect by then. */
export async function successorsOf (db: Db | Tx, ids: readonly string[], date?: PartialDate): Promise<Map<string, Step[]>> {
  const directory = await findDirectory(db, { ids: { successors: ids } })
  return new Map(ids.map(id => [id, successorsIn(directory, id, date)]))
}
