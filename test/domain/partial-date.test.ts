import fc from 'fast-check'
import t from 'tap'
import { compareDates, dayAfter, firstDay, isPartialDate, lastDay, printDate, yearOf } from '../../src/domain/partial-date.ts'

const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2200-12-31'), noInvalidDate: true }).map(date => date.toISOString().slice(0, 10))
const partial = fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([date, length]) => date.slice(0, length))

t.test('a date is one of the real calendar, of any precision', async t => {
  for (const date of ['2022', '2022-09', '2022-09-07', '2024-02-29', '2000-02-29', '1900', '2200-12-31']) t.ok(isPartialDate(date), date)
  for (const date of ['2014-02-30', '2023-02-29', '1900-02-29', '2022-13', '2022-00', '2022-09-00', '2022-09-31', '1899', '2201', '2022-9', '22', '', '2022-09-07T00:00', '07/9/2022', '2022-09-07\n']) {
    t.notOk(isPartialDate(date), JSON.stringify(date))
  }
})

t.test('every day that the calendar has is a date', async () => {
  fc.assert(fc.property(day, isPartialDate))
})

t.test('a date stands for all its days', async t => {
  t.equal(firstDay('2022'), '2022-01-01')
  t.equal(lastDay('2022'), '2022-12-31')
  t.equal(firstDay('2022-09'), '2022-09-01')
  t.equal(lastDay('2022-09'), '2022-09-30')
  t.equal(lastDay('2024-02'), '2024-02-29')
  t.equal(lastDay('2100-02'), '2100-02-28')
  t.equal(firstDay('2022-09-07'), '2022-09-07')
  t.equal(lastDay('2022-09-07'), '2022-09-07')
  t.equal(yearOf('2022-09'), 2022)
})

t.test('the day after a day is the next one of the calendar', async t => {
  t.strictSame(['2022-09-07', '2022-02-28', '2024-02-28', '2022-12-31'].map(dayAfter), ['2022-09-08', '2022-03-01', '2024-02-29', '2023-01-01'])
  fc.assert(fc.property(day, one => Date.parse(dayAfter(one)) - Date.parse(one) === 86_400_000))
})

t.test('dates compare only as far as they are known', async t => {
  t.equal(compareDates('2021', '2022-09-07'), 'before')
  t.equal(compareDates('2022-10', '2022-09-07'), 'after')
  t.equal(compareDates('2022-09-07', '2022-09-07'), 'same')
  t.equal(compareDates('2022', '2022-09-07'), 'unclear')
  t.equal(compareDates('2022', '2022'), 'unclear')
})

t.test('comparing the other way round gives the opposite, and no date is before itself', async () => {
  const opposite = { before: 'after', after: 'before', same: 'same', unclear: 'unclear' }
  fc.assert(fc.property(partial, partial, (a, b) => compareDates(b, a) === opposite[compareDates(a, b)]))
  fc.assert(fc.property(partial, date => ['same', 'unclear'].includes(compareDates(date, date)) && firstDay(date) <= lastDay(date) && isPartialDate(lastDay(date))))
})

t.test('a date is printed as Vietnamese documents print it', async t => {
  t.equal(printDate('2022-09-07'), '07/9/2022')
  t.equal(printDate('2022-01-28'), '28/01/2022')
  t.equal(printDate('2022-12-28'), '28/12/2022')
  t.equal(printDate('2022-02'), '02/2022')
  t.equal(printDate('2022'), '2022')
})
