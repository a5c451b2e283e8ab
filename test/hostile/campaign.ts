import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { LightMyRequestResponse } from 'fastify'
import { PROBLEM_TYPE } from '../../src/http/problem-reply.ts'
import { problemBody } from '../../src/http/problem-schema.ts'
import { decision, department, provincial, resolution } from '../helpers/bodies.ts'
import { amendment, inheritsPoverty, poverty } from '../helpers/cascade.ts'
import type { TestService } from '../helpers/service.ts'
import { Chance } from './random.ts'
import { type Draft, draftOf, operationsOf, spoil, written } from './requests.ts'
import type { Known, Schema } from './values.ts'

export interface Report {
  requests: number
  seconds: number
  /** Answers by status. */
  statuses: Record<string, number>
  /** Requests that may write and were accepted, by operation. */
  accepted: Record<string, number>
  slowestMs: number
  broken: string[]
}

/** So many plans of the beginning, a cascade with an amendment, are never forgotten. */
const FIRST = 10

const HANGS_AFTER_MS = 10_000

/** Operations that are asked with a body and answer without keeping anything. */
const KEEPS_NOTHING = new Set(['judgePlan', 'askWhatIf'])

/** What only the inside of the service says; the inputs of this campaign contain none of it. */
const INSIDE = /node_modules|\bat .{1,200}\.[jt]s:\d+|\bselect\b.{1,200}\bfrom\b|insert into|violates|duplicate key|relation "|syntax error|pg_catalog|postgres|drizzle|ZodError|TypeError|RangeError|Cannot read/i

/** Sends requests made from the service's own document, most of them spoiled, and says which promises an answer broke. */
export async function campaign (
  { app, db, key, keyWith, record }: TestService, { count, seed, progress = () => {} }: { count: number, seed: number, progress?: (done: number) => void }
): Promise<Report> {
  const chance = new Chance(seed)
  await app.ready()
  const document: any = app.swagger()
  const operations = operationsOf(document)
  const writing = operations.filter(({ operationId }) => ['recordPlan', 'correctRecord', 'askWhatIf', 'reviewPlan', 'reviewPlans'].includes(operationId))
  const known: Known = { schemas: document.components.schemas as Record<string, Schema>, planIds: [], keyIds: [] }
  for (const body of [resolution(), decision({ targets: [poverty('1', '1.5')] }), provincial({ targets: [poverty('1', '1.5', inheritsPoverty)] }), department(), amendment()]) {
    learn(known, 'recordPlan', await record(body, { asIssued: true }))
  }
  const mayNot = await keyWith(['plans:read'])
  const report: Report = { requests: 0, seconds: 0, statuses: {}, accepted: {}, slowestMs: 0, broken: [] }
  const began = performance.now()
  let before = await digest(db)
  while (report.requests < count) {
    const operation = chance.of(chance.once(3) ? writing : operations)
    const draft = draftOf(operation, known, chance.once(15) ? mayNot : key, chance)
    const spoiled = Array.from({ length: chance.below(4) }, () => spoil(draft, chance))
    const sent = performance.now()
    const reply = await Promise.race([app.inject(written(draft)), sleep(HANGS_AFTER_MS, undefined, { ref: false })])
    report.slowestMs = Math.max(report.slowestMs, performance.now() - sent)
    report.requests++
    const faults = reply === undefined ? ['no answer within 10 s'] : faultsOf(draft, reply)
    if (reply !== undefined) report.statuses[reply.statusCode] = (report.statuses[reply.statusCode] ?? 0) + 1
    if (draft.method !== 'GET' && draft.method !== 'HEAD') {
      const after = await digest(db)
      const accepted = reply !== undefined && reply.statusCode < 300
      if (!accepted && after.rows !== before.rows) faults.push('a refused request changed the register')
      if (accepted && !draft.strayed && KEEPS_NOTHING.has(operation.operationId) && after.rows !== before.rows) faults.push('a question changed the register')
      if (accepted) faults.push(...faultsOfWrite(draft, reply, Number(after.asked) - Number(before.asked)))
      if (accepted) report.accepted[operation.operationId] = (report.accepted[operation.operationId] ?? 0) + 1
      before = after
    }
    if (faults.length > 0) report.broken.push(`#${report.requests} ${spoiled.join(' + ') || 'as is'}: ${faults.join('; ')}\n${said(draft, reply)}`)
    else if (reply?.statusCode === 201) learn(known, operation.operationId, reply.json())
    if (report.requests % 1000 === 0) progress(report.requests)
  }
  report.seconds = Math.round((performance.now() - began) / 100) / 10
  return report
}

