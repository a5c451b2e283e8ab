import * as fc from 'fast-check'
import t from 'tap'
import { add, canonical, compareDecimals, divide, divideToScale, isDecimal, multiply, negate, subtract, sum } from '../../src/domain/decimal.ts'

// Plain integer arithmetic: thousandths as bigint.
const thousandths = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })

const decimalOf = (digits: bigint): string => {
  const text = (digits < 0n ? -digits : digits).toString().padStart(4, '0')
  return `${digits < 0n ? '-' : ''}${text.slice(0, -3)}.${text.slice(-3)}`
}

t.test('a decimal is digits with at most one point, and nothing else', async t => {
  for (const good of ['0', '1.5', '-1.50', '75000', '0.54', '-0']) t.ok(isDecimal(good), good)
  for (const bad of ['', '1,5', '01', '.5', '5.', '1e3', '+1', ' 1', '1 ', 'NaN', '٣', 1.5, undefined, '1'.repeat(41)]) t.notOk(isDecimal(bad), String(bad))
})

t.test('0.1 and 0.2 are 0.3', async t => t.equal(add('0.1', '0.2'), '0.3'))

t.test('one number has one spelling', async t => {
  t.same(['1.50', '-0', '-0.00', '0.540', '100'].map(canonical), ['1.5', '0', '0', '0.54', '100'])
})

t.test('sums, differences, products and order are those of the integers', async () => {
  fc.assert(fc.property(thousandths, thousandths, (a, b) => {
    const [x, y] = [decimalOf(a), decimalOf(b)]
    return add(x, y) === canonical(decimalOf(a + b)) &&
      subtract(x, y) === canonical(decimalOf(a - b)) &&
      negate(x) === canonical(decimalOf(-a)) &&
      multiply(x, '1000') === (a).toString() &&
      multiply(x, y) === divide((a * b).toString(), '1000000') &&
      compareDecimals(x, y) === (a < b ? -1 : a > b ? 1 : 0)
  }))
})

t.test('dividing undoes multiplying, exactly', async () => {
  fc.assert(fc.property(thousandths, thousandths.filter(b => b !== 0n), (a, b) =>
    divide(multiply(decimalOf(a), decimalOf(b)), decimalOf(b)) === canonical(decimalOf(a))))
})

t.test('a quotient that no decimal can hold is undefined, never rounded', async t => {
  t.equal(divide('1', '3'), undefined)
  t.equal(divide('1', '0'), undefined)
  t.equal(divide('1', '8'), '0.125')
  t.equal(divide('-3', '1.5'), '-2')
})

t.test('rounding is asked for by its scale, half away from zero', async t => {
  t.equal(divideToScale('1', '3', 2), '0.33')
  t.equal(divideToScale('1', '8', 2), '0.13')
  t.equal(divideToScale('-1', '8', 2), '-0.13')
  t.equal(divideToScale('1', '0', 2), undefined)
})

t.test('the order of a sum does not matter', async () => {
  fc.assert(fc.property(fc.array(thousandths), values => {
    const numbers = values.map(decimalOf)
    return sum(numbers) === sum([...numbers].reverse())
  }))
})
