import { type Db, SNAPSHOT, type Tx } from '../db/connect.ts'
import type { Message } from '../domain/message.ts'
import { type Organization, areaWord, existsAt } from '../domain/organization/organization.ts'
import {
  type Step, nowUnder, predecessorsOf, responsibleAt, successorsOf, superiorsAt
} from '../domain/organization/organization-succession.ts'
import { type PartialDate, firstDay, lastDay, printDate } from '../domain/partial-date.ts'
import { Problem } from '../problem.ts'
import { findDirectory } from './directory.queries.ts'
import { toReply, toSummary } from './organization-reply.ts'
import { findAreasCoded, findSubordinates } from './organization-list.queries.ts'
import { type StoredOrganization, findOrganizations } from './organization.queries.ts'
import type { OrganizationDetail, SuccessionReply, TreeReply } from './organization.schemas.ts'

export async function describeOrganization (db: Db, id: string, asOf: PartialDate): Promise<OrganizationDetail> {
  return await db.transaction(async tx => {
    const organization = await oneOrganization(tx, id)
    const superiors = [organization.superiorId, organization.functionalSuperiorId].filter(each => each !== undefined)
    const directory = await findDirectory(tx, { ids: { neighbors: [id], successors: [id, ...superiors], predecessors: superiors } })
    const steps = (end: 'predecessorId' | 'successorId') =>
      ((end === 'successorId' ? directory.after : directory.before).get(id) ?? []).map(succession => ({
        organization: toSummary(directory.organizations.get(succession[end])!),
        on: succession.on,
        kind: succession.kind,
        source: succession.source
      }))
    const on = dayInLife(organization, asOf)
    const { administrative, functional } = superiorsAt(directory, organization, on)
    const responsible = responsibleAt(directory, id, asOf)
    const sentence = nowUnder(organization, responsible)
    return {
      ...toReply(organization),
      asOf,
      existence: existsAt(organization, asOf),
      superiors: { on, administrative: administrative.map(toSummary), functional: functional.map(toSummary) },
      predecessors: steps('predecessorId'),
      successors: steps('successorId'),
      responsible: responsible.map(each => ({
        organization: toSummary(each.organization), ...(each.since !== undefined && { since: each.since }), existence: each.existence
      })),
      ...(sentence !== undefined && { nowUnder: sentence }),
      links: { self: `/v1/organizations/${id}`, tree: `/v1/organizations/${id}/tree`, succession: `/v1/organizations/${id}/succession` }
    }
  }, SNAPSHOT)
}

async function oneOrganization (db: Db | Tx, id: string): Promise<StoredOrganization> {
  const [organization] = await findOrganizations(db, [id])
  if (organization === undefined) {
    throw new Problem('organization-not-found', {
      vi: `Không có tổ chức nào mang mã ${id}. Hãy tìm theo tên bằng GET /v1/organizations?text=….`,
      en: `No organization has the id ${id}. Look it up by its name with GET /v1/organizations?text=….`
    })
  }
  return organization
}

/** The day itself, or the nearest one on which the organization existed: its superiors are those of its life. */
function dayInLife (organization: Organization, date: PartialDate): PartialDate {
  const { validFrom, validTo } = organization
  if (existsAt(organization, date) !== 'no') return date
  return validTo !== undefined && lastDay(validTo) < firstDay(date) ? validTo : validFrom ?? date
}

export interface TreeOptions {
  asOf?: PartialDate
  /** For when `asOf` is absent: the tree is that of today, or of the last day of an organization that has ended. */
  today: string
  depth: number
  /** How many organizations at most, the first one included. */
  limit: number
}

/**
 * Who stands below an organization in the line of administration, as things were on a day: also those whose recorded
 * superior had been succeeded by it. Level by level, so the cost is that of the answer.
 */
