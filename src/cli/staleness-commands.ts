import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { REVIEW_VERDICTS, type ReviewVerdict } from '../domain/effect/link.ts'
import { historyOf } from '../history/history.operations.ts'
import { check } from '../http/faults.ts'
import { invalidRequest } from '../http/validation.ts'
import { today } from '../organizations/today.ts'
import { type PlanBody, planBody } from '../plans/plan.schemas.ts'
import { findKnownPlans } from '../plans/plan.queries.ts'
import { Problem } from '../problem.ts'
import { reviewPlan, reviewUnder } from '../staleness/review.operations.ts'
import { toReviewReply } from '../staleness/review-reply.operations.ts'
import { impactOf, suspectsOf } from '../staleness/suspect.operations.ts'
import { whatIf } from '../staleness/what-if.operations.ts'
import { EXIT } from './exit-codes.ts'
import { onePlan } from './one-plan.ts'
import { withDatabase } from './open.ts'
import { AS_OF_TODAY, KNOWN_AT, type Moment, PLAN, examples, oneOfOption, wholeOption } from './options.ts'
import { historyLines, impactTable, reviewLines, suspectList, whatIfSummary } from './staleness-lines.ts'
import { hint, show, type Terminal } from './terminal.ts'

interface ReviewOptions {
  verdict: ReviewVerdict
  reason: string
  parent?: string
  amendedBy?: string
  under?: boolean
  asOf?: string
}

export function addStalenessCommands (program: Command, terminal: Terminal): void {
  program.command('stale').description('which plans, here and below, have to be looked at again; ends with 3 when there are some')
    .argument('<plan...>', PLAN)
    .option(...AS_OF_TODAY).option(...KNOWN_AT)
    .option('--limit <plans>', 'at most this many', wholeOption(1, 10_000), 1000)
    .addHelpText('after', examples('thac stale 666/QĐ-TTg', 'thac stale 119/KH-UBND Thái Bình --as-of 2023-06-30', 'thac stale 666/QĐ-TTg --json | jq .suspects[].plan.code'))
    .action(async (words: string[], { limit, ...moment }: Moment & { limit: number }) => await withDatabase(terminal, async ({ db }) => {
      const { id } = await onePlan(db, words.join(' '))
      const { reply: found, more } = await suspectsOf(db, id, { asOf: today(), ...moment }, { limit })
      show(terminal, found, () => suspectList(found, terminal))
      const count = found.suspects.length
      hint(terminal, {
        vi: count === 0 ? 'Không có văn bản nào cần rà soát.' : `${count} văn bản cần rà soát. Ghi kết luận bằng: thac review <văn bản> --verdict … --reason …`,
        en: count === 0 ? 'Nothing is suspect.' : `${count} ${count === 1 ? 'plan is' : 'plans are'} suspect. Settle one with: thac review <plan> --verdict … --reason …`
      })
      if (more) hint(terminal, { vi: 'Còn nữa, chưa hiện hết: tăng --limit.', en: 'There is more than is shown: raise --limit.' })
      if (count > 0) terminal.endWith(EXIT.findings)
    }))

  program.command('impact').description('who below is affected, how many plans, at which levels')
    .argument('<plan...>', PLAN)
    .option(...AS_OF_TODAY).option(...KNOWN_AT)
    .addHelpText('after', examples('thac impact 666/QĐ-TTg'))
    .action(async (words: string[], moment: Moment) => await withDatabase(terminal, async ({ db }) => {
      const { id } = await onePlan(db, words.join(' '))
      const impact = await impactOf(db, id, { asOf: today(), ...moment })
      show(terminal, impact, () => impactTable(impact, terminal))
    }))

  program.command('review').description('settle what is suspect: the plan holds, does not hold, or is about to be amended')
    .argument('<plan...>', PLAN)
    .requiredOption('--verdict <verdict>', REVIEW_VERDICTS.join(', '), oneOfOption(REVIEW_VERDICTS))
    .requiredOption('--reason <words>', 'why, for everybody who reads it later')
    .option('--parent <plan>', 'the parent whose change is meant (default: every one that is suspect)')
    .option('--amended-by <code>', 'with will-be-amended: the document that will do it')
    .option('--under', 'every suspect plan below as well')
    .option(...AS_OF_TODAY)
    .addHelpText('after', examples(
      'thac review 119/KH-UBND Thái Bình --verdict valid --reason "Đã đối chiếu, chỉ tiêu không đổi"',
      'thac review 666/QĐ-TTg --under --verdict invalid --reason "Chờ sửa theo 1705/QĐ-TTg"'))
    .action(async (words: string[], options: ReviewOptions) => await withDatabase(terminal, async ({ db }) => {
      const { verdict, reason, parent, amendedBy, under = false, asOf = today() } = options
      const { id } = await onePlan(db, words.join(' '))
      const parentId = parent === undefined ? undefined : (await onePlan(db, parent)).id
      const opinion = { verdict, reason, asOf, by: 'cli', ...(amendedBy !== undefined && { amendment: { code: amendedBy } }) }
      const reviews = (under
        ? await reviewUnder(db, id, opinion)
        : await reviewPlan(db, { planId: id, ...(parentId !== undefined && { parentId }) }, opinion)).map(toReviewReply)
      const named = await findKnownPlans(db, reviews.flatMap(({ planId, parentId }) => [planId, parentId]))
      show(terminal, { reviews }, () => reviewLines(reviews, named, terminal))
    }))

  program.command('history').description('what other plans did to a plan, and what the register came to know of it')
    .argument('<plan...>', PLAN)
    .option(...KNOWN_AT)
    .option('--limit <entries>', 'at most this many', wholeOption(1, 10_000), 1000)
    .addHelpText('after', examples('thac history 666/QĐ-TTg'))
    .action(async (words: string[], { knownAt, limit }: { knownAt?: Date, limit: number }) => await withDatabase(terminal, async ({ db }) => {
      const { id } = await onePlan(db, words.join(' '))
      const history = await historyOf(db, id, knownAt, { after: 0, limit })
      show(terminal, history, () => historyLines(history, terminal))
    }))

  program.command('what-if').description('what would become of the plans below if a draft were issued; keeps nothing')
    .argument('<plan...>', PLAN)
    .requiredOption('--draft <file>', 'the draft, a plan as JSON with a citation that amends, replaces or repeals the plan')
    .option(...AS_OF_TODAY)
    .addHelpText('after', examples('thac what-if 666/QĐ-TTg --draft du-thao.json'))
    .action(async (words: string[], { draft, asOf = today() }: { draft: string, asOf?: string }) => await withDatabase(terminal, async ({ db }) => {
      const { id } = await onePlan(db, words.join(' '))
      const { citations = [], targets = [], waivers = [], ...fields } = await readDraft(draft)
      const answer = await whatIf(db, id, { ...fields, citations, targets, waivers }, { asOf, by: 'cli' })
      show(terminal, answer, () => whatIfSummary(answer, terminal))
      if (answer.refused) terminal.endWith(EXIT.findings)
    }))
}

async function readDraft (path: string): Promise<PlanBody> {
  let sent: unknown
  try {
    sent = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new Problem('malformed-json', { vi: `Không đọc được ${path} như một văn bản JSON.`, en: `${path} cannot be read as JSON.` }, { cause: error })
  }
  const checked = check(planBody, 'body', sent)
  if ('faults' in checked) throw invalidRequest(checked.faults, checked.total)
  return checked.value as PlanBody
}
