import { distance } from 'fastest-levenshtein'

/**
 * The known name that a misspelled one most likely means; undefined when none is near. Case, hyphens and underscores
 * weigh nothing: `issued_on` is `issuedOn`.
 */
export function nearest (name: string, known: readonly string[]): string | undefined {
  if (name.length > 100) return undefined
  const folded = fold(name)
  let best: { candidate: string, away: number } | undefined
  for (const candidate of known) {
    const meant = fold(candidate)
    const away = distance(folded, meant)
    // A third of the letters wrong is a slip; more is another word.
    const near = away <= Math.ceil(Math.max(folded.length, meant.length) / 3)
    if (near && (best === undefined || away < best.away)) best = { candidate, away }
  }
  return best?.candidate
}

const fold = (name: string) => name.toLowerCase().replace(/[-_ ]/g, '')
