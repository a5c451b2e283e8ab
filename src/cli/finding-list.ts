import type { FindingReply } from '../plans/summary.schemas.ts'
import { layout, type Terminal } from './terminal.ts'
import { severityWord } from './words.ts'

const STYLES = { error: 'red', warning: 'yellow', info: 'dim', waived: 'dim' } as const

/** Each finding as a heading with its place, and its sentence below. */
export function findingList (findings: FindingReply[], terminal: Terminal): string {
  return findings.map(({ severity, waived, rule, at, message }) => {
    const kind = waived ? 'waived' : severity
    return [
      ...layout(terminal, [[STYLES[kind], severityWord(kind, terminal.language)], ['bold', rule], ['dim', at === '' ? '/' : at]]),
      ...layout(terminal, [message[terminal.language]], '  ')
    ].join('\n')
  }).join('\n')
}
