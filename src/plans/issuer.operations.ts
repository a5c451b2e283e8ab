import type { Db, Tx } from '../db/connect.ts'
import { type WantedIssuer, findIssuers } from '../organizations/issuer.operations.ts'

/** An issuer to ask about; without a name nobody is meant. */
export type WantedOrganization = Partial<Pick<WantedIssuer, 'name'>> & Omit<WantedIssuer, 'name'>

/** The organization that each name means on its day; undefined where there is no name, or none or several are meant. */
export async function findIssuerOrganizations (
  db: Db | Tx, wanted: WantedOrganization[]
): Promise<({ id: string, name: string } | undefined)[]> {
  const named = wanted.flatMap(({ name, ...rest }, index) => name === undefined ? [] : [{ index, wanted: { name, ...rest } }])
  const organizations = new Array<{ id: string, name: string } | undefined>(wanted.length).fill(undefined)
  if (named.length === 0) return organizations
  const readings = await findIssuers(db, named.map(one => one.wanted))
  for (const [position, { index }] of named.entries()) organizations[index] = readings[position]!.organization
  return organizations
}
