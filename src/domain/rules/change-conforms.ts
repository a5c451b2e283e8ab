import { consolidated } from '../effect/consolidation.ts'
import type { Affected, Family } from '../family.ts'
import { nameOf } from '../plan.ts'
import { allocationSum } from './allocation-sum.ts'
import { periodWithin } from './period-within.ts'
import type { Finding, Rule } from './rule.ts'
import { targetAmbition } from './target-ambition.ts'
import { targetWellformed } from './target-wellformed.ts'
import { targetsInherited } from './targets-inherited.ts'

/** The rules that look at what a change can change. */
const ASKED: readonly Rule[] = [periodWithin, targetWellformed, targetsInherited, targetAmbition, allocationSum]

export const changeConforms: Rule = {
  name: 'change-conforms',
  waivable: true,
  summary: {
    vi: 'Văn bản được sửa đổi vẫn đáp ứng các văn bản cấp trên của chính nó sau khi sửa đổi.',
    en: 'A plan that is changed still meets its own parents afterwards.'
  },

  * check ({ affected }) {
    for (const one of affected) {
      if (one.changed === undefined) continue
      const { citation, plan } = one
      for (const { rule, severity, at, message, facts } of broughtBy(one, one.changed)) {
        yield {
          severity,
          at: `/citations/${citation}/changes`,
          message: {
            vi: `${nameOf(plan)} sau thay đổi này: ${message.vi}`,
            en: `${nameOf(plan)} after this change: ${message.en}`
          },
          facts: { affected: plan.id, rule, at, found: facts }
        }
      }
    }
  }
}

/** Faults that stand without the change are not of its making, and nobody has to mend them in order to make it. */
function broughtBy ({ plan, effects, effect }: Affected, changed: Family): Finding[] {
  const after = faultsIn(changed)
  if (after.length === 0) return after
  const before = new Set(faultsIn({ ...changed, plan: consolidated(plan, effects, effect.from).plan }).map(textOf))
  return after.filter(finding => !before.has(textOf(finding)))
}

const faultsIn = (family: Family): Finding[] => ASKED.flatMap(rule =>
  [...rule.check(family)].filter(({ severity }) => severity === 'error' || severity === 'warning').map(finding => ({ rule: rule.name, ...finding })))

/** Without its place: targets move up where one before them ends. */
const textOf = ({ rule, severity, message }: Finding): string => [rule, severity, message.vi].join(' ')
