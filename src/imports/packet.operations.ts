import type { Tx } from '../db/connect.ts'
import type { Citation } from '../domain/citation.ts'
import type { Message } from '../domain/message.ts'
import { datedNameOf } from '../domain/plan.ts'
import { identitiesOf, referenceOf, resolve } from '../domain/reference.ts'
import type { ReadRow, RowAction } from '../files/row.ts'
import { findCitingCitations } from '../plans/citation.queries.ts'
import { issuedOf } from '../plans/declared.ts'
import type { IssuedPlan } from '../plans/plan.operations.ts'
import { type StoredPlan, findCandidates, findKnownPlans, findPlans } from '../plans/plan.queries.ts'

/** A document as a packet of the document axis tells of it (edXML): without citations and targets, and with what is to be done. */
export interface Packet {
  action: RowAction
  /** Absent: what `issued` names. */
  about?: ReadRow['about']
  issued: IssuedPlan
}

export type Recordable = { id?: string, issued: IssuedPlan } | { code: string, message: Message }

/**
 * What a packet asks to be recorded: what it leaves out stays as it is held. A recall leaves the record, as a draft that
 * binds nobody; what others rest on already cannot be taken from under them by a packet.
 */
export async function recordableOf (tx: Tx, { action, about, issued }: Packet): Promise<Recordable> {
  const held = await findHeld(tx, about ?? issued)
  if ('code' in held) return held
  const { stored } = held
  if (action === 'recall') return stored === undefined ? nothingHeld(issued) : await recalled(tx, stored)
  if (stored === undefined) return action === 'update' ? nothingHeld(issued) : { issued }
  const { draft, ...words } = issuedOf(stored)
  // A document that is sent is issued, also one that was recalled before; only what is said of it is updated.
  const before = action === 'update' && draft !== undefined ? { ...words, draft } : words
  return { id: stored.plan.id, issued: { ...before, ...withoutEmpty(issued), citations: [...before.citations, ...issued.citations.filter(one => !before.citations.some(other => isSameCitation(one, other)))] } }
}

/** The one plan that is meant, if it is recorded; which of several, a packet cannot say. */
async function findHeld (tx: Tx, named: Pick<IssuedPlan, 'code' | 'issuer' | 'issuedOn' | 'title'>): Promise<{ stored?: StoredPlan } | { code: string, message: Message }> {
  const { code, issuer, issuedOn, title } = named
  const reference = referenceOf({
    relation: 'references',
    ...(code !== undefined && { code }),
    ...(issuer !== undefined && { issuer }),
    ...(issuedOn !== undefined && { issuedOn }),
    ...(code === undefined && title !== undefined && { title })
  }, undefined)
  const candidates = await findCandidates(tx, reference.canonicalCode === undefined ? [] : [reference.canonicalCode], identitiesOf(reference))
  const recorded = candidates.filter(({ stub }) => !stub)
  const { resolution, matches } = resolve(reference, recorded)
  if (resolution === 'ambiguous') {
    const names = recorded.filter(({ id }) => matches.some(match => match.id === id)).map(datedNameOf)
    return {
      code: 'packet-ambiguous',
      message: {
        vi: `Gói tin có thể nói về nhiều văn bản trong sổ: ${names.join('; ')}. Hãy sửa bản ghi bằng PATCH /v1/plans/{id}.`,
        en: `The packet may mean several plans of the register: ${names.join('; ')}. Correct the record with PATCH /v1/plans/{id}.`
      }
    }
  }
  const [match] = matches
  const stored = match === undefined ? undefined : (await findPlans(tx, [match.id])).get(match.id)
  return stored === undefined ? {} : { stored }
}

async function recalled (tx: Tx, stored: StoredPlan): Promise<Recordable> {
  const { id } = stored.plan
  const citing = (await findCitingCitations(tx, { codes: [], ids: [id] })).map(({ planId }) => planId).filter(planId => planId !== id)
  if (citing.length > 0) {
    const names = [...(await findKnownPlans(tx, citing.slice(0, 3))).values()].map(datedNameOf)
    const more = new Set(citing).size - names.length
    return {
      code: 'recall-of-cited',
      message: {
        vi: `Không thu hồi được ${datedNameOf(stored.plan)}: ${names.join('; ')}${more > 0 ? ` và ${more} văn bản khác` : ''} đang dẫn văn bản này. Hãy bãi bỏ hoặc thay thế bằng một văn bản, hoặc sửa các văn bản đó trước.`,
        en: `${datedNameOf(stored.plan)} cannot be recalled: ${names.join('; ')}${more > 0 ? ` and ${more} more` : ''} cite it. Repeal or replace it by a document, or correct those first.`
      }
    }
  }
  return { id, issued: { ...issuedOf(stored), draft: true } }
}

function nothingHeld (issued: Pick<IssuedPlan, 'code' | 'title' | 'issuer' | 'issuedOn'>): Recordable {
  const name = datedNameOf(issued)
  return {
    code: 'packet-of-unknown-plan',
    message: {
      vi: `Sổ không có văn bản mà gói tin cập nhật hoặc thu hồi: ${name}. Hãy nhập gói tin gửi mới của văn bản đó trước.`,
      en: `The register holds no plan that the packet could update or recall: ${name}. Import the packet that announced it first.`
    }
  }
}

const withoutEmpty = ({ citations, targets, waivers, ...members }: IssuedPlan): Omit<IssuedPlan, 'citations' | 'targets' | 'waivers'> => members

const isSameCitation = (a: Citation, b: Citation): boolean => a.relation === b.relation && a.code === b.code && a.issuedOn === b.issuedOn
