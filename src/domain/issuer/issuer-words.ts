import { fold } from '../text.ts'

export const ISSUER_KINDS = [
  'party-central', 'national-assembly', 'standing-committee', 'president', 'government', 'prime-minister', 'government-office',
  'ministry', 'party-committee', 'party-office', 'peoples-council', 'peoples-committee', 'department', 'office',
  'front', 'mass-organization'
] as const

export type IssuerKind = (typeof ISSUER_KINDS)[number]

/** A subject that a ministry, the departments of the provinces, or both answer for. */
export interface Field {
  subject: string
  /** Other ways to write the subject; `&`, commas and dashes do not matter. */
  short: string[]
  /** What codes of the ministry end with, the usual one first; empty when no source shows it. */
  ministry: string[]
  department: string[]
  /** The whole name of the central body, when it is not `Bộ` and the subject. */
  ministryName?: string
}

/**
 * Ministries and departments before and after the mergers of 2025-03-01 (Nghị quyết 176/2025/QH15), and departments
 * that only some provinces have. A symbol that no source shows is left out, because it would be used to reject.
 */
export const FIELDS: readonly Field[] = [
  field('Quốc phòng', [], ['BQP'], []),
  field('Công an', [], ['BCA'], []),
  field('Ngoại giao', [], ['BNG'], []),
  field('Nội vụ', [], ['BNV'], ['SNV']),
  field('Tư pháp', [], ['BTP'], ['STP']),
  field('Tài chính', [], ['BTC'], ['STC']),
  field('Công Thương', [], ['BCT'], ['SCT']),
  field('Xây dựng', [], ['BXD'], ['SXD']),
  field('Y tế', [], ['BYT'], ['SYT']),
  field('Kế hoạch và Đầu tư', ['KHĐT'], ['BKHĐT'], ['SKHĐT']),
  field('Giao thông vận tải', ['GTVT'], ['BGTVT'], ['SGTVT']),
  field('Nông nghiệp và Phát triển nông thôn', ['NNPTNT', 'Nông nghiệp và PTNT'], ['BNN', 'BNNPTNT'], ['SNN', 'SNNPTNT']),
  field('Tài nguyên và Môi trường', ['TNMT'], ['BTNMT'], ['STNMT']),
  field('Thông tin và Truyền thông', ['TTTT'], ['BTTTT'], ['STTTT']),
  field('Lao động - Thương binh và Xã hội', ['LĐTBXH'], ['BLĐTBXH'], ['SLĐTBXH']),
  field('Văn hóa, Thể thao và Du lịch', ['VHTTDL'], ['BVHTTDL'], ['SVHTTDL']),
  field('Khoa học và Công nghệ', ['KHCN'], ['BKHCN'], ['SKHCN']),
  field('Giáo dục và Đào tạo', ['GDĐT'], ['BGDĐT'], ['SGDĐT']),
  field('Nông nghiệp và Môi trường', ['NNMT'], [], []),
  field('Dân tộc và Tôn giáo', ['DTTG'], [], []),
  field('Dân tộc', [], ['UBDT'], ['BDT'], 'Ủy ban Dân tộc'),
  field('Ngân hàng', [], ['NHNN'], [], 'Ngân hàng Nhà nước Việt Nam'),
  field('Thanh tra', [], ['TTCP'], [], 'Thanh tra Chính phủ')
]

function field (subject: string, short: string[], ministry: string[], department: string[], ministryName?: string): Field {
  return { subject, short, ministry, department, ...(ministryName !== undefined && { ministryName }) }
}

export const ministryName = ({ subject, ministryName = `Bộ ${subject}` }: Field): string => ministryName

/** The key under which a subject and its abbreviations meet: `Văn hoá, Thể thao & Du lịch`, `VH,TT&DL`. */
export const subjectKey = (subject: string): string =>
  fold(subject).split(' ').filter(word => word !== 'va').join('')

const BY_SUBJECT = new Map(FIELDS.flatMap(record =>
  [record.subject, ...record.short].map(subject => [subjectKey(subject), record])))

export const fieldOf = (subject: string): Field | undefined => BY_SUBJECT.get(subjectKey(subject))

export interface Central {
  kind: IssuerKind
  name: string
  /** Folded ways to write it. */
  written: string[]
  symbols: string[]
  /** The subject it answers for down to the provinces. */
  field?: string
}

export const YOUTH_UNION = 'Đoàn Thanh niên Cộng sản Hồ Chí Minh'

/** Bodies of which there is one. */
export const CENTRAL: readonly Central[] = [
  central('national-assembly', 'Quốc hội', ['Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam'], ['QH']),
  central('standing-committee', 'Ủy ban Thường vụ Quốc hội', ['UBTVQH', 'UB Thường vụ Quốc hội'], ['UBTVQH']),
  central('president', 'Chủ tịch nước', ['Chủ tịch nước Cộng hòa xã hội chủ nghĩa Việt Nam'], ['CTN']),
  central('government', 'Chính phủ', ['Chính phủ nước Cộng hòa xã hội chủ nghĩa Việt Nam'], ['CP']),
  central('prime-minister', 'Thủ tướng Chính phủ', ['Thủ tướng', 'TTg'], ['TTg']),
  central('government-office', 'Văn phòng Chính phủ', ['VPCP'], ['VPCP']),
  central('party-central', 'Bộ Chính trị', ['Bộ Chính trị Trung ương Đảng'], ['TW']),
  central('party-central', 'Ban Bí thư Trung ương Đảng', ['Ban Bí thư', 'Ban Bí thư Trung ương'], ['TW']),
  central('party-central', 'Ban Chấp hành Trung ương Đảng', [
    'Ban Chấp hành Trung ương', 'Ban Chấp hành Trung ương Đảng Cộng sản Việt Nam', 'BCH Trung ương', 'BCH Trung ương Đảng',
    'Trung ương Đảng', 'Trung ương'
  ], ['TW']),
  central('party-office', 'Văn phòng Trung ương Đảng', ['Văn phòng Trung ương'], ['VPTW']),
  central('front', 'Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam', ['Ủy ban Trung ương MTTQ Việt Nam', 'Ủy ban Trung ương Mặt trận Tổ quốc']),
  central('mass-organization', 'Tổng Liên đoàn Lao động Việt Nam', [], ['TLĐ'], 'Liên đoàn Lao động'),
  central('mass-organization', `Trung ương ${YOUTH_UNION}`, ['Trung ương Đoàn', 'Trung ương Đoàn TNCS Hồ Chí Minh'], [], YOUTH_UNION),
  ...['Hội Nông dân', 'Hội Liên hiệp Phụ nữ', 'Hội Cựu chiến binh'].map(title =>
    central('mass-organization', `Trung ương ${title} Việt Nam`, [`Trung ương ${title}`], [], title)),
  ...FIELDS.flatMap(({ ministryName, ministry, subject }) =>
    ministryName === undefined ? [] : [central('ministry', ministryName, [ministryName.replace(' Việt Nam', '')], ministry, subject)])
]

function central (kind: IssuerKind, name: string, alsoWritten: string[], symbols: string[] = [], field?: string): Central {
  return { kind, name, written: [name, ...alsoWritten].map(fold), symbols, ...(field !== undefined && { field: subjectKey(field) }) }
}
