import { sql } from 'drizzle-orm'
import t from 'tap'
import { events } from '../../src/db/schema.ts'
import { findEverything } from '../../src/organizations/organization.queries.ts'
import { recordOrganizations } from '../../src/organizations/own.operations.ts'
import { bearer, testService } from '../helpers/service.ts'
import { ORGANIZATIONS, SUCCESSIONS, anOrganization } from './a-set.ts'

const { post, get, db, keyWith } = await testService(t)
const stored = async () => await db.transaction(async tx => await findEverything(tx))
const send = async (body: object, query = '') => await post(`/v1/organizations${query}`, body)

t.test('200 for a set of own organizations, recorded whole; the same again changes nothing', async t => {
  const set = { organizations: ORGANIZATIONS, successions: SUCCESSIONS }
  const first = await send(set)
  t.equal(first.statusCode, 200, first.body)
  t.ok([...first.json().organizations, ...first.json().successions].every(({ outcome }: { outcome: string }) => outcome === 'recorded'))
  const before = await stored()
  t.same([before.organizations.length, before.successions.length], [ORGANIZATIONS.length, SUCCESSIONS.length])
  t.ok(before.organizations.every(({ origin }) => origin === 'own'))
  const count = (await db.select().from(events)).length

  const again = await send(set)
  t.ok([...again.json().organizations, ...again.json().successions].every(({ outcome }: { outcome: string }) => outcome === 'unchanged'))
  t.same(await stored(), before)
  t.equal((await db.select().from(events)).length, count, 'and nothing is announced')
})

t.test('200 when an own organization is corrected: found by its new name, no longer by the old, with both in the log', async t => {
  await send({ organizations: [anOrganization({ id: 'truong-a', name: 'Trường Chính trị Alpha', level: 'unit' })] })
  const reply = await send({ organizations: [anOrganization({ id: 'truong-a', name: 'Trường Chính trị Beta', level: 'unit' })] })
  t.match(reply.json(), { organizations: [{ id: 'truong-a', outcome: 'corrected' }] })
  const found = async (text: string) => (await get(`/v1/organizations?text=${encodeURIComponent(text)}`)).json().organizations.length
  t.same([await found('chinh tri beta'), await found('chinh tri alpha')], [1, 0])
  const told = (await db.select().from(events)).filter(({ type }) => type === 'organization.corrected')
  t.match(told, [{ before: { name: 'Trường Chính trị Alpha' }, after: { name: 'Trường Chính trị Beta' } }])
})

t.test('200 for a dry run, which says what the run will do and stores nothing', async t => {
  const before = await stored()
  const body = { organizations: [anOrganization({ id: 'dry' }), { ...ORGANIZATIONS[0]! }] }
  const dry = (await send(body, '?dryRun=true')).json()
  t.match(dry, { dryRun: true, organizations: [{ outcome: 'recorded' }, { outcome: 'unchanged' }] })
  t.same(await stored(), before)
  t.same((await send(body)).json(), { ...dry, dryRun: false })
})

interface Refusal {
  says: string
  body: object
  faults: { at: string, code: string }[]
}

const REFUSALS: Refusal[] = [{
  says: 'an organization that ends before it begins',
  body: { organizations: [anOrganization({ id: 'x', validFrom: '2025-07-01', validTo: '2025-06' })] },
  faults: [{ at: '/organizations/0/validTo', code: 'ends-before-it-begins' }]
}, {
  says: 'an unknown level, kind and superior, a malformed id: every fault at once',
  body: { organizations: [anOrganization({ id: 'fine' }), { ...anOrganization({ id: 'X y', superiorId: 'nobody' }), level: 'province', kind: 'guild' }] },
  faults: [
    { at: '/organizations/1/id', code: 'id-malformed' }, { at: '/organizations/1/kind', code: 'kind-unknown' },
    { at: '/organizations/1/level', code: 'level-unknown' }, { at: '/organizations/1/superiorId', code: 'superior-unknown' }
  ]
}, {
  says: 'one id twice in the set',
  body: { organizations: [anOrganization({ id: 'twice' }), anOrganization({ id: 'twice', name: 'Sở khác' })] },
  faults: [{ at: '/organizations/1/id', code: 'id-repeated' }]
}, {
  says: 'an official code that a stored organization has at the same time',
  body: {
    organizations: [anOrganization({
      id: 'ubnd-tinh-moi', kind: 'peoples-committee', level: 'provincial', name: 'UBND tỉnh Mới', area: { id: 'tinh-moi', code: '33', codeVerified: true, name: 'Mới', type: 'province' }
    })]
  },
  faults: [{ at: '/organizations/0/area/code', code: 'code-shared' }]
}, {
  says: 'an electronic code that a stored organization has, written in the other form',
  body: { organizations: [anOrganization({ id: 'so-moi', electronicCodes: [{ code: 'H15', verified: true }] })] },
  faults: [{ at: '/organizations/0/electronicCodes/0/code', code: 'code-shared' }]
}, {
  says: 'the name of a stored organization under the same superior, wherever the tone mark stands',
  body: { organizations: [anOrganization({ id: 'y', name: 'UBND huyện Đông Hưng', superiorId: 'ubnd-tinh-thai-binh' })] },
  faults: [{ at: '/organizations/0/name', code: 'name-shared' }]
}, {
  says: 'a succession with a gap, one to nobody, and one that is stated twice',
  body: {
    organizations: [anOrganization({ id: 'old', validTo: '2024-12-31' }), anOrganization({ id: 'new', validFrom: '2025-03-01' })],
    successions: [
      { predecessorId: 'old', successorId: 'new', on: '2025-03-01', kind: 'merged', source: 'x' },
      { predecessorId: 'old', successorId: 'nobody', on: '2025-01-01', kind: 'merged', source: 'x' },
      { predecessorId: 'old', successorId: 'new', on: '2025-03-01', kind: 'merged', source: 'x' }
    ]
  },
  faults: [
    { at: '/successions/0/on', code: 'succession-gap' }, { at: '/successions/1/successorId', code: 'succession-organization-unknown' },
    { at: '/successions/2/on', code: 'succession-gap' }, { at: '/successions/2', code: 'succession-repeated' }
  ]
}, {
  says: 'a succession of an organization that lives on',
  body: { successions: [{ predecessorId: 'chinh-phu', successorId: 'quoc-hoi', on: '2025', kind: 'merged', source: 'x' }] },
  faults: [{ at: '/successions/0/on', code: 'succession-overlap' }]
}, {
  says: 'an unknown kind of succession',
  body: { successions: [{ predecessorId: 'ubnd-tinh-thai-binh', successorId: 'ubnd-tinh-bac-ninh-2025', on: '2025-07-01', kind: 'swallowed', source: 'x' }] },
  faults: [{ at: '/successions/0/kind', code: 'succession-kind-unknown' }]
}, {
  says: 'a succession that closes a circle with stored ones',
  body: { successions: [{ predecessorId: 'ubnd-tinh-hung-yen-2025', successorId: 'ubnd-tinh-thai-binh', on: '2025-07-01', kind: 'split', source: 'x' }] },
  // What it leads back to had ended by then.
  faults: [{ at: '/successions/0/on', code: 'succession-gap' }, { at: '/successions/0', code: 'succession-cycle' }]
}, {
  says: 'a superior that closes a circle through stored ones',
  body: { organizations: [{ ...ORGANIZATIONS.find(({ id }) => id === 'chinh-phu')!, superiorId: 'so-van-hoa-thai-binh' }] },
  faults: [{ at: '/organizations/0/superiorId', code: 'superior-cycle' }]
}, {
  says: 'a correction that tears a stored succession apart',
  body: { organizations: [{ ...ORGANIZATIONS.find(({ id }) => id === 'ubnd-tinh-thai-binh')!, validTo: '2024-12-31' }] },
  faults: [{ at: '/organizations/0', code: 'succession-gap' }]
}]

