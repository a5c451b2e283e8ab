import type { Message } from '../message.ts'

export const FAULT_CODES = [
  'id-malformed', 'id-repeated', 'name-missing', 'kind-unknown', 'level-unknown', 'area-type-unknown', 'date-malformed',
  'ends-before-it-begins', 'electronic-code-malformed', 'superior-unknown', 'functional-superior-unknown', 'superior-cycle',
  'code-shared', 'name-shared', 'succession-kind-unknown', 'succession-organization-unknown', 'succession-repeated',
  'succession-gap', 'succession-overlap', 'succession-cycle'
] as const

export type FaultCode = (typeof FAULT_CODES)[number]

/** One reason not to load a set of organizations, at one place of it. */
export interface Fault {
  /** JSON Pointer (RFC 6901) into `{ organizations, successions }`. */
  at: string
  code: FaultCode
  message: Message
}

export const malformedDate = (at: string, name: string, date: string): Fault => ({
  at,
  code: 'date-malformed',
  message: {
    vi: `"${date}" của "${name}" không phải là ngày có thật. Hãy ghi dạng 2025, 2025-07 hoặc 2025-07-01.`,
    en: `"${date}" of "${name}" is not a date of the calendar. Write 2025, 2025-07 or 2025-07-01.`
  }
})
