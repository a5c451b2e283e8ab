import { CENTRAL, FIELDS, ministryName, subjectKey } from './issuer-words.ts'
import type { IssuerKind } from './issuer-words.ts'

/** Who writes a symbol. */
export interface SymbolOwner {
  kind: IssuerKind
  /** The subject of a ministry or department. */
  field?: string
}

const OWNERS = new Map<string, SymbolOwner[]>()

function own (symbols: string[], owner: SymbolOwner): void {
  for (const symbol of symbols) OWNERS.set(symbol, [...OWNERS.get(symbol) ?? [], owner])
}

for (const { symbols, kind } of CENTRAL) if (kind !== 'ministry') own(symbols, { kind })
for (const { subject, ministry, department } of FIELDS) {
  own(ministry, { kind: 'ministry', field: subjectKey(subject) })
  own(department, { kind: 'department', field: subjectKey(subject) })
}
own(['UBND'], { kind: 'peoples-committee' })
own(['HĐND'], { kind: 'peoples-council' })
own(['TU', 'HU', 'QU', 'ThU', 'ĐU'], { kind: 'party-committee' })
own(['CAT', 'CATP'], { kind: 'department', field: 'congan' })

const TERM = /^(QH|UBTVQH)\d{1,2}$/

/** The symbol without the number of the National Assembly's term: `QH15` → `QH`. */
export const withoutTerm = (symbol: string): string => TERM.exec(symbol)?.[1] ?? symbol

export const isAssemblySymbol = (symbol: string): boolean => TERM.test(symbol)

/** Every kind of body that is known to write the symbol; empty when nobody knows. */
export const ownersOfSymbol = (symbol: string): SymbolOwner[] => OWNERS.get(withoutTerm(symbol)) ?? []

const SHARED_NAMES: Partial<Record<IssuerKind, string>> = {
  'peoples-committee': 'Ủy ban nhân dân',
  'peoples-council': 'Hội đồng nhân dân',
  'party-committee': 'cấp ủy Đảng',
  'party-central': 'Trung ương Đảng'
}

/** Who writes the symbol, in Vietnamese, for people: `Ủy ban nhân dân`, `Sở Nội vụ`. */
export function ownerName (symbol: string): string {
  const [owner] = ownersOfSymbol(symbol)
  if (owner === undefined) return symbol
  if (owner.kind === 'department') {
    return owner.field === 'congan' ? 'Công an tỉnh' : `Sở ${FIELDS.find(({ subject }) => subjectKey(subject) === owner.field)?.subject ?? symbol}`
  }
  return SHARED_NAMES[owner.kind] ?? bodyOfSymbol(symbol) ?? symbol
}

/** The one body that writes the symbol, `TTg` → Thủ tướng Chính phủ; none for UBND, TW, TU or a department's. */
export function bodyOfSymbol (symbol: string): string | undefined {
  const [owner, ...others] = ownersOfSymbol(symbol)
  if (owner === undefined || others.length > 0 || owner.kind === 'party-central') return undefined
  if (owner.kind === 'ministry') return FIELDS.filter(({ ministry }) => ministry.includes(symbol)).map(ministryName)[0]
  return CENTRAL.find(({ symbols }) => symbols.includes(withoutTerm(symbol)))?.name
}

const PARTY_KINDS: IssuerKind[] = ['party-central', 'party-committee', 'party-office']
const PARTY_ORGAN = /^(?:VP|BTG|BTGDV|BTC|BDV|BNC|UBKT)(?:TW|TU|HU|QU|ThU|ĐU)$|^BCSĐ|^ĐU/

export const isPartySymbol = (symbol: string): boolean =>
  PARTY_ORGAN.test(symbol) || ownersOfSymbol(symbol).some(({ kind }) => PARTY_KINDS.includes(kind))

const KNOWN = [...OWNERS.keys(), 'VPTU', 'VPUBND', 'VPQH', 'VPCTN', 'BCSĐCP', 'MTTQ', 'LĐTBXH', 'LĐLĐ']

export const isKnownIssuerSymbol = (symbol: string): boolean =>
  KNOWN.includes(withoutTerm(symbol)) || isPartySymbol(symbol)

const BY_CAPITALS = new Map(KNOWN.map(symbol => [symbol.toUpperCase(), symbol]))
const WITHOUT_STROKES = new Map(KNOWN.map(symbol => [symbol.toUpperCase().replaceAll('Đ', 'D'), symbol]))

/** The usual capitals of a symbol, `ttg` → `TTg`; a symbol nobody knows is put in capitals when it has none. */
export function capitalized (symbol: string): string {
  const capitals = symbol.toUpperCase()
  const [, assembly = ''] = TERM.exec(capitals) ?? []
  if (assembly !== '') return capitals
  return BY_CAPITALS.get(capitals) ?? (symbol === symbol.toLowerCase() ? capitals : symbol)
}

/** As `capitalized`, and a known symbol also gets back the stroke of a Đ that was typed as D: `HDND` → `HĐND`. */
export function canonicalIssuerSymbol (symbol: string): string {
  const written = capitalized(symbol)
  return BY_CAPITALS.has(written.toUpperCase())
    ? written
    : WITHOUT_STROKES.get(written.toUpperCase()) ?? written
}
