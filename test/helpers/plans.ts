import type { Citation } from '../../src/domain/citation.ts'
import type { CitationReading, Family, Parent } from '../../src/domain/family.ts'
import type { Plan } from '../../src/domain/plan.ts'

/** The plans of a family that breaks no rule; a test names only what it is about. A member given as undefined is unknown. */

export const aDecree = (over: Partial<Plan> = {}): Plan => ({
  id: 'decree',
  code: '24/2021/QH15',
  type: 'resolution',
  issuer: 'Quốc hội',
  level: 'decree',
  issuedOn: '2021-07-28',
  period: { from: '2021', to: '2025' },
  citations: [],
  targets: [],
  ...over
})

export const aNationalPlan = (over: Partial<Plan> = {}): Plan => ({
  id: 'national',
  code: '666/QĐ-TTg',
  type: 'decision',
  issuer: 'Thủ tướng Chính phủ',
  level: 'national',
  issuedOn: '2022-06-02',
  period: { from: '2021', to: '2025' },
  citations: [aCitation(aDecree())],
  targets: [],
  ...over
})

export const aPlan = (over: Partial<Plan> = {}): Plan => ({
  id: 'plan',
  code: '119/KH-UBND',
  type: 'plan',
  issuer: 'UBND tỉnh Thái Bình',
  level: 'provincial',
  issuedOn: '2022-09-07',
  period: { from: '2021', to: '2025' },
  citations: [aCitation()],
  targets: [],
  ...over
})

/** The citation by which a plan names that one as its parent, with all that tells it apart. */
export const aCitation = (cited: Pick<Plan, 'code' | 'issuer' | 'issuedOn'> = aNationalPlan(), over: Partial<Citation> = {}): Citation => ({
  relation: 'implements',
  ...(cited.code !== undefined && { code: cited.code }),
  ...(cited.issuer !== undefined && { issuer: cited.issuer }),
  ...(cited.issuedOn !== undefined && { issuedOn: cited.issuedOn }),
  ...over
})

export const aParent = (plan: Plan = aNationalPlan(), over: Partial<Parent> = {}): Parent =>
  ({ citation: 0, plan, stub: false, endings: [], suspensions: [], ...over })

export const aReading = (over: Partial<CitationReading> = {}): CitationReading =>
  ({ citation: aCitation(), resolution: 'resolved', candidates: [], ...over })

/** The plan with what surrounds it: unless the test says otherwise, one parent and every citation resolved. */
export function aFamily (over: Partial<Family> = {}): Family {
  const plan = over.plan ?? aPlan()
  return {
    plan,
    parents: [aParent()],
    readings: plan.citations.map(citation => aReading({ citation })),
    cycles: [],
    namesakes: [],
    affected: [],
    effectCycles: [],
    ...over
  }
}
