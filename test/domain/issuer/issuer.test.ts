import fc from 'fast-check'
import t from 'tap'
import { isRelativeName, issuerKey, issuerOfSymbol, levelOf, readIssuer } from '../../../src/domain/issuer/issuer.ts'
import type { Issuer } from '../../../src/domain/issuer/issuer.ts'

const issuer = (name: string): Issuer => {
  const read = readIssuer(name)
  if (read === undefined) throw new Error(`${name} was not read`)
  return read
}

t.test('a name says what the body is, where it is, and on which level', async t => {
  const names: [string, Partial<Issuer>][] = [
    ['Quốc hội', { kind: 'national-assembly', tier: 'central', level: 'decree', symbols: ['QH'] }],
    ['Ủy ban Thường vụ Quốc hội', { kind: 'standing-committee', level: 'decree', symbols: ['UBTVQH'] }],
    ['Ban Bí thư Trung ương Đảng', { kind: 'party-central', level: 'decree', symbols: ['TW'] }],
    ['Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XII', { kind: 'party-central' }],
    ['Chính phủ', { kind: 'government', level: 'national', symbols: ['CP'] }],
    ['thủ tướng chính phủ', { kind: 'prime-minister', level: 'national', symbols: ['TTg'], name: 'Thủ tướng Chính phủ' }],
    ['Văn phòng Chính phủ', { kind: 'government-office', level: 'ministry' }],
    ['Bộ Lao động - Thương binh và Xã hội', { kind: 'ministry', level: 'ministry', symbols: ['BLĐTBXH'] }],
    ['Bộ trưởng Bộ GD&ĐT', { kind: 'ministry', name: 'Bộ Giáo dục và Đào tạo', symbols: ['BGDĐT'] }],
    ['Bộ Nông nghiệp và Môi trường', { kind: 'ministry', symbols: [] }],
    ['Ủy ban Dân tộc', { kind: 'ministry', field: 'dantoc', symbols: ['UBDT'] }],
    ['Tỉnh ủy Lào Cai', { kind: 'party-committee', level: 'provincial', place: { province: 'Lào Cai' }, symbols: ['TU'] }],
    ['Đảng ủy xã Cát Vân', { kind: 'party-committee', level: 'commune', place: { commune: 'Cát Vân' }, symbols: ['ĐU'] }],
    ['Ban Tuyên giáo Tỉnh ủy Nghệ An', { kind: 'party-office', level: 'agency' }],
    ['HĐND tỉnh Quảng Ngãi', { kind: 'peoples-council', level: 'provincial', symbols: ['HĐND'] }],
    ['UBND thành phố Hà Nội', { kind: 'peoples-committee', tier: 'province', level: 'provincial', place: { province: 'Hà Nội' } }],
    ['UBND thành phố Vũng Tàu', { tier: 'district', level: 'district', place: { district: 'Vũng Tàu' } }],
    ['UBND thành phố Lào Cai', { tier: 'district', place: { district: 'Lào Cai', province: 'Lào Cai' } }],
    ['UBND Quận 10, Thành phố Hồ Chí Minh', { tier: 'district', place: { district: '10', province: 'Hồ Chí Minh' } }],
    ['UBND xã Cát Vân, huyện Như Xuân, tỉnh Thanh Hóa', { level: 'commune', place: { commune: 'Cát Vân', district: 'Như Xuân', province: 'Thanh Hóa' } }],
    ['UBND đặc khu Phú Quốc, tỉnh An Giang', { level: 'commune', place: { commune: 'Phú Quốc', province: 'An Giang' } }],
    ['UBND huyện Quan Sơn, tỉnh Thanh Hóa', { place: { district: 'Quan Sơn', province: 'Thanh Hóa' } }],
    ['Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình', { kind: 'department', level: 'agency', field: 'vanhoathethaodulich', symbols: ['SVHTTDL'] }],
    ['Sở VH,TT&DL Thái Bình', { name: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình' }],
    ['Sở Lao động - Thương binh và Xã hội tỉnh Bình Định', { place: { province: 'Bình Định' } }],
    ['Sở Quy hoạch - Kiến trúc thành phố Hà Nội', { kind: 'department', field: 'quyhoachkientruc', symbols: [] }],
    ['Công an tỉnh Đắk Nông', { kind: 'department', level: 'agency', field: 'congan' }],
    ['Công an huyện Như Xuân', { kind: 'office', level: 'unit' }],
    ['Ban Dân tộc tỉnh Gia Lai', { kind: 'department', field: 'dantoc', symbols: ['BDT'] }],
    ['Phòng Lao động - Thương binh và Xã hội huyện Như Xuân', { kind: 'office', level: 'unit', place: { district: 'Như Xuân' } }],
    ['Ủy ban MTTQ Việt Nam tỉnh Hà Giang', { kind: 'front', tier: 'province' }],
    ['Tỉnh đoàn Nghệ An', { kind: 'mass-organization', place: { province: 'Nghệ An' } }],
    ['Tổng Liên đoàn Lao động Việt Nam', { kind: 'mass-organization', tier: 'central', symbols: ['TLĐ'] }]
  ]
  for (const [name, parts] of names) t.match(issuer(name), parts, name)
})

t.test('the whole name of a body reads to the body itself', async t => {
  for (const name of [
    'Ban Bí thư', 'Bộ Y tế', 'Tỉnh ủy Thái Bình', 'Thành ủy Hải Phòng', 'Huyện ủy Như Xuân, tỉnh Thanh Hóa', 'Đảng ủy xã Cát Vân', 'UBND TP. Hồ Chí Minh',
    'UBND xã Cát Vân, huyện Như Xuân, tỉnh Thanh Hóa', 'Sở Y tế TP.HCM', 'Văn phòng Tỉnh ủy Nghệ An', 'Tỉnh đoàn Nghệ An', 'MTTQ huyện Như Xuân',
    'Phòng Nội vụ huyện Như Xuân', 'UBND thành phố Lào Cai', 'Ban Tuyên giáo Trung ương'
  ]) {
    t.strictSame(issuer(issuer(name).name), issuer(name), name)
  }
})

t.test('names of one body have one key', async t => {
  const same = [
    ['UBND tỉnh Thái Bình', 'Ủy ban nhân dân tỉnh Thái Bình', 'Uỷ ban nhân dân tỉnh Thái Bình', 'UBND Tỉnh Thái Bình', 'ỦY BAN NHÂN DÂN TỈNH THÁI BÌNH', 'Chủ tịch UBND tỉnh Thái Bình', 'UBND Thái Bình', 'uy ban nhan dan tinh thai binh', 'UBND tỉnh Thái Bình'.normalize('NFD')],
    ['UBND tỉnh Bà Rịa - Vũng Tàu', 'UBND Tỉnh Bà Rịa – Vũng Tàu', 'UBND tỉnh BR-VT'],
    ['UBND tỉnh Hòa Bình', 'UBND tỉnh Hoà Bình'],
    ['UBND tỉnh Đắk Lắk', 'UBND tỉnh Đăk Lăk', 'UBND tỉnh Đắc Lắc'],
    ['UBND TP.HCM', 'UBND Thành phố Hồ Chí Minh', 'UBND TPHCM'],
    ['Tỉnh ủy Lạng Sơn', 'Ban Thường vụ Tỉnh ủy Lạng Sơn', 'Ban Chấp hành Đảng bộ tỉnh Lạng Sơn', 'Đại hội đại biểu Đảng bộ tỉnh Lạng Sơn lần thứ XVII, nhiệm kỳ 2020-2025'],
    ['Ban Bí thư', 'Bộ Chính trị', 'Ban Chấp hành Trung ương Đảng khóa XI', 'Ban Bí thư Trung ương Đảng (khóa XI)'],
    ['Quốc hội', 'Quốc hội Khóa XV'],
    ['Bộ Giáo dục và Đào tạo', 'Bộ trưởng Bộ GD&ĐT'],
    ['Sở Tài chính tỉnh Đắk Nông', 'Giám đốc Sở Tài chính tỉnh Đắk Nông']
  ]
  for (const names of same) t.equal(new Set(names.map(name => issuerKey(name))).size, 1, names.join(' = '))
  t.equal(new Set(same.map(([name = '']) => issuerKey(name))).size, same.length, 'and no two bodies share one')
})

t.test('bodies that differ by their place, unit or diacritics alone have different keys', async t => {
  for (const [one, other] of [
    ['UBND huyện Kỳ Anh, tỉnh Hà Tĩnh', 'UBND thị xã Kỳ Anh, tỉnh Hà Tĩnh'],
    ['UBND huyện Tân Thành', 'UBND huyện Tân Thạnh'],
    ['UBND huyện Châu Thành, tỉnh Long An', 'UBND huyện Châu Thành, tỉnh Tiền Giang'],
    ['UBND tỉnh Hà Giang', 'UBND thành phố Hà Giang'],
    ['HĐND tỉnh Hà Giang', 'UBND tỉnh Hà Giang']
  ] as const) t.not(issuerKey(one), issuerKey(other), `${one}, ${other}`)
})

t.test('a relative name is the body above the one that writes it', async t => {
  const commune = issuer('UBND xã Cát Vân, huyện Như Xuân, tỉnh Thanh Hóa')
  const department = issuer('Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình')
  for (const [name, from, whole] of [
    ['UBND tỉnh', department, 'UBND tỉnh Thái Bình'],
    ['UBND Tỉnh', department, 'UBND tỉnh Thái Bình'],
    ['HĐND tỉnh', department, 'HĐND tỉnh Thái Bình'],
    ['Ban Thường vụ Tỉnh ủy', department, 'Tỉnh ủy Thái Bình'],
    ['Sở Nội vụ', department, 'Sở Nội vụ tỉnh Thái Bình'],
    ['Công an tỉnh', department, 'Công an tỉnh Thái Bình'],
    ['Ban Dân tộc', department, 'Ban Dân tộc tỉnh Thái Bình'],
    ['Ủy ban MTTQ Việt Nam tỉnh', department, 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Thái Bình'],
    ['Chính phủ', department, 'Chính phủ'],
    ['UBND tỉnh Nghệ An', department, 'UBND tỉnh Nghệ An'],
    ['UBND tỉnh', commune, 'UBND tỉnh Thanh Hóa'],
    ['Ủy ban nhân dân huyện', commune, 'UBND huyện Như Xuân, tỉnh Thanh Hóa'],
    ['Huyện ủy', commune, 'Huyện ủy Như Xuân, tỉnh Thanh Hóa'],
    ['Đảng ủy xã', commune, 'Đảng ủy xã Cát Vân, huyện Như Xuân, tỉnh Thanh Hóa'],
    ['Phòng Nội vụ', commune, 'Phòng Nội vụ huyện Như Xuân, tỉnh Thanh Hóa'],
    ['UBND thành phố', issuer('UBND phường 1, thành phố Vũng Tàu'), 'UBND thành phố Vũng Tàu'],
    ['UBND Thành phố', issuer('Sở Y tế thành phố Hà Nội'), 'UBND thành phố Hà Nội'],
    ['Hội đồng nhân dân Thành phố', issuer('UBND quận Hoàn Kiếm, thành phố Hà Nội'), 'HĐND thành phố Hà Nội'],
    ['Thành ủy', issuer('UBND thành phố Hải Phòng'), 'Thành ủy Hải Phòng'],
    ['Thị ủy', issuer('UBND thị xã Hòa Thành'), 'Thị ủy Hòa Thành']
  ] as const) {
    t.equal(readIssuer(name, from)?.name, whole, `${name}, of ${from.name}`)
    t.equal(issuerKey(name, from), issuerKey(whole))
    if (name !== whole) t.equal(readIssuer(name), undefined, `${name} alone is nobody`)
    t.equal(isRelativeName(name), name !== whole)
  }
})

t.test('a relative name that nobody can settle is not settled', async t => {
  const ministry = issuer('Bộ Y tế')
  const thuDuc = issuer('UBND phường An Phú, thành phố Thủ Đức, Thành phố Hồ Chí Minh')
  t.equal(readIssuer('UBND tỉnh', ministry), undefined)
  t.equal(readIssuer('UBND thành phố', thuDuc), undefined, 'Thủ Đức or Hồ Chí Minh')
  t.equal(readIssuer('UBND tỉnh', issuer('Sở Y tế thành phố Hà Nội')), undefined, 'Hà Nội is no tỉnh')
  t.equal(readIssuer('UBND tỉnh', issuer('UBND huyện Như Xuân')), undefined, 'the province is not known')
  t.equal(readIssuer('UBND', issuer('UBND tỉnh Thái Bình')), undefined, 'of which level?')
})

t.test('what is no body that issues plans is not read, and its key is its folded name', async t => {
  for (const name of ['', 'Bệnh viện Nhi Trung ương', 'HĐND và UBND huyện Như Xuân', 'UBND huyện, thành phố', 'Chủ tịch Quốc hội', 'Bộ Nội vụ và Bộ Tài chính', 'Sở Tài chính, Sở Nội vụ', 'Đảng ủy Công an tỉnh', 'UBND tỉnh Thái Bình, huyện Vũ Thư', 'UBND Vũng Tàu', 'x'.repeat(400)]) {
    t.equal(readIssuer(name), undefined, name.slice(0, 40))
    t.notOk(isRelativeName(name), name.slice(0, 40))
  }
  t.equal(issuerKey('Bệnh viện Nhi Trung ương'), 'benh vien nhi trung uong')
})

t.test('a decree of the Government heads a cascade; its other documents are national', async t => {
  t.equal(levelOf(issuer('Chính phủ'), 'decree'), 'decree')
  t.equal(levelOf(issuer('Chính phủ'), 'resolution'), 'national')
  t.equal(levelOf(issuer('Chính phủ')), 'national')
  t.equal(levelOf(issuer('UBND tỉnh Thái Bình'), 'decree'), 'provincial')
})

t.test('a symbol names its issuer only where one body writes it', async t => {
  t.equal(issuerOfSymbol('TTg'), 'Thủ tướng Chính phủ')
  t.equal(issuerOfSymbol('QH15'), 'Quốc hội')
  t.equal(issuerOfSymbol('UBTVQH16'), 'Ủy ban Thường vụ Quốc hội')
  t.equal(issuerOfSymbol('BYT'), 'Bộ Y tế')
  t.equal(issuerOfSymbol('UBDT'), 'Ủy ban Dân tộc')
  for (const shared of ['UBND', 'HĐND', 'TU', 'TW', 'SYT', 'LĐTBXH', 'XYZ', '']) t.equal(issuerOfSymbol(shared), undefined, shared)
})

t.test('until 2025 thành phố Huế meant another body', async t => {
  t.equal(issuer('UBND thành phố Huế').since, '2025-01-01')
  t.equal(issuer('UBND thành phố Hà Nội').since, undefined)
  t.match(issuer('UBND thành phố Huế, tỉnh Thừa Thiên Huế'), { tier: 'district', place: { district: 'Huế', province: 'Thừa Thiên Huế' } })
})

const words = fc.constantFrom('UBND', 'tỉnh', 'thành phố', 'huyện', 'xã', 'Hà Nội', 'Huế', ',', 'Sở', 'Tỉnh ủy', 'Đảng bộ', 'Bộ', 'Y tế', 'Ban Chấp hành', 'Chủ tịch', 'Trung ương', '(', '–', 'Vũng Tàu')
const anyName = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.array(words, { maxLength: 8 }).map(parts => parts.join(' ')))

t.test('no text makes reading throw, and what is read has a whole name of its own', async () => {
  fc.assert(fc.property(anyName, anyName, (name, from) => {
    issuerKey(name)
    const read = readIssuer(name, readIssuer(from))
    return read === undefined || issuerKey(read.name) === issuerKey(name, readIssuer(from))
  }), { numRuns: 2000 })
})
