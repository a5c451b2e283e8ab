import type { Tx } from '../db/connect.ts'
import { ofUnknownYear } from '../domain/identity.ts'
import { identitiesOf, isSame } from '../domain/reference.ts'
import { codeKeysSought } from '../plans/code-key.ts'
import { isDeclaredSame } from '../plans/declaration.ts'
import { type IssuedPlan, type Words, wordsOf } from '../plans/decision.operations.ts'
import { type Names, soughtOfNames } from '../plans/own.operations.ts'
import { readCitation } from '../plans/reading.operations.ts'
import { attempted, fetchWanted } from '../plans/surroundings.operations.ts'
import type { Surroundings } from '../plans/surroundings.ts'
import { pausing } from './pause.ts'
import type { RowPlan } from './record-row.operations.ts'

/** Of some plans thousands implement each; what is not fetched together is fetched when it is asked for. */
const MOST_BELOW = 5_000

/** The part of the register around some rows, and what follows from the words of each. */
export interface Around {
  surroundings: Surroundings
  words: Map<IssuedPlan, Words>
}

/**
 * Fetches what many rows will ask about, in a few sets of queries, once the connection is `quiet`, and finds their words
 * before. It only saves questions: what a decision lacks nevertheless is fetched when it asks.
 */
export async function fetchTogether (tx: Tx, around: Around, rows: readonly RowPlan[], quiet: Promise<unknown>): Promise<void> {
  const { surroundings } = around
  const words = await wordsOfEach(tx, around, rows, quiet)
  const sought = words.map(({ names }) => rivalsSought(names))
  for (const [row, { plan, names, references }] of words.entries()) {
    const [codes, identities] = sought[row]!
    surroundings.note({
      codes,
      identities,
      mentions: names.canonicalCode === undefined ? [] : [names.canonicalCode],
      ids: plan.citations.flatMap(({ planId }) => planId ?? [])
    })
    for (const reference of references) surroundings.note({ codes: codeKeysSought(reference), identities: identitiesOf(reference) })
  }
  surroundings.note({ wholes: rows.flatMap(({ id }) => id ?? []) })
  await quiet
  await fetchWanted(tx, surroundings)
  // The records that these rows are of, where they are recorded already.
  const held = words.map(({ names }) => heldAs(surroundings, names))
  for (const [row, { plan, references }] of words.entries()) {
    // Whoever cites another plan of this code may mean this one as well.
    const rivals = surroundings.alike(...sought[row]!).map(({ id }) => id)
    const cited = plan.citations.flatMap((citation, index) => readCitation(surroundings, { citation, reference: references[index]! }).citedId ?? [])
    surroundings.note({ wholes: cited, effects: cited, answers: cited, shares: cited, naming: rivals })
    const own = held[row]!
    if (own.length > 0) surroundings.note({ wholes: own, findings: own, naming: own, effects: own, answers: own, shares: own })
  }
  await fetchWanted(tx, surroundings)
  // Whoever rests on a record is judged again when it is corrected.
  const below: string[] = []
  for (const [row, one] of words.entries()) {
    const corrected = held[row]!.filter(id => !isDeclaredSame(surroundings.whole(id)!, one))
    for (const id of corrected) for (const { planId } of surroundings.citationsOf(id)) below.push(planId)
    if (below.length > MOST_BELOW) break
  }
  surroundings.note({ wholes: below, findings: below, naming: below })
  await fetchWanted(tx, surroundings)
}

async function wordsOfEach (tx: Tx, { surroundings, words }: Around, rows: readonly RowPlan[], quiet: Promise<unknown>): Promise<Words[]> {
  const pause = pausing()
  for (let unread = rows; ;) {
    for (const { issued } of unread) {
      const found = attempted(surroundings, () => wordsOf(surroundings, issued))
      if (found !== undefined) words.set(issued, found)
      await pause()
    }
    unread = unread.filter(({ issued }) => !words.has(issued))
    if (unread.length === 0) break
    await quiet
    await surroundings.issuers.fetch(tx)
  }
  return rows.map(({ issued }) => words.get(issued)!)
}

function heldAs (surroundings: Surroundings, names: Names): string[] {
  return surroundings.alike(...soughtOfNames(names)).filter(known => !known.stub && isSame(names, known)).map(({ id }) => id)
}

/** Under what a plan may be held already, or a stub that somebody cited without a year. */
function rivalsSought (names: Names): ReturnType<typeof soughtOfNames> {
  const [codes, identities] = soughtOfNames(names)
  return [codes, [...identities, ...identities.map(ofUnknownYear)]]
}
