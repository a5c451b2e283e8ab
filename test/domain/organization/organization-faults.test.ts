import t from 'tap'
import type { FaultCode } from '../../../src/domain/organization/organization-fault.ts'
import { FAULT_CODES } from '../../../src/domain/organization/organization-fault.ts'
import { faultsOfOrganizations } from '../../../src/domain/organization/organization-faults.ts'
import type { Organization, Succession } from '../../../src/domain/organization/organization.ts'

const anOrganization = (more: Partial<Organization> = {}): Organization => ({
  id: 'ubnd-tinh-thai-binh',
  name: 'UBND tỉnh Thái Bình',
  aliases: [],
  kind: 'peoples-committee',
  level: 'provincial',
  symbols: ['UBND'],
  source: 'test',
  ...more
})

const before = anOrganization({ id: 'ubnd-tinh-thai-binh', validTo: '2025-06-30' })
const after = anOrganization({ id: 'ubnd-tinh-hung-yen-2025', name: 'UBND tỉnh Hưng Yên', validFrom: '2025-07-01' })
const aSuccession = (more: Partial<Succession> = {}): Succession =>
  ({ predecessorId: before.id, successorId: after.id, on: '2025-07-01', kind: 'merged', source: 'test', ...more })

const refused = new Set<FaultCode>()
const found = (organizations: Organization[], successions: Succession[] = []): [string, string][] =>
  faultsOfOrganizations(organizations, successions).map(({ at, code, message }) => {
    refused.add(code)
    t.ok(message.vi.length > 20 && message.en.length > 20, `${code} speaks to both readers`)
    return [at, code]
  })

t.test('a sound set has no fault', async t => {
  t.same(found([before, after], [aSuccession()]), [])
})

t.test('an organization that ends before it begins is refused', async t => {
  t.same(found([anOrganization({ validFrom: '2025-07-01', validTo: '2025-06-30' })]), [['/organizations/0/validTo', 'ends-before-it-begins']])
  t.same(found([anOrganization({ validFrom: '2025-07-01', validTo: '2025' })]), [], 'it may have ended later that year')
})

t.test('a date that the calendar does not have is refused', async t => {
  t.same(found([anOrganization({ validFrom: '2014-02-30' })]), [['/organizations/0/validFrom', 'date-malformed']])
  t.same(found([before, after], [aSuccession({ on: '2025-13' })]), [['/successions/0/on', 'date-malformed']])
})

t.test('an unknown level, kind or type of area is refused', async t => {
  t.same(found([anOrganization({ level: 'village' as Organization['level'], kind: 'club' as Organization['kind'], area: { id: 'a', name: 'A', type: 'hamlet' as 'commune' } })]), [
    ['/organizations/0/kind', 'kind-unknown'],
    ['/organizations/0/level', 'level-unknown'],
    ['/organizations/0/area/type', 'area-type-unknown']
  ])
})

t.test('an id that is not a slug, or used twice, and a missing name are refused', async t => {
  t.same(found([anOrganization({ id: 'UBND Thái Bình', name: ' ' })]), [['/organizations/0/id', 'id-malformed'], ['/organizations/0/name', 'name-missing']])
  t.same(found([before, anOrganization({ name: 'UBND tỉnh Hưng Yên' })]), [['/organizations/1/id', 'id-repeated']])
})

t.test('a superior that is not in the set is refused, of either line', async t => {
  t.same(found([anOrganization({ superiorId: 'chinh-phu', functionalSuperiorId: 'hdnd-tinh-thai-binh' })]), [
    ['/organizations/0/superiorId', 'superior-unknown'],
    ['/organizations/0/functionalSuperiorId', 'functional-superior-unknown']
  ])
})

t.test('superiors that run in a circle are refused, once, with the circle', async t => {
  const circle = [anOrganization({ id: 'a', name: 'Một', superiorId: 'b' }), anOrganization({ id: 'b', name: 'Hai', superiorId: 'a' }), anOrganization({ id: 'c', name: 'Ba', superiorId: 'a' })]
  const faults = faultsOfOrganizations(circle, [])
  t.same(found(circle), [['/organizations/0/superiorId', 'superior-cycle']])
  t.match(faults[0]!.message.vi, 'Một → Hai → Một')
})

t.test('two organizations with one verified area code at one time are refused', async t => {
  const area = (name: string, codeVerified: boolean): Organization['area'] => ({ id: name, code: '24', codeVerified, name, type: 'province' })
  const bacGiang = anOrganization({ id: 'a', name: 'UBND tỉnh Bắc Giang', validTo: '2025-06-30', area: area('Bắc Giang', true) })
  const bacNinh = anOrganization({ id: 'b', name: 'UBND tỉnh Bắc Ninh', validFrom: '2025-07-01', area: area('Bắc Ninh', true) })
  t.same(found([bacGiang, bacNinh]), [], 'one after the other may bear it')
  t.same(found([{ ...bacGiang, validTo: '2025-07-01' }, bacNinh]), [['/organizations/1/area/code', 'code-shared']])
  t.same(found([{ ...bacGiang, validTo: '2025-07-01' }, { ...bacNinh, area: area('Bắc Ninh', false) }]), [], 'a code nobody verified never refuses')
  t.same(found([bacGiang, { ...bacGiang, id: 'c', name: 'HĐND tỉnh Bắc Giang', kind: 'peoples-council' }]), [], 'the organs of one area share its code')
})

