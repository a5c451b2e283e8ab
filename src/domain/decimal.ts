/** An exact decimal as text, `-12.5`: no exponent, no grouping. Never a float: 0.1 + 0.2 must be 0.3 from text to reply. */
export type Decimal = string

const SHAPE = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/

/** Long enough for any amount a plan prints, and short enough that nobody can make arithmetic slow. */
const LONGEST = 40

export const isDecimal = (text: unknown): text is Decimal =>
  typeof text === 'string' && text.length <= LONGEST && SHAPE.test(text)

/** Also for results of arithmetic, which may be longer than what is taken in. */
export const hasDecimalShape = (text: string): boolean => SHAPE.test(text)

/** digits × 10^-scale */
interface Scaled {
  digits: bigint
  scale: number
}

function toScaled (value: Decimal): Scaled {
  const [whole = '', fraction = ''] = value.split('.')
  return { digits: BigInt(whole + fraction), scale: fraction.length }
}

function toDecimal ({ digits, scale }: Scaled): Decimal {
  const sign = digits < 0n ? '-' : ''
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const whole = text.slice(0, text.length - scale)
  let end = text.length
  while (end > whole.length && text[end - 1] === '0') end--
  return sign + whole + (end === whole.length ? '' : `.${text.slice(whole.length, end)}`)
}

const rescale = ({ digits, scale }: Scaled, to: number): bigint => digits * 10n ** BigInt(to - scale)

function align (a: Decimal, b: Decimal): [bigint, bigint, number] {
  const [x, y] = [toScaled(a), toScaled(b)]
  const scale = Math.max(x.scale, y.scale)
  return [rescale(x, scale), rescale(y, scale), scale]
}

/** The one spelling of a number: `1.50` and `1.5` are `1.5`, `-0` is `0`. */
export const canonical = (value: Decimal): Decimal => toDecimal(toScaled(value))

export function compareDecimals (a: Decimal, b: Decimal): -1 | 0 | 1 {
  const [x, y] = align(a, b)
  return x < y ? -1 : x > y ? 1 : 0
}

export function add (a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = align(a, b)
  return toDecimal({ digits: x + y, scale })
}

export const negate = (value: Decimal): Decimal => {
  const { digits, scale } = toScaled(value)
  return toDecimal({ digits: -digits, scale })
}

export const subtract = (a: Decimal, b: Decimal): Decimal => add(a, negate(b))

export const sum = (values: Decimal[]): Decimal => values.reduce(add, '0')

export function multiply (a: Decimal, b: Decimal): Decimal {
  const [x, y] = [toScaled(a), toScaled(b)]
  return toDecimal({ digits: x.digits * y.digits, scale: x.scale + y.scale })
}

/** Undefined when the quotient has no finite decimal (1/3) or the divisor is zero: rounding is never silent. */
export function divide (a: Decimal, b: Decimal): Decimal | undefined {
  const [numerator, denominator] = align(a, b)
  if (denominator === 0n) return undefined
  let rest = absolute(denominator) / greatestCommonDivisor(numerator, denominator)
  const twos = countFactor(rest, 2n)
  rest /= 2n ** BigInt(twos)
  const fives = countFactor(rest, 5n)
  if (rest !== 5n ** BigInt(fives)) return undefined
  const scale = Math.max(twos, fives)
  return toDecimal({ digits: numerator * 10n ** BigInt(scale) / denominator, scale })
}

/** Rounds half away from zero, as official tables do. Undefined when the divisor is zero. */
export function divideToScale (a: Decimal, b: Decimal, scale: number): Decimal | undefined {
  const [x, y] = align(a, b)
  if (y === 0n) return undefined
  const [dividend, divisor] = [absolute(x) * 10n ** BigInt(scale), absolute(y)]
  const digits = (2n * dividend + divisor) / (2n * divisor)
  return toDecimal({ digits: (x < 0n) === (y < 0n) ? digits : -digits, scale })
}

const absolute = (digits: bigint): bigint => digits < 0n ? -digits : digits

function greatestCommonDivisor (a: bigint, b: bigint): bigint {
  let [x, y] = [absolute(a), absolute(b)]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

function countFactor (digits: bigint, factor: bigint): number {
  let times = 0
  for (let rest = digits; rest % factor === 0n; rest /= factor) times++
  return times
}
