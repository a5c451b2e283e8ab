import type { Citation } from './citation.ts'
import { readCode } from './code/code.ts'
import { levelOf, readIssuer } from './issuer/issuer.ts'
import type { Plan } from './plan.ts'

/**
 * The plan with what follows from its own words: the type from the symbol of its code, the level from its issuer and
 * type. A consequence, not a guess: what was declared stays, and what does not follow stays unknown.
 */
export function completed (plan: Plan): Plan {
  const type = plan.type ?? (plan.code === undefined ? undefined : readCode(plan.code).code?.type)
  const issuer = plan.issuer === undefined ? undefined : readIssuer(plan.issuer)
  const level = plan.level ?? (issuer === undefined ? undefined : levelOf(issuer, type))
  // A literal that began with `...plan` would cost a shape of its own each time: see docs/measurements.md.
  const { id, ...said } = plan
  return { id, ...said, ...(type !== undefined && { type }), ...(level !== undefined && { level }) }
}

/**
 * The plan without members that say no more than their absence does: a `false`, a period without an end. One plan is
 * written one way, whoever hands it in, so that whatever keeps it or tells of it says the same.
 */
export function tersely ({ draft, targetsIncomplete, period, citations, ...rest }: Plan): Plan {
  return {
    citations: citations.map(withoutFalse),
    ...rest,
    ...(draft === true && { draft }),
    ...((period?.from !== undefined || period?.to !== undefined) && { period }),
    ...(targetsIncomplete === true && { targetsIncomplete })
  }
}

const withoutFalse = ({ inferred, ...citation }: Citation): Citation => ({ ...citation, ...(inferred === true && { inferred }) })
