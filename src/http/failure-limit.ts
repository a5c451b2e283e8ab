export interface FailureLimit {
  /** Seconds until this source may fail again; 0 when it may now. */
  secondsToWait: (source: string, now: number) => number
  count: (source: string, now: number) => void
}

/**
 * Counts failures of each source within a fixed window. Bounded: when too many sources are known, the one longest known
 * is forgotten, so an attacker with many addresses costs memory for 10,000 of them at most.
 */
export function failureLimit ({ most = 20, windowMs = 60_000, sources = 10_000 } = {}): FailureLimit {
  const known = new Map<string, { failures: number, until: number }>()
  return {
    secondsToWait (source, now) {
      const entry = known.get(source)
      return entry && entry.until > now && entry.failures >= most ? Math.ceil((entry.until - now) / 1000) : 0
    },
    count (source, now) {
      const entry = known.get(source)
      if (entry && entry.until > now) {
        entry.failures++
        return
      }
      known.delete(source)
      if (known.size >= sources) known.delete(known.keys().next().value!)
      known.set(source, { failures: 1, until: now + windowMs })
    }
  }
}
