import type { Message } from '../domain/message.ts'
import { type PartialDate, type Period, isPartialDate, lastDay } from '../domain/partial-date.ts'
import { tidy } from '../domain/text.ts'
import { shorten } from '../text/shorten.ts'

// Day before month, as Vietnamese documents write them; a year first leaves no doubt either.
const FORMS: [form: RegExp, parts: ('year' | 'month' | 'day')[]][] = [
  [/^(\d{4})$/, ['year']],
  [/^năm (\d{4})$/iu, ['year']],
  [/^(\d{4})[-/.](\d{1,2})$/, ['year', 'month']],
  [/^(\d{1,2})[-/.](\d{4})$/, ['month', 'year']],
  [/^tháng (\d{1,2})(?: năm |[-/.])(\d{4})$/iu, ['month', 'year']],
  [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, ['year', 'month', 'day']],
  [/^(?:ngày )?(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/iu, ['day', 'month', 'year']],
  [/^(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})$/iu, ['day', 'month', 'year']]
]

/**
 * A date as clerks write it, `07/9/2022`, `9/2022`, `ngày 7 tháng 9 năm 2022`, or as ISO. The day comes before the month;
 * what is no day of the calendar is a message, never the nearest one that is.
 */
export function readDate (written: string): { date: PartialDate } | { message: Message } {
  const text = shorten(tidy(written))
  for (const [form, parts] of FORMS) {
    const found = form.exec(text)
    if (found === null) continue
    const part = (name: 'year' | 'month' | 'day') => parts.includes(name) ? found[parts.indexOf(name) + 1]!.padStart(2, '0') : undefined
    const [year, month, day] = [part('year')!, part('month'), part('day')]
    const date = [year, month, day].filter(piece => piece !== undefined).join('-')
    return isPartialDate(date) ? { date } : { message: notOfTheCalendar(text, year, month, day) }
  }
  return { message: noDate(text) }
}

/** A period in one cell: `2021-2025`, `2021 – 2025`, or one year or date, which is both its ends. */
export function readYears (written: string): { period: Period } | { message: Message } {
  const [, from, to] = /^(\d{4}) ?\p{Pd} ?(\d{4})$/u.exec(tidy(written)) ?? []
  if (from !== undefined && to !== undefined) {
    const wrong = [from, to].find(year => !isPartialDate(year))
    return wrong === undefined ? { period: { from, to } } : { message: notOfTheCalendar(tidy(written), wrong) }
  }
  const read = readDate(written)
  return 'date' in read ? { period: { from: read.date, to: read.date } } : read
}

function notOfTheCalendar (text: string, year: string, month?: string, day?: string): Message {
  if (!isPartialDate(year)) return { vi: `“${text}”: năm phải từ 1900 đến 2200.`, en: `"${text}": the year has to be between 1900 and 2200.` }
  if (!isPartialDate(`${year}-${month}`)) {
    return {
      vi: `“${text}”: không có tháng ${Number(month)}. Ghi ngày trước, tháng sau (07/9/2022), hoặc theo ISO (2022-09-07).`,
      en: `"${text}": there is no month ${Number(month)}. Write the day before the month (07/9/2022), or ISO (2022-09-07).`
    }
  }
  const days = Number(lastDay(`${year}-${month}`).slice(8))
  return {
    vi: `“${text}”: tháng ${Number(month)} năm ${year} có ${days} ngày, không có ngày ${Number(day)}. Đối chiếu với văn bản; chưa rõ ngày thì chỉ ghi ${Number(month)}/${year}.`,
    en: `"${text}": month ${Number(month)} of ${year} has ${days} days; there is no day ${Number(day)}. Look at the document; if the day is not known, write ${year}-${month}.`
  }
}

const noDate = (text: string): Message => ({
  vi: `“${text}” không phải là ngày. Ghi ngày/tháng/năm đủ bốn chữ số của năm (07/9/2022), tháng/năm (9/2022), năm (2022), hoặc theo ISO (2022-09-07).`,
  en: `"${text}" is not a date. Write day/month/year with four digits of the year (07/9/2022), month/year (9/2022), a year (2022), or ISO (2022-09-07).`
})
