import t from 'tap'
import { organsOf, successionsOfOrgans } from '../../../src/domain/organization/organization-area.ts'
import { findByOfficialCode } from '../../../src/domain/organization/organization-code.ts'
import { directoryOf, nowUnder, predecessorsOf, responsibleAt, successorsOf, superiorsAt } from '../../../src/domain/organization/organization-succession.ts'
import { type Organization, type Succession, dayAfter, existsAt, surelyOverlap } from '../../../src/domain/organization/organization.ts'

const province = (id: string, name: string, validity: { validFrom?: string, validTo?: string }, more: Partial<Organization> = {}): Organization => ({
  id: `ubnd-${id}`,
  name: `UBND tỉnh ${name}`,
  aliases: [],
  kind: 'peoples-committee',
  level: 'provincial',
  symbols: ['UBND'],
  area: { id, name, type: 'province' },
  source: 'test',
  ...validity,
  ...more
})

const merged = (predecessorId: string, successorId: string, on = '2025-07-01', kind: Succession['kind'] = 'merged'): Succession =>
  ({ predecessorId, successorId, on, kind, source: 'test' })

const thaiBinh = province('tinh-thai-binh', 'Thái Bình', { validTo: '2025-06-30' })
const hungYen = province('tinh-hung-yen', 'Hưng Yên', { validTo: '2025-06-30' })
const newHungYen = province('tinh-hung-yen-2025', 'Hưng Yên', { validFrom: '2025-07-01' })
const directory = directoryOf([thaiBinh, hungYen, newHungYen], [merged(thaiBinh.id, newHungYen.id), merged(hungYen.id, newHungYen.id)])
const ids = (found: { organization: Organization }[]): string[] => found.map(each => each.organization.id)

t.test('an organization exists on its first and on its last day, and on no other side of them', async t => {
  t.equal(existsAt({ validTo: '2025-06-30' }, '2025-06-30'), 'yes')
  t.equal(existsAt({ validTo: '2025-06-30' }, '2025-07-01'), 'no')
  t.equal(existsAt({ validFrom: '2025-07-01' }, '2025-07-01'), 'yes')
  t.equal(existsAt({ validFrom: '2025-07-01' }, '2025-06-30'), 'no')
  t.equal(existsAt({}, '1950'), 'yes')
})

t.test('a date or a bound of less precision gives a certain answer or none', async t => {
  t.equal(existsAt({ validTo: '2025-06-30' }, '2025'), 'unclear')
  t.equal(existsAt({ validTo: '2025-06-30' }, '2024'), 'yes')
  t.equal(existsAt({ validTo: '2025-06-30' }, '2025-07'), 'no')
  t.equal(existsAt({ validTo: '2025-02' }, '2025-02-10'), 'unclear')
  t.equal(existsAt({ validTo: '2025-02' }, '2025-03-01'), 'no')
})

t.test('two validities overlap when they surely share a day', async t => {
  t.equal(surelyOverlap({ validTo: '2025-06-30' }, { validFrom: '2025-06-30' }), true)
  t.equal(surelyOverlap({ validTo: '2025-06-30' }, { validFrom: '2025-07-01' }), false)
  t.equal(surelyOverlap({ validTo: '2025' }, { validFrom: '2025' }), false)
  t.equal(surelyOverlap({}, {}), true)
})

t.test('the day after the last of a month, of a leap February and of a year', async t => {
  t.equal(dayAfter('2025-06-30'), '2025-07-01')
  t.equal(dayAfter('2024-02-28'), '2024-02-29')
  t.equal(dayAfter('2025-12-31'), '2026-01-01')
})

t.test('a body answers for itself while it lives, and its successor afterwards', async t => {
  t.same(responsibleAt(directory, thaiBinh.id, '2022-09-07'), [{ organization: thaiBinh, existence: 'yes' }])
  t.same(responsibleAt(directory, thaiBinh.id, '2026-01-01'), [{ organization: newHungYen, since: '2025-07-01', existence: 'yes' }])
})

