import type { Tx } from '../db/connect.ts'
import { type Difference, differences } from '../domain/effect/difference.ts'
import { lastReviewOf } from '../domain/effect/link.ts'
import type { Suspicion } from '../domain/effect/suspicion.ts'
import { groupedBy } from '../domain/grouped.ts'
import type { PartialDate } from '../domain/partial-date.ts'
import type { Plan } from '../domain/plan.ts'
import { namesPlan } from '../domain/target/inheritance.ts'
import { toSummary } from '../plans/plan-summary.ts'
import { findPlans } from '../plans/plan.queries.ts'
import { findSubstances } from '../plans/substance.queries.ts'
import type { PlanSummary } from '../plans/summary.schemas.ts'
import type { Assessed, AssessedLink, Assessment } from './assessment.operations.ts'
import { contentsOf } from './content.operations.ts'
import { toReviewReply } from './review-reply.operations.ts'
import type { SuspectsReply } from './staleness.schemas.ts'

type SuspectReply = SuspectsReply['suspects'][number]

/** How many suspects are described with one set of queries: as many whole plans, and their parents, are in memory. */
const CHUNK = 50

export const summaryOf = ({ known }: Assessed): PlanSummary => toSummary(known)

export const wordFor = ({ itself, through }: Suspicion): 'itself' | 'through' | 'both' =>
  itself ? (through.length > 0 ? 'both' : 'itself') : 'through'

/**
 * Each of these suspects with its links and ways, until their JSON has about `size` characters; at least the first one. The same
 * change of one parent stands with each of its children, so a wide cascade of long plans would make an answer of any size.
 */
export async function describeSuspects (
  tx: Tx, page: [id: string, distance: number][], assessment: Assessment, { asOf, size }: { asOf: PartialDate, size: number }
): Promise<SuspectReply[]> {
  const changesOf = rememberingChanges(tx, asOf)
  const suspects: SuspectReply[] = []
  let written = 0
  for (let start = 0; start < page.length; start += CHUNK) {
    const chunk = page.slice(start, start + CHUNK)
    const plans = await findPlans(tx, chunk.map(([id]) => id))
    for (const [id, distance] of chunk) {
      const changes = await changesOf(assessment.linksOf(id))
      const suspect = describeSuspect({ plan: plans.get(id)!.plan, distance }, assessment, changes, size)
      written += JSON.stringify(suspect).length
      if (written > size && suspects.length > 0) return suspects
      suspects.push(suspect)
    }
  }
  return suspects
}

function describeSuspect (
  { plan, distance }: { plan: Plan, distance: number }, { plans, linksOf, suspicionOf }: Assessment, changes: Changed[], size: number
): SuspectReply {
  const suspicion = suspicionOf(plan.id)!
  let room = size
  return {
    plan: summaryOf(plans.get(plan.id)!),
    distance,
    suspect: wordFor(suspicion),
    links: linksOf(plan.id).map((link, index) => {
      const changed = changes[index]!
      // Each difference stands in the link, and once more with each target that it touches.
      room -= changed.length * 2
      return describeLink(link, plan, plans.get(link.parentId)!, room >= 0 ? changed : undefined)
    }),
    through: suspicion.through.map(({ way }) => ({
      path: way.map(step => summaryOf(plans.get(step)!)),
      state: worstOf(linksOf(way[0]!))
    }))
  }
}

/** Why the first plan of a way does not stand firm. */
const worstOf = (links: AssessedLink[]): AssessedLink['state'] =>
  (['suspect', 'invalid', 'will-be-amended'] as const).find(state => links.some(link => link.state === state)) ?? 'current'

/** `changed` is absent where it would make the answer too long. */
function describeLink (link: AssessedLink, plan: Plan, parent: Assessed, changed: Changed | undefined): SuspectReply['links'][number] {
  const review = lastReviewOf(link.fingerprint, link.reviews) ?? link.reviews.at(-1)
  return {
    parent: summaryOf(parent),
    state: link.state,
    ...(link.judgedAgainst !== undefined && { judgedAgainst: link.judgedAgainst }),
    fingerprint: link.fingerprint,
    differences: changed?.all ?? [],
    ...(changed === undefined && { differencesLeftOut: true as const }),
    targets: changed === undefined
      ? []
      : plan.targets.flatMap(({ key, inherits = [] }) => inherits
        .filter(inherit => namesPlan(inherit, parent.known))
        .flatMap(inherit => {
          const differences = changed.ofTarget.get(inherit.key)
          return differences === undefined ? [] : [{ key, inherits: inherit.key, differences }]
        })),
    ...(review !== undefined && { review: toReviewReply(review) })
  }
}

interface Changed {
  all: Difference[]
  /** By `Target.key`, which needs no escape in a pointer. */
  ofTarget: Map<string, Difference[]>
  /** Of `all` as JSON, in characters. */
  length: number
}

const NOTHING: Changed = { all: [], ofTarget: new Map(), length: 0 }

/** What has changed in the parents since links were made. Siblings mostly rest on one content, so that it is compared once. */
function rememberingChanges (tx: Tx, asOf: PartialDate): (links: AssessedLink[]) => Promise<Changed[]> {
  const known = new Map<string, Changed>()
  const nameOf = ({ judgedAgainst, fingerprint }: AssessedLink) => `${judgedAgainst} ${fingerprint}`
  return async links => {
    const unknown = links.filter(link => link.judgedAgainst !== undefined && link.judgedAgainst !== link.fingerprint && !known.has(nameOf(link)))
    const before = await findSubstances(tx, unknown.map(({ judgedAgainst }) => judgedAgainst!))
    const after = await contentsOf(tx, unknown.map(({ parentId }) => parentId), asOf)
    for (const link of unknown) known.set(nameOf(link), changedBetween(before.get(link.judgedAgainst!), after.get(link.parentId)!.substance))
    return links.map(link => known.get(nameOf(link)) ?? NOTHING)
  }
}

function changedBetween (old: object | undefined, substance: object): Changed {
  if (old === undefined) return NOTHING
  const all = differences(old, substance)
  const ofTarget = groupedBy(all.filter(({ at }) => at.startsWith('/targets/')), ({ at }) => at.split('/')[2]!)
  return { all, ofTarget, length: JSON.stringify(all).length }
}
