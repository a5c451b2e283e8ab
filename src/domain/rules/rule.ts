import type { Family } from '../family.ts'
import type { Message } from '../message.ts'

export const SEVERITIES = ['error', 'warning', 'info'] as const

export type Severity = (typeof SEVERITIES)[number]

/** One verdict of one rule on one place of one plan. A value: rules collect findings and never throw them. */
export interface Finding {
  rule: string
  severity: Severity
  /** JSON Pointer (RFC 6901) into the plan as it was sent, `/citations/0/issuedOn`; `` is the plan itself. */
  at: string
  /** What is wrong, on which facts, and how to repair it, for both readers. */
  message: Message
  /** The facts the verdict rests on, by name, so that a machine need not read the sentence. */
  facts: Record<string, unknown>
}

export interface Rule {
  /** Kebab-case, stable for ever, the name of its file and of its page in docs/rules. */
  name: string
  summary: Message
  /** `false`: no waiver and no recording as issued lets a plan past it. */
  waivable: boolean
  /** Every fault of this plan under this rule. Pure: it is given the family and never fetches. */
  check: (family: Family) => Iterable<Omit<Finding, 'rule'>>
}
