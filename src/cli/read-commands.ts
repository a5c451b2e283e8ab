import type { Command } from 'commander'
import { RELATIONS, type Relation } from '../domain/citation.ts'
import { SEVERITIES, type Severity } from '../domain/rules/rule.ts'
import { lineageOf, pathsBetween } from '../lineage/lineage.operations.ts'
import type { LineageReply, PathsReply } from '../lineage/lineage.schemas.ts'
import type { FindingCounts } from '../plans/finding.queries.ts'
import { findingsOf } from '../plans/findings.operations.ts'
import { describePlan, toFindingReply } from '../plans/plan-reply.operations.ts'
import type { FindingReply } from '../plans/summary.schemas.ts'
import { nothingResolved, resolveQuestion } from '../resolver/resolver.operations.ts'
import { EXIT } from './exit-codes.ts'
import { findingList } from './finding-list.ts'
import { lineageTree } from './lineage-tree.ts'
import { onePlan } from './one-plan.ts'
import { withDatabase } from './open.ts'
import { AS_OF, KNOWN_AT, type Moment, PLAN, examples, listOption, oneOfOption, wholeOption } from './options.ts'
import { planCard } from './plan-card.ts'
import { candidateList } from './plan-line.ts'
import { hint, layout, show, type Terminal } from './terminal.ts'
import { countWords } from './words.ts'

const RELATIONS_HELP = `separated by commas: ${RELATIONS.join(', ')}`

interface LineageOptions {
  direction: LineageReply['direction']
  depth?: number
  relations: Relation[]
  limit: number
  asOf?: string
  knownAt?: Date
}

export function addReadCommands (program: Command, terminal: Terminal): void {
  program.command('resolve').description('which plans a text may name; ends with 4 unless it is exactly one')
    .argument('<words...>', PLAN)
    .addHelpText('after', examples('thac resolve 119/KH-UBND Thái Bình 2022', 'thac resolve "119 / kh-ubnd"', 'thac resolve soc trang'))
    .action(async (words: string[]) => await withDatabase(terminal, async ({ db }) => {
      const text = words.join(' ')
      const found = await resolveQuestion(db, { q: text })
      const { candidates, truncated } = found
      if (candidates.length === 0) throw await nothingResolved(db, { q: text })
      show(terminal, found, () => candidateList(candidates, terminal))
      if (candidates.length === 1) return
      const count = truncated ? `${candidates.length}+` : String(candidates.length)
      hint(terminal, {
        vi: `${count} văn bản khớp. Hãy thêm cơ quan ban hành hoặc năm.`,
        en: `${count} plans match. Add the issuer or the year.`
      })
      terminal.endWith(EXIT.notFoundOrAmbiguous)
    }))

  program.command('show').description('one plan whole: what it says, cites and promises')
    .argument('<plan...>', PLAN)
    .option(...AS_OF).option(...KNOWN_AT)
    .addHelpText('after', examples('thac show 666/QĐ-TTg', 'thac show 119/KH-UBND Thái Bình --json', 'thac show 666/QĐ-TTg --as-of 2024'))
    .action(async (words: string[], moment: Moment) => await withDatabase(terminal, async ({ db }) => {
      const { id } = await onePlan(db, words.join(' '))
      const plan = await describePlan(db, id, moment)
      show(terminal, plan, () => planCard(plan, terminal))
      if (plan.links.inForce === undefined) return
      hint(terminal, {
        vi: `Nội dung trên là của văn bản khi ban hành; văn bản khác đã hoặc có thể đã làm thay đổi. Xem nội dung đang có hiệu lực: thac show ${id} --as-of ${plan.effect.asOf}`,
        en: `This is the text as issued, and other plans have changed it or may have. What is in force today: thac show ${id} --as-of ${plan.effect.asOf}`
      })
    }))

  program.command('lineage').description('what a plan rests on, or what rests on it, as a tree')
    .argument('<plan...>', PLAN)
    .option('--direction <direction>', 'ancestors, descendants or both', oneOfOption(['ancestors', 'descendants', 'both']), 'ancestors')
    .option('--depth <steps>', 'at most this many steps (default: 50 up, 1 down)', wholeOption(1, 50))
    .option('--relations <relations>', RELATIONS_HELP, listOption(RELATIONS), ['implements'])
    .option('--limit <plans>', 'at most this many plans each way', wholeOption(1, 5000), 1000)
    .option(...AS_OF).option(...KNOWN_AT)
    .addHelpText('after', examples(
      'thac lineage 55/KH-SVHTTDL Thái Bình', 'thac lineage 666/QĐ-TTg --direction descendants --depth 2',
      'thac lineage 55/KH-SVHTTDL --relations implements,references --json | jq .edges'))
    .action(async (words: string[], options: LineageOptions) => await withDatabase(terminal, async ({ db }) => {
      const { id } = await onePlan(db, words.join(' '))
      const lineage = await lineageOf(db, id, { ...options, include: ['targets', 'findings'] })
      show(terminal, lineage, () => lineageTree(lineage, terminal))
      sayExtent(terminal, lineage)
    }))

  program.command('paths').description('every way along the citations from one plan up or down to the other')
    .argument('<from>', 'a plan, named in one word or in quotes as for show')
    .argument('<to>', 'the other one')
    .option('--relations <relations>', RELATIONS_HELP, listOption(RELATIONS), ['implements'])
    .option(...AS_OF).option(...KNOWN_AT)
    .addHelpText('after', examples('thac paths 55/KH-SVHTTDL 24/2021/QH15', 'thac paths "119/KH-UBND Thái Bình" 24/2021/QH15 --relations implements,basis'))
    .action(async (from: string, to: string, options: Moment & { relations: Relation[] }) => await withDatabase(terminal, async ({ db }) => {
      const found = await pathsBetween(db, (await onePlan(db, from)).id, (await onePlan(db, to)).id, options)
      if (terminal.forPeople && found.paths.length === 0) terminal.say(terminal.language === 'vi' ? 'Không có đường dẫn nào.' : 'No way leads from one to the other.')
      else show(terminal, found, () => pathLines(found, terminal))
      if (found.truncated) hint(terminal, { vi: 'Còn nữa, chưa hiện hết.', en: 'There are more than are shown.' })
    }))

  program.command('findings').description('what the rules find of a plan; ends with 3 when an error stands')
    .argument('<plan...>', PLAN)
    .option('--severity <severity>', SEVERITIES.join(', '), oneOfOption(SEVERITIES))
    .option(...AS_OF).option(...KNOWN_AT)
    .addHelpText('after', examples('thac findings Bù Gia Mập 2022', 'thac findings 119/KH-UBND Thái Bình --severity warning', 'thac findings 119/KH-UBND Thái Bình --as-of 2023-06-30'))
    .action(async (words: string[], { severity, ...moment }: Moment & { severity?: Severity }) => await withDatabase(terminal, async ({ db }) => {
      const { id } = await onePlan(db, words.join(' '))
      const all = (await findingsOf(db, id, moment, { after: -1, limit: MOST_FINDINGS })).map(({ finding }) => toFindingReply(finding))
      const findings = all.filter(finding => severity === undefined || finding.severity === severity)
      if (terminal.forPeople && findings.length === 0) terminal.say(terminal.language === 'vi' ? 'Không có kết quả nào.' : 'No findings.')
      else show(terminal, findings, () => findingList(findings, terminal))
      const counts = countsOf(all)
      hint(terminal, { vi: countWords(counts, 'vi'), en: countWords(counts, 'en') })
      if (counts.error > 0) terminal.endWith(EXIT.findings)
    }))
}

