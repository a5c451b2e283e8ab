import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportReply } from '../imports/import.schemas.ts'
import type { ImportService } from './import-service.ts'
import type { Terminal } from './terminal.ts'

/** Often enough for an eye, seldom enough for a service. */
const LOOK_MS = { first: 50, later: 500 }

const BAR_CELLS = 24

/** Waits for the end of an import, with a bar of progress where stderr is a terminal. */
export async function untilEnded (terminal: Terminal, service: ImportService, begun: ImportReply): Promise<ImportReply> {
  let latest = begun
  let waitMs = LOOK_MS.first
  while (latest.state === 'received' || latest.state === 'running') {
    terminal.rewrite?.(progressLine(latest, terminal))
    await sleep(waitMs)
    waitMs = Math.min(waitMs * 1.5, LOOK_MS.later)
    latest = await service.get(begun.id)
  }
  terminal.rewrite?.('')
  return latest
}

/** `▓▓▓▓░░░░ 42 % · 12,345 rows · 1,234/s · 1 min 5 s left` */
export function progressLine ({ state, progress, files }: Pick<ImportReply, 'state' | 'progress' | 'files'>, { language }: Pick<Terminal, 'language'>): string {
  const vi = language === 'vi'
  if (state === 'received' || progress === undefined) return vi ? 'đang chờ đến lượt …' : 'waiting for its turn …'
  const { phase, bytesRead, byteCount, rowsRead, rowsDone, rowsPerSecond, secondsLeft } = progress
  const share = phase === 'reading' ? bytesRead / Math.max(1, byteCount) : rowsDone / Math.max(1, rowsRead)
  const full = Math.round(share * BAR_CELLS)
  const rows = phase === 'reading' ? rowsRead : rowsDone
  const number = (value: number) => value.toLocaleString(language)
  return [
    `${'▓'.repeat(full)}${'░'.repeat(BAR_CELLS - full)} ${Math.floor(share * 100)} %`,
    phase === 'reading' ? (vi ? `đọc ${number(rows)} hàng` : `read ${number(rows)} rows`) : (vi ? `ghi ${number(rows)} hàng` : `recorded ${number(rows)} rows`),
    ...(rowsPerSecond === undefined ? [] : [vi ? `${number(Math.round(rowsPerSecond))} hàng/giây` : `${number(Math.round(rowsPerSecond))}/s`]),
    ...(secondsLeft === undefined ? [] : [vi ? `còn ${durationWord(secondsLeft, 'phút', 'giây')}` : `${durationWord(secondsLeft, 'min', 's')} left`]),
    ...(files.length > 1 ? [vi ? `${files.length} tệp` : `${files.length} files`] : [])
  ].join(' · ')
}

const durationWord = (seconds: number, minutes: string, rest: string): string =>
  seconds < 60 ? `${seconds} ${rest}` : `${Math.floor(seconds / 60)} ${minutes} ${seconds % 60} ${rest}`
