import { z } from 'zod'
import { isPartialDate } from '../domain/partial-date.ts'

/** One line of text that people read: not empty, at most `max` characters. */
export const line = (max: number) => z.string().trim().min(1).max(max)

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