t.test('two organizations with one verified electronic code are refused, in whichever form', async t => {
  const bearing = (id: string, name: string, ...codes: string[]): Organization =>
    anOrganization({ id, name, electronicCodes: codes.map(code => ({ code, verified: true })) })
  t.same(found([bearing('a', 'Một', '000.00.00.H49'), bearing('b', 'Hai', 'H49')]), [['/organizations/1/electronicCodes/0/code', 'code-shared']])
  t.same(found([bearing('a', 'Một', '000.00.00.H49', 'H49'), bearing('b', 'Hai', 'H49.01.02')]), [])
  const guessed = anOrganization({ id: 'c', name: 'Ba', electronicCodes: [{ code: 'H49', verified: false }] })
  t.same(found([bearing('a', 'Một', 'H49'), guessed]), [], 'a code nobody verified never refuses')
})

t.test('an electronic code of neither form is refused', async t => {
  t.same(found([anOrganization({ electronicCodes: [{ code: 'H49', verified: false }, { code: '49.H', verified: false }] })]), [['/organizations/0/electronicCodes/1/code', 'electronic-code-malformed']])
})

t.test('two organizations of one name under one superior at one time are refused', async t => {
  const chief = anOrganization({ id: 'chief', name: 'UBND huyện X' })
  const named = (id: string, name: string, more: Partial<Organization> = {}): Organization => anOrganization({ id, name, superiorId: 'chief', ...more })
  t.same(found([chief, named('a', 'UBND xã Hoà An'), named('b', 'UBND xã Hòa An')]), [['/organizations/2/name', 'name-shared']])
  t.same(found([chief, named('a', 'UBND xã Hòa An'), named('b', 'UBND xã Hòa Ân')]), [], 'a diacritic makes another commune')
  t.same(found([chief, named('a', 'UBND xã Hòa An', { validTo: '2025-06-30' }), named('b', 'UBND xã Hòa An', { validFrom: '2025-07-01' })]), [])
})

t.test('a succession whose ends are unknown, of an unknown kind, or stated twice is refused', async t => {
  t.same(found([before, after], [aSuccession({ predecessorId: 'x', successorId: 'y', kind: 'eaten' as 'merged' })]), [
    ['/successions/0/kind', 'succession-kind-unknown'],
    ['/successions/0/predecessorId', 'succession-organization-unknown'],
    ['/successions/0/successorId', 'succession-organization-unknown']
  ])
  t.same(found([before, after], [aSuccession(), aSuccession()]), [['/successions/1', 'succession-repeated']])
})

t.test('a succession with a gap is refused: the predecessor ended earlier, or the successor is not there', async t => {
  t.same(found([{ ...before, validTo: '2025-06-29' }, after], [aSuccession()]), [['/successions/0/on', 'succession-gap']])
  t.same(found([before, { ...after, validFrom: '2025-07-02' }], [aSuccession()]), [['/successions/0/on', 'succession-gap']])
  t.same(found([before, { ...after, validFrom: '2025-01-01', validTo: '2025-05-31' }], [aSuccession()]), [['/successions/0/on', 'succession-gap']])
  t.same(found([{ ...before, validTo: '2025-06-29' }, after], [aSuccession({ kind: 'split' })]), [['/successions/0/on', 'succession-gap']])
  t.same(found([{ ...before, validTo: '2025-02' }, { ...after, validFrom: '2025-03' }], [aSuccession({ on: '2025-03' })]), [], 'months that meet leave none')
})

t.test('a predecessor that lives on after its succession is refused, unless it was split', async t => {
  t.same(found([{ ...before, validTo: '2025-07-01' }, after], [aSuccession()]), [['/successions/0/on', 'succession-overlap']])
  const { validTo, ...living } = before
  t.same(found([living, after], [aSuccession()]), [['/successions/0/on', 'succession-overlap']])
  t.same(found([living, after], [aSuccession({ kind: 'split' })]), [])
})

t.test('successions that run in a circle are refused, with the circle', async t => {
  const chain = ['a', 'b', 'c'].map(id => anOrganization({ id, name: id.repeat(3) }))
  const step = (predecessorId: string, successorId: string): Succession => aSuccession({ predecessorId, successorId, kind: 'split' })
  const steps = [step('a', 'b'), step('b', 'c'), step('c', 'a')]
  t.same(found(chain, steps), [['/successions/2', 'succession-cycle']])
  t.match(faultsOfOrganizations(chain, steps)[0]!.message.en, 'a → b → c → a')
  t.same(found(chain, [step('a', 'a')]), [['/successions/0', 'succession-cycle']])
  t.same(found(chain, [step('a', 'b'), step('b', 'c'), step('a', 'c')]), [], 'two ways to one end are no circle')
})

t.test('a chain as long as the country is walked without running out of stack', async t => {
  const chain = Array.from({ length: 20_000 }, (_, index) => anOrganization({ id: `o-${index}`, name: `Tổ chức ${index}` }))
  const steps = chain.slice(1).map((each, index) => aSuccession({ predecessorId: `o-${index}`, successorId: each.id, kind: 'split' }))
  t.same(found(chain, steps), [])
})

t.test('every fault of a set is told at once', async t => {
  t.same(found([anOrganization({ level: 'x' as Organization['level'], validFrom: '2025', validTo: '2024' })], [aSuccession({ predecessorId: 'y' })]).map(([, code]) => code),
    ['level-unknown', 'ends-before-it-begins', 'succession-organization-unknown', 'succession-organization-unknown'])
})

t.test('every kind of fault has been refused above', async t => {
  t.same([...refused].sort(), [...FAULT_CODES].sort())
})
