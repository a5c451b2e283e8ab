import type { Chance } from './random.ts'

/** What the document says of a value; only the words that it uses. */
export interface Schema {
  $ref?: string
  type?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  maxItems?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

export interface Known {
  schemas: Record<string, Schema>
  planIds: string[]
  keyIds: string[]
}

const CODES = ['1/QĐ-TTg', '2/QĐ-TTg', '3/KH-UBND', '4/KH-UBND', '5/2021/QH15', '06-CT/TU', '7/KH-SVHTTDL', '8/NQ-HĐND', '9a/TB-VP']
const ISSUERS = ['Thủ tướng Chính phủ', 'Quốc hội', 'UBND tỉnh Thái Bình', 'UBND tỉnh', 'UBND huyện Đông Hưng tỉnh Thái Bình', 'Tỉnh ủy Nam Định', 'Sở Y tế']
const DATES = ['2021', '2022-09', '2022-09-07', '2024-02-29', '1900', '2200-12-31']
const TITLES = ['Kế hoạch “Vì người nghèo”', '关于印发计划的通知', 'Chương trình 🇻🇳', 'Tổ chức phong trào thi đua']
/** The relations by which plans come to rest on each other and to change each other. */
const TELLING = ['implements', 'implements', 'amends', 'corrects', 'replaces', 'repeals', 'suspends']
const WORDS = ['poverty', 'multidimensional-poverty-rate', 'ubnd-xa-a', 'ubnd-xa-b', 'x']

/** By the name of the member, so that plans meet each other; what no name tells follows from the schema. */
const BY_NAME: Record<string, readonly string[]> = {
  code: CODES,
  issuer: ISSUERS,
  q: [...CODES, 'thai binh 2022'],
  citing: ISSUERS,
  issuedOn: DATES,
  from: DATES,
  to: DATES,
  by: DATES,
  on: DATES,
  validFrom: DATES,
  validTo: DATES,
  responsibleAt: DATES,
  asOf: [...DATES, '2023', '2024-12'],
  until: DATES,
  effectiveFrom: DATES,
  knownAt: ['2026-01-01T00:00:00Z', '1969-12-31T23:59:59.999Z', '0001-01-01T00:00:00Z', '2026-11-01T07:00:00+07:00', '2026-11-01T07:00:00.123456789Z'],
  removedTargets: WORDS,
  title: TITLES,
  text: TITLES,
  programme: TITLES,
  key: WORDS,
  indicator: WORDS,
  id: WORDS,
  value: ['1', '1.5', '-0.0', '75000'],
  low: ['1'],
  high: ['2'],
  expiresAt: ['2099-01-01T00:00:00Z'],
  period: ['2021', '2021-2025'],
  year: ['2021', '2022']
}

/** A value that the schema takes, or nearly: what a careless client sends, not what a careful one does. */
export function valueOf (schema: Schema, known: Known, chance: Chance, name = '', depth = 0): unknown {
  if (schema.$ref !== undefined) return valueOf(known.schemas[schema.$ref.split('/').at(-1)!] ?? {}, known, chance, name, depth)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return valueOf(chance.of(choices), known, chance, name, depth)
  if (schema.const !== undefined) return schema.const
  if (name === 'relation' && chance.once(2)) return chance.of(TELLING)
  if (schema.enum !== undefined) return chance.of(schema.enum)
  switch (schema.type) {
    case 'object': {
      const members = Object.entries(schema.properties ?? {})
        .filter(([member]) => schema.required?.includes(member) === true || chance.once(depth > 1 ? 3 : 2))
      return Object.fromEntries(members.map(([member, inner]) => [member, valueOf(inner, known, chance, member, depth + 1)]))
    }
    case 'array': return Array.from({ length: chance.below(Math.min(schema.maxItems ?? 3, 3) + 1) }, () => valueOf(schema.items ?? {}, known, chance, name, depth + 1))
    case 'integer': case 'number': return (schema.minimum ?? 0) + chance.below(Math.min(100, (schema.maximum ?? 100) - (schema.minimum ?? 0) + 1))
    case 'boolean': return chance.once(2)
    case 'null': return null
    case 'string': return text(known, chance, name)
    default: return chance.of<unknown>([1, 'x', null, true])
  }
}

const IDS = ['planId', 'parentId', 'under', 'from', 'to']

function text (known: Known, chance: Chance, name: string): string {
  if (IDS.includes(name) && known.planIds.length > 0 && (name.endsWith('Id') || name === 'under' || chance.once(2))) return chance.of(known.planIds)
  if (name === 'knownAt' && chance.once(2)) return new Date(Date.now() - chance.below(20_000)).toISOString()
  return chance.of(BY_NAME[name] ?? [...TITLES, ...WORDS])
}

const COLUMNS = [
  'id', 'identity', 'version', 'status', 'canonicalCode', 'canonical_code', 'issuerKey', 'issuer_key', 'issuerId', 'searchText', 'search_text', 'recordedAt', 'recorded_at', 'changedAt',
  'periodFromYear', 'programmeKey', 'planId', 'position', 'citedId', 'cited_id', 'resolution', 'candidateIds', 'pinned', 'waived', 'givenBy', 'given_by', 'seq', 'secretHash', 'secret_hash',
  'revokedAt', 'scopes', 'origin', 'existsFrom', 'areaCode', 'findings', 'findingCounts'
]

export const NAMES = [...COLUMNS, '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'toJSON', '', ' ', 'Code', 'cödé', 'title ', '\u200bcode', '$ref', 'a'.repeat(5000)]

const LONGEST = [120, 300, 500, 1000, 1001, 2000]

/** Anything but what was expected; strings above all at the lengths where limits lie. */
export function hostile (chance: Chance): unknown {
  const repeated = (unit: string) => unit.repeat(Math.max(1, Math.floor(chance.of(LONGEST) / unit.length)))
  return chance.of<() => unknown>([
    () => null, () => true, () => [], () => ({}), () => -1, () => 0, () => 1.5, () => 1e308, () => 5e-324, () => -0, () => 2 ** 53, () => 2 ** 31, () => '', () => ' ', () => '\0', () => 'a\0b',
    () => '\ud800', () => '\udc00x', () => '\ufeff', () => '\u202e119/KH-UBND', () => '1\u2028\u2029', () => '\u001b[31m', () => 'a\r\nSet-Cookie: x', () => "' or 1=1 --", () => '%', () => '_', () => '\\', () => '$1', () => '{}',
    () => '2014-02-30', () => '2023-02-29', () => '0000', () => '9999-99-99', () => '2022-9-7', () => '07/09/2022', () => '1899', () => '2201', () => '२०२२', () => '2022-13', () => '2022-00-10', () => '2022-02-30', () => '-2022', () => '+2022', () => '10000-01-01', () => '2023-01-01T00:00:00', () => '2023-01-01T24:00:00Z', () => '-271821-04-20T00:00:00Z', () => '+275760-09-13T00:00:00Z', () => '2016-12-31T23:59:60Z', () => '2023-01-01T00:00:00+99:99', () => '9999-12-31T23:59:59Z',
    () => 'NaN', () => '1e400', () => '１２', () => '0'.repeat(60), () => '-', () => '1,5',
    () => 'КН-UВND', () => '119／ＫＨ－ＵＢＮＤ', () => 'ÐăkLăk', () => 'Kế hoạch số 119'.normalize('NFD'), () => '119/KH-UBND'.normalize('NFKD'), () => '0000119/kh_ubnd', () => '9999999/QĐ-TTg', () => '1/2/3/4/5/6/7', () => '24/9999/QH99999',
    () => repeated('ế'.normalize('NFD')), () => repeated('Ủ'), () => repeated('关'), () => repeated('🇻🇳'), () => repeated('\ufdfa'), () => repeated('㌀㍿㋿'), () => repeated('a\u0300\u0301\u0323'), () => repeated('\u200d'), () => repeated('( / - '), () => repeated('9'),
    () => Array.from({ length: chance.of(LONGEST) }, () => String.fromCodePoint(0x4e00 + chance.below(20_000))).join(''), () => 'x'.repeat(100_000), () => nested(chance.of([5, 32, 33, 1000]), []), () => nested(chance.of([5, 32, 200]), {}),
    () => Array.from({ length: 600 }, () => ({})), () => '00000000-0000-0000-0000-000000000000', () => 'ffffffff-ffff-ffff-ffff-ffffffffffff', () => 'FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF', () => '../../etc/passwd'
  ])()
}

const nested = (depth: number, kind: [] | object): unknown => {
  let value: unknown = kind
  for (let level = 0; level < depth; level++) value = Array.isArray(kind) ? [value] : { goal: value }
  return value
}
