import t from 'tap'
import { recordOrganizations } from '../../src/organizations/own.operations.ts'
import { testService } from '../helpers/service.ts'
import { ORGANIZATIONS, SUCCESSIONS } from './a-set.ts'

const { get, db } = await testService(t)
await recordOrganizations(db, { organizations: ORGANIZATIONS, successions: SUCCESSIONS }, { by: 'test', dryRun: false })

const LAST = '2025-06-30'
const FIRST = '2025-07-01'

interface Listed { id: string, name: string }

const answer = async (path: string, query: Record<string, string> = {}) =>
  (await get(`/v1/organizations${path}?${new URLSearchParams(query).toString()}`)).json()
const list = async (query: Record<string, string>): Promise<string[]> =>
  (await answer('', query)).organizations.map(({ id }: Listed) => id).sort()
const committees = async (query: Record<string, string>) => await list({ kind: 'peoples-committee', ...query })

t.test('200 with the organizations a text names, however it is typed', async t => {
  for (const text of ['UBND tỉnh Đắk Lắk', 'ubnd tinh dak lak', 'Ủy ban nhân dân tỉnh Đăk Lắk', 'đắc lắk', 'UBND TỈNH ĐẮK LẮK', 'lak dak']) {
    t.same(await committees({ text }), ['ubnd-tinh-dak-lak'], text)
  }
  for (const text of ['Bà Rịa – Vũng Tàu', 'Bà Rịa-Vũng Tàu', 'ba ria vung tau', 'Vũng Tàu']) {
    t.same(await committees({ text }), ['ubnd-tinh-ba-ria-vung-tau'], text)
  }
  for (const text of ['xã Hòa Tiến', 'xã Hoà Tiến', 'hoa tien'.normalize('NFD')]) t.same(await committees({ text }), ['ubnd-xa-hoa-tien'], text)
  t.same(await list({ text: 'sở VHTTDL' }), ['so-van-hoa-thai-binh'])
  t.same(await list({ text: '…' }), [])
  t.same(await list({ text: '%' }), [], 'a text is no pattern')
})

t.test('200 with what each filter leaves, and they narrow each other', async t => {
  t.same(await list({ kind: 'ministry' }), ['bo-van-hoa'])
  t.same(await list({ level: 'agency' }), ['so-khoa-hoc-thai-binh', 'so-van-hoa-thai-binh'])
  t.same(await list({ symbol: 'SVHTTDL' }), ['so-van-hoa-thai-binh'])
  t.same(await list({ symbol: 'svhttdl' }), ['so-van-hoa-thai-binh'])
  t.same(await list({ superior: 'bo-van-hoa' }), ['so-van-hoa-thai-binh'], 'the functional superior counts')
  t.same(await committees({ superior: 'ubnd-tinh-thai-binh' }), ['ubnd-huyen-dong-hung'])
  for (const electronicCode of ['H15', '000.00.00.H15', 'h15']) t.same(await list({ electronicCode }), ['ubnd-tinh-dak-lak'], electronicCode)
  t.same(await list({ electronicCode: 'H99' }), [])
})

t.test('200 with those that existed on a day: the merger made another organization under one name', async t => {
  t.same(await committees({ text: 'UBND tỉnh Hưng Yên' }), ['ubnd-tinh-hung-yen', 'ubnd-tinh-hung-yen-2025'])
  t.same(await committees({ text: 'UBND tỉnh Hưng Yên', asOf: LAST }), ['ubnd-tinh-hung-yen'])
  t.same(await committees({ text: 'UBND tỉnh Hưng Yên', asOf: FIRST }), ['ubnd-tinh-hung-yen-2025'])
  t.same(await committees({ text: 'UBND tỉnh Hưng Yên', asOf: '2025' }), ['ubnd-tinh-hung-yen', 'ubnd-tinh-hung-yen-2025'], 'a year holds both')
})