/** More than the rules find of any plan that the limits of a record allow. */
const MOST_FINDINGS = 1_000_000

const countsOf = (findings: FindingReply[]): FindingCounts => {
  const counts = { error: 0, warning: 0, info: 0, waived: 0 }
  for (const { severity, waived } of findings) counts[waived ? 'waived' : severity]++
  return counts
}

/** Each way on a line of its own, from the plan that was named first. */
function pathLines ({ paths, plans }: PathsReply, terminal: Terminal): string {
  const named = new Map(plans.map(plan => [plan.id, plan.code ?? `“${plan.title ?? '?'}”`]))
  return paths.flatMap(({ direction, planIds }) =>
    layout(terminal, [planIds.map(id => named.get(id)!).join(direction === 'ancestors' ? ' → ' : ' ← ')], '', '  ')).join('\n')
}

/** How much was found, and how to see more. */
function sayExtent (terminal: Terminal, { nodes, direction, truncatedAt = [] }: LineageReply): void {
  const count = (way: 'ancestors' | 'descendants') => nodes.filter(node => node.direction === way).length
  const ways = direction === 'both' ? ['ancestors', 'descendants'] as const : [direction]
  hint(terminal, {
    vi: `${ways.map(way => `${count(way)} văn bản ${way === 'ancestors' ? 'cấp trên' : 'cấp dưới'}`).join(', ')}.`,
    en: `${ways.map(way => `${count(way)} ${count(way) === 1 ? 'plan' : 'plans'} ${way === 'ancestors' ? 'above' : 'below'}`).join(', ')}.`
  })
  for (const { by } of truncatedAt) {
    const option = by === 'depth' ? '--depth' : '--limit'
    hint(terminal, { vi: `Còn nữa, chưa hiện hết: tăng ${option}.`, en: `There is more than is shown: raise ${option}.` })
  }
}
