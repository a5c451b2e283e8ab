import t from 'tap'
import { uuidv7 } from 'uuidv7'
import { findDatedPlans, findEffects } from '../../src/plans/effect.queries.ts'
import { countFindings } from '../../src/plans/finding.queries.ts'
import { listPlans } from '../../src/plans/plan-list.queries.ts'
import { findSubstances } from '../../src/plans/substance.queries.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase(t)

// One parameter for each would end at 65,535.
const ids = Array.from({ length: 66_000 }, () => uuidv7())

/** A query that fails prints all its parameters, which nobody can read; the reason is enough. */
const short = async <T>(asked: Promise<T>): Promise<T> => await asked.catch(({ cause }) => { throw new Error(String(cause)) })

t.test('a question about more plans than a statement takes parameters is answered', async t => {
  t.equal((await short(findEffects(db, ids))).size, 0)
  t.equal((await short(findDatedPlans(db, ids))).size, 0)
  t.equal((await short(countFindings(db, ids))).size, ids.length)
  t.equal((await short(findSubstances(db, ids))).size, 0)
  t.strictSame(await short(listPlans(db, { issuerIds: ids }, { limit: 1 })), [])
})
