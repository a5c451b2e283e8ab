import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import t from 'tap'
import { type Area, type Reference, areaLevel, expandReference } from '../../src/domain/organization/organization-area.ts'
import { findByOfficialCode } from '../../src/domain/organization/organization-code.ts'
import { faultsOfOrganizations } from '../../src/domain/organization/organization-faults.ts'
import { findByName, nameIndexOf } from '../../src/domain/organization/organization-name.ts'
import { directoryOf, nowUnder, responsibleAt, superiorsAt } from '../../src/domain/organization/organization-succession.ts'
import { existsAt } from '../../src/domain/organization/organization.ts'

const FOLDER = new URL('../../reference/', import.meta.url)
const text = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8')
const rows = (file: string): any[] => text(file).trimEnd().split('\n').map(line => JSON.parse(line))
const manifest = JSON.parse(text('manifest.json'))
const reference: Reference = {
  heads: manifest.heads,
  areas: rows('areas.ndjson'),
  areaSuccessions: rows('area-successions.ndjson'),
  organizations: rows('organizations.ndjson'),
  successions: rows('successions.ndjson')
}
const { organizations, successions } = expandReference(reference)
const directory = directoryOf(organizations, successions)
const index = nameIndexOf(directory)

const LAST = '2025-06-30'
const FIRST = '2025-07-01'
const areasAt = (level: ReturnType<typeof areaLevel>, day: string): Area[] =>
  reference.areas.filter(area => areaLevel(area.type) === level && existsAt(area, day) === 'yes')
const countsOf = (areas: Area[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { type } of areas) counts[type] = (counts[type] ?? 0) + 1
  return counts
}
const responsibleIds = (id: string, day: string): string[] => responsibleAt(directory, id, day).map(each => each.organization.id)

t.test('the reference files have no fault', async t => {
  t.same(faultsOfOrganizations(organizations, successions), [])
})

t.test('the files are what the manifest says, sorted, one compact record a line, under 6 MB (else: npm run reference)', async t => {
  t.same(readdirSync(FOLDER).filter(file => file.endsWith('.ndjson')).sort(), manifest.files.map((each: { file: string }) => each.file).sort())
  for (const { file, rows: count, bytes, sha256 } of manifest.files) {
    const lines = text(file).trimEnd().split('\n')
    t.equal(createHash('sha256').update(text(file)).digest('hex'), sha256, file)
    t.same([lines.length, statSync(new URL(file, FOLDER)).size], [count, bytes], file)
    const keys = lines.map(line => JSON.parse(line)).map(row => row.id ?? `${row.predecessorId} ${row.successorId}`)
    t.same(keys, [...keys].sort((a, b) => a < b ? -1 : 1), `${file} is sorted`)
    t.ok(lines.every(line => JSON.stringify(JSON.parse(line)) === line), `${file} is compact`)
  }
  t.ok(manifest.files.reduce((sum: number, each: { bytes: number }) => sum + each.bytes, 0) < 6_000_000)
})

t.test('every record names a source of the manifest, and every licence stands in LICENSES.md', async t => {
  const used = new Set([...organizations, ...successions].map(each => each.source))
  t.same([...used].sort(), Object.keys(manifest.sources).sort())
  for (const { name, version } of manifest.packages) t.match(text('LICENSES.md'), `${name} ${version}`)
})

t.test('63 provinces until 2025-06-30, then 34: 28 and 6 cities, and from 2026-04-30 27 and 7', async t => {
  t.same(countsOf(areasAt('provincial', LAST)), { province: 57, city: 6 })
  t.same(countsOf(areasAt('provincial', FIRST)), { province: 28, city: 6 })
  t.same(countsOf(areasAt('provincial', '2026-04-29')), { province: 28, city: 6 })
  t.same(countsOf(areasAt('provincial', '2026-04-30')), { province: 27, city: 7 })
  t.equal(areasAt('provincial', '2024-12-31').length, 63)
})

t.test('eleven provinces went on as they were, and 23 were formed from 52', async t => {
  const formed = areasAt('provincial', FIRST).filter(area => area.validFrom === FIRST)
  const ended = areasAt('provincial', LAST).filter(area => area.validTo === LAST)
  t.same([formed.length, ended.length, areasAt('provincial', FIRST).length - formed.length], [23, 52, 11])
})

t.test('696 districts on the last day of the district level, and none after', async t => {
  const onLastDay = reference.areas.filter(area => areaLevel(area.type) === 'district' && area.validTo === LAST)
  t.same(countsOf(onLastDay), { district: 508, 'urban-district': 49, town: 52, 'provincial-city': 87 })
  t.equal(areasAt('district', FIRST).length, 0)
})

// The figures in circulation, 2,636 + 672 + 13, have the same sum. Other public sets made from the list of the statistics
// office count as the package does.
t.test('10,035 communes became 3,321: 2,621 xã, 687 phường and 13 đặc khu', async t => {
  t.equal(areasAt('commune', LAST).length, 10_035)
  t.same(countsOf(areasAt('commune', FIRST)), { commune: 2621, ward: 687, 'special-zone': 13 })
})

