import { type Area, areaLevel, organId } from '../src/domain/organization/organization-area.ts'
import { type Organization, type Succession, type SuccessionKind, areaWord, dayAfter, surelyOverlap } from '../src/domain/organization/organization.ts'
import { firstDay, lastDay } from '../src/domain/partial-date.ts'
import { ndjsonTable, present } from './reference-tables.ts'

export interface Bodies {
  organizations: Organization[]
  successions: Succession[]
}

interface CentralBody extends Omit<Organization, 'aliases'> {
  aliases?: string[]
  successions?: { successorId: string, kind: SuccessionKind, source?: string }[]
}

export function centralBodies (): Bodies {
  const rows = ndjsonTable<CentralBody>('central-bodies.ndjson')
  return {
    organizations: rows.map(({ successions, aliases, ...body }) => ({ ...body, aliases: aliases ?? [] })),
    successions: rows.flatMap(({ id, validTo, source, successions = [] }) => successions.map(step => ({
      predecessorId: id, successorId: step.successorId, on: dayAfter(validTo!), kind: step.kind, source: step.source ?? source
    })))
  }
}

/** One department that the provinces usually have. */
interface Pattern {
  id: string
  name: string
  kind: Organization['kind']
  symbols: string[]
  aliases?: string[]
  /** The central body that guides it. */
  masterId: string
  validFrom?: string
  validTo?: string
  successorIds?: string[]
}

/** The usual departments of every province by the national pattern. Real provinces differ: none of it is verified. */
export function departments (areas: readonly Area[], areaSuccessions: readonly Succession[]): Bodies {
  const patterns = ndjsonTable<Pattern>('departments.ndjson')
  const provinces = areas.filter(area => areaLevel(area.type) === 'provincial')
  const organizations = new Map(provinces.flatMap(area =>
    patterns.filter(pattern => surelyOverlap(area, pattern)).map(pattern => {
      const organization = department(pattern, area)
      return [organization.id, organization]
    })))
  const within = provinces.flatMap(area => patterns.flatMap(pattern => (pattern.successorIds ?? []).map(successorId =>
    step(`${pattern.id}-${area.id}`, `${successorId}-${area.id}`, patterns.find(each => each.id === successorId)!.validFrom!, 'merged'))))
  const across = areaSuccessions.flatMap(({ predecessorId, successorId, on, kind }) =>
    patterns.map(({ id }) => step(`${id}-${predecessorId}`, `${id}-${successorId}`, on, kind)))
  return {
    organizations: [...organizations.values()],
    successions: [...within, ...across].filter(each => organizations.has(each.predecessorId) && organizations.has(each.successorId))
  }
}

const step = (predecessorId: string, successorId: string, on: string, kind: SuccessionKind): Succession =>
  ({ predecessorId, successorId, on, kind, source: 'pattern' })

function department (pattern: Pattern, area: Area): Organization {
  const place = `${areaWord(area.type)} ${area.name}`
  return present<Organization>({
    id: `${pattern.id}-${area.id}`,
    name: `${pattern.name} ${place}`,
    aliases: [`${pattern.name} ${area.name}`, ...(pattern.aliases ?? []).flatMap(alias => [`${alias} ${place}`, `${alias} ${area.name}`])],
    kind: pattern.kind,
    level: 'agency',
    symbols: pattern.symbols,
    validFrom: latest(area.validFrom, pattern.validFrom),
    validTo: earliest(area.validTo, pattern.validTo),
    superiorId: organId('committee', area.id),
    functionalSuperiorId: pattern.masterId,
    area: present<NonNullable<Organization['area']>>({ id: area.id, code: area.code, codeVerified: area.codeVerified, name: area.name, type: area.type }),
    source: 'pattern'
  })
}

const latest = (a?: string, b?: string): string | undefined =>
  a === undefined || b === undefined ? a ?? b : firstDay(a) > firstDay(b) ? a : b

const earliest = (a?: string, b?: string): string | undefined =>
  a === undefined || b === undefined ? a ?? b : lastDay(a) < lastDay(b) ? a : b
