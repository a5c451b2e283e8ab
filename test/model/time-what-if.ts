import { sql } from 'drizzle-orm'
import type { Db } from '../../src/db/connect.ts'
import type { PartialDate } from '../../src/domain/partial-date.ts'
import type { TestService } from '../helpers/service.ts'

/** Every row of every table, the past ones included, as one line for each table. Sequences may move: nothing is numbered without gaps. */
export async function dumpOf (db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ schema: string, name: string }>(sql`
    select table_schema as schema, table_name as name from information_schema.tables
     where table_schema in ('public', 'past') and table_type = 'BASE TABLE' order by 1, 2`)
  return await Promise.all(rows.map(async ({ schema, name }) => {
    const { rows } = await db.execute<{ line: string }>(sql`
      select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as line from ${sql.identifier(schema)}.${sql.identifier(name)} t`)
    return `${schema}.${name} ${rows[0]!.line}`
  }))
}

/** How a cascade stands on a day, asked of the service question by question. */
interface Consequences {
  /** By plan: suspect itself, through others, or both. */
  suspects: Map<string, string>
  /** By plan and rule, errors and warnings. */
  findings: Map<string, Set<string>>
  orphans: Set<string>
}

/** What there is that was not there before; the draft itself is what was asked about. */
export function appeared (before: Consequences, after: Consequences, draft: string | undefined): ReturnType<typeof whatIfSaid> {
  const others = (ids: Iterable<string>) => [...new Set(ids)].filter(id => id !== draft).sort()
  const found = (rule: string) => others([...after.findings].flatMap(([key, sentences]) => {
    const [id, of] = key.split(' ') as [string, string]
    return of === rule && [...sentences].some(sentence => before.findings.get(key)?.has(sentence) !== true) ? [id] : []
  }))
  return {
    stale: others([...after.suspects].filter(([id, word]) => before.suspects.get(id) !== word).map(([id]) => id)).map(id => `${id} ${after.suspects.get(id)}`),
    weaker: found('target-ambition'),
    missing: found('targets-inherited'),
    outOfPeriod: found('period-within'),
    orphaned: others([...after.orphans].filter(id => !before.orphans.has(id)))
  }
}

export async function consequencesOf ({ get }: TestService, id: string, asOf: PartialDate): Promise<Consequences> {
  const ask = async (path: string): Promise<any> => (await get(`/v1/plans/${path}`)).json()
  const { suspects } = await ask(`${id}/suspects?asOf=${asOf}&limit=1000`)
  const { nodes } = await ask(`${id}/lineage?direction=descendants&depth=50`)
  const findings = new Map<string, Set<string>>()
  const orphans = new Set<string>()
  for (const node of nodes) {
    const { findings: found } = await ask(`${node.id}/findings?asOf=${asOf}&limit=1000`)
    for (const { rule, severity, at, message } of found) {
      if (severity === 'info') continue
      const key = `${node.id} ${rule}`
      findings.set(key, (findings.get(key) ?? new Set()).add(`${severity} ${at} ${message.en}`))
    }
    const { effect, citations } = await ask(`${node.id}?asOf=${asOf}`)
    const parents = citations.filter(({ relation, resolution }: any) => relation === 'implements' && resolution === 'resolved')
    const standing = await Promise.all(parents.map(async ({ plan }: any) => (await ask(`${plan.id}?asOf=${asOf}`)).effect.status))
    const ended = (status: string) => status === 'replaced' || status === 'repealed'
    if (standing.length > 0 && standing.every(ended) && !ended(effect.status) && effect.status !== 'draft') orphans.add(node.id)
  }
  return { suspects: new Map(suspects.map(({ plan, suspect }: any) => [plan.id, suspect])), findings, orphans }
}

/** The answer to the question, in the same words. */
export const whatIfSaid = ({ stale, weaker, missing, outOfPeriod, orphaned }: any): Record<'stale' | 'weaker' | 'missing' | 'outOfPeriod' | 'orphaned', string[]> => ({
  stale: stale.map(({ plan, suspect }: any) => `${plan.id} ${suspect}`).sort(),
  weaker: weaker.map(({ plan }: any) => plan.id).sort(),
  missing: missing.map(({ plan }: any) => plan.id).sort(),
  outOfPeriod: outOfPeriod.map(({ plan }: any) => plan.id).sort(),
  orphaned: orphaned.map(({ plan }: any) => plan.id).sort()
})
