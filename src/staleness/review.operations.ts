import { isDeepStrictEqual } from 'node:util'
import { uuidv7 } from 'uuidv7'
import type { Db, Tx } from '../db/connect.ts'
import { asKnown } from '../db/known.ts'
import { lastReviewOf } from '../domain/effect/link.ts'
import type { Message } from '../domain/message.ts'
import { type PartialDate, printDate } from '../domain/partial-date.ts'
import { nameOf } from '../domain/plan.ts'
import { recordEvents } from '../events/event.queries.ts'
import { findKnownPlans, lockRegister } from '../plans/plan.queries.ts'
import { rememberSubstances } from '../plans/substance.queries.ts'
import { type Fault, Problem } from '../problem.ts'
import { ASKED_FOR_NOTHING, type AssessedLink, type Assessment, assess, isAskedForNothing } from './assessment.operations.ts'
import { contentsOf } from './content.operations.ts'
import { toReviewReply } from './review-reply.operations.ts'
import { type Amendment, type GivenReview, insertReviews, listReviews } from './review.queries.ts'
import { assessBelow } from './suspect.operations.ts'

/** How many reviews are stored with one statement, and how many links have both their sides in memory. */
const CHUNK = 200

/** What is said of every link that is reviewed at once. */
export interface Opinion {
  verdict: GivenReview['verdict']
  reason: string
  amendment?: Amendment
  /** The day on which both sides are looked at. */
  asOf: PartialDate
  /** The public id of the key that asks. */
  by: string
}

export interface WantedReview {
  planId: string
  /** Absent: every link of the plan that is suspect; where none is, the one that was reviewed. */
  parentId?: string
}

/** Settles the suspect links of one plan, or corrects what was said of a settled one. What is neither is refused with the reason. */
export async function reviewPlan (db: Db, wanted: WantedReview, opinion: Opinion): Promise<GivenReview[]> {
  return await db.transaction(async tx => {
    await lockRegister(tx)
    const assessment = await assess(tx, [wanted.planId], opinion.asOf)
    if (!assessment.plans.has(wanted.planId)) throw new Problem('plan-not-found')
    const { links, why } = linksToReview(assessment, wanted, opinion)
    if (why !== undefined) throw new Problem('not-suspect', why)
    return await settle(tx, links, opinion)
  })
}

/** Settles many links in one transaction: all of them or, with every fault named, none. */
export async function reviewLinks (db: Db, wanted: WantedReview[], opinion: Opinion): Promise<GivenReview[]> {
  return await db.transaction(async tx => {
    await lockRegister(tx)
    const assessment = await assess(tx, [...new Set(wanted.map(({ planId }) => planId))], opinion.asOf)
    const faults: Fault[] = []
    const links = new Set<AssessedLink>()
    for (const [index, one] of wanted.entries()) {
      if (!assessment.plans.has(one.planId)) {
        faults.push({ at: `/links/${index}/planId`, code: 'plan-not-found', message: noSuchPlan(one.planId) })
        continue
      }
      const found = linksToReview(assessment, one, opinion)
      for (const link of found.links) links.add(link)
      if (found.why !== undefined) faults.push({ at: `/links/${index}`, code: 'not-suspect', message: found.why })
    }
    if (faults.length > 0) throw new Problem('not-suspect', undefined, { faults })
    return await settle(tx, [...links], opinion)
  })
}

/** Settles every link that is suspect at this plan and below it. */
export async function reviewUnder (db: Db, planId: string, opinion: Opinion): Promise<GivenReview[]> {
  return await db.transaction(async tx => {
    await lockRegister(tx)
    const { assessment, distances, truncated } = await assessBelow(tx, planId, opinion.asOf)
    const links = distances.flatMap(([id]) => assessment.linksOf(id)).filter(({ state }) => state === 'suspect')
    if (truncated) {
      throw new Problem('not-suspect', {
        vi: 'Bên dưới hoặc phía trên có quá nhiều văn bản để rà soát một lần; hãy rà soát từng nhánh.',
        en: 'Too much lies below or above to review at once; review branch by branch.'
      })
    }
    if (links.length === 0) {
      throw new Problem('not-suspect', {
        vi: `Vào ${printDate(opinion.asOf)} không có văn bản nào ở đây hoặc bên dưới cần rà soát.`,
        en: `On ${opinion.asOf} nothing here or below is suspect.`
      })
    }
    return await settle(tx, links, opinion)
  })
}

