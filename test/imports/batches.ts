import fc from 'fast-check'
import { RELATIONS, type Relation } from '../../src/domain/citation.ts'
import type { Row } from '../../src/imports/record-row.operations.ts'
import type { IssuedPlan } from '../../src/plans/plan.operations.ts'

// Lists so small that plans often meet: as parent and child, as siblings that share a total, as one plan recorded twice.
const ISSUERS = ['Thủ tướng Chính phủ', 'UBND tỉnh Thái Bình', 'UBND tỉnh Nam Định', 'UBND huyện Vũ Thư, tỉnh Thái Bình']
const DATES = ['2021-03-01', '2022-06-15', '2022', '2023-01-05']

const code = fc.constantFrom('1/QĐ-TTg', '2/QĐ-TTg', '3/KH-UBND', '4/KH-UBND', '5/KH-UBND')
const issuer = fc.constantFrom(...ISSUERS)
const date = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...DATES) }, { weight: 1, arbitrary: fc.constant(undefined) })
const relation = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Relation>('implements') },
  { weight: 3, arbitrary: fc.constantFrom<Relation>('replaces', 'repeals', 'amends', 'corrects', 'suspends') },
  { weight: 1, arbitrary: fc.constantFrom(...RELATIONS) }
)

const present = <T extends object>(members: T): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T

/** Totals that are shared out, and shares of them. */
const target = fc.record({ total: fc.constantFrom('10', '30', '100'), share: fc.boolean(), key: fc.constantFrom('houses', 'roads') }).map(({ total, share, key }) => ({
  key,
  indicator: `target-${key}`,
  goal: { measure: 'level', amount: { comparator: 'at-most', value: total, unit: 'household' } },
  ...(share ? { inherits: [{ key, how: 'allocated' }] } : { allocation: { cap: true } })
}))

const targets = fc.uniqueArray(target, { selector: ({ key }) => key, maxLength: 2 })

const citation = fc.record({ code, issuer: fc.oneof(issuer, fc.constant(undefined)), issuedOn: date, relation, changes: fc.option(targets, { nil: undefined, freq: 2 }) }).map(({ changes, ...words }) => ({
  ...present(words),
  ...(changes !== undefined && changes.length > 0 && ['amends', 'supplements', 'corrects'].includes(words.relation) && { changes: { targets: changes } })
}))

const issued = fc.record({
  code,
  issuer,
  issuedOn: date,
  draft: fc.constantFrom(undefined, undefined, undefined, true as const),
  citations: fc.array(citation, { maxLength: 3 }),
  targets
}).map(plan => ({ ...present(plan), waivers: [] }) as unknown as IssuedPlan)

export interface Batch {
  rows: Row[]
  asIssued: boolean
}

export const batch: fc.Arbitrary<Batch> = fc.record({
  rows: fc.array(issued, { minLength: 1, maxLength: 12 }).map(plans => plans.map((issued, index): Row => ({ number: index + 1, issued }))),
  asIssued: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) })
})
