import { rememberedOf } from '../domain/remembered.ts'
import type { KnownPlan } from './plan.queries.ts'

/**
 * A canonical code together with whose it is. Every commune has a 10/KH-UBND each year, so a code is never asked about
 * alone unless nobody says whose it is.
 */
export type CodeKey = string

export type Whose = 'key' | 'organization' | 'unknown' | 'anyone'

const SEPARATOR = '\n'

const codeKey = (code: string, whose: Whose, issuer = ''): CodeKey => `${code}${SEPARATOR}${whose}${SEPARATOR}${issuer}`

export function partsOf (key: CodeKey): { code: string, whose: Whose, issuer: string } {
  const [code = '', whose, issuer = ''] = key.split(SEPARATOR)
  return { code, whose: whose as Whose, issuer }
}

type Named = Pick<KnownPlan, 'canonicalCode' | 'issuerKey' | 'issuerId'>

/** Under which a plan is found that may be what is named so; see `mayBe` of domain/reference.ts. */
export const codeKeysSought = rememberedOf(({ canonicalCode, issuerKey, issuerId }: Named): readonly CodeKey[] => {
  if (canonicalCode === undefined) return []
  if (issuerKey === undefined) return [codeKey(canonicalCode, 'anyone')]
  return [
    codeKey(canonicalCode, 'key', issuerKey),
    codeKey(canonicalCode, 'unknown'),
    ...issuerId === undefined ? [] : [codeKey(canonicalCode, 'organization', issuerId)]
  ]
})

/** Under which a plan stands. */
export function codeKeysOf ({ canonicalCode, issuerKey, issuerId }: Named): CodeKey[] {
  if (canonicalCode === undefined) return []
  return [
    codeKey(canonicalCode, 'anyone'),
    issuerKey === undefined ? codeKey(canonicalCode, 'unknown') : codeKey(canonicalCode, 'key', issuerKey),
    ...issuerId === undefined ? [] : [codeKey(canonicalCode, 'organization', issuerId)]
  ]
}
