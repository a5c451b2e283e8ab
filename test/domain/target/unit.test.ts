import t from 'tap'
import { baseOf, convert, UNIT_RECORDS, UNITS, unitRecord } from '../../../src/domain/target/unit.ts'
import { isDecimal } from '../../../src/domain/decimal.ts'

t.test('every dimension has one unit of factor 1, so that every conversion into it is exact', async t => {
  for (const dimension of new Set<string>(UNIT_RECORDS.map(record => record.dimension))) {
    const bases = UNIT_RECORDS.filter(record => record.dimension === dimension && record.factor === '1')
    t.equal(bases.length, 1, dimension)
  }
  for (const unit of UNITS) t.equal(unitRecord(baseOf(unit)).factor, '1', unit)
})

t.test('every unit has a code of its own, names in both languages and a decimal factor', async t => {
  t.equal(new Set(UNITS).size, UNITS.length)
  for (const { code, vi, en, factor } of UNIT_RECORDS) {
    t.match(code, /^[a-z0-9]+(-[a-z0-9]+)*$/)
    t.ok(vi.length > 0 && en.length > 0 && isDecimal(factor), code)
  }
})

t.test('units convert within their dimension and never across it', async t => {
  t.equal(convert('75000', 'billion-vnd', 'trillion-vnd'), '75')
  t.equal(convert('2.5', 'million-vnd-per-person-per-month', 'million-vnd-per-person-per-year'), '30')
  t.equal(convert('1', 'fraction', 'percent'), '100')
  t.equal(convert('1', 'percent', 'percentage-point'), undefined, 'a share of the baseline is not a point of the rate')
  t.equal(convert('1', 'percent-ambiguous', 'percent'), undefined)
  t.equal(convert('1', 'million-vnd-per-person-per-year', 'million-vnd-per-person-per-month'), undefined, '1/12 has no finite decimal')
})
