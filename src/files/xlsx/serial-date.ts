import { type PartialDate, isPartialDate } from '../../domain/partial-date.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * The date of a day number of Excel, as far as its format shows it; undefined for what is no day between 1900 and 2200.
 * In the 1900 system day 60 is 29 February 1900, which never was (a fault of Lotus 1-2-3 that Excel keeps); the days
 * before it count one more.
 */
export function dateOfSerial (serial: number, shown: 'year' | 'month' | 'day', is1904: boolean): PartialDate | undefined {
  const day = Math.floor(serial)
  if (!is1904 && (day < 1 || day === 60)) return undefined
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30)
  const moment = new Date(epoch + day * DAY_MS)
  if (Number.isNaN(moment.getTime())) return undefined
  const date = moment.toISOString().slice(0, { year: 4, month: 7, day: 10 }[shown])
  return isPartialDate(date) ? date : undefined
}
