import { knownAtParameter, partialDate } from '../http/schemas.ts'

/** The two time lines of every read: what was in force on a day, and what the register knew at a moment. */
export const momentParameters = {
  asOf: partialDate.optional().meta({ description: 'What is in force on this day, in Vietnam: with every amendment that has begun by then. Absent: the record as issued, with no amendment applied, even where effect.status is amended; ask with today for what is in force today. Of a month or a year only what holds on each of its days is certain.' }),
  knownAt: knownAtParameter.optional()
}
