/** One place in which two contents differ. Absent: nothing stands there. */
export interface Difference {
  /** JSON Pointer (RFC 6901), in a substance with targets by their key: `/targets/poverty-rate/goal/amount/low`. */
  at: string
  before?: unknown
  after?: unknown
}

/** The deepest places in which two values that JSON can hold differ, in the order of their names; undefined is nothing at all. */
export const differences = (before: unknown, after: unknown): Difference[] => [...differing('', before, after)]

function * differing (at: string, before: unknown, after: unknown): Generator<Difference> {
  if (before === after) return
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) {
    yield { at, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }
    return
  }
  // Indexes come in their own order, names in that of the alphabet.
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  for (const name of Array.isArray(before) ? names : names.sort()) {
    yield * differing(`${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, own(before, name), own(after, name))
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** A target may be called `constructor`. */
const own = (object: Record<string, unknown>, name: string): unknown => Object.hasOwn(object, name) ? object[name] : undefined
