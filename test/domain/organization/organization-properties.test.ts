import { deepEqual, equal } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { faultsOfOrganizations } from '../../../src/domain/organization/organization-faults.ts'
import { nameKey, spelling } from '../../../src/domain/organization/organization-key.ts'
import { directoryOf, predecessorsOf, responsibleAt, successorsOf } from '../../../src/domain/organization/organization-succession.ts'
import { type Organization, type Succession, existsAt } from '../../../src/domain/organization/organization.ts'

interface World {
  organizations: Organization[]
  successions: Succession[]
}

const named = (id: string, validFrom?: string): Organization => ({
  id,
  name: id,
  aliases: [],
  kind: 'peoples-committee',
  level: 'provincial',
  symbols: [],
  ...(validFrom !== undefined && { validFrom }),
  source: 'test'
})

/** A country that is reorganized every January: some bodies end, and each of them goes into one or more of the new ones. */
const world: fc.Arbitrary<World> = fc.record({
  founders: fc.integer({ min: 1, max: 5 }),
  reforms: fc.array(fc.record({
    born: fc.integer({ min: 1, max: 3 }),
    fates: fc.array(fc.array(fc.nat({ max: 2 }), { maxLength: 3 }), { minLength: 6, maxLength: 6 })
  }), { maxLength: 5 })
}).map(({ founders, reforms }) => {
  const organizations = Array.from({ length: founders }, (_, index) => named(`o-0-${index}`))
  const successions: Succession[] = []
  for (const [year, { born, fates }] of reforms.entries()) {
    const living = organizations.filter(each => each.validTo === undefined)
    const on = `${2001 + year}-01-01`
    const heirs = Array.from({ length: born }, (_, index) => named(`o-${year + 1}-${index}`, on))
    for (const [index, organization] of living.entries()) {
      const chosen = [...new Set((fates[index] ?? []).map(fate => heirs[fate % born]!))]
      if (chosen.length === 0) continue
      organization.validTo = `${2000 + year}-12-31`
      for (const heir of chosen) {
        successions.push({ predecessorId: organization.id, successorId: heir.id, on, kind: chosen.length > 1 ? 'split' : 'merged', source: 'test' })
      }
    }
    organizations.push(...heirs.filter(heir => successions.some(each => each.successorId === heir.id)))
  }
  return { organizations, successions }
})

const day = fc.tuple(fc.integer({ min: 1999, max: 2008 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(parts => parts.map(part => String(part).padStart(2, '0')).join('-'))
const holds = (law: (world: World, date: string) => void): void => fc.assert(fc.property(world, day, law), { numRuns: 300 })

t.test('a country reorganized day after day has no fault', async () => {
  holds(({ organizations, successions }) => deepEqual(faultsOfOrganizations(organizations, successions), []))
})

t.test('whoever answers for a body exists on that day, and answers for itself', async () => {
  holds(({ organizations, successions }, date) => {
    const directory = directoryOf(organizations, successions)
    for (const { id } of organizations) {
      for (const { organization } of responsibleAt(directory, id, date)) {
        equal(existsAt(organization, date), 'yes')
        deepEqual(responsibleAt(directory, organization.id, date).map(each => each.organization.id), [organization.id])
      }
    }
  })
})

t.test('from its first day on, somebody answers for every body, for ever', async () => {
  holds(({ organizations, successions }, date) => {
    const directory = directoryOf(organizations, successions)
    for (const { id, validFrom } of organizations) {
      equal(responsibleAt(directory, id, date).length > 0, validFrom === undefined || validFrom <= date, `${id} on ${date}`)
    }
  })
})

t.test('of a predecessor and its successor, never both exist, and exactly one until the successor ends', async () => {
  holds(({ organizations, successions }, date) => {
    const byId = new Map(organizations.map(each => [each.id, each]))
    for (const { predecessorId, successorId } of successions) {
      const [predecessor, successor] = [byId.get(predecessorId)!, byId.get(successorId)!]
      const alive = [predecessor, successor].filter(each => existsAt(each, date) === 'yes').length
      const between = (predecessor.validFrom ?? '') <= date && date <= (successor.validTo ?? '9999')
      equal(alive, between ? 1 : 0)
    }
  })
})

t.test('one body comes after another exactly when the other comes before it', async () => {
  holds(({ organizations, successions }) => {
    const directory = directoryOf(organizations, successions)
    const pairs = (walk: typeof successorsOf, flip: boolean): string[] => organizations.flatMap(({ id }) =>
      walk(directory, id).map(({ organization }) => flip ? `${organization.id} ${id}` : `${id} ${organization.id}`)).sort()
    deepEqual(pairs(successorsOf, false), pairs(predecessorsOf, true))
  })
})

t.test('a name reduced to its key stays that key, and neither spelling nor key depends on NFC or NFD', async () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), name => {
    equal(nameKey(nameKey(name)), nameKey(name))
    equal(nameKey(name.normalize('NFD')), nameKey(name.normalize('NFC')))
    equal(spelling(name.normalize('NFD')), spelling(name.normalize('NFC')))
  }))
})
