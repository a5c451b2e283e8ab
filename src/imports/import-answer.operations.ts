import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { pageOf } from '../http/paging.ts'
import { PROBLEMS, Problem, type ProblemCode } from '../problem.ts'
import { listEntries } from './entry.queries.ts'
import { describeImport, hasEnded } from './import.operations.ts'
import { type Import, findImport } from './import.queries.ts'
import { toEntryReply } from './import-reply.ts'
import type { importWithEntries } from './import.schemas.ts'

/** An import of some hundred rows is done within this; whoever does not want to wait says respond-async. */
const WAIT_MS = 2_000

/** Of Prefer: wait. */
const LONGEST_WAIT_S = 30

const LOOK_MS = 25

/** The first page of a report comes with it. */
const ENTRIES_AT_ONCE = 1_000

/** The import once it has ended, or as it stands when the caller has waited as long as `Prefer` says (RFC 7240). */
export async function settled (db: Db, job: Import, prefer = ''): Promise<Import> {
  const seconds = /(?:^|[,;\s])wait=(\d{1,4})/i.exec(prefer)?.[1]
  const asynchronous = /(?:^|[,;\s])respond-async(?:$|[,;\s])/i.test(prefer)
  const waitMs = seconds === undefined ? (asynchronous ? 0 : WAIT_MS) : Math.min(Number(seconds), LONGEST_WAIT_S) * 1000
  let latest = job
  for (const until = Date.now() + waitMs; !hasEnded(latest) && Date.now() < until;) {
    await sleep(LOOK_MS)
    latest = await findImport(db, job.id) ?? latest
  }
  return latest
}

export interface Answer {
  status: 200 | 202
  headers: Record<string, string>
  body: z.infer<typeof importWithEntries>
}

/** 200 with the report of an import that has ended, 202 of one that has not; throws the problem of one that failed. */
export async function answerOf (db: Db, job: Import): Promise<Answer> {
  const described = await describeImport(db, job)
  const { self } = described.links
  if (!hasEnded(job)) return { status: 202, headers: { location: self, 'retry-after': '1' }, body: described }
  if (job.state === 'failed' && job.problem !== null) {
    const { code, faults } = job.problem
    throw new Problem(isProblemCode(code) ? code : 'internal', described.message, {
      links: { import: self }, ...(faults !== undefined && { faults: faults as NonNullable<Problem['faults']> })
    })
  }
  const rows = await listEntries(db, job.id, {}, { after: 0, limit: ENTRIES_AT_ONCE + 1 })
  const page = pageOf(rows, ENTRIES_AT_ONCE, { id: job.id }, ({ row }) => [row])
  return {
    status: 200,
    headers: { location: self },
    body: {
      ...described,
      entries: page.rows.map(entry => toEntryReply(job.id, entry)),
      ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor })
    }
  }
}

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code)
