import type { Command } from 'commander'
import { RELATIONS, type Relation } from '../domain/citation.ts'
import { SEVERITIES, type Severity } from '../domain/rules/rule.ts'
import { lineageOf } from '../lineage/lineage.operations.ts'
import type { LineageReply } from '../lineage/lineage.schemas.ts'
import { countFindings, findFindings } from '../plans/finding.queries.ts'
import { describePlan, toFindingReply } from '../plans/plan-reply.operations.ts'
import { nothingResolved, resolveQuestion } from '../resolver/resolver.operations.ts'
import { EXIT } from './exit-codes.ts'
import { findingList } from './finding-list.ts'
import { lineageTree } from './lineage-tree.ts'
import { onePlan } from './one-plan.ts'
import { withDatabase } from './open.ts'
import { AS_OF, KNOWN_AT, type Moment, examples, listOption, oneOfOption, wholeOption } from './options.ts'
import { planCard } from './plan-card.ts'
import { candidateList } from './plan-line.ts'
import { hint, show, type Terminal } from './terminal.ts'
import { countWords } from './words.ts'

const PLAN = 'a code, with words of its issuer and a year where several have it; words of its title; or an id'

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
    }))

  program.command('lineage').description('what a plan rests on, or what rests on it, as a tree')
    .argument('<plan...>', PLAN)
    .option('--direction <direction>', 'ancestors, descendants or both', oneOfOption(['ancestors', 'descendants', 'both']), 'ancestors')
    .option('--depth <steps>', 'at most this many steps (default: 50 up, 1 down)', wholeOption(1, 50))
    .option('--relations <relations>', `separated by commas: ${RELATIONS.join(', ')}`, listOption(RELATIONS), ['implements'])
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

  program.command('findings').description('what the rules find of a plan; ends with 3 when an error stands')
    .argument('<plan...>', PLAN)
    .option('--severity <severity>', SEVERITIES.join(', '), oneOfOption(SEVERITIES))
    .addHelpText('after', examples('thac findings Bù Gia Mập 2022', 'thac findings 119/KH-UBND Thái Bình --severity warning'))
    .action(async (words: string[], { severity }: { severity?: Severity }) => await withDatabase(terminal, async ({ db }) => {
      const { id } = await onePlan(db, words.join(' '))
      const findings = (await findFindings(db, [id])).get(id)!.map(toFindingReply)
        .filter(finding => severity === undefined || finding.severity === severity)
      if (terminal.forPeople && findings.length === 0) terminal.say(terminal.language === 'vi' ? 'Không có kết quả nào.' : 'No findings.')
      else show(terminal, findings, () => findingList(findings, terminal))
      const counts = (await countFindings(db, [id])).get(id)!
      hint(terminal, { vi: countWords(counts, 'vi'), en: countWords(counts, 'en') })
      if (counts.error > 0) terminal.endWith(EXIT.findings)
    }))
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
