import type { Command } from 'commander'
import type { TargetsReply } from '../targets/target-reply.schemas.ts'
import { targetsOf } from '../targets/target.operations.ts'
import { onePlan } from './one-plan.ts'
import { withDatabase } from './open.ts'
import { AS_OF, KNOWN_AT, type Moment, PLAN, examples } from './options.ts'
import { effectLine, planLine } from './plan-line.ts'
import { targetWords } from './target-line.ts'
import { hint, layout, section, show, type Terminal } from './terminal.ts'
import { leftOutWord } from './words.ts'

const MISSING = { vi: 'Chưa được kế thừa', en: 'Not taken up' }
const LEFT_OUT = { vi: 'Thay đổi chưa áp dụng, của văn bản này hoặc cấp trên', en: 'Changes not applied, of this plan or those above' }

export function addTargetsCommand (program: Command, terminal: Terminal): void {
  program.command('targets').description('the targets of a plan, where each comes from up to the head, and what is missing')
    .argument('<plan...>', PLAN)
    .option(...AS_OF).option(...KNOWN_AT)
    .addHelpText('after', examples('thac targets 666/QĐ-TTg', 'thac targets 119/KH-UBND Thái Bình --as-of 2023-06-30', 'thac targets 666/QĐ-TTg --json | jq .targets[].printed.vi'))
    .action(async (words: string[], moment: Moment) => await withDatabase(terminal, async ({ db }) => {
      const { id } = await onePlan(db, words.join(' '))
      const found = await targetsOf(db, id, moment)
      show(terminal, found, () => targetLines(found, terminal))
      const count = found.targets.length
      hint(terminal, { vi: `${count} chỉ tiêu, ${found.missing.length} chưa được kế thừa.`, en: `Targets: ${count}, not taken up: ${found.missing.length}.` })
      if (found.truncated) hint(terminal, { vi: 'Còn văn bản cấp trên chưa xét.', en: 'There are more plans above than were walked.' })
    }))
}

/** Each target with what stands above it, the head last, and what is left of what it shares out. */
export function targetLines ({ plan, targets, missing, leftOut }: TargetsReply, terminal: Terminal): string {
  const { language } = terminal
  return [
    ...layout(terminal, planLine(plan, terminal)),
    ...targets.flatMap(({ target, origins, allocations }) => [
      ...layout(terminal, ['◎', targetWords(target, language)], '  ', '    '),
      ...origins.flatMap(origin => [
        ...layout(terminal, [['cyan', '←'], ...planLine(origin.plan, terminal), summaryWords(origin.target, terminal)], '    ', '      '),
        ...layout(terminal, [['dim', origin.message[language]]], '      ')
      ]),
      ...allocations.flatMap(({ message }) => layout(terminal, [message[language]], '    ', '      '))
    ]),
    ...section(MISSING[language], missing.flatMap(one => layout(terminal, [
      [one.binding ? 'red' : 'dim', '◎'], summaryWords(one.target, terminal), ['cyan', '←'], ...planLine(one.plan, terminal)
    ], '  ', '    '))),
    ...section(LEFT_OUT[language], (leftOut?.effects ?? []).flatMap(effect =>
      layout(terminal, [...effectLine(effect, terminal), ['yellow', leftOutWord(effect.why, language)]], '  ', '    ')))
  ].join('\n')
}

const summaryWords = ({ key, text, printed }: TargetsReply['missing'][number]['target'], { language }: Pick<Terminal, 'language'>): string =>
  text ?? `${key}: ${printed[language]}`
