import type { Organization } from '../domain/organization/organization.ts'
import { electronicForms } from './electronic-forms.ts'
import type { OrganizationReply, OrganizationSummary } from './organization.schemas.ts'
import type { StoredOrganization } from './organization.queries.ts'

export const toSummary = ({ id, name, kind, level, validFrom, validTo }: Organization): OrganizationSummary => ({
  id,
  name,
  kind,
  level,
  ...(validFrom !== undefined && { validFrom }),
  ...(validTo !== undefined && { validTo })
})

export const toReply = (organization: StoredOrganization): OrganizationReply => ({
  ...toSummary(organization),
  aliases: organization.aliases,
  symbols: organization.symbols,
  ...(organization.superiorId !== undefined && { superiorId: organization.superiorId }),
  ...(organization.functionalSuperiorId !== undefined && { functionalSuperiorId: organization.functionalSuperiorId }),
  ...(organization.area !== undefined && { area: organization.area }),
  ...(organization.electronicCodes !== undefined && { electronicCodes: electronicForms(organization.electronicCodes) }),
  source: organization.source,
  origin: organization.origin
})
