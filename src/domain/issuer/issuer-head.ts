import { areasAt, endOf, firstUnit } from './area.ts'
import type { Area, Tier, Words } from './area.ts'
import { CENTRAL, fieldOf, subjectKey, YOUTH_UNION } from './issuer-words.ts'
import type { IssuerKind } from './issuer-words.ts'
import { provinceNamed } from './province.ts'
import { fold } from '../text.ts'

/** What a name says a body is, before its place is settled. */
export interface Head {
  kind: IssuerKind
  /** What stands before the place in its whole name; a Party committee's follows from the place. */
  title: string
  field?: string
  symbols: Partial<Record<Tier, string[]>>
  /** None for a central body; otherwise as `areasAt` reads them. */
  areas: Area[]
  /** Where a name without any place belongs, relative to the body that writes it. */
  home?: 'province' | 'district'
  central?: true
}

interface Local {
  kind: IssuerKind
  /** How it is written, folded; what comes first is looked for first. */
  written: string[]
  title: string
  symbols?: string[]
  field?: string
  home?: 'province'
}

const FRONT = ['uy ban mat tran to quoc', 'uy ban mttq', 'ub mttq', 'ubmttq', 'mat tran to quoc', 'mttq']
  .flatMap(written => [`${written} viet nam`, written])

// A department of the province; the same words before a district name an office of it.
const LOCAL: readonly Local[] = [
  { kind: 'peoples-committee', written: ['uy ban nhan dan', 'ubnd'], title: 'UBND', symbols: ['UBND'] },
  { kind: 'peoples-council', written: ['hoi dong nhan dan', 'hdnd'], title: 'HĐND', symbols: ['HĐND'] },
  {
    kind: 'department',
    written: ['van phong ubnd', 'van phong uy ban nhan dan'],
    title: 'Văn phòng UBND',
    field: 'vanphongubnd',
    symbols: ['VPUBND', 'VP']
  },
  { kind: 'department', written: ['ban dan toc'], title: 'Ban Dân tộc', symbols: ['BDT'], field: 'dantoc', home: 'province' },
  { kind: 'department', written: ['cong an'], title: 'Công an', symbols: ['CAT', 'CATP'], field: 'congan' },
  { kind: 'department', written: ['thanh tra'], title: 'Thanh tra', field: 'thanhtra' },
  { kind: 'department', written: ['bo chi huy quan su', 'ban chi huy quan su'], title: 'Bộ Chỉ huy quân sự', field: 'quocphong' },
  { kind: 'department', written: ['ban an toan giao thong'], title: 'Ban An toàn giao thông', symbols: ['BATGT'], field: 'antoangiaothong' },
  { kind: 'front', written: FRONT, title: 'Ủy ban Mặt trận Tổ quốc Việt Nam' },
  ...[
    { title: 'Liên đoàn Lao động', short: [] },
    { title: 'Hội Nông dân', short: ['hoi nd'] },
    { title: 'Hội Liên hiệp Phụ nữ', short: ['hoi lhpn'] },
    { title: 'Hội Cựu chiến binh', short: ['hoi ccb'] },
    { title: YOUTH_UNION, short: ['doan tncs ho chi minh'] }
  ].map(({ title, short }) => ({
    kind: 'mass-organization' as const,
    title,
    written: [fold(title), ...short].flatMap(written => [`${written} viet nam`, written]),
    field: subjectKey(title)
  }))
]

const ROLES = [
  'pho chu tich', 'chu tich', 'thuong truc', 'ban thuong vu', 'ban thuong truc', 'ban chap hanh', 'btv', 'bch', 'dai hoi dai bieu',
  'dai hoi', 'bo truong', 'thong doc', 'chu nhiem', 'pho giam doc', 'giam doc', 'chanh thanh tra', 'truong ban', 'truong phong'
]

const COMMITTEES: readonly [written: string, unit?: string][] = [
  ['tinh uy', 'tỉnh'], ['thanh uy', 'thành phố'], ['huyen uy', 'huyện'], ['quan uy', 'quận'], ['thi uy', 'thị xã'], ['dang uy'], ['dang bo']
]

const PARTY_ORGANS = ['Văn phòng', 'Ban Tuyên giáo và Dân vận', 'Ban Tuyên giáo', 'Ban Tổ chức', 'Ban Dân vận', 'Ban Nội chính', 'Ủy ban Kiểm tra']

const YOUTH = [['tinh doan', 'tỉnh'], ['thanh doan', 'thành phố'], ['huyen doan', 'huyện'], ['quan doan', 'quận'], ['thi doan', 'thị xã']] as const

/** What the name says the body is; undefined when it says nothing this knows. */
export function readHead (given: Words): Head | undefined {
  const words = withoutTerm(given)
  const from = startOf(words)
  const titled = afterRoles(words, from)
  return readCentral(words, from) ??
    // The chairman of the National Assembly is not the National Assembly; the minister of a ministry is.
    readCentral(words, titled, ['ministry', 'party-central', 'party-office', 'government-office', 'front', 'mass-organization']) ??
    readMinistry(words, titled) ??
    readCommittee(words, titled) ??
    readPartyOrgan(words, titled) ??
    readYouth(words, titled) ??
    readLocal(words, titled) ??
    readSubject(words, titled)
}

