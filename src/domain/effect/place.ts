import type { Waiver } from '../enforcement.ts'
import type { Plan } from '../plan.ts'

/** `/targets/3/inherits/0` is in the target at 3, at `/inherits/0` of it; undefined for a place outside the targets. */
function placeInTarget (at: string | undefined): { index: number, rest: string } | undefined {
  const [, list, index = '', ...steps] = (at ?? '').split('/')
  return list !== 'targets' || !/^\d+$/.test(index) ? undefined : { index: Number(index), rest: steps.map(step => `/${step}`).join('') }
}

/** A place in a plan with its target by key, `/targets/poverty/inherits/0`: where other targets come and go, it stays the same. */
export function placeByKey (at: string, { targets }: Pick<Plan, 'targets'>): string {
  const place = placeInTarget(at)
  const target = place && targets[place.index]
  return target === undefined ? at : `/targets/${target.key}${place!.rest}`
}

/**
 * The waivers of a plan as recorded, for its text in force: a waiver of a place is one of the target that stood there, wherever
 * that target stands by then, and of none when it has ended.
 */
export function waiversInForce<Given extends Waiver> (waivers: readonly Given[], recorded: Plan, inForce: Plan): Given[] {
  return waivers.flatMap(waiver => {
    const place = placeInTarget(waiver.at)
    if (place === undefined) return [waiver]
    const key = recorded.targets[place.index]?.key
    const index = inForce.targets.findIndex(target => target.key === key)
    return index === -1 ? [] : [{ ...waiver, at: `/targets/${index}${place.rest}` }]
  })
}
