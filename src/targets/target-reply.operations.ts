import type { Step } from '../domain/target/origin.ts'
import { printTarget } from '../domain/target/printed-target.ts'
import type { Target } from '../domain/target/target.ts'
import type { TargetSummary, VerdictOfPair } from './target-reply.schemas.ts'

export const toTargetSummary = (target: Target): TargetSummary => ({
  key: target.key,
  indicator: target.indicator,
  ...(target.scope !== undefined && { scope: target.scope }),
  ...(target.text !== undefined && { text: target.text }),
  printed: printTarget(target),
  ...(target.aspirational !== undefined && { aspirational: target.aspirational })
})

export function toVerdictReply ({ inherits, binding, verdict: { verdict, arithmetic, message } }: Step): VerdictOfPair {
  const { reference, comparisons, yearsWithoutValue, overridesWithoutValue, missing } = arithmetic
  return {
    ...(inherits !== undefined && { how: inherits.how }),
    ...(inherits?.reason !== undefined && { reason: inherits.reason }),
    binding,
    verdict,
    ...(reference !== undefined && { reference }),
    comparisons,
    ...(yearsWithoutValue !== undefined && { yearsWithoutValue }),
    ...(overridesWithoutValue !== undefined && { overridesWithoutValue }),
    ...(missing !== undefined && { lacking: missing }),
    message
  }
}
