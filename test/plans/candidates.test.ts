import { sql } from 'drizzle-orm'
import t from 'tap'
import { uuidv7 } from 'uuidv7'
import type { Tx } from '../../src/db/connect.ts'
import { findAlike } from '../../src/plans/candidate.queries.ts'
import { codeKeysSought } from '../../src/plans/code-key.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase(t)

const PLANS = 5_000
const ids = Array.from({ length: PLANS }, () => uuidv7())

await db.execute(sql`
  insert into plans (id, identity, version, status, code, canonical_code, issuer_key, search_text)
  select id, 'identity ' || number, 1, 'conforming', number % 50 || '/KH-UBND', number % 50 || '/KH-UBND', 'issuer ' || number, ''
    from unnest(${sql.param(ids)}::uuid[]) with ordinality as given (id, number)`)

/** How often the table was read as a whole, and by an index, in this transaction. */
const scansOf = async (tx: Tx): Promise<{ whole: number, index: number }> => (await tx.execute<{ whole: number, index: number }>(sql`
  select seq_scan::integer as whole, idx_scan::integer as index from pg_stat_xact_user_tables where relid = 'plans'::regclass`)).rows[0]!

t.test('what many names may mean is looked up in an index, whatever the planner knows of the size of the register', async t => {
  const names = Array.from({ length: 1_000 }, (_, index) => ({ canonicalCode: `${(index + 1) % 50}/KH-UBND`, issuerKey: `issuer ${index + 1}`, issuerId: 'nobody' }))
  for (const analyzed of [false, true]) {
    if (analyzed) await db.execute(sql`analyze plans`)
    await db.transaction(async tx => {
      const before = await scansOf(tx as unknown as Tx)
      const found = await findAlike(tx as unknown as Tx, names.flatMap(codeKeysSought), ['identity 4000', 'identity 4001', 'nobody'])
      const after = await scansOf(tx as unknown as Tx)
      t.strictSame(found.map(({ id }) => id), [...ids.slice(0, 1_000), ids[3_999], ids[4_000]])
      t.equal(after.whole, before.whole)
      t.ok(after.index > before.index)
    })
  }
})
