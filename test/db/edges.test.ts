import { eq, sql } from 'drizzle-orm'
import t from 'tap'
import { uuidv7 } from 'uuidv7'
import type { Tx } from '../../src/db/connect.ts'
import { citations, findings, plans, targets, waivers } from '../../src/db/schema.ts'
import { testDatabase } from '../helpers/database.ts'
import { addCitation, addFinding, addPlan, addTarget, addWaiver } from './known-register.ts'

const { db } = await testDatabase(t)

/** The constraint that refuses the change, whoever makes it. */
async function refusal (change: (tx: Tx) => Promise<unknown>): Promise<string | undefined> {
  try {
    await db.transaction(change)
    return undefined
  } catch (error) {
    const { code, constraint } = (error as { cause: { code: string, constraint?: string } }).cause
    return constraint ?? code
  }
}

const nobody = uuidv7()

t.test('no row of a plan that is not there, whoever writes it', async t => {
  t.equal(await refusal(tx => addCitation(tx, nobody, 0)), 'citations_plan_id_plans_id_fk')
  t.equal(await refusal(tx => addTarget(tx, nobody, 0)), 'targets_plan_id_plans_id_fk')
  t.equal(await refusal(tx => addFinding(tx, nobody, 0)), 'findings_plan_id_plans_id_fk')
  t.equal(await refusal(tx => addWaiver(tx, nobody, 0)), 'waivers_plan_id_plans_id_fk')
})

t.test('no citation names a plan that is not there, inserted so or changed to it', async t => {
  const plan = await db.transaction(async tx => {
    const id = await addPlan(tx)
    await addCitation(tx, id, 0, await addPlan(tx))
    return id
  })
  t.equal(await refusal(tx => addCitation(tx, plan, 1, nobody)), 'citations_cited_id_plans_id_fk')
  t.equal(await refusal(tx => tx.update(citations).set({ citedId: nobody }).where(eq(citations.planId, plan))), 'citations_cited_id_plans_id_fk')
  t.equal(await refusal(tx => tx.update(targets).set({ planId: nobody })), undefined, 'no rows, nothing to refuse')
})

t.test('a plan that is cited is not deleted, nor its id changed', async t => {
  const [citing, cited] = await db.transaction(async tx => {
    const ids = [await addPlan(tx), await addPlan(tx)] as const
    await addCitation(tx, ids[0], 0, ids[1])
    return ids
  })
  t.equal(await refusal(tx => tx.delete(plans).where(eq(plans.id, cited))), 'citations_cited_id_plans_id_fk')
  t.equal(await refusal(tx => tx.update(plans).set({ id: nobody }).where(eq(plans.id, cited))), 'citations_cited_id_plans_id_fk')
  t.equal(await refusal(tx => tx.delete(plans).where(eq(plans.id, citing))), undefined)
  t.equal(await refusal(tx => tx.delete(plans).where(eq(plans.id, cited))), undefined)
})

t.test('with a plan goes all that belongs to it', async t => {
  const id = await db.transaction(async tx => {
    const [plan, cited] = [await addPlan(tx), await addPlan(tx)]
    await addCitation(tx, plan, 0, cited)
    for (const add of [addTarget, addFinding, addWaiver]) await add(tx, plan, 0)
    return plan
  })
  t.equal(await refusal(tx => tx.delete(plans).where(eq(plans.id, id))), undefined)
  for (const table of [citations, targets, findings, waivers]) t.equal(await db.$count(table, eq(table.planId, id)), 0)
})

t.test('whoever deletes a plan while another one comes to cite it: one of the two is refused', async t => {
  for (const first of ['cites', 'deletes'] as const) {
    const [citing, cited] = await db.transaction(async tx => [await addPlan(tx), await addPlan(tx)] as const)
    const cites = (tx: Tx) => addCitation(tx, citing, 0, cited)
    const deletes = (tx: Tx) => tx.delete(plans).where(eq(plans.id, cited))
    const [begins, follows] = first === 'cites' ? [cites, deletes] : [deletes, cites]
    let second: Promise<string | undefined> | undefined
    await db.transaction(async tx => {
      await begins(tx)
      second = refusal(follows)
      await tx.execute(sql`select pg_sleep(0.1)`)
    })
    t.equal(await second, 'citations_cited_id_plans_id_fk', first)
  }
})
