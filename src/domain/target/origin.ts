import type { Verdict } from './comparison/verdict.ts'
import { inheritedBy, type Inheritance } from './inheritance.ts'
import type { Plan } from '../plan.ts'
import type { Inherits, Target } from './target.ts'

/** One target takes up one of a parent. */
export interface Step {
  /** Steps from the target asked about; 1 is its own. */
  distance: number
  child: Plan
  heir: Target
  parent: Plan
  target: Target
  binding: boolean
  /** Absent: nobody said so, indicator and scope are the same. */
  inherits?: Inherits
  verdict: Verdict
}

export type Inherit = (child: Plan, parent: Plan) => Inheritance[]

/** `inheritedBy`, asked once for each pair of plans however many targets lead through it. */
export function remembering (): Inherit {
  const known = new Map<string, Inheritance[]>()
  return (child, parent) => {
    const pair = `${child.id} ${parent.id}`
    const found = known.get(pair) ?? inheritedBy(child, parent)
    known.set(pair, found)
    return found
  }
}

const nameOf = (plan: Plan, target: Target): string => `${plan.id} ${target.key}`

/**
 * Where a target comes from, up to the heads, nearest first. Each target above is entered once, at its shortest
 * distance, so that plans with common parents, or a circle in old records, do not multiply the steps.
 */
export function stepsUp (plan: Plan, target: Target, parentsOf: (plan: Plan) => Plan[], inherit: Inherit): Step[] {
  const steps: Step[] = []
  const entered = new Set([nameOf(plan, target)])
  let frontier = [{ plan, target }]
  for (let distance = 1; frontier.length > 0; distance++) {
    const next: typeof frontier = []
    for (const { plan: child, target: own } of frontier) {
      for (const step of parentsOf(child).flatMap(parent => stepsBetween(child, parent, distance, inherit)).filter(({ heir }) => heir.key === own.key)) {
        steps.push(step)
        if (entered.has(nameOf(step.parent, step.target))) continue
        entered.add(nameOf(step.parent, step.target))
        next.push({ plan: step.parent, target: step.target })
      }
    }
    frontier = next
  }
  return steps
}

/** Every target of the child that takes up one of the parent. */
export const stepsBetween = (child: Plan, parent: Plan, distance: number, inherit: Inherit): Step[] =>
  inherit(child, parent).flatMap(({ target, binding, heirs }) => heirs.map((heir): Step => ({
    distance,
    child,
    heir: heir.target,
    parent,
    target,
    binding,
    ...(heir.inherits !== undefined && { inherits: heir.inherits }),
    verdict: heir.verdict
  })))
