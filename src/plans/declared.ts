import type { Citation } from '../domain/citation.ts'
import { completed } from '../domain/completion.ts'
import type { Plan } from '../domain/plan.ts'
import type { IssuedPlan } from './decision.operations.ts'
import type { KnownPlan, StoredPlan } from './plan.queries.ts'
import type { PlanBody } from './plan.schemas.ts'

/** The plan without what follows from its own words, so that it follows anew from the changed ones. */
export function declared ({ type, level, ...words }: Plan): Plan {
  const follows = completed(words)
  const typed = { ...words, ...(type !== undefined && type !== follows.type && { type }) }
  return { ...typed, ...(level !== undefined && level !== completed({ ...typed, ...(type !== undefined && { type }) }).level && { level }) }
}

/** A body with the id that the plan has, or is to get. */
export type DeclaredPlan = PlanBody & { id: string }

/** The plan as somebody handed it in: recorded again, it changes nothing. */
export function issuedOf ({ plan, waivers }: StoredPlan): IssuedPlan {
  const { id, ...words } = declared(plan)
  return { ...words, waivers: waivers.map(({ rule, at, reason }) => ({ rule, ...(at !== undefined && { at }), reason })) }
}

/** The stubs that a plan cites by their ids. */
export const pinnedStubIds = ({ plan, readings }: StoredPlan): string[] =>
  plan.citations.flatMap(({ planId }, index) => planId !== undefined && readings[index]?.resolution === 'stub' ? [planId] : [])

/**
 * The body that records this plan anew, its members in one order. A stub is cited by its words, `stubs` by id, and never
 * by the id that it has here: it is not a record of its own, and another register makes it from the words.
 */
export function bodyOf (stored: StoredPlan, stubs: ReadonlyMap<string, KnownPlan>): DeclaredPlan {
  const { id, code, type, title, issuer, level, issuedOn, effectiveFrom, draft, period, programme, citations, targets, targetsIncomplete } = declared(stored.plan)
  return {
    id,
    ...present({ code, type, title, issuer, level, issuedOn, effectiveFrom, draft, period, programme }),
    ...(citations.length > 0 && { citations: citations.map(citation => inWords(citation, stubs)) }),
    ...(targets.length > 0 && { targets }),
    ...present({ targetsIncomplete }),
    ...(stored.waivers.length > 0 && {
      waivers: stored.waivers.map(({ rule, at, reason }) => ({ rule, ...(at !== undefined && { at }), reason }))
    })
  }
}

/** The record with its stubs cited as `bodyOf` cites them. */
export const citingInWords = (stored: StoredPlan, stubs: ReadonlyMap<string, KnownPlan>): StoredPlan =>
  ({ ...stored, plan: { ...stored.plan, citations: stored.plan.citations.map(citation => inWords(citation, stubs)) } })

function inWords (citation: Citation, stubs: ReadonlyMap<string, KnownPlan>): Citation {
  const stub = citation.planId === undefined ? undefined : stubs.get(citation.planId)
  if (stub === undefined) return citation
  const { relation, code = stub.code, issuer = stub.issuer, issuedOn = stub.issuedOn, title = stub.title, planId, ...rest } = citation
  return { relation, ...present({ code, issuer, issuedOn, title }), ...rest }
}

const present = <T extends object>(members: T) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }
