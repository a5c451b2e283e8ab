import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import t from 'tap'
import { findByName, nameIndexOf } from '../../src/domain/organization/organization-name.ts'
import { directoryOf, predecessorsOf as predecessorsIn, responsibleAt, successorsOf as successorsIn, superiorsAt } from '../../src/domain/organization/organization-succession.ts'
import { type Organization, existsAt } from '../../src/domain/organization/organization.ts'
import { fold } from '../../src/domain/text.ts'
import { type WantedIssuer, findIssuers } from '../../src/organizations/issuer.operations.ts'
import { treeOf } from '../../src/organizations/organization.operations.ts'
import { openReference } from '../../src/organizations/reference-files.ts'
import { loadReference } from '../../src/organizations/reference.operations.ts'
import { answeredForBy, predecessorsOf, responsibleFor, successorsOf } from '../../src/organizations/responsibility.operations.ts'
import { thac } from '../cli/thac.ts'
import { testService } from '../helpers/service.ts'

type Test = Pick<typeof t, 'equal' | 'same'>

// The only file that loads the whole of the reference data.
const { db, get, url } = await testService(t)
const { organizations, successions } = await (await openReference()).read()
organizations.sort((a, b) => a.id < b.id ? -1 : 1)
const directory = directoryOf(organizations, successions)
const index = nameIndexOf(directory)
t.setTimeout(120_000)

t.test('the reference data that comes with the product is loaded whole, and a second time not at all', async t => {
  t.match(await loadReference(db, () => {}), { loaded: true, organizations: organizations.length, successions: successions.length })
  const again = await thac(['organizations', 'load'], { DATABASE_URL: url })
  t.match(JSON.parse(again.stdout), { loaded: false, organizations: 0, successions: 0 }, again.stderr)
})

t.test('the planner knows of them at once, not when autovacuum comes by', async t => {
  const { rows } = await db.execute<{ name: string, held: number }>(sql`
    select relname as name, reltuples::int as held from pg_class where relname in ('organizations', 'organization_names', 'organization_successions')`)
  t.equal(rows.length, 3)
  for (const { name, held } of rows) t.ok(held >= successions.length, `${name} ${held}`)
})

const anyDate = fc.constantFrom('2015', '2021', '2022-09-07', '2024-12-31', '2025', '2025-02', '2025-03-01', '2025-06-30', '2025-07-01', '2025-08', '2026-05-01')
const anyOrganization = fc.nat(organizations.length - 1).map(at => organizations[at]!)
// Most bodies are communes'; those that others write from are few.
const writers = organizations.filter(({ level }) => level === 'provincial' || level === 'agency')
const anyWriter = fc.oneof(anyOrganization, fc.nat(writers.length - 1).map(at => writers[at]!))
const plainly = (name: string): string => fold(name)
const tail = (name: string): string => name.split(' ').slice(0, 3).join(' ')
const RELATIVE = ['UBND tỉnh', 'UBND', 'Tỉnh ủy', 'HĐND tỉnh', 'UBND huyện', 'UBND thành phố', 'Thành ủy', 'UBND xã', 'Sở Nội vụ', 'Sở Văn hóa, Thể thao và Du lịch', 'Sở Khoa học và Công nghệ']
const anyName = fc.oneof(
  fc.tuple(anyOrganization, fc.constantFrom((name: string) => name, plainly, tail, (name: string) => name.toUpperCase(), (name: string) => `Chủ tịch ${name}`))
    .map(([{ name }, written]) => written(name)),
  anyOrganization.filter(({ aliases }) => aliases.length > 0).map(({ aliases }) => aliases[0]!),
  // A commune with the places around it.
  anyOrganization.map(each => [each.name, ...superiorsAt(directory, each, each.validTo ?? '2025-09').administrative.map(({ area }) => area?.name ?? '')].join(', ')),
  fc.constantFrom(...RELATIVE),
  fc.constantFrom('Thủ tướng Chính phủ', 'UBND xã Tân Thành', 'UBND tỉnh Hưng Yên', '', 'Sở', 'không có')
)
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })

type Case = [name: string, date: string | undefined, writer: Organization | undefined]

/** Reads the cases in one batch, and each by the pure function on the whole directory. */
async function compare (t: Test, cases: Case[]): Promise<void> {
  const read = await findIssuers(db, cases.map(([name, date, writer]): WantedIssuer => ({
    name, ...(date !== undefined && { date }), ...(writer !== undefined && { relativeTo: { id: writer.id } })
  })))
  for (const [at, [name, date, writer]] of cases.entries()) {
    const expected = findByName(index, name, date, writer)
    const candidates = expected.outcome === 'one' ? [expected.candidate] : expected.outcome === 'several' ? expected.candidates : []
    const told = `${name} | ${date} | ${writer?.id}`
    t.equal(read[at]!.outcome, expected.outcome, told)
    t.same(read[at]!.candidates.map(each => [each.organization.id, each.reason]), candidates.map(each => [each.organization.id, each.reason]), told)
    if (expected.outcome === 'none') t.same(read[at]!.reason, expected.reason, told)
    t.equal(read[at]!.organization?.id, expected.outcome === 'one' ? expected.candidate.organization.id : undefined, told)
  }
}

t.test('any number of names means what it means to the pure function on the whole directory, in one batch', async t => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(anyName, maybe(anyDate), maybe(anyWriter)), { minLength: 1, maxLength: 25 }),
    async cases => await compare(t, cases)), { numRuns: 40 })
})

