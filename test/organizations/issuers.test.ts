import t from 'tap'
import { findIssuers } from '../../src/organizations/issuer.operations.ts'
import { recordOrganizations } from '../../src/organizations/own.operations.ts'
import { testDatabase } from '../helpers/database.ts'
import { ORGANIZATIONS, SUCCESSIONS, anOrganization } from './a-set.ts'

const { db } = await testDatabase(t)
await recordOrganizations(db, {
  organizations: [
    ...ORGANIZATIONS,
    anOrganization({ id: 'so-du-lich-hung-yen', name: 'Sở Du lịch tỉnh Hưng Yên', validFrom: '2025-07-01', superiorId: 'ubnd-tinh-hung-yen-2025' }),
    anOrganization({ id: 'truong-lau-doi', name: 'Trường Chính trị', level: 'unit', superiorId: 'ubnd-tinh-hung-yen-2025' })
  ],
  successions: SUCCESSIONS
}, { by: 'test', dryRun: false })

const idOf = async (name: string, date: string, writer: string): Promise<string | undefined> =>
  (await findIssuers(db, [{ name, date, relativeTo: { id: writer } }]))[0]!.organization?.id

t.test('a relative name reaches a department of whoever answers for the superior that has ended', async t => {
  t.equal(await idOf('Sở Du lịch', '2025-08', 'ubnd-xa-hoa-tien'), 'so-du-lich-hung-yen')
})

t.test('a relative name reaches a department of what the superior was made of, on a day before it began', async t => {
  t.equal(await idOf('Sở Văn hóa, Thể thao và Du lịch', '2022', 'truong-lau-doi'), 'so-van-hoa-thai-binh')
})

t.test('no names ask for nothing, and a writer that nobody knows tells nothing', async t => {
  t.same(await findIssuers(db, []), [])
  t.match((await findIssuers(db, [{ name: 'UBND tỉnh', relativeTo: { id: 'nobody' } }]))[0], { outcome: 'none', candidates: [], reason: { vi: /không cho biết thuộc địa phương nào/ } })
})
