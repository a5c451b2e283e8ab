import { fold } from './text.ts'

interface TypeRecord {
  type: string
  vi: string
  /** The abbreviation it takes in a symbol; absent when its documents carry none. */
  symbol?: string
  /** Whether its codes carry the year, as normative documents do: decisions come in both kinds. Absent: never. */
  year?: 'always' | 'sometimes'
}

/**
 * Every kind of document that takes part in a cascade or is cited by one. The first part is the list of
 * Nghị định 30/2020/NĐ-CP, Phụ lục III, mục I, in its order.
 */
export const DOCUMENT_TYPES = [
  { type: 'resolution', vi: 'Nghị quyết', symbol: 'NQ', year: 'sometimes' },
  { type: 'decision', vi: 'Quyết định', symbol: 'QĐ', year: 'sometimes' },
  { type: 'directive', vi: 'Chỉ thị', symbol: 'CT', year: 'sometimes' },
  { type: 'regulation', vi: 'Quy chế', symbol: 'QC' },
  { type: 'rules', vi: 'Quy định', symbol: 'QyĐ' },
  { type: 'communique', vi: 'Thông cáo', symbol: 'TC' },
  { type: 'notice', vi: 'Thông báo', symbol: 'TB' },
  { type: 'guidance', vi: 'Hướng dẫn', symbol: 'HD' },
  { type: 'programme', vi: 'Chương trình', symbol: 'CTr' },
  { type: 'plan', vi: 'Kế hoạch', symbol: 'KH' },
  { type: 'operational-plan', vi: 'Phương án', symbol: 'PA' },
  { type: 'scheme', vi: 'Đề án', symbol: 'ĐA' },
  { type: 'project', vi: 'Dự án', symbol: 'DA' },
  { type: 'report', vi: 'Báo cáo', symbol: 'BC' },
  { type: 'minutes', vi: 'Biên bản', symbol: 'BB' },
  { type: 'submission', vi: 'Tờ trình', symbol: 'TTr' },
  { type: 'contract', vi: 'Hợp đồng', symbol: 'HĐ' },
  { type: 'telegram', vi: 'Công điện', symbol: 'CĐ' },
  { type: 'memorandum', vi: 'Bản ghi nhớ', symbol: 'BGN' },
  { type: 'agreement', vi: 'Bản thỏa thuận', symbol: 'BTT' },
  { type: 'power-of-attorney', vi: 'Giấy ủy quyền', symbol: 'GUQ' },
  { type: 'invitation', vi: 'Giấy mời', symbol: 'GM' },
  { type: 'letter-of-introduction', vi: 'Giấy giới thiệu', symbol: 'GGT' },
  { type: 'leave-permit', vi: 'Giấy nghỉ phép', symbol: 'GNP' },
  { type: 'dispatch-slip', vi: 'Phiếu gửi', symbol: 'PG' },
  { type: 'transfer-slip', vi: 'Phiếu chuyển', symbol: 'PC' },
  { type: 'notification-slip', vi: 'Phiếu báo', symbol: 'PB' },
  { type: 'official-letter', vi: 'Công văn' },
  { type: 'true-copy', vi: 'Bản sao y', symbol: 'SY' },
  { type: 'extract', vi: 'Bản trích sao', symbol: 'TrS' },
  { type: 'secondary-copy', vi: 'Bản sao lục', symbol: 'SL' },

  { type: 'constitution', vi: 'Hiến pháp' },
  { type: 'law', vi: 'Luật', year: 'always' },
  { type: 'ordinance', vi: 'Pháp lệnh', symbol: 'PL', year: 'always' },
  { type: 'order', vi: 'Lệnh', symbol: 'L', year: 'sometimes' },
  { type: 'decree', vi: 'Nghị định', symbol: 'NĐ', year: 'always' },
  { type: 'circular', vi: 'Thông tư', symbol: 'TT', year: 'always' },
  { type: 'joint-circular', vi: 'Thông tư liên tịch', symbol: 'TTLT', year: 'always' },
  { type: 'joint-resolution', vi: 'Nghị quyết liên tịch', symbol: 'NQLT', year: 'sometimes' },
  { type: 'consolidated-text', vi: 'Văn bản hợp nhất', symbol: 'VBHN' },
  { type: 'licence', vi: 'Giấy phép', symbol: 'GP' },

  { type: 'conclusion', vi: 'Kết luận', symbol: 'KL' },
  { type: 'charter', vi: 'Điều lệ' }
] as const satisfies readonly TypeRecord[]

export type DocumentType = (typeof DOCUMENT_TYPES)[number]['type']

const RECORDS: readonly (TypeRecord & { type: DocumentType })[] = DOCUMENT_TYPES

const BY_SYMBOL = new Map<string, DocumentType>(RECORDS.flatMap(({ symbol, type }) => symbol === undefined ? [] : [[symbol, type] as const]))
// Older rules gave official letters an abbreviation, and the Party's still have it.
BY_SYMBOL.set('CV', 'official-letter')

const BY_NAME = new Map<string, DocumentType>([
  ...RECORDS.map(({ vi, type }) => [fold(vi), type] as const),
  ['bo luat', 'law'],
  ['chuong trinh hanh dong', 'programme']
])

/** The type a symbol's first group names in State documents, spelt exactly: `KH`, `QyĐ`. */
export const typeOfSymbol = (symbol: string): DocumentType | undefined => BY_SYMBOL.get(symbol)

/** In the Party's codes QĐ is a decision or a rule, and TT is no circular. */
export const typeOfPartySymbol = (symbol: string): DocumentType | undefined =>
  ['QĐ', 'TT'].includes(symbol) ? undefined : typeOfSymbol(symbol)

const BY_CAPITALS = new Map([...BY_SYMBOL.keys()].map(symbol => [symbol.toUpperCase(), symbol]))
const WITHOUT_STROKES = new Map([...BY_SYMBOL.keys()].map(symbol => [symbol.toUpperCase().replaceAll('Đ', 'D'), symbol]))

/** The symbol with its usual capitals, `ctr` → `CTr`, and with the stroke of a Đ that was typed as D, `QD` → `QĐ`. */
export const canonicalTypeSymbol = (symbol: string): string | undefined =>
  BY_CAPITALS.get(symbol.toUpperCase()) ?? WITHOUT_STROKES.get(symbol.toUpperCase())

/** Whether codes of this type carry the year between number and symbol. */
export const yearInCode = (type: DocumentType): 'always' | 'sometimes' | 'never' =>
  RECORDS.find(record => record.type === type)?.year ?? 'never'

export const vietnameseTypeName = (type: DocumentType): string =>
  RECORDS.find(record => record.type === type)?.vi ?? type

/** Tolerates case, spacing, tone-mark position and missing diacritics: `kế  hoạch`, `Ke hoach`. */
export const typeOfVietnameseName = (name: string): DocumentType | undefined => BY_NAME.get(fold(name))
