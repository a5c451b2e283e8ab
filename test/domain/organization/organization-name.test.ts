import t from 'tap'
import { type Area, organsOf } from '../../../src/domain/organization/organization-area.ts'
import { type NameFinding, findByName, nameIndexOf } from '../../../src/domain/organization/organization-name.ts'
import { directoryOf } from '../../../src/domain/organization/organization-succession.ts'
import type { Organization, Succession } from '../../../src/domain/organization/organization.ts'

const HEADS = { committee: 'chinh-phu', council: 'uy-ban-thuong-vu-quoc-hoi', party: 'ban-chap-hanh-trung-uong' }
const until = { validTo: '2025-06-30' }
const since = { validFrom: '2025-07-01' }
const AREAS: Omit<Area, 'source'>[] = [
  { id: 'tinh-thai-binh', name: 'Thái Bình', type: 'province', ...until },
  { id: 'tinh-hung-yen', name: 'Hưng Yên', type: 'province', ...until },
  { id: 'tinh-hung-yen-2025', name: 'Hưng Yên', type: 'province', ...since },
  { id: 'tinh-hoa-binh', name: 'Hòa Bình', type: 'province', ...until },
  { id: 'tinh-dak-lak', name: 'Đắk Lắk', type: 'province', ...until },
  { id: 'tinh-ba-ria-vung-tau', name: 'Bà Rịa - Vũng Tàu', type: 'province', ...until },
  { id: 'thanh-pho-vung-tau', name: 'Vũng Tàu', type: 'provincial-city', within: 'tinh-ba-ria-vung-tau', ...until },
  { id: 'thanh-pho-ho-chi-minh', name: 'Hồ Chí Minh', type: 'city', ...until },
  { id: 'thanh-pho-thu-duc', name: 'Thủ Đức', type: 'provincial-city', within: 'thanh-pho-ho-chi-minh', ...until },
  { id: 'tinh-an-giang', name: 'An Giang', type: 'province', ...until },
  { id: 'tinh-ca-mau', name: 'Cà Mau', type: 'province', ...until },
  { id: 'huyen-phu-tan-an-giang', name: 'Phú Tân', type: 'district', within: 'tinh-an-giang', ...until },
  { id: 'huyen-phu-tan-ca-mau', name: 'Phú Tân', type: 'district', within: 'tinh-ca-mau', ...until },
  { id: 'tinh-phu-tho', name: 'Phú Thọ', type: 'province', ...until },
  { id: 'thi-xa-phu-tho', name: 'Phú Thọ', type: 'town', within: 'tinh-phu-tho', ...until },
  { id: 'xa-hoa-an', name: 'Hòa An', type: 'commune', within: 'huyen-phu-tan-an-giang', ...until },
  { id: 'xa-hoa-an-2', name: 'Hòa Ân', type: 'commune', within: 'huyen-phu-tan-ca-mau', ...until },
  { id: 'dac-khu-con-dao', name: 'Côn Đảo', type: 'special-zone', within: 'thanh-pho-ho-chi-minh', ...since }
]
const body = (id: string, name: string, more: Partial<Organization> = {}): Organization =>
  ({ id, name, aliases: [], kind: 'ministry', level: 'ministry', symbols: [], source: 'test', ...more })
const department = (id: string, name: string, areaId: string, more: Partial<Organization> = {}): Organization =>
  body(id, name, { kind: 'department', level: 'agency', superiorId: `ubnd-${areaId}`, area: { id: areaId, name: AREAS.find(area => area.id === areaId)!.name, type: 'province' }, ...more })
const ORGANIZATIONS = [
  ...AREAS.flatMap(area => organsOf({ ...area, source: 'test' }, HEADS)),
  body('bo-giao-thong-van-tai', 'Bộ Giao thông vận tải', { validTo: '2025-02-28' }),
  body('bo-noi-vu', 'Bộ Nội vụ', { validTo: '2025-02-28' }),
  body('bo-noi-vu-2025', 'Bộ Nội vụ', { validFrom: '2025-03-01' }),
  body('bo-van-hoa', 'Bộ Văn hóa, Thể thao và Du lịch'),
  body('thu-tuong', 'Thủ tướng Chính phủ', { aliases: ['Thủ tướng'] }),
  department('so-noi-vu-tinh-thai-binh', 'Sở Nội vụ tỉnh Thái Bình', 'tinh-thai-binh', until),
  department('so-y-te-tinh-thai-binh', 'Sở Y tế tỉnh Thái Bình', 'tinh-thai-binh', until),
  department('cong-an-tinh-hung-yen', 'Công an tỉnh Hưng Yên', 'tinh-hung-yen', until)
]
const SUCCESSIONS: Succession[] = ['ubnd', 'hdnd', 'dang-uy'].flatMap(organ => ['thai-binh', 'hung-yen'].map(old => ({
  predecessorId: `${organ}-tinh-${old}`, successorId: `${organ}-tinh-hung-yen-2025`, on: '2025-07-01', kind: 'merged' as const, source: 'test'
})))
const index = nameIndexOf(directoryOf(ORGANIZATIONS, SUCCESSIONS))
const find = (name: string, date?: string, relativeTo?: string): NameFinding =>
  findByName(index, name, date, relativeTo === undefined ? undefined : ORGANIZATIONS.find(each => each.id === relativeTo))
