import type { Family } from './family.ts'
import { RULES } from './rules/index.ts'
import type { Finding } from './rules/rule.ts'

/** Every finding of every rule, in the order of the rules. It decides nothing: see enforcement.ts. */
export const judge = (family: Family): Finding[] =>
  RULES.flatMap(rule => [...rule.check(family)].map(finding => ({ rule: rule.name, ...finding })))
