import { remembered } from '../remembered.ts'
import type { Target } from './target.ts'

/** Longer ones have a table of assignments and are one of their kind. */
const LONGEST = 4_000

// With what follows from it one takes some 20 KB, and a programme has about a hundred.
const targetOf = remembered(text => Object.freeze(JSON.parse(text) as Target), { most: 1_000, longest: LONGEST })

/**
 * One object for all targets that say the same, frozen. Plans below one parent repeat its targets by the thousand, and what
 * follows from a target alone, or from two of them, is then found once (see `rememberedOf`).
 */
export const sharedTarget = (target: Target): Target => targetOf(JSON.stringify(target))