t.test('200 with both areas that bore one code, each with its days, unless a day is given', async t => {
  const both = await answer('', { areaCode: '24', kind: 'peoples-committee' })
  t.match(both.organizations.sort((a: Listed, b: Listed) => a.id < b.id ? -1 : 1), [
    { name: 'UBND tỉnh Bắc Giang', validTo: LAST, area: { code: '24', codeVerified: true } },
    { name: 'UBND tỉnh Bắc Ninh', validFrom: FIRST, area: { code: '24', codeVerified: true } }
  ])
  t.same(both.ambiguity, {
    vi: 'Mã 24 không kèm ngày có thể chỉ nhiều nơi: tỉnh Bắc Giang đến 30/6/2025; tỉnh Bắc Ninh từ 01/7/2025. Hãy thêm asOf.',
    en: 'The code 24 without a date may mean several areas: tỉnh Bắc Giang until 2025-06-30; tỉnh Bắc Ninh from 2025-07-01. Add asOf.'
  })
  for (const [asOf, id] of [[LAST, 'ubnd-tinh-bac-giang'], [FIRST, 'ubnd-tinh-bac-ninh-2025']] as const) {
    const one = await answer('', { areaCode: '24', kind: 'peoples-committee', asOf })
    t.same([one.organizations.map(({ id }: Listed) => id), one.ambiguity], [[id], undefined])
  }
  t.equal((await answer('', { areaCode: '66' })).ambiguity, undefined, 'a code that only one area ever had is clear')
})

t.test('200 in pages that together hold everything once; 400 for a cursor of other filters', async t => {
  const met: string[] = []
  let cursor: string | undefined
  do {
    const page = await answer('', { kind: 'peoples-council', limit: '3', ...(cursor !== undefined && { cursor }) })
    met.push(...page.organizations.map(({ id }: Listed) => id))
    cursor = page.nextCursor
  } while (cursor !== undefined)
  t.same(met.sort(), ORGANIZATIONS.filter(({ kind }) => kind === 'peoples-council').map(({ id }) => id).sort())
  const { nextCursor } = await answer('', { kind: 'peoples-council', limit: '3' })
  t.match(await answer('', { kind: 'ministry', limit: '3', cursor: nextCursor }), { status: 400, code: 'cursor-invalid' })
})

t.test('200 with an organization that has ended: what it became, and who answers for it', async t => {
  const thaiBinh = await answer('/ubnd-tinh-thai-binh', { asOf: '2026-01-01' })
  t.match(thaiBinh, {
    name: 'UBND tỉnh Thái Bình',
    validTo: LAST,
    existence: 'no',
    nowUnder: { vi: 'nay thuộc Hưng Yên từ 01/07/2025' },
    superiors: { on: LAST, administrative: [{ id: 'chinh-phu' }], functional: [{ id: 'hdnd-tinh-thai-binh' }] },
    successors: [{ organization: { id: 'ubnd-tinh-hung-yen-2025', validFrom: FIRST }, on: FIRST, kind: 'merged' }],
    responsible: [{ organization: { id: 'ubnd-tinh-hung-yen-2025' }, since: FIRST, existence: 'yes' }],
    electronicCodes: [{ code: 'H54', longForm: '000.00.00.H54', verified: false }],
    origin: 'own'
  })
  t.same(thaiBinh.predecessors, [])
  const then = await answer('/ubnd-tinh-thai-binh', { asOf: '2022-09-07' })
  t.match(then, { existence: 'yes', responsible: [{ organization: { id: 'ubnd-tinh-thai-binh' } }] })
  t.equal(then.nowUnder, undefined)
  t.match((await answer('/ubnd-tinh-hung-yen-2025')).predecessors.map(({ organization }: { organization: Listed }) => organization.id).sort(),
    ['ubnd-huyen-dong-hung', 'ubnd-tinh-hung-yen', 'ubnd-tinh-thai-binh'])
})

t.test('200 with superiors as they were on that day, both masters of a department', async t => {
  const superiors = async (id: string, asOf: string) => {
    const { administrative, functional } = (await answer(`/${id}`, { asOf })).superiors
    return [administrative, functional].map(list => list.map(({ id }: Listed) => id))
  }
  t.same(await superiors('so-van-hoa-thai-binh', '2022'), [['ubnd-tinh-thai-binh'], ['bo-van-hoa']])
  t.same(await superiors('so-khoa-hoc-thai-binh', '2025-03'), [['ubnd-tinh-thai-binh'], []])
  t.same(await superiors('so-khoa-hoc-thai-binh', '2025-09'), [['ubnd-tinh-hung-yen-2025'], []], 'it answers to whoever answers for its superior')
})

interface Tree { nodes: { id: string, depth: number, superiorIds: string[] }[], truncated: boolean, truncatedBy?: string, asOf: string }

