import type { Family, Parent } from '../../../src/domain/family.ts'
import type { Plan } from '../../../src/domain/plan.ts'
import type { Target } from '../../../src/domain/target/target.ts'

/** A provincial plan under a decision of the Prime Minister; the test names only what it is about. */
export const aChild = (targets: Target[], more: Partial<Plan> = {}): Plan => ({
  id: 'child',
  code: '10/KH-UBND',
  issuer: 'UBND tỉnh Sóc Trăng',
  level: 'provincial',
  citations: [{ relation: 'implements', planId: 'parent', code: '666/QĐ-TTg' }],
  targets,
  ...more
})

export const aParent = (targets: Target[], more: Partial<Plan> = {}, stub = false): Parent => ({
  citation: 0,
  plan: { id: 'parent', code: '666/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', level: 'national', citations: [], targets, ...more },
  stub,
  endings: [],
  suspensions: []
})

export const aFamily = (plan: Plan, ...parents: Parent[]): Family => ({ plan, parents, readings: [], cycles: [], namesakes: [], affected: [], effectCycles: [] })
