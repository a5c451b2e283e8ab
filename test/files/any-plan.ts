import fc from 'fast-check'
import { RELATIONS } from '../../src/domain/citation.ts'
import { DOCUMENT_TYPES } from '../../src/domain/document-type.ts'
import { LEVELS } from '../../src/domain/level.ts'

/** What a spreadsheet might run, split or lose, and what people write. */
const HARD = ['=1+1', '+1', '-1', '@SUM(A1)', '\'=1', '\'x', '\'\'', '"', '""', '"=1"', ';=1', ',-1', ';"=1', '\n=1', '\r\n@x', '\r', '\t=1', '＝1', 'a;\t "+b', 'Đề án', 'Phong trào “Vì người nghèo”', '[1]', '{', '2022', 'có', '\u00a0=']

const text = fc.oneof(
  fc.constantFrom(...HARD),
  fc.array(fc.constantFrom(...HARD, ' ', ';', ',', 'ă'), { minLength: 1, maxLength: 4 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 })
).map(words => words.replaceAll('\0', '').trim()).filter(words => words !== '')

const date = fc.oneof(fc.constantFrom('2022', '2022-09', '2022-09-07', '1900', '2200-12-31'))

const citation = fc.record({ relation: fc.constantFrom(...RELATIONS), code: text, issuer: text, issuedOn: date, title: text, inferred: fc.boolean(), note: text }, { requiredKeys: ['relation', 'code'] })

const target = fc.record({ key: fc.constantFrom('a', 'b-1'), indicator: fc.constant('multidimensional-poverty-rate'), text }, { requiredKeys: ['key', 'indicator'] })

/** A body as the schema of plans leaves it, with the id it has in an export. A period says something of one end at least. */
export const anyPlan: fc.Arbitrary<Record<string, unknown>> = fc.record({
  id: fc.uuid(),
  code: text,
  type: fc.constantFrom(...DOCUMENT_TYPES.map(({ type }) => type)),
  title: text,
  issuer: text,
  level: fc.constantFrom(...LEVELS),
  issuedOn: date,
  effectiveFrom: date,
  draft: fc.boolean(),
  period: fc.oneof(fc.record({ from: date }), fc.record({ to: date }), fc.constant({ from: '2021', to: '2025' })),
  programme: text,
  citations: fc.array(citation, { maxLength: 2 }),
  targets: fc.array(target, { maxLength: 2 }),
  targetsIncomplete: fc.boolean(),
  waivers: fc.array(fc.record({ rule: fc.constant('targets-inherited'), reason: text }), { maxLength: 1 })
}, { requiredKeys: ['code'] }).map(plan => JSON.parse(JSON.stringify(plan)))
