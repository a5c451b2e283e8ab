import { divide, multiply, type Decimal } from '../decimal.ts'

/** `factor` turns one unit into the base of its dimension; units of one dimension convert, others never do. */
export interface UnitRecord {
  code: string
  vi: string
  en: string
  dimension: string
  factor: Decimal
  /** Amounts of different populations can be added: households can, percentages of two districts cannot. */
  additive: boolean
}

const count = <Code extends string> (code: Code, vi: string, en: string) =>
  ({ code, vi, en, dimension: code, factor: '1', additive: true }) as const

const money = <Code extends string> (code: Code, vi: string, en: string, factor: Decimal) =>
  ({ code, vi, en, dimension: 'vnd', factor, additive: true }) as const

const ratio = <Code extends string> (code: Code, vi: string, en: string, dimension: string, factor: Decimal = '1') =>
  ({ code, vi, en, dimension, factor, additive: false }) as const

/**
 * `percent` is a share, or a change relative to the baseline; `percentage-point` is a change of a rate itself, which
 * documents print as % as well. Where a text leaves open which of the two is meant, it is `percent-ambiguous`,
 * and that converts to nothing.
 */
export const UNIT_RECORDS = [
  ratio('percent', '%', '%', 'percent'),
  ratio('per-mille', '‰', '‰', 'percent', '0.1'),
  ratio('fraction', 'phần', 'of the whole', 'percent', '100'),
  ratio('percentage-point', 'điểm %', 'percentage points', 'percentage-point'),
  ratio('percent-ambiguous', '% (không rõ là điểm % hay % so với số đầu kỳ)', '% (points or share, the text does not say)', 'percent-ambiguous'),
  ratio('times', 'lần', 'times', 'times'),
  ratio('rank', 'hạng', 'in rank', 'rank'),
  ratio('score', 'điểm', 'points of score', 'score'),
  ratio('year-of-age', 'tuổi', 'years of age', 'year-of-age'),

  money('vnd', 'đồng', 'VND', '1'),
  money('thousand-vnd', 'nghìn đồng', 'thousand VND', '1000'),
  money('million-vnd', 'triệu đồng', 'million VND', '1000000'),
  money('billion-vnd', 'tỷ đồng', 'billion VND', '1000000000'),
  money('trillion-vnd', 'nghìn tỷ đồng', 'trillion VND', '1000000000000'),
  { code: 'usd', vi: 'USD', en: 'USD', dimension: 'usd', factor: '1', additive: true },
  { code: 'million-usd', vi: 'triệu USD', en: 'million USD', dimension: 'usd', factor: '1000000', additive: true },
  { code: 'billion-usd', vi: 'tỷ USD', en: 'billion USD', dimension: 'usd', factor: '1000000000', additive: true },
  ratio('vnd-per-person-per-year', 'đồng/người/năm', 'VND per person per year', 'vnd-per-person-per-year'),
  ratio('million-vnd-per-person-per-year', 'triệu đồng/người/năm', 'million VND per person per year', 'vnd-per-person-per-year', '1000000'),
  ratio('thousand-vnd-per-person-per-year', 'nghìn đồng/người/năm', 'thousand VND per person per year', 'vnd-per-person-per-year', '1000'),
  ratio('million-vnd-per-person-per-month', 'triệu đồng/người/tháng', 'million VND per person per month', 'vnd-per-person-per-year', '12000000'),
  ratio('thousand-vnd-per-person-per-month', 'nghìn đồng/người/tháng', 'thousand VND per person per month', 'vnd-per-person-per-year', '12000'),
  ratio('usd-per-person-per-year', 'USD/người/năm', 'USD per person per year', 'usd-per-person-per-year'),
  ratio('million-vnd-per-worker-per-year', 'triệu đồng/lao động/năm', 'million VND per worker per year', 'vnd-per-worker-per-year'),

  count('household', 'hộ', 'households'),
  { code: 'thousand-household', vi: 'nghìn hộ', en: 'thousand households', dimension: 'household', factor: '1000', additive: true },
  count('person', 'người', 'persons'),
  { code: 'thousand-person', vi: 'nghìn người', en: 'thousand persons', dimension: 'person', factor: '1000', additive: true },
  { code: 'million-person', vi: 'triệu người', en: 'million persons', dimension: 'person', factor: '1000000', additive: true },
  count('worker', 'lao động', 'workers'),
  count('job', 'việc làm', 'jobs'),
  count('house', 'nhà', 'houses'),
  count('village', 'thôn', 'villages'),
  count('commune', 'xã', 'communes'),
  count('district', 'huyện', 'districts'),
  count('province', 'tỉnh', 'provinces'),
  count('school', 'trường', 'schools'),
  count('criterion', 'tiêu chí', 'criteria'),
  ratio('criterion-per-commune', 'tiêu chí/xã', 'criteria per commune', 'criterion-per-commune'),
  count('service', 'dịch vụ công', 'public services'),
  count('document', 'văn bản', 'documents'),
  count('project', 'dự án', 'projects'),
  count('model', 'mô hình', 'models'),
  count('product', 'sản phẩm', 'products'),
  count('enterprise', 'doanh nghiệp', 'enterprises'),
  count('cooperative', 'hợp tác xã', 'cooperatives'),
  count('class', 'lớp', 'classes'),
  count('visitor', 'lượt khách', 'visitors'),
  count('hectare', 'ha', 'hectares'),
  { code: 'square-kilometre', vi: 'km²', en: 'square kilometres', dimension: 'hectare', factor: '100', additive: true },
  ratio('square-metre-per-person', 'm²/người', 'square metres per person', 'square-metre-per-person'),
  count('kilometre', 'km', 'kilometres'),
  count('tonne', 'tấn', 'tonnes'),
  { code: 'thousand-tonne', vi: 'nghìn tấn', en: 'thousand tonnes', dimension: 'tonne', factor: '1000', additive: true },
  count('hospital-bed', 'giường bệnh', 'hospital beds'),
  ratio('hospital-bed-per-10000-people', 'giường bệnh/vạn dân', 'hospital beds per 10,000 people', 'hospital-bed-per-10000-people'),
  ratio('doctor-per-10000-people', 'bác sĩ/vạn dân', 'doctors per 10,000 people', 'doctor-per-10000-people')
] as const satisfies readonly UnitRecord[]

export type Unit = (typeof UNIT_RECORDS)[number]['code']

export const UNITS: readonly Unit[] = UNIT_RECORDS.map(({ code }) => code)

const byCode = new Map<string, UnitRecord>(UNIT_RECORDS.map(record => [record.code, record]))

export const isUnit = (code: string): code is Unit => byCode.has(code)

export function unitRecord (unit: Unit): UnitRecord {
  return byCode.get(unit)!
}

export const areConvertible = (a: Unit, b: Unit): boolean => unitRecord(a).dimension === unitRecord(b).dimension

/** The amount in the base unit of its dimension: one multiplication, hence always exact. */
export const toBase = (value: Decimal, unit: Unit): Decimal => multiply(value, unitRecord(unit).factor)

const bases = new Map<string, Unit>(UNIT_RECORDS.filter(({ factor }) => factor === '1').map(({ code, dimension }) => [dimension, code]))

/** The unit of the same dimension whose factor is 1: every unit converts to it exactly. */
export const baseOf = (unit: Unit): Unit => bases.get(unitRecord(unit).dimension)!

/** Undefined when the units measure different things, or when the result has no finite decimal. */
export function convert (value: Decimal, from: Unit, to: Unit): Decimal | undefined {
  if (from === to) return value
  return areConvertible(from, to) ? divide(toBase(value, from), unitRecord(to).factor) : undefined
}
