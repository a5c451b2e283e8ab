import { uuidv7 } from 'uuidv7'
import type { Db, Tx } from '../db/connect.ts'
import type { Message } from '../domain/message.ts'
import { type PartialDate, printDate } from '../domain/partial-date.ts'
import { nameOf } from '../domain/plan.ts'
import { recordEvents } from '../events/event.queries.ts'
import { findKnownPlans, lockRegister } from '../plans/plan.queries.ts'
import { rememberSubstances } from '../plans/substance.queries.ts'
import { type Fault, Problem } from '../problem.ts'
import { ASKED_FOR_NOTHING, type AssessedLink, type Assessment, assess, isAskedForNothing } from './assessment.operations.ts'
import { toReviewReply } from './review-reply.operations.ts'
import { type Amendment, type GivenReview, insertReviews } from './review.queries.ts'
import { assessBelow } from './suspect.operations.ts'

/** How many reviews are stored with one statement. */
const CHUNK = 1000

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
  /** Absent: every link of the plan that is suspect. */
  parentId?: string
}

/** Settles the suspect links of one plan. What is not suspect is refused with the reason. */
export async function reviewPlan (db: Db, wanted: WantedReview, opinion: Opinion): Promise<GivenReview[]> {
  return await db.transaction(async tx => {
    await lockRegister(tx)
    const assessment = await assess(tx, [wanted.planId], opinion.asOf)
    if (!assessment.plans.has(wanted.planId)) throw new Problem('plan-not-found')
    const { links, why } = suspectLinks(assessment, wanted, opinion.asOf)
    if (why !== undefined) throw new Problem('not-suspect', why)
    return await settle(tx, links, assessment, opinion)
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
      const found = suspectLinks(assessment, one, opinion.asOf)
      for (const link of found.links) links.add(link)
      if (found.why !== undefined) faults.push({ at: `/links/${index}`, code: 'not-suspect', message: found.why })
    }
    if (faults.length > 0) throw new Problem('not-suspect', undefined, { faults })
    return await settle(tx, [...links], assessment, opinion)
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
        vi: 'Bên dưới có quá nhiều văn bản để rà soát một lần; hãy rà soát từng nhánh.',
        en: 'Too much lies below to review at once; review branch by branch.'
      })
    }
    if (links.length === 0) {
      throw new Problem('not-suspect', {
        vi: `Vào ${printDate(opinion.asOf)} không có văn bản nào ở đây hoặc bên dưới cần rà soát.`,
        en: `On ${opinion.asOf} nothing here or below is suspect.`
      })
    }
    return await settle(tx, links, assessment, opinion)
  })
}

const noSuchPlan = (id: string): Message => ({ vi: `Không có văn bản nào có id ${id}.`, en: `No plan has id ${id}.` })

/** The links that a review speaks of, or why there is none. */
function suspectLinks (
  assessment: Assessment, { planId, parentId }: WantedReview, asOf: PartialDate
): { links: AssessedLink[], why?: Message } {
  const { plans, linksOf, suspicionOf } = assessment
  const { stored: { plan }, standing: { status } } = plans.get(planId)!
  const name = nameOf(plan)
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
  const through = suspicionOf(planId)?.through ?? []
  if (through.length > 0) return { links, why: whyOnlyThrough(name, [...new Set(through.map(({ way }) => way[0]!))], assessment) }
  const settled = own.find(({ state }) => state !== 'current')
  return { links, why: settled === undefined ? whyUnchanged(name, own.length === 0, asOf) : whySettled(name, settled) }
}

/** A review of the causes settles the plan too, but only of those that wait for one. */
function whyOnlyThrough (name: string, causes: string[], { plans, linksOf }: Assessment): Message {
  const named = (ids: string[]) => ids.map(id => nameOf(plans.get(id)!.stored.plan)).join(', ')
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
  vi: `${name} đã được rà soát (${state}) đúng trên nội dung hiện nay; chỉ một thay đổi mới mở lại việc rà soát.`,
  en: `${name} was reviewed (${state}) on exactly this content; only another change opens it again.`
})

/** Takes Tx: the reviews, what they were given on, and the events that tell of them. */
async function settle (tx: Tx, links: AssessedLink[], { plans }: Assessment, opinion: Opinion): Promise<GivenReview[]> {
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
  for (let start = 0; start < links.length; start += CHUNK) given.push(...await settleChunk(tx, links.slice(start, start + CHUNK), plans, opinion))
  return given
}

async function settleChunk (
  tx: Tx, links: AssessedLink[], plans: Assessment['plans'], { verdict, reason, amendment, asOf, by }: Opinion
): Promise<GivenReview[]> {
  const compared = links.flatMap(({ planId, parentId }) => [plans.get(planId)!, plans.get(parentId)!])
  await rememberSubstances(tx, new Map(compared.map(({ fingerprint, substance }) => [fingerprint, substance])))
  const given = await insertReviews(tx, links.map(({ planId, parentId }) => ({
    id: uuidv7(),
    planId,
    parentId,
    verdict,
    reason,
    ...(amendment !== undefined && { amendment }),
    parentFingerprint: plans.get(parentId)!.fingerprint,
    planFingerprint: plans.get(planId)!.fingerprint,
    asOf,
    givenBy: by
  })))
  await recordEvents(tx, given.map(review => ({ by, type: 'plan.reviewed', planId: review.planId, after: toReviewReply(review) })))
  return given
}
