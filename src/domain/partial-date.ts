/** An ISO date of the precision that is known: `2022`, `2022-09` or `2022-09-07`. */
export type PartialDate = string

/** From the first day of `from` to the last day of `to`; an end that is absent is unknown. */
export interface Period {
  from?: PartialDate
  to?: PartialDate
}

const SHAPE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/

/** Whether the text is a date of the real calendar, 1900 to 2200: 2014-02-30 is none. */
export function isPartialDate (text: string): boolean {
  const [, year, month, day] = SHAPE.exec(text) ?? []
  if (year === undefined || Number(year) < 1900 || Number(year) > 2200) return false
  if (month === undefined) return true
  if (Number(month) < 1 || Number(month) > 12) return false
  return day === undefined || (Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month)))
}

export const yearOf = (date: PartialDate): number => Number(date.slice(0, 4))

/** The first day the date may mean, in full. */
export const firstDay = (date: PartialDate): string => date + '-01-01'.slice(date.length - 4)

/** The last day the date may mean, in full. */
export function lastDay (date: PartialDate): string {
  if (date.length > 7) return date
  const month = date.length > 4 ? date.slice(5, 7) : '12'
  return `${date.slice(0, 4)}-${month}-${daysIn(yearOf(date), Number(month))}`
}

export function dayAfter (day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const [nextYear, nextMonth, nextDate] = date < daysIn(year, month) ? [year, month, date + 1] : month < 12 ? [year, month + 1, 1] : [year + 1, 1, 1]
  return [nextYear, ...[nextMonth, nextDate].map(part => String(part).padStart(2, '0'))].join('-')
}

/** Certain answers only: 2022 against 2022-09-07 is `unclear`, and so is 2022 against 2022. */
export function compareDates (a: PartialDate, b: PartialDate): 'before' | 'after' | 'same' | 'unclear' {
  if (lastDay(a) < firstDay(b)) return 'before'
  if (lastDay(b) < firstDay(a)) return 'after'
  return a === b && a.length === 10 ? 'same' : 'unclear'
}

/** As Vietnamese documents print a date, `07/9/2022`: the day and the months 1 and 2 take a leading zero, the others none. */
export function printDate (date: PartialDate): string {
  const [year, month, day] = date.split('-')
  const printedMonth = month !== undefined && Number(month) > 2 ? String(Number(month)) : month
  return [day, printedMonth, year].filter(part => part !== undefined).join('/')
}

function daysIn (year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
