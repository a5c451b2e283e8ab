import fc from 'fast-check'
import { eq } from 'drizzle-orm'
import t from 'tap'
import type { Tx } from '../../src/db/connect.ts'
import { citations, findings, plans, targets, waivers } from '../../src/db/schema.ts'
import { testDatabase } from '../helpers/database.ts'
import { addCitation, addFinding, addPlan, addTarget, addWaiver, beginMoment, mergePlans, type Photograph, pictureOf, setClockBack } from './known-register.ts'

const { db } = await testDatabase(t)

const RUNS = 30

/** One change of one kind to the plan with that place in the list, with another one and a number to choose from. */
const step = fc.record({
  kind: fc.constantFrom('add', 'correct', 'touch', 'delete', 'cite', 'cite-other', 'merge', 'targets', 'findings', 'waive'),
  plan: fc.nat(9),
  other: fc.nat(9),
  number: fc.nat(3)
})

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

const transaction = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  /** `half`: the second half of the steps is rolled back alone. */
  end: fc.constantFrom('commit', 'commit', 'commit', 'half', 'rollback'),
  clock: fc.constantFrom('goes-on', 'goes-on', 'set-back')
})

class Undone extends Error {}

/** Rolls back, with everything that was done in it. */
async function undone (within: Pick<Tx, 'transaction'>, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  await within.transaction(async tx => {
    await work(tx)
    throw new Undone()
  }).catch(error => { if (!(error instanceof Undone)) throw error })
}

async function take (tx: Tx, { kind, plan, other, number }: Step): Promise<void> {
  const held = (await tx.select({ id: plans.id }).from(plans).orderBy(plans.id)).map(({ id }) => id)
  const [id, otherId] = [held[plan % held.length], held[other % held.length]]
  if (kind === 'add' || id === undefined || otherId === undefined) {
    await addPlan(tx, { title: `Kế hoạch ${number}`, ...(number === 0 && { status: 'stub' }) })
    return
  }
  switch (kind) {
    case 'correct': await tx.update(plans).set({ title: `Sửa ${number}`, periodFrom: `202${number}` }).where(eq(plans.id, id)); break
    case 'touch': await tx.update(plans).set({ version: 1 }); break
    case 'delete':
      await tx.delete(citations).where(eq(citations.citedId, id))
      await tx.delete(plans).where(eq(plans.id, id))
      break
    case 'cite':
      await tx.delete(citations).where(eq(citations.planId, id))
      for (let position = 0; position < number; position++) await addCitation(tx, id, position, otherId === id ? undefined : otherId)
      break
    case 'cite-other':
      if (otherId !== id) await tx.update(citations).set({ citedId: otherId, resolution: 'resolved' }).where(eq(citations.planId, id))
      break
    case 'merge':
      if (otherId !== id) await mergePlans(tx, id, otherId)
      break
    case 'targets':
      await tx.delete(targets).where(eq(targets.planId, id))
      for (let position = 0; position < number; position++) await addTarget(tx, id, position, String(other))
      break
    case 'findings':
      await tx.delete(findings).where(eq(findings.planId, id))
      for (let position = 0; position < number; position++) await addFinding(tx, id, position)
      break
    case 'waive':
      await tx.delete(waivers).where(eq(waivers.planId, id))
      await addWaiver(tx, id, 0)
  }
}

t.test(`whatever is done to a register, every moment shows what stood there (${RUNS} histories)`, async t => {
  await fc.assert(fc.asyncProperty(fc.array(transaction, { minLength: 2, maxLength: 12 }), async transactions => {
    await db.delete(citations)
    await db.delete(plans)
    const log: { since: Date, held: Photograph }[] = []
    for (const { steps, end, clock } of transactions) {
      if (clock === 'set-back') await setClockBack(db, 1)
      const middle = end === 'half' ? Math.ceil(steps.length / 2) : steps.length
      let since = new Date(0)
      const work = async (tx: Tx) => {
        since = await beginMoment(tx)
        for (const step of steps.slice(0, middle)) await take(tx, step)
        if (end === 'half') await undone(tx, async inner => { for (const step of steps.slice(middle)) await take(inner, step) })
      }
      if (end === 'rollback') await undone(db, work)
      else await db.transaction(work)
      log.push({ since, held: await pictureOf(db) })
    }
    for (const [index, { since, held }] of log.entries()) {
      const until = log[index + 1]?.since
      if (await pictureOf(db, since) !== held) return false
      if (until && (until <= since || await pictureOf(db, new Date(until.getTime() - 1)) !== held)) return false
    }
    return true
  }), { numRuns: RUNS })
  t.pass()
})
