/**
 * The comparison of two targets again, on plain integers and without any code of the service: thousandths of the unit,
 * doubled so that "more than 3" lies one step beyond 3. It exists to disagree.
 */
export interface PlainAmount {
  comparator: 'equal' | 'more-than' | 'at-least' | 'less-than' | 'at-most' | 'between'
  /** Thousandths of the base unit; `high` only for between. */
  low: number
  high: number
}

export interface PlainTarget {
  amount: PlainAmount
  /** The deadline year; absent in both or in neither. */
  by?: number
}

export type PlainVerdict = 'conforms' | 'stronger' | 'weaker' | 'not-comparable'

interface Promise { least: number, most: number }

function promised ({ comparator, low, high }: PlainAmount, sign: 1 | -1): Promise | undefined {
  const [a, b] = [2 * low * sign, 2 * high * sign]
  switch (comparator) {
    case 'between': return { least: Math.min(a, b), most: Math.max(a, b) }
    case 'equal': return { least: a, most: a }
    case 'at-least': return sign === 1 ? { least: a, most: a } : undefined
    case 'more-than': return sign === 1 ? { least: a + 1, most: a + 1 } : undefined
    case 'at-most': return sign === -1 ? { least: a, most: a } : undefined
    case 'less-than': return sign === -1 ? { least: a + 1, most: a + 1 } : undefined
  }
}

const isSame = (a: PlainAmount, b: PlainAmount): boolean =>
  a.comparator === b.comparator && a.low === b.low && (a.comparator !== 'between' || a.high === b.high)

export function plainVerdict (parent: PlainTarget, child: PlainTarget, larger: 'better' | 'worse'): PlainVerdict {
  const sign = larger === 'better' ? 1 : -1
  const [asked, own] = [promised(parent.amount, sign), promised(child.amount, sign)]
  let met: 'equal' | 'inside' | 'above' | 'below'
  if (asked === undefined) {
    if (!isSame(parent.amount, child.amount)) return 'not-comparable'
    met = 'equal'
  } else if (own === undefined || own.least < asked.least) met = 'below'
  else if (own.most < asked.most) met = 'inside'
  else met = own.least === asked.least && own.most === asked.most ? 'equal' : 'above'

  const late = (child.by ?? 0) - (parent.by ?? 0)
  if (late > 0) return met === 'above' ? 'not-comparable' : 'weaker'
  if (late < 0) return met === 'below' ? 'not-comparable' : met === 'inside' ? 'conforms' : 'stronger'
  return met === 'below' ? 'weaker' : met === 'above' ? 'stronger' : 'conforms'
}
