const VIETNAM_MS = 7 * 60 * 60 * 1000

/** The day it is in Vietnam, where the organizations are. */
export const today = (): string => new Date(Date.now() + VIETNAM_MS).toISOString().slice(0, 10)
