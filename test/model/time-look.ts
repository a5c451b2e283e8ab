import { RELATIONS } from '../../src/domain/citation.ts'
import { Answers } from './time-answers.ts'
import type { Chronicle } from './time-chronicle.ts'
import { below } from './time-links.ts'
import type { Look } from './time-steps.ts'
import type { Told } from './time-told.ts'

/** Compares what the service says for one day and one moment: of every plan what it is, and the rest of some of them. */
export async function compareAll ({ entries, ids, mergedOn }: Chronicle, { service, fingerprints, tally }: Told, { asOf, knownAt, on }: Look): Promise<void> {
  const last = knownAt === undefined ? entries.length - 1 : entries.length - 1 - knownAt % entries.length
  const entry = entries[last]!
  const answers = new Answers(service, fingerprints, {
    past: entries.slice(0, last + 1).map(({ state }) => state),
    ids: entry.ids,
    bodies: entry.bodies,
    mergedOn,
    ...(asOf !== undefined && { asOf }),
    ...(knownAt !== undefined && { knownAt: entry.moment })
  })
  for (const place of entry.ids.keys()) await Promise.all([answers.plan(place), answers.findings(place)])
  for (const [place, id] of ids) if (!entry.ids.has(place)) await answers.unknown(id)
  const places = [...entry.state.plans.keys()]
  if (places.length > 0) {
    const heads = places.filter(one => !places.some(other => other !== one && below(entry.state, other).has(one)))
    const [place, head] = [places[on % places.length]!, heads[on % heads.length]!]
    for (const one of new Set([place, ...heads])) await answers.suspects(one)
    await answers.findings(place, { onDay: true })
    await answers.explanations(place)
    await answers.targets(place)
    await answers.reviews(place)
    await answers.history(place)
    await answers.impact(head)
    await answers.lineage(place, 'ancestors')
    await answers.lineage(head, 'descendants', on % 2 === 0 ? RELATIONS : ['implements'])
  }
  tally.compared += answers.compared
  tally.suspects += answers.suspectsSeen
}
