import t from 'tap'
import { INDICATORS } from '../../src/domain/target/indicator.ts'
import { decision, perYear, resolution } from '../helpers/bodies.ts'
import { testService } from '../helpers/service.ts'

const { record, get } = await testService(t)

const list = async (query: string) => (await get(`/v1/indicators?${query}`)).json()
const codes = async (text: string) => (await list(`limit=1000&text=${encodeURIComponent(text)}`)).indicators.map((one: any) => one.code)

t.test('“tỷ lệ hộ nghèo đa chiều” and “tỷ lệ nghèo đa chiều” meet in one indicator', async t => {
  const spellings = ['tỷ lệ hộ nghèo đa chiều', 'tỷ lệ nghèo đa chiều', 'tỉ lệ nghèo đa chiều', 'TY LE HO NGHEO DA CHIEU', 'nghèo đa chiều, tỷ lệ', 'multidimensional poverty rate', 'multidimensional-poverty-rate']
  for (const spelling of spellings) t.strictSame(await codes(spelling), ['multidimensional-poverty-rate'], spelling)
})

t.test('words must all be there, and a text without words finds nothing', async t => {
  t.strictSame(await codes('tỷ lệ hộ nghèo sao Hỏa'), [])
  t.strictSame(await codes('…'), [])
  t.ok((await codes('hộ nghèo')).length > 1)
})

t.test('every indicator is listed once over the pages, in the order of the codes', async t => {
  const seen: string[] = []
  let cursor = ''
  do {
    const page = await list(`limit=7${cursor}`)
    seen.push(...page.indicators.map((one: any) => one.code))
    cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`
  } while (cursor !== '')
  t.strictSame(seen, INDICATORS.map(({ code }) => code).sort())
})

t.test('a kind narrows the list', async t => {
  const { indicators } = await list('kind=rank&limit=1000')
  t.ok(indicators.length > 0 && indicators.every((one: any) => one.kind === 'rank'))
})

t.test('400 for a cursor of other filters', async t => {
  const { nextCursor } = await list('limit=1')
  t.equal((await get(`/v1/indicators?kind=rate&cursor=${nextCursor}`)).json().code, 'cursor-invalid')
})

t.test('one indicator shows its definition, its units with their factors, and how many plans use it', async t => {
  const detail = async () => (await get('/v1/indicators/multidimensional-poverty-rate')).json()
  t.match(await detail(), { name: { vi: 'tỷ lệ nghèo đa chiều' }, better: 'lower', kind: 'rate', plans: 0, definition: /chuẩn nghèo/ })
  await record(resolution({ targets: [perYear('a', '1', '1.5'), perYear('b', '1', '1.5', { scope: 'ethnic-minorities' })] }))
  await record(decision({ targets: [perYear('a', '1', '1.5'), perYear('b', '1', '1.5', { scope: 'ethnic-minorities' })] }))
  const { plans, units } = await detail()
  t.equal(plans, 2, 'plans, not targets')
  t.match(units.find((unit: any) => unit.code === 'per-mille'), { name: { vi: '‰' }, dimension: 'percent', factor: '0.1', additive: false, measures: ['level'] })
  t.match(units.find((unit: any) => unit.code === 'percentage-point'), { measures: ['change'] })
  t.notOk(units.some((unit: any) => unit.code === 'household'))
})

t.test('404 for a code outside the registry, with the nearest', async t => {
  const reply = await get('/v1/indicators/multidimensional-povrety-rate')
  t.equal(reply.statusCode, 404)
  t.match(reply.json(), { code: 'indicator-not-found', instead: { code: 'multidimensional-poverty-rate' } })
})
