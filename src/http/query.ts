import { z } from 'zod'

/** The query parameters of a route; any other is refused with the nearest name. */
export const queryOf = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape)

/** A whole number written in plain digits. */
export const wholeNumber = (from: number, to: number) =>
  z.string().refine(text => /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to, {
    params: {
      code: 'not-a-whole-number',
      vi: `Phải là số nguyên từ ${from} đến ${to}.`,
      en: `Must be a whole number from ${from} to ${to}.`
    }
  }).transform(Number).meta({ type: 'integer', minimum: from, maximum: to })

/** Several values of a list, separated by commas: `relations=implements,basis`. */
export const listOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.string().max(1000).transform(text => text.split(',')).pipe(z.array(z.enum(values)).min(1))
    .meta({ description: `Separated by commas: ${values.join(', ')}.` })

/**
 * The query string as names and values. A name that is repeated gets a list and a value that is not UTF-8 gets null, so
 * that no schema of a parameter takes it and the fault names the parameter: the router leaves no room to throw here.
 */
export function readQuery (query: string): Record<string, string | null | (string | null)[]> {
  // Without a prototype, `__proto__` and `constructor` are names like any other.
  const read: Record<string, string | null | (string | null)[]> = Object.create(null)
  for (const pair of query.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals)) ?? pair.slice(0, equals)
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1))
    const before = read[name]
    if (before === undefined) read[name] = value
    else if (Array.isArray(before)) before.push(value)
    else read[name] = [before, value]
  }
  return read
}

function decode (text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}
