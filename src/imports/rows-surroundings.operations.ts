import type { Tx } from '../db/connect.ts'
import { readCode } from '../domain/code/code.ts'
import { identityOf, ofUnknownYear } from '../domain/identity.ts'
import { issuerKey } from '../domain/issuer/issuer.ts'
import { identitiesOf } from '../domain/reference.ts'
import { type IssuedPlan, type Words, wordsOf } from '../plans/decision.operations.ts'
import { codeKeysSought } from '../plans/code-key.ts'
import { readCitation, soughtOf } from '../plans/reading.operations.ts'
import { answer, fetchWanted } from '../plans/surroundings.operations.ts'
import type { Surroundings } from '../plans/surroundings.ts'

/**
 * Fetches what many rows will ask about, in a few sets of queries, and answers the words of each. It only saves questions:
 * what a decision lacks nevertheless is fetched when it asks.
 */
export async function fetchTogether (tx: Tx, surroundings: Surroundings, rows: readonly { id?: string, issued: IssuedPlan }[]): Promise<Words[]> {
  const words = await answer(tx, surroundings, () => surroundings.each(rows, ({ issued }) => wordsOf(surroundings, issued)))
  for (const { plan, issuerId, references } of words) {
    const own = plan.code === undefined ? undefined : readCode(plan.code).code?.canonical
    const [codes, identities] = soughtOfPlan(plan, issuerId)
    surroundings.note({
      codes: [...codes, ...references.flatMap(soughtOf)],
      identities: [...identities, ...references.flatMap(identitiesOf)],
      mentions: own === undefined ? [] : [own],
      ids: plan.citations.flatMap(({ planId }) => planId ?? [])
    })
  }
  surroundings.note({ wholes: rows.flatMap(({ id }) => id ?? []) })
  await fetchWanted(tx, surroundings)
  for (const { plan, references, issuerId } of words) {
    // Whoever cites another plan of this code may mean this one as well.
    const rivals = surroundings.alike(...soughtOfPlan(plan, issuerId)).map(({ id }) => id)
    const cited = plan.citations.flatMap((citation, index) => readCitation(surroundings, { citation, reference: references[index]! }).citedId ?? [])
    surroundings.note({ wholes: cited, effects: cited, answers: cited, shares: cited, naming: rivals })
  }
  await fetchWanted(tx, surroundings)
  return words
}

/** Under which codes and identities a plan of these words may be held already. */
function soughtOfPlan (plan: Words['plan'], issuerId: string | undefined): [codes: string[], identities: string[]] {
  const canonicalCode = plan.code === undefined ? undefined : readCode(plan.code).code?.canonical
  const identities = [identityOf(plan), identityOf({ ...plan, ...(issuerId !== undefined && { issuerId }) })].flatMap(identity => identity ?? [])
  return [
    codeKeysSought({ canonicalCode, issuerKey: plan.issuer === undefined ? undefined : issuerKey(plan.issuer), issuerId }),
    [...identities, ...identities.map(ofUnknownYear)]
  ]
}
