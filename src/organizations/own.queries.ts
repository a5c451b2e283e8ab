import { sql } from 'drizzle-orm'
import type { Tx } from '../db/connect.ts'
import { organizations } from '../db/schema.ts'
import { bothForms } from './electronic-forms.ts'
import type { Organization } from '../domain/organization/organization.ts'

/** The ids of those that bear an official code which one of these bears too, whenever. */
export async function findSharersOfCodes (tx: Tx, claiming: readonly Organization[]): Promise<string[]> {
  const areaCodes = claiming.flatMap(({ area }) => area?.code ?? [])
  const electronic = claiming.flatMap(({ electronicCodes = [] }) => electronicCodes).flatMap(({ code }) => bothForms(code))
  if (areaCodes.length + electronic.length === 0) return []
  const { rows } = await tx.execute<{ id: string }>(sql`
    select id from ${organizations}
     where area_code = any(${sql.param(areaCodes)}::text[])
        or electronic_codes @> any(${sql.param(electronic.map(code => JSON.stringify([{ code }])))}::jsonb[])`)
  return rows.map(row => row.id)
}
