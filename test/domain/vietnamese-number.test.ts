import * as fc from 'fast-check'
import t from 'tap'
import { canonical } from '../../src/domain/decimal.ts'
import { printEnglishNumber, printVietnameseNumber, readVietnameseNumber } from '../../src/domain/vietnamese-number.ts'

t.test('numbers are read as Vietnamese documents print them', async t => {
  const cases: [string, string | undefined][] = [
    ['1,5', '1.5'], ['75.000', '75000'], ['1.234.567,89', '1234567.89'], ['0,54%', '0.54'], ['92.60%', '92.6'], ['27.8', '27.8'],
    ['1/2', '0.5'], ['gấp 2 lần', '2'], ['1,5 lần', '1.5'], ['gấp đôi', '2'], ['GẤP RƯỠI', '1.5'], ['một nửa', '0.5'], ['6.009', '6009'],
    ['-1,5', '-1.5'], ['007', '7'], ['0.123', '0.123'],
    ['1/3', undefined], ['1/0', undefined], ['1.5.2', undefined], ['1,2,3', undefined], ['12.34.567', undefined], ['', undefined],
    ['hai', undefined], ['1 - 1,5', undefined], ['9'.repeat(50), undefined]
  ]
  for (const [text, number] of cases) t.equal(readVietnameseNumber(text), number, text)
})

t.test('numbers print in both notations', async t => {
  t.equal(printVietnameseNumber('75000'), '75.000')
  t.equal(printVietnameseNumber('-1234567.5'), '-1.234.567,5')
  t.equal(printEnglishNumber('1234567.5'), '1,234,567.5')
  t.equal(printVietnameseNumber('0.54'), '0,54')
})

t.test('what is printed is read back', async () => {
  fc.assert(fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.nat(999), (whole, rest) => {
    const number = canonical(`${whole}.${String(rest).padStart(3, '0')}`)
    return readVietnameseNumber(printVietnameseNumber(number)) === number
  }))
})
