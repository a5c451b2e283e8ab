import { z } from 'zod'
import { isPartialDate } from '../domain/partial-date.ts'

/** One line of text that people read: not empty, at most `max` characters. */
export const line = (max: number) => z.string().trim().min(1).max(max)

/** How many. */
export const count = z.int().min(0)

/** A kebab-case code of ours. */
export const word = z.string().min(1).max(120).regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'kebab-case' })
  .meta({ description: 'Kebab-case.' })

export const partialDate = z.string().max(10).refine(isPartialDate, {
  params: {
    code: 'not-a-date',
    vi: 'Không phải là ngày có thật. Ghi theo ISO: 2022, 2022-09 hoặc 2022-09-07; chưa biết thì bỏ trống.',
    en: 'Not a date of the calendar. Write it as ISO, 2022, 2022-09 or 2022-09-07; leave it out when it is not known.'
  }
}).meta({ description: 'A date of any precision: 2022, 2022-09, 2022-09-07.', examples: ['2022-09-07'] })

/** What is said to people, to both readers. */
export const messageReply = z.strictObject({ vi: z.string(), en: z.string() }).meta({ id: 'Message' })

/** A moment, to the millisecond. */
export const instant = z.iso.datetime({ offset: true }).max(40).transform(text => new Date(text))

/** The clocks of this node and of the database, which makes the moments that callers read and ask for again, may differ. */
const CLOCK_TOLERANCE_MS = 5_000

/** What the register knew at a moment. A `+` that nobody encoded arrives as a space: 2026-12-31T17:00:00 07:00. */
export const knownAtParameter = z.string().max(40)
  .transform(text => text.replace(/ (?=\d\d:\d\d$)/, '+'))
  .pipe(instant)
  .refine(moment => moment.getTime() <= Date.now() + CLOCK_TOLERANCE_MS, {
    params: {
      code: 'moment-in-future',
      vi: 'Thời điểm này chưa đến, nên chưa thể biết khi đó sổ đăng ký ghi gì. Hãy ghi một thời điểm đã qua, hoặc bỏ trống để hỏi hiện nay.',
      en: 'This moment is yet to come, so nobody knows what the register will hold then. Give a moment that has passed, or leave it out to ask about now.'
    }
  })
  .meta({ format: 'date-time', description: 'What the register knew at this moment, an ISO 8601 instant; absent: now.', examples: ['2026-12-31T17:00:00Z'] })
