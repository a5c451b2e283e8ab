import { fold } from '../domain/text.ts'

/** How the words of a cell are read, and written again. `years`: a period in one cell; `unread`: nothing of a plan. */
export type CellKind = 'text' | 'type' | 'level' | 'date' | 'years' | 'yes-no' | 'json' | 'unread'

export interface Column {
  /** Member of a plan's body, as a JSON Pointer; that of a citation begins inside the citation. */
  pointer: string
  kind: CellKind
  /** The name in the header of the files we write, for either reader. */
  vi: string
  en: string
  /** Other names that people give it, folded. */
  also?: readonly string[]
  /** A column of a citation that people spread over columns: which relation, and the how-manieth of them. */
  citation?: { relation: 'implements' | 'basis', number: number }
}

/**
 * The columns of a plan, in the order of the files we write. A name in a header is compared folded, so case, diacritics
 * and punctuation do not matter. Lists (citations, targets, waivers) are JSON in one cell: nothing is lost of them.
 */
export const COLUMNS: readonly Column[] = [
  { pointer: '/id', kind: 'text', vi: 'Mã định danh', en: 'id', also: ['uuid'] },
  { pointer: '/code', kind: 'text', vi: 'Số, ký hiệu', en: 'code', also: ['so va ky hieu', 'so ky hieu', 'so hieu', 'so hieu van ban', 'so van ban', 'so ky hieu van ban'] },
  { pointer: '/type', kind: 'type', vi: 'Loại văn bản', en: 'type', also: ['loai', 'hinh thuc van ban', 'document type'] },
  { pointer: '/title', kind: 'text', vi: 'Trích yếu', en: 'title', also: ['trich yeu noi dung', 'ten van ban', 'noi dung trich yeu'] },
  { pointer: '/issuer', kind: 'text', vi: 'Cơ quan ban hành', en: 'issuer', also: ['noi ban hanh', 'don vi ban hanh', 'co quan'] },
  { pointer: '/level', kind: 'level', vi: 'Cấp', en: 'level', also: ['cap ban hanh'] },
  { pointer: '/issuedOn', kind: 'date', vi: 'Ngày ban hành', en: 'issuedOn', also: ['ngay van ban', 'ngay thang nam', 'ngay ky', 'issued on'] },
  { pointer: '/effectiveFrom', kind: 'date', vi: 'Ngày có hiệu lực', en: 'effectiveFrom', also: ['ngay hieu luc', 'hieu luc tu', 'effective from'] },
  { pointer: '/draft', kind: 'yes-no', vi: 'Dự thảo', en: 'draft' },
  { pointer: '/period/from', kind: 'date', vi: 'Giai đoạn từ', en: 'period.from', also: ['tu nam', 'periodfrom'] },
  { pointer: '/period/to', kind: 'date', vi: 'Giai đoạn đến', en: 'period.to', also: ['den nam', 'periodto'] },
  { pointer: '/programme', kind: 'text', vi: 'Chương trình', en: 'programme', also: ['chuong trinh phong trao', 'phong trao'] },
  { pointer: '/citations', kind: 'json', vi: 'Trích dẫn (JSON)', en: 'citations', also: ['trich dan'] },
  { pointer: '/targets', kind: 'json', vi: 'Chỉ tiêu (JSON)', en: 'targets', also: ['chi tieu'] },
  { pointer: '/targetsIncomplete', kind: 'yes-no', vi: 'Chỉ tiêu chưa đủ', en: 'targetsIncomplete', also: ['targets incomplete'] },
  { pointer: '/waivers', kind: 'json', vi: 'Miễn trừ (JSON)', en: 'waivers', also: ['mien tru'] }
]

/** Taken from people, never written: the period in one cell and the running number, as tables of plans have them. */
const TAKEN: readonly Column[] = [
  { pointer: '/period', kind: 'years', vi: 'Giai đoạn', en: 'period', also: ['thoi ky'] },
  { pointer: '', kind: 'unread', vi: 'STT', en: 'No.', also: ['tt', 'so tt', 'so thu tu'] }
]

const MOST_CITATIONS = 20

const RELATIONS = [
  { relation: 'implements', vi: 'Triển khai văn bản', en: 'implements', also: ['thuc hien van ban', 'trien khai', 'thuc hien'] },
  { relation: 'basis', vi: 'Căn cứ văn bản', en: 'basis', also: ['can cu'] }
] as const

const CITED = [
  { pointer: '/code', kind: 'text', vi: '', en: 'code', also: ['so ky hieu', 'code'] },
  { pointer: '/issuer', kind: 'text', vi: 'cơ quan', en: 'issuer', also: ['co quan ban hanh'] },
  { pointer: '/issuedOn', kind: 'date', vi: 'ngày', en: 'issuedOn', also: ['ngay ban hanh', 'issued on'] },
  { pointer: '/title', kind: 'text', vi: 'trích yếu', en: 'title', also: [] }
] as const

/**
 * The flat form of citations that people write by hand: “Triển khai văn bản số 1”, “Triển khai văn bản số 1 - cơ quan”,
 * “… - ngày”, “… - trích yếu”, and the same for “Căn cứ văn bản số 1”. Enough for a parent; all else needs the JSON.
 */
export const CITATION_COLUMNS: readonly Column[] = RELATIONS.flatMap(({ relation, vi, en, also }) =>
  Array.from({ length: MOST_CITATIONS }, (_, index) => index + 1).flatMap(number => CITED.map(cited => ({
    pointer: cited.pointer,
    kind: cited.kind,
    citation: { relation, number },
    vi: [`${vi} số ${number}`, cited.vi].filter(part => part !== '').join(' - '),
    en: `${en} ${number} ${cited.en}`,
    also: [fold(vi), ...also, en].flatMap(name => [fold(cited.vi), fold(cited.en), ...cited.also].flatMap(part => [
      // “Triển khai cơ quan 1”, “Triển khai 1 cơ quan”; without a number it is the first.
      ...[`so ${number}`, String(number), ...(number === 1 ? [''] : [])].flatMap(which => [`${name} ${which} ${part}`, `${name} ${part} ${which}`])
    ].map(fold)))
  }))))

const BY_NAME: ReadonlyMap<string, Column> = new Map([...COLUMNS, ...TAKEN, ...CITATION_COLUMNS].flatMap(column =>
  [column.vi, column.en, ...column.also ?? []].map(name => [fold(name), column] as const)))

/** The column that a name in a header means; case, diacritics and punctuation do not matter. */
export const columnNamed = (name: string): Column | undefined => BY_NAME.get(fold(name))

/** What a misspelled name in a header may mean. */
export const COLUMN_NAMES: readonly string[] =
  [...COLUMNS, ...TAKEN, ...CITATION_COLUMNS.filter(({ citation }) => citation!.number === 1)].flatMap(({ vi, en }) => [vi, en])
