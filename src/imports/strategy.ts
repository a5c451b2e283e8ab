/** `create`: what is held already is refused; `update`: what is not held is refused; `upsert`: neither. */
export const STRATEGIES = ['create', 'update', 'upsert'] as const

export type Strategy = (typeof STRATEGIES)[number]
