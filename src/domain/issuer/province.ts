import type { PartialDate } from '../partial-date.ts'
import { fold } from '../text.ts'

/**
 * The 34 provinces since 2025-07-01 (Nghị quyết 202/2025/QH15), each with those that were merged into it.
 * Thừa Thiên Huế became the city of Huế before that.
 */
const UNCHANGED = ['Hà Nội', 'Cao Bằng', 'Lạng Sơn', 'Lai Châu', 'Điện Biên', 'Sơn La', 'Quảng Ninh', 'Thanh Hóa', 'Nghệ An', 'Hà Tĩnh']

const MERGED: Record<string, string[]> = {
  Huế: ['Thừa Thiên Huế'],
  'Tuyên Quang': ['Hà Giang'],
  'Lào Cai': ['Yên Bái'],
  'Thái Nguyên': ['Bắc Kạn'],
  'Phú Thọ': ['Vĩnh Phúc', 'Hòa Bình'],
  'Bắc Ninh': ['Bắc Giang'],
  'Hưng Yên': ['Thái Bình'],
  'Hải Phòng': ['Hải Dương'],
  'Ninh Bình': ['Hà Nam', 'Nam Định'],
  'Quảng Trị': ['Quảng Bình'],
  'Đà Nẵng': ['Quảng Nam'],
  'Quảng Ngãi': ['Kon Tum'],
  'Gia Lai': ['Bình Định'],
  'Khánh Hòa': ['Ninh Thuận'],
  'Lâm Đồng': ['Đắk Nông', 'Bình Thuận'],
  'Đắk Lắk': ['Phú Yên'],
  'Hồ Chí Minh': ['Bà Rịa - Vũng Tàu', 'Bình Dương'],
  'Đồng Nai': ['Bình Phước'],
  'Tây Ninh': ['Long An'],
  'Cần Thơ': ['Sóc Trăng', 'Hậu Giang'],
  'Vĩnh Long': ['Bến Tre', 'Trà Vinh'],
  'Đồng Tháp': ['Tiền Giang'],
  'Cà Mau': ['Bạc Liêu'],
  'An Giang': ['Kiên Giang']
}

const OTHER_SPELLINGS: readonly [spelling: string, name: string][] = [
  ['Đắc Lắc', 'Đắk Lắk'], ['Đắc Nông', 'Đắk Nông'], ['Bắc Cạn', 'Bắc Kạn'], ['HCM', 'Hồ Chí Minh'], ['TPHCM', 'Hồ Chí Minh'],
  ['BR-VT', 'Bà Rịa - Vũng Tàu'], ['BRVT', 'Bà Rịa - Vũng Tàu']
]

const NAMES = new Map<string, string>([
  ...Object.entries(MERGED).flatMap(([name, others]) => [name, ...others]).concat(UNCHANGED).map(name => [fold(name), name] as const),
  ...OTHER_SPELLINGS.map(([spelling, name]) => [fold(spelling), name] as const)
])

const SUCCESSORS = new Map(Object.entries(MERGED).flatMap(([name, others]) => others.map(other => [other, name] as const)))

/** When the 63 provinces became 34 and the districts ended (Nghị quyết 202/2025/QH15). */
export const MERGER = '2025-07-01'

/** The province of this name, past or present, in its usual spelling. */
export const provinceNamed = (name: string): string | undefined => NAMES.get(fold(name))

/** The province that answers since the merger for the one named. */
export const provinceSinceMerger = (province: string): string => SUCCESSORS.get(province) ?? province

/** Whether two provinces have borne this name, one until the merger and a larger one since. */
export const isNameOfTwo = (province: string): boolean => province in MERGED && province !== 'Huế'

const CITIES = ['Hà Nội', 'Hải Phòng', 'Đà Nẵng', 'Hồ Chí Minh', 'Cần Thơ', 'Huế', 'Đồng Nai']

export const isCity = (province: string): boolean => CITIES.includes(province)

/**
 * When the city's name began to mean a province: until 2025 `thành phố Huế` was a district of Thừa Thiên Huế.
 * No other city took over the name of a district.
 */
export const citySince = (province: string): PartialDate | undefined => province === 'Huế' ? '2025-01-01' : undefined

/** `tỉnh` or `thành phố`, as people write it before the name; Đồng Nai is written both ways. */
export const provinceUnit = (province: string): string =>
  isCity(province) && province !== 'Đồng Nai' ? 'thành phố' : 'tỉnh'
