import type { Db, Tx } from '../db/connect.ts'
import { type PartialDate, printDate } from '../domain/partial-date.ts'
import { invalidRequest } from '../http/validation.ts'
import { findIssuers } from '../organizations/issuer.operations.ts'
import { answeredForBy, responsibleFor } from '../organizations/responsibility.operations.ts'
import type { ResponsibleReply } from './summary.schemas.ts'

/**
 * Who answers on that day for what each of these organizations issued; the plan keeps its issuer for ever. Beside an
 * organization that is not known stands undefined.
 */
export async function responsibleOf (db: Db | Tx, issuerIds: (string | undefined)[], date: PartialDate): Promise<(ResponsibleReply[] | undefined)[]> {
  const known = [...new Set(issuerIds.flatMap(id => id ?? []))]
  if (known.length === 0) return issuerIds.map(() => undefined)
  const answering = await responsibleFor(db, known, date)
  return issuerIds.map(id => id === undefined
    ? undefined
    : answering.get(id)!.map(({ organization, since, sentence }) => ({
      id: organization.id,
      name: organization.name,
      ...(since !== undefined && { since }),
      ...(sentence !== undefined && { sentence })
    })))
}

/** The organizations for which the one of this name answers on that day, itself included. */
export async function issuersAnsweredForBy (db: Db, name: string, date: PartialDate): Promise<string[]> {
  const [reading] = await findIssuers(db, [{ name, date }])
  const { organization, reason } = reading!
  if (organization !== undefined) return (await answeredForBy(db, [organization.id], date)).get(organization.id)!
  throw invalidRequest([{
    at: '?issuer',
    code: 'issuer-not-one',
    message: {
      vi: `Không xác định được một cơ quan “${name}” vào ${printDate(date)}: ${reason.vi}`,
      en: `“${name}” is not one organization on ${date}: ${reason.en}`
    }
  }])
}