t.test('when the date does not tell, both may be responsible, and both are said to be unclear', async t => {
  t.same(responsibleAt(directory, thaiBinh.id, '2025').map(each => [each.organization.id, each.existence]),
    [[thaiBinh.id, 'unclear'], [newHungYen.id, 'unclear']])
})

t.test('nobody answers for a body before it began, nor for one nobody knows', async t => {
  t.same(responsibleAt(directory, newHungYen.id, '2022'), [])
  t.same(responsibleAt(directory, 'ubnd-tinh-nowhere', '2022'), [])
})

t.test('a body that took in a younger one did not answer for it before that began', async t => {
  const young = province('huyen-tre', 'Trẻ', { validFrom: '2010-01-01', validTo: '2024-12-31' })
  const old = province('huyen-gia', 'Già', {})
  const both = directoryOf([young, old], [merged(young.id, old.id, '2025-01-01')])
  t.same(responsibleAt(both, young.id, '2005'), [])
  t.same(ids(responsibleAt(both, young.id, '2025')), [old.id])
})

t.test('successors and predecessors are followed through any number of steps, each once', async t => {
  const city = province('thanh-pho-hung-yen-2030', 'Hưng Yên', { validFrom: '2030-01-01' })
  const longer = directoryOf(
    [thaiBinh, hungYen, { ...newHungYen, validTo: '2029-12-31' }, city],
    [merged(thaiBinh.id, newHungYen.id), merged(hungYen.id, newHungYen.id), merged(newHungYen.id, city.id, '2030-01-01', 'renamed')])
  t.same(ids(successorsOf(longer, thaiBinh.id)), [newHungYen.id, city.id])
  t.same(ids(successorsOf(longer, thaiBinh.id, '2029')), [newHungYen.id])
  t.same(ids(predecessorsOf(longer, city.id)), [newHungYen.id, thaiBinh.id, hungYen.id])
  t.same(ids(responsibleAt(longer, thaiBinh.id, '2031')), [city.id])
})

t.test('after a split every part answers, and a remainder that lives on answers for itself', async t => {
  const parts = [province('tinh-a', 'A', { validFrom: '2025-01-01' }), province('tinh-b', 'B', { validFrom: '2025-01-01' })]
  const whole = province('tinh-whole', 'Cũ', { validTo: '2024-12-31' })
  const steps = parts.map(part => merged(whole.id, part.id, '2025-01-01', 'split'))
  t.same(ids(responsibleAt(directoryOf([whole, ...parts], steps), whole.id, '2025-06')), ['ubnd-tinh-a', 'ubnd-tinh-b'])
  const { validTo, ...remainder } = whole
  t.same(ids(responsibleAt(directoryOf([remainder, ...parts], steps), whole.id, '2025-06')), [whole.id])
})

t.test('a circle of successions ends the walk instead of going round', async t => {
  const circle = directoryOf([thaiBinh, hungYen], [merged(thaiBinh.id, hungYen.id), merged(hungYen.id, thaiBinh.id)])
  t.same(ids(successorsOf(circle, thaiBinh.id)), [hungYen.id])
  t.same(responsibleAt(circle, thaiBinh.id, '2026'), [])
})

t.test('the superior on a day is whoever answers for the recorded one, or what it was made of', async t => {
  const department = province('x', 'X', {}, { id: 'so-noi-vu', superiorId: thaiBinh.id, functionalSuperiorId: newHungYen.id })
  t.same(superiorsAt(directory, department, '2022').administrative, [thaiBinh])
  t.same(superiorsAt(directory, department, '2026').administrative, [newHungYen])
  t.same(superiorsAt(directory, department, '2022').functional, [thaiBinh, hungYen])
  t.same(superiorsAt(directory, thaiBinh, '2022'), { administrative: [], functional: [] })
})

t.test('a body that is gone says where it is now', async t => {
  t.same(nowUnder(thaiBinh, responsibleAt(directory, thaiBinh.id, '2026-01-01')), {
    vi: 'nay thuộc Hưng Yên từ 01/07/2025', en: 'now under Hưng Yên since 2025-07-01'
  })
})