t.test('200 with the tree on a day: before the merger the district stands between, afterwards the commune answers to the province', async t => {
  const tree = async (id: string, query: Record<string, string>) => {
    const { nodes, truncatedBy }: Tree = await answer(`/${id}/tree`, query)
    return [nodes.slice(1).map(({ id, depth, superiorIds }) => `${depth} ${id} < ${superiorIds.join()}`), truncatedBy]
  }
  t.same(await tree('ubnd-tinh-thai-binh', { asOf: LAST, depth: '3' }), [[
    '1 so-khoa-hoc-thai-binh < ubnd-tinh-thai-binh',
    '1 so-van-hoa-thai-binh < ubnd-tinh-thai-binh',
    '1 ubnd-huyen-dong-hung < ubnd-tinh-thai-binh',
    '2 ubnd-xa-hoa-tien < ubnd-huyen-dong-hung'
  ], undefined])
  t.same(await tree('ubnd-tinh-hung-yen-2025', { asOf: FIRST, depth: '3' }), [[
    '1 so-khoa-hoc-thai-binh < ubnd-tinh-hung-yen-2025',
    '1 ubnd-xa-tien-hung-2025 < ubnd-tinh-hung-yen-2025'
  ], undefined])
  t.same(await tree('ubnd-tinh-thai-binh', { asOf: FIRST }), [[], undefined])
})

t.test('200 with exactly as much of the tree as was asked for, and says that there is more', async t => {
  const tree = async (query: Record<string, string>): Promise<Tree> => await answer('/ubnd-tinh-thai-binh/tree', { asOf: LAST, ...query })
  t.match(await tree({ depth: '1' }), { truncated: true, truncatedBy: 'depth', nodes: { length: 4 } })
  t.match(await tree({ depth: '2' }), { truncated: false, nodes: { length: 5 } })
  t.match(await tree({ depth: '2', limit: '3' }), { truncated: true, truncatedBy: 'limit', nodes: { length: 3 } })
  t.match(await tree({ depth: '2', limit: '5' }), { truncated: false, nodes: { length: 5 } })
  t.match(await answer('/ubnd-tinh-thai-binh/tree', { depth: '2' }), { asOf: LAST, nodes: { length: 5 } }, 'that of its last day, once it has ended')
})

t.test('200 with the succession both ways, each step with its day and kind', async t => {
  const both = await answer('/ubnd-tinh-hung-yen-2025/succession')
  t.same(both.organizations.map(({ id, direction = '' }: Listed & { direction?: string }) => `${direction} ${id}`).sort(), [
    ' ubnd-tinh-hung-yen-2025', 'predecessors ubnd-huyen-dong-hung', 'predecessors ubnd-tinh-hung-yen', 'predecessors ubnd-tinh-thai-binh'
  ])
  t.match(both.successions, [
    { predecessorId: 'ubnd-huyen-dong-hung', on: FIRST, kind: 'replaced' }, { predecessorId: 'ubnd-tinh-hung-yen', kind: 'merged' }, { predecessorId: 'ubnd-tinh-thai-binh' }
  ])
  const after = await answer('/ubnd-tinh-thai-binh/succession', { direction: 'successors' })
  t.same(after.organizations.map(({ id }: Listed) => id), ['ubnd-tinh-thai-binh', 'ubnd-tinh-hung-yen-2025'])
  t.same((await answer('/ubnd-tinh-thai-binh/succession', { direction: 'predecessors' })).successions, [])
})

t.test('404 for an organization that nobody knows, on every road; 400 for what is no id', async t => {
  for (const path of ['/nobody', '/nobody/tree', '/nobody/succession']) t.match(await answer(path), { status: 404, code: 'organization-not-found' }, path)
  t.match(await answer('/UBND%20t%E1%BB%89nh'), { status: 400, faults: [{ at: '{id}' }] })
})

t.test('400 for a parameter that is no date, no level or not known', async t => {
  t.match(await answer('', { asOf: '2025-02-30' }), { faults: [{ at: '?asOf', code: 'not-a-date' }] })
  t.match(await answer('', { level: 'provinical' }), { faults: [{ at: '?level', near: 'provincial' }] })
  t.match(await answer('/chinh-phu/tree', { dept: '2' }), { faults: [{ at: '?dept', near: 'depth' }] })
  t.match(await answer('/chinh-phu/tree', { depth: '11' }), { faults: [{ at: '?depth' }] })
})
