import t from 'tap'
import { identityOf } from '../../src/domain/identity.ts'

const thaiBinh = { issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07' }

t.test('issuer, year, type and number name a plan, however they are written', async t => {
  const identity = identityOf({ ...thaiBinh, code: '119/KH-UBND', type: 'plan' })
  t.equal(identity, 'peoples-committee:thai binh|2022|plan|119')
  t.equal(identityOf({ code: '0119/kh - ubnd', issuer: 'Chủ tịch Ủy ban nhân dân tỉnh Thái Bình', issuedOn: '2022' }), identity)
})

t.test('the same number of another issuer, year, type or suffix is another plan', async t => {
  const of = (code: string, issuer: string, issuedOn: string) => identityOf({ code, issuer, issuedOn })
  const identities = [
    of('42/KH-UBND', 'UBND tỉnh Hòa Bình', '2021-03-18'), of('42/KH-UBND', 'UBND tỉnh Nam Định', '2021'),
    of('1705/QĐ-TTg', 'Thủ tướng Chính phủ', '2021-10-12'), of('1705/QĐ-TTg', 'Thủ tướng Chính phủ', '2024-12-31'),
    of('34/QĐ-UBND', 'UBND tỉnh Hòa Bình', '2021'), of('34/KH-UBND', 'UBND tỉnh Hòa Bình', '2021'), of('34a/KH-UBND', 'UBND tỉnh Hòa Bình', '2021'),
    of('24/2021/QH15', 'Quốc hội', '2021-07-28'), of('24/2021/QĐ-TTg', 'Thủ tướng Chính phủ', '2021-07-16')
  ]
  t.equal(new Set(identities).size, identities.length)
})

t.test('the year in the code counts before the date, and an unknown year is stated', async t => {
  t.equal(identityOf({ code: '24/2021/QH15', issuer: 'Quốc hội' }), 'quoc hoi|2021|assembly|24')
  t.equal(identityOf({ code: '55/KH-SVHTTDL', issuer: 'Sở VHTTDL Thái Bình' }), 'department:vanhoathethaodulich:thai binh|?|plan|55')
})

t.test('laws and resolutions of the National Assembly share one series', async t => {
  const code = '72/2025/QH15'
  t.equal(identityOf({ code, type: 'law', issuer: 'Quốc hội' }), identityOf({ code, type: 'resolution', issuer: 'Quốc hội' }))
})

t.test('the symbol decides on the series, so that a citation without a type names the same plan', async t => {
  const code = '31-QĐ/TW'
  t.equal(identityOf({ code, type: 'rules', issuer: 'Ban Bí thư', issuedOn: '2021' }), identityOf({ code, issuer: 'Bộ Chính trị', issuedOn: '2021' }))
  t.equal(identityOf({ code: '126/SKHĐT', type: 'submission', issuer: 'Sở Kế hoạch và Đầu tư tỉnh Ninh Thuận' }), identityOf({ code: '126/SKHĐT', issuer: 'Sở KHĐT Ninh Thuận' }))
})

t.test('a number without a symbol goes by the declared type', async t => {
  t.equal(identityOf({ code: '17', type: 'directive', issuer: 'Tỉnh ủy Yên Bái', issuedOn: '2022' }), 'party-committee:yen bai|2022|directive|17')
})

t.test('a plan without a number goes by its title, and a number that cannot be read is not replaced by it', async t => {
  t.equal(identityOf({ ...thaiBinh, type: 'plan', title: 'Vì người nghèo – 2022' }), 'peoples-committee:thai binh|2022|title|vi nguoi ngheo 2022')
  t.equal(identityOf({ ...thaiBinh, code: 'không số', title: 'Vì người nghèo' }), undefined)
})

t.test('too little is no identity: no issuer, a relative issuer, neither number nor title', async t => {
  t.equal(identityOf({ code: '119/KH-UBND', issuedOn: '2022' }), undefined)
  t.equal(identityOf({ code: '119/KH-UBND', issuer: 'UBND tỉnh', issuedOn: '2022' }), undefined, 'two provinces must not meet')
  t.equal(identityOf(thaiBinh), undefined)
})

t.test('a province merged in 2025 and the larger one of its name have their own numbers', async t => {
  const hungYen = { code: '119/KH-UBND', issuer: 'UBND tỉnh Hưng Yên' }
  t.not(identityOf({ ...hungYen, issuedOn: '2025-03-01' }), identityOf({ ...hungYen, issuedOn: '2025-09-01' }))
  t.equal(identityOf({ ...hungYen, issuedOn: '2025-09-01' }), identityOf({ ...hungYen, issuedOn: '2025-12-31' }))
  const ngheAn = { code: '119/KH-UBND', issuer: 'UBND tỉnh Nghệ An' }
  t.equal(identityOf({ ...ngheAn, issuedOn: '2025-03-01' }), identityOf({ ...ngheAn, issuedOn: '2025-09-01' }), 'a province that was not merged goes on')
})

t.test('where the organization is known it takes the place of the name', async t => {
  const plan = { code: '119/KH-UBND', issuer: 'UBND tỉnh Hưng Yên', issuedOn: '2026' }
  t.equal(identityOf(plan, 'ubnd-tinh-hung-yen-2025'), 'ubnd-tinh-hung-yen-2025|2026|plan|119')
})
