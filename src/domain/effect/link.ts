/** What a review may say of a link that is suspect: it holds all the same, it does not, or the plan is about to be amended. */
export const REVIEW_VERDICTS = ['valid', 'invalid', 'will-be-amended'] as const

export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number]

/** A review of one link, with the two contents that were compared. */
export interface Review {
  verdict: ReviewVerdict
  parentFingerprint: string
  planFingerprint: string
}

/**
 * `current`: the parent is what the plan was judged against. `suspect`: it has changed in substance and nobody has
 * reviewed that. Otherwise the verdict of the review that stands.
 */
export type LinkState = 'current' | 'suspect' | ReviewVerdict

export interface Link {
  /** Absent: the parent was only a stub, so nothing was judged against it. */
  judgedAgainst?: string
  /** On the day that is asked about. */
  parentFingerprint: string
  /** On that day; only a review that did not say `valid` asks for it. */
  planFingerprint?: string
  /** Oldest first, as far as they were known. */
  reviews: readonly Review[]
}

/** What was last said of the parent with this content; later ones that saw it with another one do not count. */
export const lastReviewOf = <Given extends Review> (parentFingerprint: string, reviews: readonly Given[]): Given | undefined =>
  reviews.findLast(review => review.parentFingerprint === parentFingerprint)

/**
 * Content decides and not time: a review speaks of the parent it has seen. `valid` holds until the parent is another one;
 * `invalid` and `will-be-amended` hold until either side is, for then somebody has to look again.
 */
export function linkState ({ judgedAgainst, parentFingerprint, planFingerprint, reviews }: Link): LinkState {
  const last = lastReviewOf(parentFingerprint, reviews)
  if (last === undefined) return judgedAgainst === undefined || judgedAgainst === parentFingerprint ? 'current' : 'suspect'
  return last.verdict === 'valid' || last.planFingerprint === planFingerprint ? last.verdict : 'suspect'
}
