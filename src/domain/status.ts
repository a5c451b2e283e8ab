/**
 * How the register holds a plan. `stub`: known only because another plan cites it. `conforming`: judged, and nothing
 * blocks it. `nonconforming`: recorded as issued although errors stand against it, which everybody sees.
 */
export const STATUSES = ['stub', 'conforming', 'nonconforming'] as const

export type Status = (typeof STATUSES)[number]
