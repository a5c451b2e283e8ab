import { InvalidArgumentError } from 'commander'
import { isPartialDate } from '../domain/partial-date.ts'
import { nearest } from '../text/nearest.ts'

export const wholeOption = (from: number, to: number) => (text: string): number => {
  if (!/^\d+$/.test(text) || Number(text) < from || Number(text) > to) {
    throw new InvalidArgumentError(`Must be a whole number from ${from} to ${to}.`)
  }
  return Number(text)
}

export const oneOfOption = <const Values extends readonly string[]>(values: Values) => (text: string): Values[number] => {
  if (values.includes(text)) return text
  const near = nearest(text, values)
  throw new InvalidArgumentError(`Must be one of ${values.join(', ')}.` + (near === undefined ? '' : ` Did you mean ${near}?`))
}

export const listOption = <const Values extends readonly string[]>(values: Values) => (text: string): Values[number][] =>
  text.split(',').map(one => oneOfOption(values)(one.trim()))

/** A day as the instant at which it ends in Vietnam, where the agencies are. */
export const dateOption = (text: string): Date => {
  const instant = new Date(`${text}T23:59:59.999+07:00`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(instant.getTime())) throw new InvalidArgumentError('Must be a date such as 2027-12-31.')
  return instant
}

const partialDateOption = (text: string): string => {
  if (!isPartialDate(text)) throw new InvalidArgumentError('Must be a date such as 2022, 2022-09 or 2022-09-07.')
  return text
}

const instantOption = (text: string): Date => {
  const instant = new Date(text)
  if (!/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(instant.getTime())) {
    throw new InvalidArgumentError('Must be a moment such as 2026-12-31T17:00:00Z.')
  }
  return instant
}

/** How a plan is named on a command line; see `onePlan`. */
export const PLAN = 'a code, with words of its issuer and a year where several have it; words of its title; or an id'

/** The two time lines of every read. What is told of the record is told as issued unless a day is named. */
export const AS_OF = ['--as-of <date>', 'what is in force on this day, amendments applied (default: the record as issued)', partialDateOption] as const
export const AS_OF_TODAY = ['--as-of <date>', 'what is in force on this day (default: today)', partialDateOption] as const
export const KNOWN_AT = ['--known-at <moment>', 'what the register knew at this moment, such as 2026-12-31T17:00:00Z (default: now)', instantOption] as const

export interface Moment {
  asOf?: string
  knownAt?: Date
}

/** The end of a help text: commands to copy. */
export const examples = (...commands: string[]): string =>
  ['', 'Examples:', ...commands.map(command => `  $ ${command}`)].join('\n')
