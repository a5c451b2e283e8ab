import type { Family } from './family.ts'
import { RULES } from './rules/index.ts'
import type { Finding } from './rules/rule.ts'

/** Every finding of every rule, in the order of the rules. It decides nothing: see enforcement.ts. */
export function judge (family: Family): Finding[] {
  const findings: Finding[] = []
  for (const { name, check } of RULES) {
    for (const { severity, at, message, facts } of check(family)) findings.push({ rule: name, severity, at, message, facts })
  }
  return findings
}