/** Without the term of a congress or assembly: `khóa XII`, `lần thứ XI`, `nhiệm kỳ 2020-2025`. */
function withoutTerm (words: Words): Words {
  const end = words.words.findIndex((word, at) => at > 0 && (
    word.text === 'khóa' || word.text === 'khoá' || endOf(words, 'nhiem ky', at) !== undefined ||
    (endOf(words, 'lan thu', at) !== undefined && words.words[0]?.folded !== 'hoi')))
  return end === -1 ? words : { ...words, words: words.words.slice(0, end) }
}

/** A conference of the Central Committee speaks as the committee: `Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng`. */
function startOf (words: Words): number {
  if (endOf(words, 'hoi nghi', 0) === undefined) return 0
  return Math.max(0, words.words.findIndex((_, at) => endOf(words, 'ban chap hanh', at) !== undefined))
}

function afterRoles (words: Words, from: number): number {
  for (const role of ROLES) {
    const end = endOf(words, role, from)
    if (end !== undefined) return afterRoles(words, end)
  }
  return from
}

function readCentral (words: Words, from: number, kinds?: IssuerKind[]): Head | undefined {
  const written = words.words.slice(from).map(({ folded }) => folded).join(' ')
  const found = CENTRAL.find(body => body.written.includes(written) && (kinds === undefined || kinds.includes(body.kind)))
  return found && {
    kind: found.kind,
    title: found.name,
    ...(found.field !== undefined && { field: found.field }),
    symbols: { central: found.symbols },
    areas: [],
    central: true
  }
}

function readMinistry (words: Words, from: number): Head | undefined {
  const start = endOf(words, 'bo', from)
  if (start === undefined) return undefined
  const field = fieldOf(textOf(words, start))
  if (field === undefined || field.ministryName !== undefined) return undefined
  return {
    kind: 'ministry',
    title: `Bộ ${field.subject}`,
    field: subjectKey(field.subject),
    symbols: { central: field.ministry },
    areas: [],
    central: true
  }
}

function committeeAreas (words: Words, from: number): Area[] | undefined {
  for (const [written, unit] of COMMITTEES) {
    const end = endOf(words, written, from)
    if (end !== undefined) return areasAt(words, end, unit)
  }
}

function readCommittee (words: Words, from: number): Head | undefined {
  const areas = committeeAreas(words, from)
  return areas && {
    kind: 'party-committee',
    title: '',
    symbols: { province: ['TU'], district: ['HU', 'QU', 'ThU', 'TU'], commune: ['ĐU'] },
    areas
  }
}

function readPartyOrgan (words: Words, from: number): Head | undefined {
  for (const title of PARTY_ORGANS) {
    const end = endOf(words, fold(title), from)
    if (end === undefined) continue
    const field = subjectKey(title)
    const rest = textOf(words, end)
    if (['trung uong', 'trung uong dang'].includes(fold(rest))) {
      return { kind: 'party-office', title: `${title} Trung ương`, field, symbols: {}, areas: [], central: true }
    }
    const areas = committeeAreas(words, end)
    if (areas !== undefined) return { kind: 'party-office', title, field, symbols: {}, areas }
  }
}

function readYouth (words: Words, from: number): Head | undefined {
  for (const [written, unit] of YOUTH) {
    const end = endOf(words, written, from)
    if (end === undefined) continue
    const areas = areasAt(words, end, unit)
    return areas && { kind: 'mass-organization', title: YOUTH_UNION, field: subjectKey(YOUTH_UNION), symbols: {}, areas }
  }
}

function readLocal (words: Words, from: number): Head | undefined {
  for (const { kind, written, title, symbols = [], field, home } of LOCAL) {
    for (const phrase of written) {
      const end = endOf(words, phrase, from)
      if (end === undefined) continue
      const areas = areasAt(words, end)
      return areas && {
        kind,
        title,
        ...(field !== undefined && { field }),
        symbols: kind === 'department' ? { province: symbols } : { province: symbols, district: symbols, commune: symbols },
        areas,
        ...(home !== undefined && { home })
      }
    }
  }
}

// The longest subject of a department in use has nine words.
const LONGEST_SUBJECT = 9

/** A department (Sở) of the province or an office (Phòng) of the district, with its subject and perhaps its place. */
function readSubject (words: Words, from: number): Head | undefined {
  const department = endOf(words, 'so', from)
  const start = department ?? endOf(words, 'phong', from)
  if (start === undefined || start >= words.words.length) return undefined
  const place = firstUnit(words, start + 1, department === undefined ? ['province', 'district'] : ['province']) ?? provinceAtEnd(words, start + 1) ?? words.words.length
  const subject = textOf(words, start, place)
  const field = fieldOf(subject)
  const odd = field === undefined && (place - start > LONGEST_SUBJECT || words.words.slice(start, place).some(({ afterComma }) => afterComma))
  const areas = areasAt(words, place)
  if (odd || areas === undefined) return undefined
  return {
    kind: department === undefined ? 'office' : 'department',
    title: `${department === undefined ? 'Phòng' : 'Sở'} ${field?.subject ?? subject}`,
    field: subjectKey(field?.subject ?? subject),
    symbols: { province: department === undefined ? [] : field?.department ?? [] },
    areas,
    home: department === undefined ? 'district' : 'province'
  }
}

function provinceAtEnd (words: Words, from: number): number | undefined {
  for (let at = from; at < words.words.length; at++) if (provinceNamed(textOf(words, at)) !== undefined) return at
}

const textOf = ({ text, words }: Words, from: number, to = words.length): string =>
  text.slice(words[from]?.start ?? Infinity, words[to - 1]?.end)
