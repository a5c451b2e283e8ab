import type { Tx } from '../db/connect.ts'
import { ofUnknownYear } from '../domain/identity.ts'
import { identitiesOf } from '../domain/reference.ts'
import { type IssuedPlan, type Words, wordsOf } from '../plans/decision.operations.ts'
import { type Names, soughtOfNames } from '../plans/own.operations.ts'
import { readCitation, soughtOf } from '../plans/reading.operations.ts'
import { answer, fetchWanted } from '../plans/surroundings.operations.ts'
import type { Surroundings } from '../plans/surroundings.ts'

/**
 * Fetches what many rows will ask about, in a few sets of queries, and answers the words of each. It only saves questions:
 * what a decision lacks nevertheless is fetched when it asks.
 */
export async function fetchTogether (tx: Tx, surroundings: Surroundings, rows: readonly { id?: string, issued: IssuedPlan }[]): Promise<Words[]> {
  const words = await answer(tx, surroundings, () => surroundings.each(rows, ({ issued }) => wordsOf(surroundings, issued)))
  for (const { plan, names, references } of words) {
    const [codes, identities] = rivalsSought(names)
    surroundings.note({
      codes: [...codes, ...references.flatMap(soughtOf)],
      identities: [...identities, ...references.flatMap(identitiesOf)],
      mentions: names.canonicalCode === undefined ? [] : [names.canonicalCode],
      ids: plan.citations.flatMap(({ planId }) => planId ?? [])
    })
  }
  surroundings.note({ wholes: rows.flatMap(({ id }) => id ?? []) })
  await fetchWanted(tx, surroundings)
  for (const { plan, names, references } of words) {
    // Whoever cites another plan of this code may mean this one as well.
    const rivals = surroundings.alike(...rivalsSought(names)).map(({ id }) => id)
    const cited = plan.citations.flatMap((citation, index) => readCitation(surroundings, { citation, reference: references[index]! }).citedId ?? [])
    surroundings.note({ wholes: cited, effects: cited, answers: cited, shares: cited, naming: rivals })
  }
  await fetchWanted(tx, surroundings)
  return words
}

/** Under what a plan may be held already, or a stub that somebody cited without a year. */
function rivalsSought (names: Names): ReturnType<typeof soughtOfNames> {
  const [codes, identities] = soughtOfNames(names)
  return [codes, [...identities, ...identities.map(ofUnknownYear)]]
}
