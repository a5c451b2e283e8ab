import type { Db, Tx } from '../db/connect.ts'
import { findAlike } from './candidate.queries.ts'
import { findCitingCitations, findParentIds, findStoredEffects } from './citation.queries.ts'
import { findFindings } from './finding.queries.ts'
import { findKnownPlans, findPlans } from './plan.queries.ts'
import { findAnswers, findTakenShares } from './share.queries.ts'
import { type Surroundings, Unfetched } from './surroundings.ts'

/**
 * Asks until the surroundings hold all that the answer takes: what one attempt lacks is fetched for all its questions
 * together, and it begins again. An attempt that fails leaves nothing behind.
 */
export async function answer <T> (db: Db | Tx, surroundings: Surroundings, ask: () => T): Promise<T> {
  // Every round gets further; this many mean a question that is never noted, which is a fault of ours.
  for (let round = 0; round < 1000; round++) {
    try {
      return surroundings.attempt(ask)
    } catch (error) {
      if (!(error instanceof Unfetched)) throw error
    }
    await fetchWanted(db, surroundings)
  }
  throw new Error('the surroundings of a decision do not come to an end')
}

/** Undefined: it asks for what was not fetched. */
export function attempted <T> (surroundings: Surroundings, ask: () => T): T | undefined {
  try {
    return surroundings.attempt(ask)
  } catch (error) {
    if (!(error instanceof Unfetched)) throw error
    return undefined
  }
}

/** A set of queries for all that is wanted, of any number of plans. */
export async function fetchWanted (db: Db | Tx, surroundings: Surroundings): Promise<void> {
  const { wanted, issuers } = surroundings
  await issuers.fetch(db)
  const take = (set: Set<string>): string[] => {
    const keys = [...set]
    set.clear()
    return keys
  }
  const [codes, identities] = [take(wanted.codes), take(wanted.identities)]
  if (codes.length + identities.length > 0) {
    surroundings.fillAlike(codes, identities, await findAlike(db, codes, identities))
  }
  const [mentions, naming] = [take(wanted.mentions), take(wanted.naming)]
  if (mentions.length + naming.length > 0) {
    const rows = await findCitingCitations(db, { codes: mentions, ids: naming })
    surroundings.fillMentions(mentions, rows)
    surroundings.fillNaming(naming, rows)
  }
  const wholes = take(wanted.wholes)
  if (wholes.length > 0) surroundings.fillWholes(wholes, await findPlans(db, wholes))
  const ids = take(wanted.ids)
  if (ids.length > 0) surroundings.fillIds(ids, await findKnownPlans(db, ids))
  const steps = take(wanted.steps)
  if (steps.length > 0) surroundings.fillSteps(steps, await findParentIds(db, steps))
  const shares = take(wanted.shares)
  const taken = await findTakenShares(db, shares)
  surroundings.fillShares(shares, taken)
  // A share counts no more once its plan is ended, so that is always the next question.
  surroundings.note({ effects: taken.map(({ planId }) => planId) })
  const effects = take(wanted.effects)
  if (effects.length > 0) surroundings.fillEffects(effects, await findStoredEffects(db, effects))
  const answers = take(wanted.answers)
  if (answers.length > 0) surroundings.fillAnswers(answers, await findAnswers(db, answers))
  const findings = take(wanted.findings)
  if (findings.length > 0) surroundings.fillFindings(await findFindings(db, findings))
}
