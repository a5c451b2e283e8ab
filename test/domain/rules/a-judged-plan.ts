import type { Parent } from '../../../src/domain/family.ts'
import type { Plan } from '../../../src/domain/plan.ts'
import type { Finding, Rule } from '../../../src/domain/rules/rule.ts'

export type Named = Omit<Partial<Plan>, 'id' | 'citations' | 'targets'>

const planOf = (named: Named, id: string): Plan => ({ id, citations: [], targets: [], ...named })

/** What one rule finds in a plan of these words that implements parents of those. */
export function findingsOf (rule: Rule, named: Named, ...parents: Named[]): Omit<Finding, 'rule'>[] {
  const plan = planOf(named, 'child')
  plan.citations = parents.map(({ code, issuer }) => ({ relation: 'implements' as const, ...(code !== undefined && { code }), ...(issuer !== undefined && { issuer }) }))
  const family: Parent[] = parents.map((parent, citation) => ({ citation, plan: planOf(parent, `parent-${citation}`), stub: false, endings: [], suspensions: [] }))
  const readings = plan.citations.map(citation => ({ citation, resolution: 'resolved' as const, candidates: [] }))
  return [...rule.check({ plan, parents: family, readings, cycles: [], namesakes: [], affected: [], effectCycles: [] })]
}