t.test('so does every relative name from every kind of writer, before, during and after the reforms', async t => {
  const ids = [
    'ubnd-tinh-thai-binh', 'ubnd-tinh-hung-yen-2025', 'dang-uy-thanh-pho-hue', 'so-van-hoa-the-thao-va-du-lich-tinh-thai-binh',
    'so-khoa-hoc-va-cong-nghe-2025-tinh-thai-binh', 'so-khoa-hoc-va-cong-nghe-2025-tinh-hung-yen-2025', 'ubnd-thanh-pho-hue-thua-thien-hue',
    'ubnd-phuong-nghia-do-00160-2025', 'bo-noi-vu', 'chinh-phu'
  ]
  const dates = [undefined, '2022', '2025', '2025-03', '2025-06-30', '2025-08', '2026-05-01']
  // A writer at a time: in one batch with others it could do with what was fetched for them.
  for (const id of ids) {
    for (const date of dates) await compare(t, RELATIVE.map((name): Case => [name, date, directory.organizations.get(id)!]))
  }
})

t.test('a relative name is read from where its writer stood: by the name that the writer bore on the day of its own document', async t => {
  const [then, since, both, unknown] = await findIssuers(db, [
    { name: 'UBND tỉnh', date: '2022-09-07', relativeTo: { name: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình', date: '2022-10-05' } },
    { name: 'UBND tỉnh', date: '2025-09', relativeTo: { name: 'UBND tỉnh Hưng Yên', date: '2025-10' } },
    { name: 'UBND tỉnh', date: '2022', relativeTo: { name: 'UBND tỉnh Hưng Yên' } },
    { name: 'UBND tỉnh', date: '2022', relativeTo: { name: 'UBND tỉnh Nơi Khác' } }
  ])
  t.equal(then!.organization?.id, 'ubnd-tinh-thai-binh')
  t.equal(since!.organization?.id, 'ubnd-tinh-hung-yen-2025')
  t.same(both!.candidates.map(({ organization }) => organization.id).sort(), ['ubnd-tinh-hung-yen', 'ubnd-tinh-thai-binh'], 'what the name may mean stays several')
  t.equal(unknown!.outcome, 'none')
})

t.test('who answers for any of them on any day, and who came before and after, is what the pure functions say of the whole', async t => {
  await fc.assert(fc.asyncProperty(fc.array(anyOrganization, { minLength: 1, maxLength: 20 }), anyDate, async (asked, date) => {
    const ids = asked.map(({ id }) => id)
    const [responsible, before, after, answered] = [
      await responsibleFor(db, ids, date), await predecessorsOf(db, ids), await successorsOf(db, ids, date), await answeredForBy(db, ids, date)
    ]
    const idsOf = (steps: readonly { organization: { id: string } }[]) => steps.map(({ organization }) => organization.id).sort()
    for (const id of ids) {
      t.same(idsOf(responsible.get(id)!), idsOf(responsibleAt(directory, id, date)), id)
      t.same(idsOf(before.get(id)!), idsOf(predecessorsIn(directory, id)), id)
      t.same(idsOf(after.get(id)!), idsOf(successorsIn(directory, id, date)), id)
      for (const former of answered.get(id)!) t.ok(responsibleAt(directory, former, date).some(({ organization }) => organization.id === id), `${former} ${id}`)
      for (const each of responsible.get(id)!) t.ok((await answeredForBy(db, [each.organization.id], date)).get(each.organization.id)!.includes(id), id)
    }
  }), { numRuns: 15 })
})

t.test('Thái Bình became Hưng Yên, both ways', async t => {
  const [answering] = (await responsibleFor(db, ['ubnd-tinh-thai-binh'], '2026-01-01')).get('ubnd-tinh-thai-binh')!
  t.match(answering, { organization: { id: 'ubnd-tinh-hung-yen-2025' }, since: '2025-07-01', sentence: { vi: 'nay thuộc Hưng Yên từ 01/07/2025' } })
  const answered = (await answeredForBy(db, ['ubnd-tinh-hung-yen-2025'], '2026-01-01')).get('ubnd-tinh-hung-yen-2025')!
  t.ok(['ubnd-tinh-hung-yen-2025', 'ubnd-tinh-thai-binh', 'ubnd-tinh-hung-yen'].every(id => answered.includes(id)))
  t.notOk((await answeredForBy(db, ['ubnd-tinh-hung-yen-2025'], '2022')).get('ubnd-tinh-hung-yen-2025')!.includes('ubnd-tinh-thai-binh'), 'in 2022 it answered for nobody')
})

t.test('the tree below a province on a day holds exactly those whose superior it was', async t => {
  for (const [day, ids] of [['2025-06-30', ['ubnd-thanh-pho-ho-chi-minh', 'chinh-phu']], ['2025-07-01', ['ubnd-tinh-hung-yen-2025', 'chinh-phu']]] as const) {
    const superiors = organizations.filter(each => existsAt(each, day) !== 'no')
      .map(({ id }) => ({ id, superiorIds: superiorsAt(directory, directory.organizations.get(id)!, day).administrative.map(each => each.id) }))
    for (const id of ids) {
      const { nodes } = await treeOf(db, id, { asOf: day, today: day, depth: 1, limit: 5000 })
      t.same(nodes.slice(1).map(node => node.id).sort(), superiors.filter(each => each.superiorIds.includes(id)).map(each => each.id).sort(), `${id} ${day}`)
    }
  }
})

t.test('200 with both provinces that bore the code 24, and with one of them on a day', async t => {
  const names = async (query: string): Promise<string[]> =>
    (await get(`/v1/organizations?areaCode=24&kind=peoples-committee${query}`)).json().organizations.map(({ name }: { name: string }) => name)
  t.same(await names(''), ['UBND tỉnh Bắc Giang', 'UBND tỉnh Bắc Ninh'])
  t.same(await names('&asOf=2025-06-30'), ['UBND tỉnh Bắc Giang'])
  t.same(await names('&asOf=2025-07-01'), ['UBND tỉnh Bắc Ninh'])
})