for (const { says, body, faults } of REFUSALS) {
  t.test(`422 for ${says}: nothing is changed`, async t => {
    const before = await stored()
    const count = (await db.select().from(events)).length
    for (const query of ['', '?dryRun=true']) {
      const reply = await send(body, query)
      t.match(reply.json(), { status: 422, code: 'organizations-refused' }, reply.body)
      const said: (Refusal['faults'][number] & { message: { vi: string, en: string } })[] = reply.json().faults
      t.same(said.map(({ at, code }) => ({ at, code })), faults, reply.body)
      t.ok(said.every(({ message }) => message.vi.length > 20 && message.en.length > 20))
    }
    t.same(await stored(), before)
    t.equal((await db.select().from(events)).length, count)
  })
}

t.test('422 for what belongs to the reference data: it is corrected there, for everybody', async t => {
  await db.execute(sql`update organizations set origin = 'reference' where id in ('bo-van-hoa', 'chinh-phu')`)
  await db.execute(sql`update organization_successions set origin = 'reference' where predecessor_id = 'ubnd-tinh-thai-binh'`)
  const ministry = ORGANIZATIONS.find(({ id }) => id === 'bo-van-hoa')!
  const succession = SUCCESSIONS.find(({ predecessorId }) => predecessorId === 'ubnd-tinh-thai-binh')!
  const reply = await send({ organizations: [{ ...ministry, name: 'Bộ Văn hoá' }], successions: [succession] })
  t.match(reply.json(), { code: 'organizations-refused', faults: [{ at: '/organizations/0/id', code: 'organization-of-reference' }, { at: '/successions/0', code: 'succession-of-reference' }] })
})

t.test('400 for a date that the calendar does not have, and for a member nobody knows', async t => {
  t.match((await send({ organizations: [{ ...anOrganization({ id: 'z' }), validTo: '2025-02-30' }] })).json(), { status: 400, faults: [{ at: '/organizations/0/validTo', code: 'not-a-date' }] })
  t.match((await send({ organizations: [{ ...anOrganization({ id: 'z' }), validUntil: '2025' }] })).json(), { status: 400, faults: [{ at: '/organizations/0/validUntil', near: 'validTo' }] })
})

t.test('401 without a key, 403 without organizations:write', async t => {
  t.equal((await post('/v1/organizations', {}, {})).statusCode, 401)
  t.equal((await post('/v1/organizations', {}, bearer(await keyWith(['plans:write', 'keys:admin'])))).statusCode, 403)
})

t.test('of two sets at once that close a circle between them, one is refused', async t => {
  const pairs = [1, 2, 3, 4, 5, 6, 7, 8].map(each => [`one-${each}`, `two-${each}`] as const)
  await send({ organizations: pairs.flat().map(id => anOrganization({ id, validTo: '2025' })) })
  const outcomes = await Promise.all(pairs.map(async ([one, two]) => (await Promise.allSettled([[one, two], [two, one]].map(async ([predecessorId, successorId]) =>
    await recordOrganizations(db, {
      organizations: [], successions: [{ predecessorId: predecessorId!, successorId: successorId!, on: '2025', kind: 'split', source: 'x' }]
    }, { by: 'test', dryRun: false })))).map(({ status }) => status).sort()))
  t.same(outcomes, pairs.map(() => ['fulfilled', 'rejected']))
})
