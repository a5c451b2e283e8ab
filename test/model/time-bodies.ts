import { agree } from './time-answers.ts'
import type { Chronicle } from './time-chronicle.ts'
import type { Told } from './time-told.ts'
import { bodyName } from './time-words.ts'

/** The body is recorded, or it is merged into the third one; plans keep their issuer, and another one answers for them. */
export async function mergeBodies ({ bodies, mergedOn }: Chronicle, { service, series }: Told, body: number, date: string): Promise<void> {
  if (mergedOn.has(body)) return
  const merges = bodies.has(body)
  const dayBefore = new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10)
  const one = (which: number, life: object) => ({
    id: `ttyt-${series}-${which}`, name: bodyName(series, which), kind: 'department', level: 'agency', source: 'written for a test', ...life
  })
  const reply = await service.post('/v1/organizations', merges
    ? {
        organizations: [one(body, { validTo: dayBefore }), one(2, {})],
        successions: [{ predecessorId: one(body, {}).id, successorId: one(2, {}).id, on: date, kind: 'merged', source: 'written for a test' }]
      }
    : { organizations: [one(body, {})] })
  agree('the answer to recording organizations', reply.statusCode, 200, reply.body)
  if (merges) mergedOn.set(body, date)
  else bodies.add(body)
}