/** The reviews of one plan that were known at a moment, oldest first. */
export async function reviewsOf (
  db: Db, planId: string, knownAt: Date | undefined, part: { after?: string, limit: number }
): Promise<GivenReview[]> {
  return await asKnown(db, knownAt, async tx => {
    if (!(await findKnownPlans(tx, [planId])).has(planId)) throw new Problem('plan-not-found')
    return await listReviews(tx, planId, part)
  })
}

const noSuchPlan = (id: string): Message => ({ vi: `Không có văn bản nào có id ${id}.`, en: `No plan has id ${id}.` })

/**
 * The links that a review speaks of, or why there is none. A mistaken review is taken back by another one that says
 * something else of the same two contents; to say the same again is refused, as whoever sends it twice expects.
 */
function linksToReview (
  assessment: Assessment, { planId, parentId }: WantedReview, opinion: Opinion
): { links: AssessedLink[], why?: Message } {
  const { asOf } = opinion
  const { plans, linksOf, suspicionOf } = assessment
  const { known, standing: { status } } = plans.get(planId)!
  const name = nameOf(known)
  if (isAskedForNothing(status)) {
    return {
      links: [],
      why: {
        vi: `Vào ${printDate(asOf)}, ${name} ${ASKED_FOR_NOTHING[status].vi}, nên không phải rà soát.`,
        en: `On ${asOf} ${name} ${ASKED_FOR_NOTHING[status].en}, so it is not asked to be reviewed.`
      }
    }
  }
  const own = linksOf(planId).filter(link => parentId === undefined || link.parentId === parentId)
  const links = own.filter(({ state }) => state === 'suspect')
  if (links.length > 0) return { links }
  if (parentId !== undefined && own.length === 0) {
    return {
      links,
      why: {
        vi: `Vào ${printDate(asOf)}, ${name} không có liên kết còn hiệu lực nào tới văn bản cấp trên ${parentId}.`,
        en: `On ${asOf} ${name} has no standing link to a parent ${parentId}.`
      }
    }
  }
  const settled = own.filter(({ state }) => state !== 'current')
  const corrected = settled.filter(link => saysAnother(opinion, standingReview(link)!))
  if (settled.length === 1 && corrected.length === 1) return { links: corrected }
  if (corrected.length > 0) return { links, why: whyWhich(name, settled, assessment) }
  const through = suspicionOf(planId)?.through ?? []
  if (through.length > 0) return { links, why: whyOnlyThrough(name, [...new Set(through.map(({ way }) => way[0]!))], assessment) }
  return { links, why: settled.length === 0 ? whyUnchanged(name, own.length === 0, asOf) : whySettled(name, settled[0]!) }
}

/** A review of the causes settles the plan too, but only of those that wait for one. */
function whyOnlyThrough (name: string, causes: string[], { plans, linksOf }: Assessment): Message {
  const named = (ids: string[]) => ids.map(id => nameOf(plans.get(id)!.known)).join(', ')
  const waiting = causes.filter(id => linksOf(id).some(({ state }) => state === 'suspect'))
  if (waiting.length > 0) {
    return {
      vi: `${name} chỉ cần rà soát gián tiếp, qua ${named(causes)}; văn bản cấp trên trực tiếp chưa thay đổi. Hãy rà soát ${named(waiting)} trước.`,
      en: `${name} is suspect only through ${named(causes)}; its own parent has not changed. Review ${named(waiting)} first.`
    }
  }
  return {
    vi: `${name} chỉ cần rà soát gián tiếp, qua ${named(causes)}, đã được rà soát và kết luận là không còn phù hợp hoặc sẽ được sửa đổi. Chưa có gì để rà soát cho đến khi ${named(causes)} được sửa đổi: hãy ghi nhận văn bản sửa đổi.`,
    en: `${name} is suspect only through ${named(causes)}, which was reviewed and found invalid or about to be amended. There is nothing to review until ${named(causes)} is amended: record the plan that amends it.`
  }
}

