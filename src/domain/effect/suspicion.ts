import type { LinkState } from './link.ts'

/** A link upwards and how it stands. */
export interface StandingLink {
  planId: string
  parentId: string
  state: LinkState
}

export interface Suspicion {
  /** One of its own links waits for a review. */
  itself: boolean
  /**
   * The parents through which it is suspect, each with the shortest way down to that parent from a plan whose own link
   * does not hold; the way begins with that plan and ends with the parent.
   */
  through: { parentId: string, way: string[] }[]
}

const UNSETTLED: ReadonlySet<LinkState> = new Set(['suspect', 'invalid', 'will-be-amended'])

/**
 * Who is suspect: itself while a link of its own waits for a review, and through a parent while that one does not stand
 * firm, be it that its link waits, that it was found invalid or is about to be amended, or that it is suspect itself
 * through others. A circle in old records ends: each plan is reached once.
 */
export function suspicions (links: readonly StandingLink[]): Map<string, Suspicion> {
  const children = new Map<string, string[]>()
  const found = new Map<string, Suspicion>()
  const ways = new Map<string, string[]>()
  for (const { planId, parentId, state } of links) {
    children.set(parentId, [...children.get(parentId) ?? [], planId])
    if (state === 'suspect') suspicionOf(planId).itself = true
    if (UNSETTLED.has(state)) ways.set(planId, [planId])
  }
  // Breadth first, so the way kept for each plan is a shortest one; Map and its iteration grow together.
  for (const [parentId, way] of ways) {
    for (const planId of new Set(children.get(parentId))) {
      suspicionOf(planId).through.push({ parentId, way })
      if (!ways.has(planId)) ways.set(planId, [...way, planId])
    }
  }
  return found

  function suspicionOf (planId: string): Suspicion {
    const known = found.get(planId)
    if (known !== undefined) return known
    const suspicion = { itself: false, through: [] }
    found.set(planId, suspicion)
    return suspicion
  }
}