export async function treeOf (db: Db, id: string, { asOf, today, depth, limit }: TreeOptions): Promise<TreeReply> {
  return await db.transaction(async tx => {
    const top = await oneOrganization(tx, id)
    const date = asOf ?? dayInLife(top, today)
    const nodes = new Map([[id, { organization: top as Organization, depth: 0, superiorIds: [] as string[] }]])
    let truncatedBy: TreeReply['truncatedBy']
    let level = [id]
    for (let at = 1; level.length > 0 && truncatedBy === undefined; at++) {
      const below = (await standingBelow(tx, level, date)).filter(({ organization }) => !nodes.has(organization.id))
      if (at > depth && below.length > 0) truncatedBy = 'depth'
      else if (nodes.size + below.length > limit) truncatedBy = 'limit'
      const shown = at > depth ? [] : below.slice(0, limit - nodes.size)
      for (const node of shown) nodes.set(node.organization.id, { ...node, depth: at })
      level = shown.map(({ organization }) => organization.id)
    }
    return {
      organizationId: id,
      asOf: date,
      depth,
      nodes: [...nodes.values()].map(({ organization, depth, superiorIds }) => ({ ...toSummary(organization), depth, superiorIds })),
      truncated: truncatedBy !== undefined,
      ...(truncatedBy !== undefined && { truncatedBy })
    }
  }, SNAPSHOT)
}

async function standingBelow (tx: Tx, ids: readonly string[], date: PartialDate): Promise<{ organization: Organization, superiorIds: string[] }[]> {
  const directory = await findDirectory(tx, { ids: { kin: ids } })
  const wanted = new Set(ids)
  return (await findSubordinates(tx, [...directory.organizations.keys()], date)).flatMap(organization => {
    const superiorIds = superiorsAt(directory, organization, date).administrative.map(each => each.id).filter(each => wanted.has(each))
    return superiorIds.length === 0 ? [] : [{ organization, superiorIds }]
  })
}

/** Everyone it came from or became, through any number of steps, with the steps between them. */
export async function successionOf (db: Db, id: string, direction: SuccessionReply['direction']): Promise<SuccessionReply> {
  return await db.transaction(async tx => {
    const organization = await oneOrganization(tx, id)
    const directory = await findDirectory(tx, {
      ids: { ...(direction !== 'successors' && { predecessors: [id] }), ...(direction !== 'predecessors' && { successors: [id] }) }
    })
    const along = (way: 'predecessors' | 'successors', steps: readonly Step[]) =>
      steps.map(step => ({ ...toSummary(step.organization), direction: way }))
    return {
      organizationId: id,
      direction,
      organizations: [
        toSummary(organization),
        ...along('predecessors', direction === 'successors' ? [] : predecessorsOf(directory, id)),
        ...along('successors', direction === 'predecessors' ? [] : successorsOf(directory, id))
      ],
      successions: directory.successions.map(({ predecessorId, successorId, on, kind, source }) => ({ predecessorId, successorId, on, kind, source }))
    }
  }, SNAPSHOT)
}

/** What to say of a code that was asked for without a date and has named several areas; undefined when it named one. */
export async function ambiguityOf (db: Db, areaCode: string): Promise<Message | undefined> {
  const areas = await findAreasCoded(db, areaCode)
  if (areas.length < 2) return undefined
  const each = (from: string, until: string, print: (date: PartialDate) => string) => areas.map(({ name, type, validFrom, validTo }) =>
    `${areaWord(type)} ${name}${validFrom === undefined ? '' : ` ${from} ${print(validFrom)}`}${validTo === undefined ? '' : ` ${until} ${print(validTo)}`}`).join('; ')
  return {
    vi: `Mã ${areaCode} không kèm ngày có thể chỉ nhiều nơi: ${each('từ', 'đến', printDate)}. Hãy thêm asOf.`,
    en: `The code ${areaCode} without a date may mean several areas: ${each('from', 'until', date => date)}. Add asOf.`
  }
}