const whyUnchanged = (name: string, isHead: boolean, asOf: PartialDate): Message => isHead
  ? {
      vi: `Vào ${printDate(asOf)}, ${name} không triển khai văn bản nào đã được đăng ký; không có gì để rà soát.`,
      en: `On ${asOf} ${name} implements no registered plan; there is nothing to review.`
    }
  : {
      vi: `Vào ${printDate(asOf)}, văn bản cấp trên của ${name} không thay đổi về nội dung so với khi ${name} được đối chiếu; không có gì để rà soát.`,
      en: `On ${asOf} the parents of ${name} are, in substance, what it was judged against; there is nothing to review.`
    }

const whySettled = (name: string, { state }: AssessedLink): Message => ({
  vi: `${name} đã được rà soát với đúng kết luận này (${state}), trên đúng nội dung hiện nay. Nếu kết luận đó nhầm, hãy ghi kết luận khác; một thay đổi mới sẽ mở lại việc rà soát.`,
  en: `${name} was reviewed with this very verdict (${state}), on exactly this content. If it was a mistake, give another verdict; the next change opens it again.`
})

const whyWhich = (name: string, settled: AssessedLink[], { plans }: Assessment): Message => {
  const each = settled.map(({ parentId, state }) => `${nameOf(plans.get(parentId)!.known)} (${state}; parentId ${parentId})`).join(', ')
  return {
    vi: `${name} có ${settled.length} kết luận rà soát, đối với: ${each}. Muốn sửa kết luận nào, hãy ghi rõ parentId.`,
    en: `${name} was reviewed against ${settled.length} parents: ${each}. To correct one of the verdicts, name its parentId.`
  }
}

/** What stands of a link; undefined while it waits for a review or needs none. */
const standingReview = ({ state, fingerprint, reviews }: AssessedLink): GivenReview | undefined =>
  state === 'suspect' ? undefined : lastReviewOf(fingerprint, reviews)

const saysAnother = ({ verdict, amendment }: Opinion, standing: GivenReview): boolean =>
  verdict !== standing.verdict || !isDeepStrictEqual(amendment, standing.amendment)

/** Takes Tx: the reviews, what they were given on, and the events that tell of them. */
async function settle (tx: Tx, links: AssessedLink[], opinion: Opinion): Promise<GivenReview[]> {
  const { amendment } = opinion
  if (amendment?.planId !== undefined && !(await findKnownPlans(tx, [amendment.planId])).has(amendment.planId)) {
    throw new Problem('cited-plan-not-found', undefined, {
      faults: [{
        at: '/amendment/planId',
        code: 'cited-plan-not-found',
        message: noSuchPlan(amendment.planId)
      }]
    })
  }
  const given: GivenReview[] = []
  // A statement holds at most 65,535 parameters, and a cascade more links than would fit.
  for (let start = 0; start < links.length; start += CHUNK) given.push(...await settleChunk(tx, links.slice(start, start + CHUNK), opinion))
  return given
}

async function settleChunk (tx: Tx, links: AssessedLink[], { verdict, reason, amendment, asOf, by }: Opinion): Promise<GivenReview[]> {
  const compared = await contentsOf(tx, links.flatMap(({ planId, parentId }) => [planId, parentId]), asOf)
  await rememberSubstances(tx, new Map([...compared.values()].map(({ fingerprint, substance }) => [fingerprint, substance])))
  const given = await insertReviews(tx, links.map(({ planId, parentId }) => ({
    id: uuidv7(),
    planId,
    parentId,
    verdict,
    reason,
    ...(amendment !== undefined && { amendment }),
    parentFingerprint: compared.get(parentId)!.fingerprint,
    planFingerprint: compared.get(planId)!.fingerprint,
    asOf,
    givenBy: by
  })))
  await recordEvents(tx, given.map((review, index) => {
    const corrected = standingReview(links[index]!)
    return {
      by,
      type: 'plan.reviewed',
      planId: review.planId,
      ...(corrected !== undefined && { before: toReviewReply(corrected) }),
      after: toReviewReply(review)
    }
  }))
  return given
}
