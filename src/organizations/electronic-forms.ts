import type { ElectronicCode } from '../domain/organization/organization.ts'

const LONG = '000.00.00.'

const shortForm = (code: string): string => code.startsWith(LONG) ? code.slice(LONG.length) : code

const longForm = (code: string): string | undefined => /^[A-Z]\d{2}$/.test(code) ? LONG + code : undefined

/** A code in the forms in which it circulates: `H49` is also `000.00.00.H49`; a longer one has one form alone. */
export function bothForms (code: string): string[] {
  const short = shortForm(code.trim().toUpperCase())
  return [short, longForm(short) ?? short]
}

export interface ElectronicForms {
  code: string
  /** Of a code of the first level: the form of QCVN 102:2016. */
  longForm?: string
  /** Whether a source shows it in either form. */
  verified: boolean
}

/** Each code once, with both its forms, whichever of them were recorded. */
export function electronicForms (codes: readonly ElectronicCode[]): ElectronicForms[] {
  const verified = new Map<string, boolean>()
  for (const { code, verified: seen } of codes) verified.set(shortForm(code), seen || verified.get(shortForm(code)) === true)
  return [...verified].map(([code, seen]) => {
    const long = longForm(code)
    return { code, ...(long !== undefined && { longForm: long }), verified: seen }
  })
}