const found = (...asked: Parameters<typeof find>): string | string[] => {
  const finding = find(...asked)
  if (finding.outcome === 'one') return finding.candidate.organization.id
  return finding.outcome === 'several' ? finding.candidates.map(each => each.organization.id).sort() : 'none'
}

t.test('one name on one day is one organization', async t => {
  t.equal(found('UBND tỉnh Hưng Yên', '2022'), 'ubnd-tinh-hung-yen')
  t.equal(found('UBND tỉnh Hưng Yên', '2025-07-01'), 'ubnd-tinh-hung-yen-2025')
  t.equal(found('Bộ Nội vụ', '2025-02-28'), 'bo-noi-vu')
  t.equal(found('Bộ Nội vụ', '2025-03-01'), 'bo-noi-vu-2025')
})

t.test('without a date, or with one that does not tell, two bodies of one name stay two', async t => {
  t.same(found('UBND tỉnh Hưng Yên'), ['ubnd-tinh-hung-yen', 'ubnd-tinh-hung-yen-2025'])
  const finding = find('UBND tỉnh Hưng Yên', '2025')
  t.match(finding, { outcome: 'several' })
  t.match(finding.outcome === 'several' && finding.candidates[0]!.reason.vi, 'chưa rõ còn tồn tại vào 2025')
})

t.test('tone-mark position, dashes, case, abbreviations and Đắk, Đăk, Đắc make no difference', async t => {
  for (const name of ['UBND tỉnh Hoà Bình', 'ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH', 'Uỷ ban nhân dân tỉnh Hoà Bình', 'ubnd tinh hoa binh']) {
    t.equal(found(name, '2021'), 'ubnd-tinh-hoa-binh', name)
  }
  for (const name of ['UBND tỉnh Đăk Lăk', 'UBND tỉnh Đắc Lắk', 'UBND tinh Dak Lak', 'UBND tỉnh Ðắk Lắk']) t.equal(found(name, '2021'), 'ubnd-tinh-dak-lak', name)
  for (const name of ['UBND tỉnh Bà Rịa – Vũng Tàu', 'UBND tỉnh Bà Rịa-Vũng Tàu']) t.equal(found(name, '2021'), 'ubnd-tinh-ba-ria-vung-tau', name)
  for (const name of ['UBND TP. Hồ Chí Minh', 'UBND TPHCM', 'UBND TP.HCM', 'Uỷ ban nhân dân Thành phố Hồ Chí Minh']) t.equal(found(name, '2021'), 'ubnd-thanh-pho-ho-chi-minh', name)
  t.equal(found('Bộ GTVT', '2021'), 'bo-giao-thong-van-tai')
  t.equal(found('Bộ Văn hoá Thể thao & Du lịch', '2021'), 'bo-van-hoa')
  t.equal(found('UBND đặc khu Côn Đảo', '2025-08'), 'ubnd-dac-khu-con-dao')
})

t.test('a diacritic that was written tells two communes apart; one that was not leaves both', async t => {
  t.equal(found('UBND xã Hòa An', '2021'), 'ubnd-xa-hoa-an')
  t.equal(found('UBND xã Hoà Ân', '2021'), 'ubnd-xa-hoa-an-2')
  t.same(found('ubnd xa hoa an', '2021'), ['ubnd-xa-hoa-an', 'ubnd-xa-hoa-an-2'])
})

t.test('the places around it may be written, and decide', async t => {
  t.same(found('UBND huyện Phú Tân', '2021'), ['ubnd-huyen-phu-tan-an-giang', 'ubnd-huyen-phu-tan-ca-mau'])
  t.equal(found('UBND huyện Phú Tân, tỉnh Cà Mau', '2021'), 'ubnd-huyen-phu-tan-ca-mau')
  t.equal(found('UBND xã Hòa An, huyện Phú Tân, An Giang', '2021'), 'ubnd-xa-hoa-an')
  t.equal(found('UBND xã Hòa An, huyện Phú Tân, tỉnh Thái Bình', '2021'), 'none')
})

