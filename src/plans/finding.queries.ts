import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { isAmongIds } from '../db/among.ts'
import type { Db, Tx } from '../db/connect.ts'
import { findings } from '../db/schema.ts'
import type { JudgedFinding } from '../domain/enforcement.ts'
import type { Severity } from '../domain/rules/rule.ts'

export type FindingCounts = Record<Severity | 'waived', number>

export async function findFindings (db: Db | Tx, planIds: readonly string[]): Promise<Map<string, JudgedFinding[]>> {
  const found = new Map<string, JudgedFinding[]>(planIds.map(id => [id, []]))
  if (planIds.length === 0) return found
  const rows = await db.select().from(findings).where(isAmongIds(findings.planId, planIds))
    .orderBy(asc(findings.planId), asc(findings.position))
  for (const row of rows) found.get(row.planId)?.push(toFinding(row))
  return found
}

/** A page of one plan's findings in the order of the rules, beginning after `position`. */
export async function listFindings (
  db: Db | Tx, planId: string, { severity, rule, after, limit }: { severity?: Severity, rule?: string, after: number, limit: number }
): Promise<{ position: number, finding: JudgedFinding }[]> {
  const rows = await db.select().from(findings)
    .where(and(
      eq(findings.planId, planId), gt(findings.position, after),
      severity === undefined ? undefined : eq(findings.severity, severity),
      rule === undefined ? undefined : eq(findings.rule, rule)
    ))
    .orderBy(asc(findings.position)).limit(limit)
  return rows.map(row => ({ position: row.position, finding: toFinding(row) }))
}

const toFinding = (row: typeof findings.$inferSelect): JudgedFinding => ({
  rule: row.rule,
  severity: row.severity,
  at: row.at,
  message: { vi: row.messageVi, en: row.messageEn },
  facts: row.facts,
  waived: row.waived
})

/** How many findings stand against each plan; a waived one counts as waived only. */
export async function countFindings (db: Db | Tx, planIds: string[]): Promise<Map<string, FindingCounts>> {
  const counts = new Map<string, FindingCounts>(planIds.map(id => [id, { error: 0, warning: 0, info: 0, waived: 0 }]))
  if (planIds.length === 0) return counts
  const rows = await db.select({ planId: findings.planId, severity: findings.severity, waived: findings.waived, count: sql<number>`count(*)::integer` })
    .from(findings).where(isAmongIds(findings.planId, planIds)).groupBy(findings.planId, findings.severity, findings.waived)
  for (const { planId, severity, waived, count } of rows) {
    const plan = counts.get(planId)
    if (plan !== undefined) plan[waived ? 'waived' : severity] += count
  }
  return counts
}
