import { placeWords } from '../files/file-problem.ts'
import type { EntryReply, ImportReply } from '../imports/import.schemas.ts'
import { Problem, PROBLEMS, type ProblemCode } from '../problem.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'
import type { ImportService } from './import-service.ts'
import { type Span, type Terminal, layout, table } from './terminal.ts'

/** More refused rows than this are read in a file: --report. */
const MOST_SHOWN = 50

/** In the JSON of the report; all of them are in the file of --report. */
const MOST_LISTED = 1_000

/** Shows how an import ended, and with it the rows that were refused. */
export async function showReport (terminal: Terminal, service: ImportService, report: ImportReply): Promise<void> {
  const refused: EntryReply[] = []
  const most = terminal.forPeople ? MOST_SHOWN : MOST_LISTED
  if (report.counts.refused > 0) {
    for await (const entry of service.entries(report.id, 'refused')) {
      refused.push(entry)
      if (refused.length === most) break
    }
  }
  if (terminal.forPeople) {
    if (refused.length > 0) terminal.out(table(terminal, refused.map(entry => rowOf(entry, terminal))))
    const more = report.counts.refused - refused.length
    if (more > 0) terminal.say(terminal.language === 'vi' ? `… và ${more} hàng nữa bị từ chối; xem đủ bằng --report TỆP.` : `… and ${more} more refused rows; --report FILE keeps all.`)
    terminal.out(layout(terminal, [report.message[terminal.language]]).join('\n'))
  } else {
    terminal.out(JSON.stringify({ ...report, refused }, undefined, 2))
  }
  terminal.endWith(exitCodeOfReport(report, refused))
}

/** Bad data and broken rules are told apart, as they are for a single plan. */
export function exitCodeOfReport ({ state, counts, problem }: ImportReply, refused: EntryReply[]): number {
  if (state === 'failed') {
    const code = problem?.code ?? 'internal'
    return exitCodeOf(new Problem(Object.hasOwn(PROBLEMS, code) ? code as ProblemCode : 'internal'))
  }
  if (state === 'cancelled') return EXIT.conflict
  if (counts.refused === 0) return EXIT.ok
  if (refused.some(({ faults = [] }) => faults.some(({ code }) => code === 'record-moved' || code === 'identity-taken'))) return EXIT.conflict
  return refused.every(({ faults = [] }) => faults.length === 0) ? EXIT.findings : EXIT.invalidData
}

function rowOf ({ place, row, code, faults = [], findings = [], parentRefused }: EntryReply, { language }: Terminal): Span[] {
  const where = placeWords(place)?.[language] ?? (language === 'vi' ? `Hàng ${row}` : `Row ${row}`)
  const sentences = [
    ...faults.map(({ at, message, place: finer }) => [finer.column ?? finer.cell ?? at, message[language]].filter(part => part !== '').join(': ')),
    ...findings.filter(({ severity, waived }) => severity === 'error' && !waived).map(({ message }) => message[language]),
    ...(parentRefused === undefined ? [] : [parentRefused.message[language]])
  ]
  return [
    ['dim', [place.file, where].filter(part => part !== undefined).join(' ')],
    ['bold', code ?? ''],
    sentences.join(' ')
  ]
}