t.test('a successor of the same name is told apart', async t => {
  t.same(nowUnder(hungYen, responsibleAt(directory, hungYen.id, '2026-01-01')), {
    vi: 'nay thuộc Hưng Yên (mới) từ 01/07/2025', en: 'now under the new Hưng Yên since 2025-07-01'
  })
})

t.test('a body that answers for itself, or for which nobody answers, says nothing', async t => {
  t.equal(nowUnder(thaiBinh, responsibleAt(directory, thaiBinh.id, '2022')), undefined)
  t.equal(nowUnder(thaiBinh, []), undefined)
})

t.test('a ministry and a commune are named by what they are', async t => {
  const ministry = province('m', 'M', {}, { id: 'bo-xay-dung-2025', name: 'Bộ Xây dựng', kind: 'ministry', level: 'ministry', area: undefined })
  const commune = province('c', 'C', {}, { level: 'commune', area: { id: 'c', name: 'Thượng Ninh', type: 'commune' } })
  t.equal(nowUnder(thaiBinh, [{ organization: ministry, since: '2025-03-01', existence: 'yes' }])?.vi, 'nay thuộc Bộ Xây dựng từ 01/03/2025')
  t.equal(nowUnder(thaiBinh, [{ organization: commune, since: '2025-07-01', existence: 'yes' }])?.vi, 'nay thuộc xã Thượng Ninh từ 01/07/2025')
})

const HEADS = { committee: 'chinh-phu', council: 'uy-ban-thuong-vu-quoc-hoi', party: 'ban-chap-hanh-trung-uong' }

t.test('every area has a committee, a council and a Party committee, named as its type demands', async t => {
  const names = (type: Parameters<typeof organsOf>[0]['type'], name: string): string[] =>
    organsOf({ id: 'x', name, type, within: 'y', source: 'test' }, HEADS).map(each => each.name)
  t.same(names('province', 'Thái Bình'), ['UBND tỉnh Thái Bình', 'HĐND tỉnh Thái Bình', 'Tỉnh ủy Thái Bình'])
  t.same(names('city', 'Hà Nội'), ['UBND thành phố Hà Nội', 'HĐND thành phố Hà Nội', 'Thành ủy Hà Nội'])
  t.same(names('town', 'Kỳ Anh'), ['UBND thị xã Kỳ Anh', 'HĐND thị xã Kỳ Anh', 'Thị ủy Kỳ Anh'])
  t.same(names('commune', 'Cát Vân'), ['UBND xã Cát Vân', 'HĐND xã Cát Vân', 'Đảng ủy xã Cát Vân'])
})

t.test('a committee answers to the one above and to its own council; at the top, to the Government', async t => {
  const [commune] = organsOf({ id: 'xa-cat-van', name: 'Cát Vân', type: 'commune', within: 'huyen-nhu-xuan', source: 'test' }, HEADS)
  t.match(commune, { superiorId: 'ubnd-huyen-nhu-xuan', functionalSuperiorId: 'hdnd-xa-cat-van', level: 'commune' })
  t.equal(organsOf({ id: 'tinh-x', name: 'X', type: 'province', source: 'test' }, HEADS)[0]!.superiorId, 'chinh-phu')
})

t.test('what happens to an area happens to its three organs', async t => {
  t.same(successionsOfOrgans(merged('tinh-a', 'tinh-b')).map(each => `${each.predecessorId} ${each.successorId}`),
    ['ubnd-tinh-a ubnd-tinh-b', 'hdnd-tinh-a hdnd-tinh-b', 'dang-uy-tinh-a dang-uy-tinh-b'])
})

t.test('an electronic code is found in both circulating forms, and means one body on one day', async t => {
  const bearer = { ...thaiBinh, electronicCodes: [{ code: '000.00.00.H54', verified: false }] }
  t.same(findByOfficialCode([bearer], 'H54'), [bearer])
  t.same(findByOfficialCode([bearer], '000.00.00.h54', '2022'), [bearer])
  t.same(findByOfficialCode([bearer], 'H54', '2026'), [])
})
