import type { Command } from 'commander'
import { explainPlan } from '../targets/explain.operations.ts'
import type { ExplainReply } from '../targets/explain.schemas.ts'
import { EXIT } from './exit-codes.ts'
import { onePlan } from './one-plan.ts'
import { withDatabase } from './open.ts'
import { AS_OF, KNOWN_AT, type Moment, examples } from './options.ts'
import { planLine } from './plan-line.ts'
import { hint, layout, show, table, type Span, type Terminal } from './terminal.ts'
import { severityWord } from './words.ts'

const WORDS = {
  vi: { own: 'văn bản này', path: 'Từ văn bản này lên:', nothing: '(không nêu)', change: 'Sửa:', waive: 'Hoặc giữ nguyên, kèm lý do, trong waivers:', all: 'Sửa tất cả trong một lệnh, nếu văn bản đúng là như vậy:' },
  en: { own: 'this plan', path: 'From this plan up:', nothing: '(says nothing)', change: 'Change:', waive: 'Or keep it, with a reason, in waivers:', all: 'All changes in one command, if that is what the document says:' }
}

export function addExplainCommand (program: Command, terminal: Terminal): void {
  program.command('explain').description('why a plan is red, both texts side by side, and what would clear it; ends with 3 when an error stands')
    .argument('<plan...>', 'a code, words of its title, or an id, as for show')
    .option(...AS_OF).option(...KNOWN_AT)
    .addHelpText('after', examples(
      'thac explain 55/KH-SVHTTDL', 'thac explain 119/KH-UBND Thái Bình --lang vi', 'thac explain 119/KH-UBND Thái Bình --as-of 2023-06-30',
      'thac explain Bù Gia Mập --json | jq .correction.body'))
    .action(async (words: string[], moment: Moment) => await withDatabase(terminal, async ({ db }) => {
      const { id } = await onePlan(db, words.join(' '))
      const explained = await explainPlan(db, id, moment)
      show(terminal, explained, () => explanationText(explained, terminal))
      const { standing: { error, warning } } = explained
      hint(terminal, error > 0
        ? { vi: `Có ${error} lỗi và ${warning} cảnh báo.`, en: `Errors: ${error}, warnings: ${warning}.` }
        : { vi: `Không có lỗi; ${warning} cảnh báo.`, en: `No error stands; warnings: ${warning}.` })
      if (explained.truncated) hint(terminal, { vi: 'Còn nữa, xem thac findings.', en: 'There are more: thac findings.' })
      if (error > 0) terminal.endWith(EXIT.findings)
    }))
}

export function explanationText ({ plan, explanations, correction }: ExplainReply, terminal: Terminal): string {
  const words = WORDS[terminal.language]
  return [
    ...layout(terminal, planLine(plan, terminal)),
    ...explanations.flatMap(one => ['', ...explanationLines(one, terminal)]),
    ...(correction === undefined ? [] : ['', words.all, curl(correction)])
  ].join('\n')
}

function explanationLines ({ finding, rule, path, concerns, sides, changes, waiver }: ExplainReply['explanations'][number], terminal: Terminal): string[] {
  const { language } = terminal
  const words = WORDS[language]
  const below = (...spans: Span[]) => layout(terminal, spans, '  ', '    ')
  const named = path.map(({ code, title }) => code ?? `“${title ?? '?'}”`)
  return [
    ...layout(terminal, [
      [finding.severity === 'error' ? 'red' : 'yellow', severityWord(finding.severity, language)], ['bold', rule.name], ['dim', finding.at === '' ? '/' : finding.at]
    ]),
    ...below(['dim', rule.summary[language]]),
    ...(named.length > 1 ? below(`${words.path} ${named.join(' → ')}`) : []),
    ...(sides === undefined
      ? []
      : [
          ...below(['cyan', sides.what[language]]),
          ...table({ ...terminal, ...(terminal.columns !== undefined && { columns: terminal.columns - 4 }) }, [
            [words.own, sides.own?.[language] ?? words.nothing],
            [concerns?.code ?? concerns?.title ?? '?', sides.parent?.[language] ?? words.nothing]
          ]).split('\n').map(line => `    ${line}`)
        ]),
    ...below(finding.message[language]),
    ...changes.flatMap(({ at, message }) => below(['green', words.change], message[language], ['dim', at])),
    ...(waiver === undefined || finding.severity !== 'error' ? [] : below(words.waive, ['dim', JSON.stringify({ ...waiver, reason: '…' })]))
  ]
}

/** Ready to copy into a shell, so it is never broken; where the service is and with which key, only the reader knows. */
function curl ({ method, path, ifMatch, body }: NonNullable<ExplainReply['correction']>): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  return `curl -X ${method} "$THAC_URL${path}" -H "Authorization: Bearer $THAC_KEY" -H ${quoted(`If-Match: ${ifMatch}`)} ` +
    `-H 'Content-Type: application/merge-patch+json' -d ${quoted(JSON.stringify(body))}`
}
