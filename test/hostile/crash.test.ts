import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { SCOPES } from '../../src/http/scopes.ts'
import { createKey } from '../../src/keys/key.operations.ts'
import { testDatabase } from '../helpers/database.ts'
import { bearer } from '../helpers/service.ts'
import { brokenInvariants } from '../model/invariants.ts'
import { serving } from './serving.ts'

// THAC_CRASH_KILLS makes a long campaign of it.
const KILLS = Number(process.env['THAC_CRASH_KILLS'] ?? 3)
const WRITERS = 4

// A long campaign outlasts the half minute that a file has by itself.
t.setTimeout(600_000)

const { db, url } = await testDatabase(t)
const { key } = await createKey(db, { name: 'test', scopes: SCOPES }, 'test')

interface Ledger {
  /** Acknowledged: the code, and the id that the answer gave. */
  recorded: Map<string, string>
  /** Sent, and never answered: it may be there or not. */
  unanswered: Set<string>
  faults: string[]
}

/** Records one plan after the other until the service is gone; each cites the one before, most of them a stub as well. */
async function write (base: string, ledger: Ledger, numbers: () => number): Promise<void> {
  for (let before: string | undefined; ;) {
    const number = numbers()
    const code = `${number}/QĐ-TTg`
    const cites = [before, number % 2 === 0 ? `${number + 500_000}/QĐ-TTg` : undefined].flatMap(cited => cited === undefined
      ? []
      : [{ relation: 'implements', code: cited, issuer: 'Thủ tướng Chính phủ', issuedOn: '2022' }])
    ledger.unanswered.add(code)
    try {
      const reply = await fetch(`${base}/v1/plans?asIssued=true`, {
        method: 'POST',
        headers: { ...bearer(key), 'content-type': 'application/json' },
        body: JSON.stringify({ code, issuer: 'Thủ tướng Chính phủ', issuedOn: '2022-06-02', citations: cites })
      })
      const body: any = await reply.json()
      if (reply.status === 201) ledger.recorded.set(code, body.plan.id)
      else ledger.faults.push(`${code}: ${reply.status} ${body.code}`)
      ledger.unanswered.delete(code)
      before = code
    } catch {
      return
    }
  }
}

t.test(`a service that is killed ${KILLS} times while four write loses nothing that it acknowledged and leaves nothing half-written`, { timeout: 60_000 + KILLS * 10_000 }, async t => {
  const ledger: Ledger = { recorded: new Map(), unanswered: new Set(), faults: [] }
  let last = 1
  for (let kill = 0; kill < KILLS; kill++) {
    const { child, base } = await serving(url)
    t.teardown(() => child.kill('SIGKILL'))
    const writing = Array.from({ length: WRITERS }, () => write(base, ledger, () => last++))
    await sleep(600 + (kill * 137) % 900)
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    await Promise.all(writing)
  }
  // What the dead service had under way, the database ends by itself as soon as it notices.
  for (let open = 1; open > 0; await sleep(20)) {
    const { rows } = await db.execute<{ open: number }>(sql`
      select count(*)::integer as open from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`)
    open = rows[0]!.open
  }

  const { rows } = await db.execute<{ code: string, id: string }>(sql`select code, id from plans where status <> 'stub'`)
  const held = new Map(rows.map(({ code, id }) => [code, id]))
  t.strictSame(ledger.faults, [])
  t.strictSame([...ledger.recorded].filter(([code, id]) => held.get(code) !== id), [], 'every acknowledged plan is there under its id')
  t.strictSame([...held.keys()].filter(code => !ledger.recorded.has(code) && !ledger.unanswered.has(code)), [], 'nothing is there that nobody sent')
  t.strictSame(await brokenInvariants(db), [])
  t.comment(`${KILLS} kills, ${ledger.recorded.size} acknowledged, ${ledger.unanswered.size} unanswered, of which ${[...ledger.unanswered].filter(code => held.has(code)).length} were stored`)

  const { child, base } = await serving(url)
  t.teardown(() => child.kill('SIGKILL'))
  const [[code, id] = []] = ledger.recorded
  const reply = await fetch(`${base}/v1/plans/${id}`)
  t.match(await reply.json(), { code }, 'and the next start serves it')
  child.kill('SIGTERM')
  await once(child, 'exit')
})