t.test('of several, the one in the province of the citing body is meant', async t => {
  t.equal(found('UBND huyện Phú Tân', '2021', 'ubnd-tinh-an-giang'), 'ubnd-huyen-phu-tan-an-giang')
  t.same(found('UBND huyện Phú Tân', '2021', 'ubnd-tinh-thai-binh'), ['ubnd-huyen-phu-tan-an-giang', 'ubnd-huyen-phu-tan-ca-mau'])
})

t.test('the Chairman and the Standing Board are read as the body they speak for', async t => {
  t.equal(found('Chủ tịch UBND tỉnh Thái Bình', '2021'), 'ubnd-tinh-thai-binh')
  t.equal(found('Ban Thường vụ Tỉnh ủy Thái Bình', '2021'), 'dang-uy-tinh-thai-binh')
  t.equal(found('Ban Chấp hành Đảng bộ tỉnh Thái Bình', '2021'), 'dang-uy-tinh-thai-binh')
})

t.test('a name without a place is read from where the citing body stands', async t => {
  t.equal(found('UBND tỉnh', '2022-09-07', 'so-y-te-tinh-thai-binh'), 'ubnd-tinh-thai-binh')
  t.equal(found('HĐND tỉnh', '2022-09-07', 'ubnd-tinh-thai-binh'), 'hdnd-tinh-thai-binh')
  t.equal(found('Ban Thường vụ Tỉnh ủy', '2022-09-07', 'ubnd-tinh-thai-binh'), 'dang-uy-tinh-thai-binh')
  t.equal(found('Sở Nội vụ', '2022-09-07', 'so-y-te-tinh-thai-binh'), 'so-noi-vu-tinh-thai-binh')
  t.equal(found('Công an tỉnh', '2022-09-07', 'ubnd-tinh-hung-yen'), 'cong-an-tinh-hung-yen')
  t.equal(found('UBND huyện', '2022', 'hdnd-xa-hoa-an'), 'ubnd-huyen-phu-tan-an-giang')
  t.equal(found('Huyện ủy', '2022', 'ubnd-xa-hoa-an'), 'dang-uy-huyen-phu-tan-an-giang')
  t.equal(found('UBND', '2022', 'dang-uy-xa-hoa-an'), 'ubnd-xa-hoa-an')
})

t.test('"UBND thành phố" may be the city or the town in it, and is not guessed', async t => {
  t.same(found('UBND thành phố', '2022', 'ubnd-thanh-pho-thu-duc'), ['ubnd-thanh-pho-ho-chi-minh', 'ubnd-thanh-pho-thu-duc'])
  t.equal(found('UBND thành phố', '2022', 'ubnd-thanh-pho-vung-tau'), 'ubnd-thanh-pho-vung-tau')
})

t.test('a town is not meant because its province has the same name', async t => {
  t.equal(found('UBND thị xã', '2022', 'ubnd-tinh-phu-tho'), 'none')
})

t.test('a merged province that writes of the days before may mean any of those it was made of', async t => {
  t.same(found('UBND tỉnh', '2022', 'ubnd-tinh-hung-yen-2025'), ['ubnd-tinh-hung-yen', 'ubnd-tinh-thai-binh'])
  t.equal(found('UBND tỉnh', '2025-08', 'ubnd-tinh-hung-yen-2025'), 'ubnd-tinh-hung-yen-2025')
})

t.test('where no body is named, the citing one is meant', async t => {
  t.equal(found('', '2022', 'ubnd-tinh-thai-binh'), 'ubnd-tinh-thai-binh')
  t.equal(found(' '), 'none')
})

const reason = (...asked: Parameters<typeof find>): string => {
  const finding = find(...asked)
  return finding.outcome === 'none' ? finding.reason.vi : finding.outcome
}

t.test('a name without a place and without anybody to stand beside asks for the place', async t => {
  t.match(reason('UBND tỉnh', '2022'), 'Hãy ghi kèm tỉnh')
  t.match(reason('Sở Nội vụ', '2022'), 'Hãy ghi kèm tỉnh')
})

t.test('a body that was not there on that day says when it was, and who took its place', async t => {
  t.match(reason('UBND tỉnh Thái Bình', '2025-09'), 'chỉ có UBND tỉnh Thái Bình đến 2025-06-30, nay thuộc Hưng Yên từ 01/07/2025')
})

t.test('a name nobody bears is said to be unknown, and a pasted paragraph is not echoed whole', async t => {
  t.match(reason('Bộ Phép thuật', '2022'), 'Không có cơ quan nào tên "Bộ Phép thuật"')
  t.ok(reason('rất dài '.repeat(1000)).length < 300)
})