t.test('every commune and district of the last day has a successor on the next, and every commune of that day a predecessor', async t => {
  const stepped = reference.areaSuccessions.filter(each => each.on === FIRST)
  const from = new Set(stepped.map(each => each.predecessorId))
  const to = new Set(stepped.map(each => each.successorId))
  t.same(reference.areas.filter(area => area.validTo === LAST && !from.has(area.id)), [])
  t.same(reference.areas.filter(area => area.validFrom === FIRST && !to.has(area.id)), [])
})

/** Our own list of who went where: Nghị quyết 202/2025/QH15. */
const FORMED: Record<string, string[]> = {
  'Tuyên Quang': ['Hà Giang', 'Tuyên Quang'],
  'Lào Cai': ['Yên Bái', 'Lào Cai'],
  'Thái Nguyên': ['Bắc Kạn', 'Thái Nguyên'],
  'Phú Thọ': ['Vĩnh Phúc', 'Phú Thọ', 'Hòa Bình'],
  'Bắc Ninh': ['Bắc Giang', 'Bắc Ninh'],
  'Hưng Yên': ['Thái Bình', 'Hưng Yên'],
  'Hải Phòng': ['Hải Dương', 'Hải Phòng'],
  'Ninh Bình': ['Hà Nam', 'Nam Định', 'Ninh Bình'],
  'Quảng Trị': ['Quảng Bình', 'Quảng Trị'],
  'Đà Nẵng': ['Quảng Nam', 'Đà Nẵng'],
  'Quảng Ngãi': ['Kon Tum', 'Quảng Ngãi'],
  'Gia Lai': ['Bình Định', 'Gia Lai'],
  'Khánh Hòa': ['Ninh Thuận', 'Khánh Hòa'],
  'Lâm Đồng': ['Đắk Nông', 'Bình Thuận', 'Lâm Đồng'],
  'Đắk Lắk': ['Phú Yên', 'Đắk Lắk'],
  'Hồ Chí Minh': ['Bình Dương', 'Bà Rịa - Vũng Tàu', 'Hồ Chí Minh'],
  'Đồng Nai': ['Bình Phước', 'Đồng Nai'],
  'Tây Ninh': ['Long An', 'Tây Ninh'],
  'Cần Thơ': ['Sóc Trăng', 'Hậu Giang', 'Cần Thơ'],
  'Vĩnh Long': ['Bến Tre', 'Trà Vinh', 'Vĩnh Long'],
  'Đồng Tháp': ['Tiền Giang', 'Đồng Tháp'],
  'Cà Mau': ['Bạc Liêu', 'Cà Mau'],
  'An Giang': ['Kiên Giang', 'An Giang']
}
const UNCHANGED = ['Cao Bằng', 'Điện Biên', 'Hà Tĩnh', 'Lai Châu', 'Lạng Sơn', 'Nghệ An', 'Quảng Ninh', 'Thanh Hóa', 'Sơn La', 'Hà Nội', 'Huế']

t.test('each of the 63 reaches exactly the province it became, as area and in all its organs', async t => {
  const became = new Map(UNCHANGED.map(name => [name, name]))
  for (const [formed, parts] of Object.entries(FORMED)) for (const part of parts) became.set(part, formed)
  t.equal(became.size, 63)
  for (const area of areasAt('provincial', LAST)) {
    for (const prefix of ['ubnd', 'hdnd', 'dang-uy']) {
      const responsible = responsibleAt(directory, `${prefix}-${area.id}`, FIRST)
      t.same(responsible.map(each => each.organization.area!.name), [became.get(area.name)], `${prefix} ${area.name}`)
      t.equal(responsible[0]!.organization.id === `${prefix}-${area.id}`, UNCHANGED.includes(area.name))
    }
  }
})

t.test('Thái Bình is now under Hưng Yên since 2025-07-01', async t => {
  const thaiBinh = directory.organizations.get('ubnd-tinh-thai-binh')!
  t.equal(nowUnder(thaiBinh, responsibleAt(directory, thaiBinh.id, '2026-01-01'))?.vi, 'nay thuộc Hưng Yên từ 01/07/2025')
  t.equal(nowUnder(thaiBinh, responsibleAt(directory, thaiBinh.id, '2022-09-07')), undefined)
})

t.test('a province code means what it meant on that day', async t => {
  const committees = organizations.filter(each => each.kind === 'peoples-committee' && each.level === 'provincial')
  const committee = (code: string, day: string): (string | undefined)[] =>
    findByOfficialCode(committees, code, day).map(each => each.area?.name)
  const changed = { 15: ['Yên Bái', 'Lào Cai'], 24: ['Bắc Giang', 'Bắc Ninh'], 44: ['Quảng Bình', 'Quảng Trị'], 52: ['Bình Định', 'Gia Lai'], 80: ['Long An', 'Tây Ninh'], 82: ['Tiền Giang', 'Đồng Tháp'], 91: ['Kiên Giang', 'An Giang'] }
  for (const [code, [before, after]] of Object.entries(changed)) {
    t.same([committee(code, LAST), committee(code, FIRST)], [[before], [after]], code)
  }
  for (const closed of ['10', '27', '45', '64', '72', '87', '89']) {
    t.equal(committee(closed, LAST).length, 1, closed)
    t.same(committee(closed, FIRST), [], closed)
  }
})

