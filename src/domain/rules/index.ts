import { allocationSum } from './allocation-sum.ts'
import { changeConforms } from './change-conforms.ts'
import { citationResolved } from './citation-resolved.ts'
import { citesParent } from './cites-parent.ts'
import { codeMatchesIssuer } from './code-matches-issuer.ts'
import { codeWellformed } from './code-wellformed.ts'
import { effectInOrder } from './effect-in-order.ts'
import { effectOnLiving } from './effect-on-living.ts'
import { issuerSubordinate } from './issuer-subordinate.ts'
import { levelMatchesIssuer } from './level-matches-issuer.ts'
import { noCycle } from './no-cycle.ts'
import { noEffectCycle } from './no-effect-cycle.ts'
import { parentAbove } from './parent-above.ts'
import { parentInForce } from './parent-in-force.ts'
import { periodWithin } from './period-within.ts'
import type { Rule } from './rule.ts'
import { targetAmbition } from './target-ambition.ts'
import { targetWellformed } from './target-wellformed.ts'
import { targetsInherited } from './targets-inherited.ts'
import { uniqueIdentity } from './unique-identity.ts'

/** The rules in the order a person asks: what is it, whom does it follow, does it meet what was asked of it, what does it change. */
export const RULES: readonly Rule[] = [
  uniqueIdentity,
  codeWellformed,
  codeMatchesIssuer,
  levelMatchesIssuer,
  citesParent,
  citationResolved,
  noCycle,
  parentAbove,
  issuerSubordinate,
  parentInForce,
  periodWithin,
  targetWellformed,
  targetsInherited,
  targetAmbition,
  allocationSum,
  effectInOrder,
  effectOnLiving,
  noEffectCycle,
  changeConforms
]
