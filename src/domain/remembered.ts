/** What is longer is a text and no name that comes again. */
const LONGEST = 300

/**
 * The function with its last answers kept: names of issuers and codes come again by the thousand, and reading one takes a
 * hundred times as long as finding it. Bounded, so that nobody fills the memory with names; the answers are never changed.
 */
export function remembered <Answer> (read: (text: string) => Answer, most = 20_000): (text: string) => Answer {
  let recent = new Map<string, Answer>()
  let older = new Map<string, Answer>()
  return text => {
    if (text.length > LONGEST) return read(text)
    if (recent.has(text)) return recent.get(text) as Answer
    const answer = older.has(text) ? older.get(text) as Answer : read(text)
    if (recent.size >= most) [recent, older] = [new Map(), recent]
    recent.set(text, answer)
    return answer
  }
}
