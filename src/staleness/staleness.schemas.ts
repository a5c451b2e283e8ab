import { z } from 'zod'
import { REVIEW_VERDICTS } from '../domain/effect/link.ts'
import { LEVELS } from '../domain/level.ts'
import { count, line, partialDate } from '../http/schemas.ts'
import { difference } from '../plans/difference.schemas.ts'
import { leftOutEffect } from '../plans/effect.schemas.ts'
import { findingReply, planId, planSummary } from '../plans/summary.schemas.ts'

export const LINK_STATES = ['current', 'suspect', ...REVIEW_VERDICTS] as const

export const SUSPICIONS = ['itself', 'through', 'both'] as const

const amendment = z.strictObject({
  planId: planId.optional(),
  code: line(120).optional(),
  by: partialDate.optional().meta({ description: 'When it is expected.' })
}).meta({ id: 'Amendment', description: 'The plan that will amend the one reviewed, as far as it is known.' })

const verdictShape = {
  verdict: z.enum(REVIEW_VERDICTS),
  reason: line(1000),
  amendment: amendment.optional(),
  asOf: partialDate.optional().meta({ description: 'The day on which both sides are looked at; absent: today.' })
}

const amendmentOnlyThen = ({ verdict, amendment }: { verdict: string, amendment?: unknown }): boolean =>
  amendment === undefined || verdict === 'will-be-amended'

const amendmentFault = {
  path: ['amendment'],
  params: {
    code: 'amendment-without-verdict',
    vi: 'amendment chỉ đi cùng kết luận will-be-amended (sẽ được sửa đổi bởi).',
    en: 'amendment goes only with the verdict will-be-amended.'
  }
}

export const reviewBody = z.strictObject({
  parentId: planId.optional().meta({ description: 'The parent whose change is reviewed; absent: every link of the plan that is suspect; where none is, the one that was reviewed.' }),
  ...verdictShape
}).refine(amendmentOnlyThen, amendmentFault).meta({ id: 'ReviewBody' })

export const bulkReviewBody = z.strictObject({
  ...verdictShape,
  links: z.array(z.strictObject({ planId, parentId: planId.optional() })).min(1).max(1000).optional(),
  under: planId.optional().meta({ description: 'Every plan below this one, itself included, that is suspect itself.' })
}).refine(amendmentOnlyThen, amendmentFault).refine(({ links, under }) => (links === undefined) !== (under === undefined), {
  params: {
    code: 'links-or-under',
    vi: 'Ghi đúng một trong hai: links (từng liên kết) hoặc under (mọi văn bản cần rà soát bên dưới).',
    en: 'Give exactly one of links (each link) and under (every suspect plan below).'
  }
}).meta({ id: 'BulkReviewBody' })

export const reviewReply = z.strictObject({
  id: z.uuid(),
  planId,
  parentId: planId,
  verdict: z.enum(REVIEW_VERDICTS),
  reason: z.string(),
  amendment: amendment.optional(),
  parentFingerprint: z.string().meta({ description: 'Of the parent as it was in force on asOf.' }),
  planFingerprint: z.string(),
  asOf: z.string(),
  givenBy: z.string(),
  givenAt: z.iso.datetime()
}).meta({ id: 'Review' })

const link = z.strictObject({
  parent: planSummary,
  state: z.enum(LINK_STATES),
  judgedAgainst: z.string().optional().meta({ description: 'Fingerprint of the parent that the plan was judged against.' }),
  fingerprint: z.string().meta({ description: 'Fingerprint of the parent on asOf.' }),
  differences: z.array(difference).meta({ description: 'What has changed in the parent since, in substance.' }),
  differencesLeftOut: z.literal(true).optional().meta({ description: 'They are more than one answer holds: read the parent with asOf, of this day and of the day on which the plan was issued.' }),
  targets: z.array(z.strictObject({
    key: z.string(),
    inherits: z.string().meta({ description: 'Key of the target of the parent.' }),
    differences: z.array(difference)
  })).meta({ description: 'The inherited targets that the change touches.' }),
  review: reviewReply.optional().meta({ description: 'The review that stands, or the last one before it was opened again.' })
}).meta({ id: 'Link' })

const suspect = z.strictObject({
  plan: planSummary,
  distance: count,
  suspect: z.enum(SUSPICIONS),
  links: z.array(link),
  through: z.array(z.strictObject({
    path: z.array(planSummary).meta({ description: 'From the plan whose own link does not hold down to the parent.' }),
    state: z.enum(LINK_STATES)
  }))
}).meta({ id: 'Suspect' })

export const suspectsReply = z.strictObject({
  planId,
  asOf: z.string(),
  knownAt: z.string().optional(),
  suspects: z.array(suspect),
  truncated: z.boolean().meta({ description: 'true: more plans lie below, or above, than are looked at; of those nothing is told.' }),
  nextCursor: z.string().optional()
}).meta({ id: 'Suspects' })

const counts = { plans: count, itself: count, through: count.meta({ description: 'Suspect through a parent alone.' }) }

export const impactReply = z.strictObject({
  planId,
  asOf: z.string(),
  knownAt: z.string().optional(),
  ...counts,
  byLevel: z.array(z.strictObject({ level: z.enum(LEVELS).optional(), ...counts })),
  issuers: z.array(z.strictObject({ issuerId: z.string().optional(), issuer: z.string().optional(), ...counts }))
    .meta({ description: 'Who has to look, those with most to do first; at most 100.' }),
  truncated: z.boolean()
}).meta({ id: 'Impact', description: 'Everything below a plan, how much of it is suspect, at which levels, and whose it is.' })

const withFindings = z.array(z.strictObject({ plan: planSummary, findings: z.array(findingReply) }))

export const whatIfReply = z.strictObject({
  planId,
  asOf: z.string(),
  refused: z.boolean().meta({ description: 'Whether recording the draft would be refused.' }),
  findings: z.array(findingReply).meta({ description: 'What the rules find of the draft itself.' }),
  leftOut: z.array(leftOutEffect.omit({ plan: true, changes: true })).meta({
    description: 'What the draft does to the plan that is not in effect on asOf, or is unread because it says no changes, so that the answer is without it: ask with a later asOf, or say the changes.'
  }),
  stale: z.array(z.strictObject({ plan: planSummary, distance: count, suspect: z.enum(SUSPICIONS) })).meta({ description: 'Plans that become suspect.' }),
  weaker: withFindings.meta({ description: 'Plans with a target that comes to fall short.' }),
  missing: withFindings.meta({ description: 'Plans that come to lack a target that they have to inherit.' }),
  outOfPeriod: withFindings.meta({ description: 'Plans whose period comes to lie outside that of a parent.' }),
  orphaned: z.array(z.strictObject({ plan: planSummary })).meta({ description: 'Plans all of whose parents would have ended.' }),
  byLevel: z.array(z.strictObject({ level: z.enum(LEVELS).optional(), plans: count })).meta({ description: 'How many plans are named above, each once.' }),
  truncated: z.boolean()
}).meta({ id: 'WhatIf' })

export type SuspectsReply = z.infer<typeof suspectsReply>
export type ImpactReply = z.infer<typeof impactReply>
export type ReviewReply = z.infer<typeof reviewReply>
export type WhatIfReply = z.infer<typeof whatIfReply>
export type ReviewBody = z.infer<typeof reviewBody>
export type BulkReviewBody = z.infer<typeof bulkReviewBody>