function learn (known: Known, operationId: string, answer: any): void {
  if (operationId === 'createKey') known.keyIds.push(answer.id)
  if (operationId !== 'recordPlan') return
  known.planIds.push(answer.plan.id, ...answer.plan.citations.flatMap(({ plan }: any) => plan?.id ?? []))
  // Older ones make room, so that what is cited and changed is often the same.
  known.planIds.splice(FIRST, known.planIds.length - 40)
}

function faultsOf ({ operation, method, strayed }: Draft, { statusCode, headers, body }: LightMyRequestResponse): string[] {
  const faults: string[] = []
  if (statusCode >= 500) faults.push(`answered ${statusCode}`)
  if (!strayed && !operation.statuses.includes(statusCode)) faults.push(`${operation.operationId} does not document ${statusCode}`)
  if (INSIDE.test(body)) faults.push(`the answer tells ${INSIDE.exec(body)?.[0]}`)
  if (statusCode >= 400 && method !== 'HEAD') {
    if (!String(headers['content-type']).startsWith(PROBLEM_TYPE)) faults.push(`an error of type ${headers['content-type']}`)
    const read = problemBody.safeParse(parsed(body))
    if (!read.success) faults.push(`an error that is no Problem: ${read.error.issues[0]?.message}`)
    else if (read.data.status !== statusCode) faults.push('status in the body and of the answer differ')
  }
  if (statusCode < 300 && method !== 'HEAD' && String(headers['content-type']).startsWith('application/json') && parsed(body) === undefined) faults.push('a success that is no JSON')
  return faults
}

function parsed (body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** How many events must tell of what the caller did; undefined where it depends on what was there. */
function faultsOfWrite ({ operation, method, strayed }: Draft, reply: LightMyRequestResponse, asked: number): string[] {
  if (strayed || method !== operation.method) return []
  const wanted: Record<string, number> = { recordPlan: 1, correctRecord: 1, judgePlan: 0, askWhatIf: 0, createKey: 1 }
  const expected = ['reviewPlan', 'reviewPlans'].includes(operation.operationId) ? reply.json().reviews.length : wanted[operation.operationId]
  return expected === undefined || asked === expected ? [] : [`${asked} events of an accepted ${operation.operationId}, answer ${reply.statusCode}`]
}

/** Cheap, and different after any insert, update or delete of a row: a new row version has a younger xmin. */
async function digest (db: TestService['db']): Promise<{ rows: string, asked: string }> {
  const { rows: [row] } = await db.execute<{ rows: string, asked: string }>(sql`
    select concat_ws(' ',
      (select count(*) || ':' || max(xmin::text::bigint) from plans), (select count(*) || ':' || max(xmin::text::bigint) from citations),
      (select count(*) || ':' || max(xmin::text::bigint) from targets), (select count(*) || ':' || max(xmin::text::bigint) from findings),
      (select count(*) || ':' || max(xmin::text::bigint) from waivers), (select count(*) || ':' || max(xmin::text::bigint) from api_keys),
      (select count(*) || ':' || max(xmin::text::bigint) from reviews), (select count(*) || ':' || max(xmin::text::bigint) from substances),
      (select count(*) from past.plans), (select count(*) from past.citations), (select count(*) from past.targets), (select count(*) from past.findings), (select count(*) from past.waivers),
      (select count(*) || ':' || max(xmin::text::bigint) from organizations), (select count(*) from organization_names),
      (select count(*) || ':' || max(xmin::text::bigint) from organization_successions), (select max(seq) from events)) as rows,
      (select count(*) from events where by <> 'system') as asked`)
  return row!
}

function said (draft: Draft, reply: LightMyRequestResponse | undefined): string {
  const { method, url, headers, payload } = written(draft)
  const { authorization, ...shown } = headers as Record<string, string>
  return `  ${method} ${String(url).slice(0, 500)} ${JSON.stringify(shown).slice(0, 300)}\n  ${String(payload ?? '').slice(0, 1500)}\n  → ${reply?.statusCode} ${reply?.body.slice(0, 500)}`
}
