export interface Bounds {
  /** How many answers are kept at least. */
  most?: number
  /** A key that is longer is a text and no name that comes again. */
  longest?: number
}

/**
 * The function with its last answers kept: names of issuers and codes come again by the thousand, and reading one takes a
 * hundred times as long as finding it. Bounded, so that nobody fills the memory with names; the answers are never changed.
 */
export const remembered = <Answer>(read: (text: string) => Answer, bounds?: Bounds): (text: string) => Answer =>
  rememberedBy(text => text, read, bounds)

/** As `remembered`, of values with the same key, which have the same answer. */
export function rememberedBy <Value, Answer> (keyOf: (value: Value) => string, read: (value: Value) => Answer, { most = 20_000, longest = 300 }: Bounds = {}): (value: Value) => Answer {
  let recent = new Map<string, Answer>()
  let older = new Map<string, Answer>()
  return value => {
    const key = keyOf(value)
    if (key.length > longest) return read(value)
    const known = recent.get(key)
    if (known !== undefined || recent.has(key)) return known as Answer
    const answer = older.has(key) ? older.get(key) as Answer : read(value)
    if (recent.size >= most) [recent, older] = [new Map(), recent]
    recent.set(key, answer)
    return answer
  }
}

/** The function of a value, with each answer kept while the value is in use. A value is never changed, and neither is its answer. */
export function rememberedOf <Value extends object, Answer> (read: (value: Value) => Answer): (value: Value) => Answer {
  const answers = new WeakMap<Value, { answer: Answer }>()
  return value => {
    const known = answers.get(value)
    if (known !== undefined) return known.answer
    const answer = read(value)
    answers.set(value, { answer })
    return answer
  }
}

/** As `rememberedOf`, of two values; the answers are kept until another left value is asked about. */
export function rememberedOfLatest <Left extends object, Right extends object, Answer> (read: (left: Left, right: Right) => Answer): (left: Left, right: Right) => Answer {
  let latest: Left | undefined
  let answers = new Map<Right, { answer: Answer }>()
  return (left, right) => {
    if (left !== latest) [latest, answers] = [left, new Map()]
    const known = answers.get(right)
    if (known !== undefined) return known.answer
    const answer = read(left, right)
    answers.set(right, { answer })
    return answer
  }
}

/** As `rememberedOf`, of two values. */
export function rememberedOfPair <Left extends object, Right extends object, Answer> (read: (left: Left, right: Right) => Answer): (left: Left, right: Right) => Answer {
  const ofLeft = rememberedOf((left: Left) => rememberedOf((right: Right) => read(left, right)))
  return (left, right) => ofLeft(left)(right)
}
