import t from 'tap'
import { fold } from '../../../src/domain/text.ts'
import { findIndicator, findIndicatorByName, INDICATORS, unitsTaken } from '../../../src/domain/target/indicator.ts'

t.test('an indicator is found under each of its names, with or without diacritics', async t => {
  t.equal(findIndicatorByName('tỷ lệ hộ nghèo đa chiều')?.code, 'multidimensional-poverty-rate')
  t.equal(findIndicatorByName('Tỷ lệ nghèo đa chiều')?.code, 'multidimensional-poverty-rate')
  t.equal(findIndicatorByName('TY LE HO NGHEO')?.code, 'poor-household-rate')
  t.equal(findIndicatorByName('tỉ lệ hộ nghèo')?.code, 'poor-household-rate')
  t.equal(findIndicatorByName('tỷ lệ giường bệnh'), undefined)
})

t.test('no two indicators share a name or a code', async t => {
  const owners = new Map<string, string>()
  for (const { code, vi, en, aliases } of INDICATORS) {
    for (const name of new Set([code, vi, en, ...aliases].map(fold))) {
      t.notOk(owners.has(name), `${name}: ${owners.get(name)} and ${code}`)
      owners.set(name, code)
    }
  }
})

t.test('a rate takes points under a change and percent under a level', async t => {
  const rate = findIndicator('poor-household-rate')!
  t.ok(unitsTaken(rate, 'change-per-year').includes('percentage-point'))
  t.notOk(unitsTaken(rate, 'level').includes('percentage-point'))
  t.notOk(unitsTaken(rate, 'level').includes('household'))
})

t.test('a country rank cannot be inherited', async t => t.equal(findIndicator('e-government-rank')?.inheritable, false))
