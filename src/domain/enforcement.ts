import { RULES } from './rules/index.ts'
import type { Finding } from './rules/rule.ts'
import type { Status } from './status.ts'

/** A recorded reason why a finding does not block. */
export interface Waiver {
  rule: string
  /** The place waived, as in `Finding.at`; absent: every finding of the rule. */
  at?: string
  reason: string
}

export interface JudgedFinding extends Finding {
  waived: boolean
}

export interface Verdict {
  /** `true`: the plan is refused, and nothing of it may be stored. */
  refused: boolean
  status: Exclude<Status, 'stub'>
  findings: JudgedFinding[]
}

const UNWAIVABLE = new Set(RULES.filter(rule => !rule.waivable).map(rule => rule.name))

export const isWaivable = (rule: string): boolean => !UNWAIVABLE.has(rule)

const covers = (waiver: Waiver, finding: Finding): boolean =>
  waiver.rule === finding.rule && (waiver.at === undefined || waiver.at === finding.at)

/**
 * The one policy over findings. An error that nobody waived refuses the plan, unless the caller records it as issued:
 * then it is stored as nonconforming. What cannot be waived refuses always.
 */
export function enforce (findings: Finding[], waivers: Waiver[], { asIssued }: { asIssued: boolean }): Verdict {
  const judged = findings.map(finding => {
    const { rule, severity, at, message, facts } = finding
    return { rule, severity, at, message, facts, waived: isWaivable(rule) && waivers.some(waiver => covers(waiver, finding)) }
  })
  const blocking = judged.filter(finding => finding.severity === 'error' && !finding.waived)
  return {
    refused: blocking.some(finding => !asIssued || !isWaivable(finding.rule)),
    status: blocking.length > 0 ? 'nonconforming' : 'conforming',
    findings: judged
  }
}
