import { placeWords } from '../files/file-problem.ts'
import type { EntryReply, ImportReply } from '../imports/import.schemas.ts'
import { Problem, PROBLEMS, type ProblemCode } from '../problem.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'
import type { ImportService } from './import-service.ts'
import { withOptions } from './option-words.ts'
import { differenceLines } from './staleness-lines.ts'
import { type Span, type Terminal, layout, table } from './terminal.ts'

/** More refused rows than this are read in a file: --report. */
const MOST_SHOWN = 50

/** In the JSON of the report; all of them are in the file of --report. */
const MOST_LISTED = 1_000

/** Of one plan. */
const MOST_CHANGES = 10

/** Shows how an import ended, and with it the rows that were refused and, of a dry run, what it would change. */
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
    if (report.parameters.mode === 'validate' && report.counts.updated > 0) terminal.out(await changesOf(terminal, service, report))
    if (refused.length > 0) terminal.out(table(terminal, refused.map(entry => rowOf(entry, terminal))))
    const more = report.counts.refused - refused.length
    if (more > 0) terminal.say(terminal.language === 'vi' ? `… và ${more} hàng nữa bị từ chối; xem đủ bằng --report TỆP.` : `… and ${more} more refused rows; --report FILE keeps all.`)
    terminal.out(layout(terminal, [withOptions(report.message[terminal.language])]).join('\n'))
  } else {
    terminal.out(JSON.stringify({ ...report, refused }, undefined, 2))
  }
  terminal.endWith(exitCodeOfReport(report, refused))
}

/** Whoever approves an import sees what becomes of the records that are there. */
async function changesOf (terminal: Terminal, service: ImportService, { id, counts }: ImportReply): Promise<string> {
  const lines: string[] = []
  let shown = 0
  for await (const entry of service.entries(id, 'updated')) {
    if (shown++ === MOST_SHOWN) break
    const { changes = [], changesLeftOut = 0 } = entry
    const more = changes.length - MOST_CHANGES + changesLeftOut
    lines.push(
      ...layout(terminal, [['dim', placeOf(entry, terminal)], ['bold', entry.code ?? '']]),
      ...differenceLines(changes.slice(0, MOST_CHANGES), terminal),
      ...(more > 0 ? layout(terminal, [['dim', terminal.language === 'vi' ? `… và ${more} chỗ nữa` : `… and ${more} more`]], '    ') : [])
    )
  }
  const more = counts.updated - MOST_SHOWN
  if (more > 0) lines.push(terminal.language === 'vi' ? `… và ${more} hàng nữa được cập nhật; xem đủ bằng --report TỆP.` : `… and ${more} more updated rows; --report FILE keeps all.`)
  return lines.join('\n')
}

function placeOf ({ place, row }: EntryReply, { language }: Terminal): string {
  const where = placeWords(place)?.[language] ?? (language === 'vi' ? `Hàng ${row}` : `Row ${row}`)
  return [place.file, where].filter(part => part !== undefined).join(' ')
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

function rowOf (entry: EntryReply, terminal: Terminal): Span[] {
  const { code, faults = [], findings = [], parentRefused } = entry
  const { language } = terminal
  const sentences = [
    ...faults.map(({ at, message, place: finer }) => [finer.column ?? finer.cell ?? at, message[language]].filter(part => part !== '').join(': ')),
    ...findings.filter(({ severity, waived }) => severity === 'error' && !waived).map(({ message }) => message[language]),
    ...(parentRefused === undefined ? [] : [parentRefused.message[language]])
  ]
  return [
    ['dim', placeOf(entry, terminal)],
    ['bold', code ?? ''],
    withOptions(sentences.join(' '))
  ]
}
