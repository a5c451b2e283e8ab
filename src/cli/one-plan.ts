import type { Db } from '../db/connect.ts'
import type { Message } from '../domain/message.ts'
import type { PlanSummary } from '../plans/summary.schemas.ts'
import { nothingResolved, type Resolution, resolveQuestion } from '../resolver/resolver.operations.ts'
import type { CandidateReply } from '../resolver/resolver.schemas.ts'
import { type Remote, ask } from './remote.ts'

/** A text that names several plans, where one was meant. */
export class SeveralPlans extends Error {
  readonly detail: Message
  /** Best first. */
  readonly candidates: CandidateReply[]

  constructor (text: string, { candidates, truncated }: Resolution) {
    const count = truncated ? `${candidates.length}+` : String(candidates.length)
    const detail = {
      vi: `“${text}” có thể là ${count} văn bản. Hãy thêm cơ quan ban hành, năm, hoặc dùng id:`,
      en: `“${text}” may be any of ${count} plans. Add the issuer or the year, or use the id:`
    }
    super(detail.en)
    this.name = 'SeveralPlans'
    this.detail = detail
    this.candidates = candidates
  }
}

/** The one plan that is meant. Throws SeveralPlans, or a Problem that says what comes nearest when there is none. */
export async function onePlan (db: Db, text: string): Promise<PlanSummary> {
  const found = await resolveQuestion(db, { q: text })
  const [only] = found.candidates
  if (only === undefined) throw await nothingResolved(db, { q: text })
  if (found.candidates.length > 1) throw new SeveralPlans(text, found)
  return only.plan
}

/** As `onePlan`, of a service somewhere else. */
export async function onePlanAt (remote: Remote, text: string): Promise<PlanSummary> {
  const response = await ask(remote, `/v1/resolve?${new URLSearchParams({ q: text })}`)
  if (response.status === 300) throw new SeveralPlans(text, await response.json() as Resolution)
  return (await response.json() as CandidateReply).plan
}
