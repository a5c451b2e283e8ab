import { type Organization, existsAt } from './organization.ts'
import type { PartialDate } from '../partial-date.ts'

/** The two circulating forms of a top-level identification code are one: `000.00.00.H49` and `H49`. */
const shortened = (code: string): string => code.trim().toUpperCase().replace(/^000\.00\.00\./, '')

/**
 * Who bears an official code, of the area or the electronic one. Without a date a code is ambiguous: 24 was Bắc Giang until
 * 2025-06-30 and is Bắc Ninh since.
 */
export function findByOfficialCode (organizations: Iterable<Organization>, code: string, date?: PartialDate): Organization[] {
  const wanted = shortened(code)
  return [...organizations].filter(each =>
    (each.area?.code === wanted || (each.electronicCodes ?? []).some(own => shortened(own.code) === wanted)) &&
    (date === undefined || existsAt(each, date) !== 'no'))
}
