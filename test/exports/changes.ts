import { citeDecision, perYear, provincial } from '../helpers/bodies.ts'

/** A plan with a target, which another one amends. */
export const aChangeable = () => provincial({
  code: '120/KH-UBND',
  title: 'Giảm nghèo',
  citations: [citeDecision],
  targets: [perYear('giam-ngheo', '1', '1.5')],
  targetsIncomplete: true,
  waivers: [{ rule: 'targets-inherited', reason: 'Chỉ tiêu giao sau' }]
})

/** Amends it in part from a day of its own, naming it outright. */
export const provincialAmendment = (planId: string) => provincial({
  code: '130/KH-UBND',
  issuedOn: '2023-01-05',
  effectiveFrom: '2023-02',
  citations: [citeDecision, { relation: 'amends', planId, from: '2023-03-01', part: 'Mục II', changes: { targets: [perYear('giam-ngheo', '1.5', '2')] } }],
  waivers: [{ rule: 'targets-inherited', at: '/citations/0', reason: 'Chỉ tiêu giao sau' }, { rule: 'targets-inherited', reason: 'Như trên' }]
})
