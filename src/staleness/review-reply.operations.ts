import type { GivenReview } from './review.queries.ts'
import type { ReviewReply } from './staleness.schemas.ts'

/** What callers see of a review; named member by member, so that no column is shown by accident. */
export const toReviewReply = ({
  id, planId, parentId, verdict, reason, amendment, parentFingerprint, planFingerprint, asOf, givenBy, givenAt
}: GivenReview): ReviewReply => ({
  id,
  planId,
  parentId,
  verdict,
  reason,
  ...(amendment !== undefined && { amendment }),
  parentFingerprint,
  planFingerprint,
  asOf,
  givenBy,
  givenAt: givenAt.toISOString()
})
