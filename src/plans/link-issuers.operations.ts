import type { Db } from '../db/connect.ts'
import { identityOf } from '../domain/identity.ts'
import { recordEvents } from '../events/event.queries.ts'
import { findIssuerOrganizations } from './issuer.operations.ts'
import { findPlansWithoutOrganization, lockRegister, updateIssuerOrganization } from './plan.queries.ts'

const CHUNK = 500

export interface Linked {
  linked: number
  /** Their name now means the organization of another plan of the same code: most likely one plan recorded twice. */
  doubled: number
}

/**
 * Gives every plan its issuer's organization where the register of organizations has come to know it. Each chunk is a
 * transaction of its own and running it again goes on where it stopped.
 */
export async function linkIssuers (db: Db): Promise<Linked> {
  const total = { linked: 0, doubled: 0 }
  for (let after = ''; ;) {
    const last = await db.transaction(async tx => {
      await lockRegister(tx)
      const plans = await findPlansWithoutOrganization(tx, { after, limit: CHUNK })
      const organizations = await findIssuerOrganizations(tx, plans.map(({ issuer, issuedOn }) =>
        ({ name: issuer, ...(issuedOn !== undefined && { date: issuedOn }) })))
      for (const [index, plan] of plans.entries()) {
        const organization = organizations[index]
        if (organization === undefined) continue
        const identity = identityOf(plan, organization.id)
        if (await updateIssuerOrganization(tx, plan.id, organization.id, identity)) {
          total.linked++
          await recordEvents(tx, [{ by: 'system', type: 'plan.issuer-linked', planId: plan.id, before: { identity: identityOf(plan) }, after: { identity, issuerId: organization.id } }])
        } else {
          total.doubled++
        }
      }
      return plans.at(-1)?.id
    })
    if (last === undefined) return total
    after = last
  }
}
