import type { Db, Tx } from '../db/connect.ts'
import { inSnapshot } from '../db/snapshot.ts'
import { findIssuers } from '../organizations/issuer.operations.ts'
import { findNamesAlike } from '../organizations/organization-list.queries.ts'
import { findOrganizations } from '../organizations/organization.queries.ts'
import { type DeclaredPlan, bodyOf, pinnedStubIds } from '../plans/declared.ts'
import { findKnownPlans, findPlans } from '../plans/plan.queries.ts'
import { Problem } from '../problem.ts'
import { shorten } from '../text/shorten.ts'
import type { EXPORT_DIRECTIONS } from './export.schemas.ts'
import { type ExportFilters, findChildIds, findCitedIds, findRegisteredIds, hasIssued, listRegisteredIds } from './export.queries.ts'

export type ExportDirection = (typeof EXPORT_DIRECTIONS)[number]

export interface Selection extends ExportFilters {
  /** The cascade of this plan; absent: every registered plan. */
  planId?: string
  direction?: ExportDirection
  /** Only what comes after this id: goes on where an export was cut off. */
  after?: string
}

/** Plans read at once: enough that the round trips do not count, few enough that any of them fit in memory. */
const BATCH = 500

/** Names shown beside one that nobody bears. */
const NEAREST = 3

/** The bodies that record the selected plans anew, in the order of their ids, all from one moment. See inSnapshot for `idleMs`. */
export const exportPlans = (db: Db, selection: Selection, { idleMs }: { idleMs: number }): AsyncGenerator<DeclaredPlan> =>
  inSnapshot(db, { idleMs }, tx => readPlans(tx, selection))

async function * readPlans (tx: Tx, selection: Selection): AsyncGenerator<DeclaredPlan> {
  const { issuer, issuerId } = selection
  if (issuerId !== undefined && (await findOrganizations(tx, [issuerId])).length === 0) throw new Problem('organization-not-found')
  if (issuer !== undefined) await refuseUnknownIssuer(tx, issuer)
  for await (const ids of batches(tx, selection)) {
    const stored = await findPlans(tx, ids)
    const plans = ids.map(id => stored.get(id)!)
    const stubs = await findKnownPlans(tx, plans.flatMap(pinnedStubIds))
    for (const plan of plans) yield bodyOf(plan, stubs)
  }
}

/** A slip in the name would give an empty file, which whoever keeps it takes for a backup. */
async function refuseUnknownIssuer (tx: Tx, issuer: string): Promise<void> {
  if (await hasIssued(tx, issuer)) return
  const [reading] = await findIssuers(tx, [{ name: issuer }])
  if (reading!.outcome !== 'none') return
  const near = await findNamesAlike(tx, issuer, NEAREST)
  const shown = shorten(issuer)
  throw new Problem('organization-not-found', {
    vi: `Không văn bản nào trong sổ do “${shown}” ban hành, và danh mục tổ chức không có tên này.` +
      (near.length === 0 ? '' : ` Gần nhất: ${near.join('; ')}.`) + ' Hãy ghi đủ tên, kèm địa phương; tìm bằng GET /v1/organizations?text=….',
    en: `No plan of the register was issued by “${shown}”, and the directory knows no organization of that name.` +
      (near.length === 0 ? '' : ` Nearest: ${near.join('; ')}.`) + ' Write the full name with its place; look it up with GET /v1/organizations?text=….'
  }, near.length === 0 ? {} : { instead: { nearest: near } })
}

async function * batches (tx: Tx, { planId, direction = 'both', after, ...filters }: Selection): AsyncGenerator<string[]> {
  if (planId !== undefined) {
    const cascade = (await cascadeOf(tx, planId, direction)).filter(id => after === undefined || id > after)
    for (const ids of inBatches(cascade)) yield await findRegisteredIds(tx, filters, ids)
    return
  }
  let last = after
  while (true) {
    const ids = await listRegisteredIds(tx, filters, { after: last, limit: BATCH })
    if (ids.length > 0) yield ids
    if (ids.length < BATCH) return
    last = ids.at(-1)
  }
}

/** The ids of a cascade in order, stubs included. It is held as a whole: 36 characters for each of its plans. */
async function cascadeOf (tx: Tx, planId: string, direction: ExportDirection): Promise<string[]> {
  if (!(await findKnownPlans(tx, [planId])).has(planId)) throw new Problem('plan-not-found')
  const cascade = new Set([planId])
  if (direction !== 'ancestors') await gather(tx, cascade, findChildIds)
  if (direction !== 'descendants') await gather(tx, cascade, findCitedIds)
  return [...cascade].sort()
}

/** Adds whatever can be reached from the plans at hand, each once, so that a circle ends by itself. */
async function gather (tx: Tx, reached: Set<string>, next: (tx: Tx, ids: string[]) => Promise<string[]>): Promise<void> {
  let frontier = [...reached]
  while (frontier.length > 0) {
    const found: string[] = []
    for (const ids of inBatches(frontier)) {
      for (const id of await next(tx, ids)) {
        if (reached.has(id)) continue
        reached.add(id)
        found.push(id)
      }
    }
    frontier = found
  }
}

function * inBatches (ids: string[]): Generator<string[]> {
  for (let at = 0; at < ids.length; at += BATCH) yield ids.slice(at, at + BATCH)
}
