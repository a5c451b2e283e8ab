import type { Citation } from './citation.ts'
import { readCode } from './code/code.ts'
import { completed } from './completion.ts'
import type { Resolution } from './family.ts'
import { identityOf } from './identity.ts'
import { isRelativeName, issuerKey, issuerOfSymbol, readIssuer } from './issuer/issuer.ts'
import { yearOf } from './partial-date.ts'
import type { Plan } from './plan.ts'
import { rememberedOf } from './remembered.ts'

/** A plan as another document names it: what a register can be searched by. */
export interface Reference {
  /** The plan it describes, as a stub would hold it; without an id. */
  named: Omit<Plan, 'id'>
  canonicalCode?: string
  issuerKey?: string
  /** The organization, where the register of organizations knows which one is meant. */
  issuerId?: string
  identity?: string
  /** As `identity`, by the name of the issuer alone: a plan may be held from before its organization was known. */
  nameIdentity?: string
}

/** A plan of the register that a reference may mean. */
export interface Candidate {
  id: string
  stub: boolean
  canonicalCode?: string
  issuerKey?: string
  issuerId?: string
  identity?: string
  type?: string
  issuedOn?: string
}

/**
 * What a citation names. A relative issuer (`UBND tỉnh`) is made absolute against the citing issuer, and one left out is
 * taken from the symbol where only one body writes it (`QĐ-TTg`). `organization` is the issuer as the register of
 * organizations knows it, when it does.
 */
export function referenceOf (
  citation: Citation, citingIssuer: string | undefined, organization?: { id: string, name: string }
): Reference {
  const reading = citation.code === undefined ? undefined : readCode(citation.code)
  const citing = citingIssuer === undefined ? undefined : readIssuer(citingIssuer)
  const written = citation.issuer === undefined
    ? (reading?.code === undefined ? undefined : issuerOfSymbol(reading.code.issuerSymbol))
    : readIssuer(citation.issuer, citing)?.name ?? citation.issuer
  // The register of organizations knows relations that no name tells: the district of a commune.
  const issuer = written !== undefined && isRelativeName(written) ? organization?.name ?? written : written
  const { id, ...named } = completed({
    id: '',
    ...(citation.code !== undefined && { code: citation.code }),
    ...(citation.title !== undefined && { title: citation.title }),
    ...(issuer !== undefined && { issuer }),
    ...(citation.issuedOn !== undefined && { issuedOn: citation.issuedOn }),
    citations: [],
    targets: []
  })
  const issuerId = organization?.id
  const identity = identityOf(named, issuerId)
  const nameIdentity = identityOf(named)
  return {
    named,
    ...(reading?.code !== undefined && { canonicalCode: reading.code.canonical }),
    // “UBND tỉnh” of nobody in particular is every province's.
    ...(issuer !== undefined && !isRelativeName(issuer) && { issuerKey: issuerKey(issuer) }),
    ...(issuerId !== undefined && { issuerId }),
    ...(identity !== undefined && { identity }),
    ...(nameIdentity !== undefined && { nameIdentity })
  }
}

/** What the plan may be held under. */
export const identitiesOf = rememberedOf(({ identity, nameIdentity }: Pick<Reference, 'identity' | 'nameIdentity'>): readonly string[] =>
  [...new Set([identity, nameIdentity])].filter(one => one !== undefined))

/** Whether the candidate is the very plan: issuer, year, type and number are the same, or are unknown of both alike. */
export const isSame = (reference: Pick<Reference, 'identity' | 'nameIdentity' | 'issuerId'>, candidate: Candidate): boolean =>
  candidate.identity !== undefined && !differ(reference.issuerId, candidate.issuerId) &&
  (candidate.identity === reference.identity || candidate.identity === reference.nameIdentity)

/** Whether the candidate can be what is named: nothing known of both contradicts. */
export function mayBe (reference: Reference, candidate: Candidate): boolean {
  if (isSame(reference, candidate)) return true
  // Without a number only an equal identity (issuer, year, type, title) names anything.
  if (reference.canonicalCode === undefined || reference.canonicalCode !== candidate.canonicalCode) return false
  if (differ(reference.issuerId, candidate.issuerId)) return false
  // Two bodies of one name, before and after a merger, are told apart by their ids alone.
  const sameBody = reference.issuerId !== undefined && candidate.issuerId !== undefined
  if (!sameBody && differ(reference.issuerKey, candidate.issuerKey)) return false
  if (differ(reference.named.type, candidate.type) && !namesItsType(reference.named.code)) return false
  // Numbering restarts every year (Nghị định 30/2020/NĐ-CP, Điều 15), so the year decides and the day does not:
  // a day written wrongly in a citation still names the same plan.
  const { issuedOn } = reference.named
  return issuedOn === undefined || candidate.issuedOn === undefined || yearOf(issuedOn) === yearOf(candidate.issuedOn)
}

/**
 * Most codes carry their type, and then whoever misnames it still means that document. Laws and resolutions of the
 * National Assembly share one series; in a short form (“Nghị quyết 30a”) only the declared type tells.
 */
function namesItsType (code: string | undefined): boolean {
  const read = code === undefined ? undefined : readCode(code).code
  return read !== undefined && (read.typeSymbol !== undefined || read.style === 'assembly')
}

/** Both are known and not the same. */
const differ = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && a !== b

/** One candidate resolves; several stay ambiguous and are never guessed; none becomes a stub if it can be told apart. */
export function resolve (reference: Reference, candidates: Candidate[]): { resolution: Resolution, matches: Candidate[] } {
  const possible = candidates.filter(candidate => mayBe(reference, candidate))
  const exact = hasYear(reference) ? possible.filter(candidate => isSame(reference, candidate)) : []
  const matches = exact.length === 1 ? exact : possible
  const [only] = matches
  // Every province has a 119/KH-UBND each year: where either side does not name its issuer, even a single match is one of
  // many, held or not. A missing year is different: one body, one number, and the only one held is meant until another comes.
  if (only !== undefined && matches.length === 1 && reference.issuerKey !== undefined && only.issuerKey !== undefined) {
    return { resolution: only.stub ? 'stub' : 'resolved', matches }
  }
  if (matches.length > 0) return { resolution: 'ambiguous', matches }
  return { resolution: reference.identity === undefined ? 'unidentified' : 'stub', matches: [] }
}

const hasYear = ({ named }: Reference): boolean =>
  named.issuedOn !== undefined || (named.code !== undefined && readCode(named.code).code?.year !== undefined)