t.test('on any day an area code of one level belongs to one area, whether verified or not', async t => {
  for (const level of ['provincial', 'district', 'commune'] as const) {
    for (const day of ['2024-06-30', LAST, FIRST, '2026-05-01']) {
      const codes = areasAt(level, day).map(area => area.code)
      t.equal(new Set(codes).size, codes.length, `${level} ${day}`)
      t.notOk(codes.includes(undefined))
    }
  }
})

t.test('only the electronic codes that a source shows are marked verified', async t => {
  const verified = organizations.flatMap(each => (each.electronicCodes ?? []).filter(code => code.verified).map(({ code }) => code))
  t.same(verified.filter(code => code.length === 3).sort(), ['G22', 'H14', 'H17', 'H41', 'H49'])
})

t.test('14 ministries and 3 ministry-level bodies, with the Government Office, from 2025-03-01; 18 and 4 before', async t => {
  const ministries = (day: string): string[] => organizations
    .filter(each => ['ministry', 'government-office'].includes(each.kind) && existsAt(each, day) === 'yes').map(each => each.name)
  t.equal(ministries('2025-02-28').length, 22)
  t.equal(ministries('2025-03-01').length, 17)
  t.same(responsibleIds('bo-giao-thong-van-tai', '2025-03-01'), ['bo-xay-dung-2025'])
  t.same(responsibleIds('bo-ke-hoach-va-dau-tu', '2025-03-01'), ['bo-tai-chinh-2025'])
  t.same(responsibleIds('bo-tai-nguyen-va-moi-truong', '2025-03-01'), ['bo-nong-nghiep-va-moi-truong'])
})

t.test('the department of information of Thái Bình is found in the department of science of Hưng Yên', async t => {
  t.same(responsibleIds('so-thong-tin-va-truyen-thong-tinh-thai-binh', '2025-04'), ['so-khoa-hoc-va-cong-nghe-2025-tinh-thai-binh'])
  t.same(responsibleIds('so-thong-tin-va-truyen-thong-tinh-thai-binh', '2026'), ['so-khoa-hoc-va-cong-nghe-2025-tinh-hung-yen-2025'])
})

t.test('before the merger a commune answers to its district, afterwards its successor answers to the province', async t => {
  const catVan = organizations.find(each => each.kind === 'peoples-committee' && each.area?.name === 'Cát Vân')!
  t.same(superiorsAt(directory, catVan, '2019-02-12').administrative.map(each => each.name), ['UBND huyện Như Xuân'])
  const [successor] = responsibleAt(directory, catVan.id, '2025-09')
  t.same(superiorsAt(directory, successor!.organization, '2025-09').administrative.map(each => each.name), ['UBND tỉnh Thanh Hóa'])
})

t.test('an island district without communes goes on as a special zone', async t => {
  for (const id of ['huyen-bach-long-vi-hai-phong', 'huyen-con-co-quang-tri', 'huyen-con-dao-ba-ria-vung-tau', 'huyen-hoang-sa-da-nang', 'huyen-ly-son-quang-ngai']) {
    t.match(responsibleIds(`ubnd-${id}`, FIRST), [/^ubnd-dac-khu-/], id)
  }
})

t.test('a divided commune is found in every part that the source names', async t => {
  t.same(responsibleIds('ubnd-phuong-dich-vong-00166', FIRST).sort(), ['ubnd-phuong-cau-giay-00166-2025', 'ubnd-phuong-nghia-do-00160-2025'])
})

t.test('names as documents print them find one body on their day', async t => {
  const found = (name: string, day: string, relativeTo?: string): string => {
    const finding = findByName(index, name, day, relativeTo === undefined ? undefined : directory.organizations.get(relativeTo))
    return finding.outcome === 'one' ? finding.candidate.organization.id : finding.outcome
  }
  t.equal(found('UBND tỉnh Thái Bình', '2022-09-07'), 'ubnd-tinh-thai-binh')
  t.equal(found('UBND Tỉnh Bà Rịa – Vũng Tàu', '2021'), 'ubnd-tinh-ba-ria-vung-tau')
  t.equal(found('UBND thành phố Huế', '2023'), 'ubnd-thanh-pho-hue-thua-thien-hue')
  t.equal(found('UBND thành phố Huế', '2025-08'), 'ubnd-thanh-pho-hue')
  t.equal(found('Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình', '2022'), 'so-van-hoa-the-thao-va-du-lich-tinh-thai-binh')
  t.equal(found('UBND tỉnh', '2022-09-07', 'so-van-hoa-the-thao-va-du-lich-tinh-thai-binh'), 'ubnd-tinh-thai-binh')
  t.equal(found('UBND huyện Phú Tân', '2022'), 'several')
})
