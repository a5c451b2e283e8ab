import type { Fault } from './organization-fault.ts'
import { type Organization, surelyOverlap } from './organization.ts'
import { spelling } from './organization-key.ts'

/**
 * Two organizations that claim one official code, or one name under one superior, on a day they share for certain.
 * A code that nobody verified is never a reason to refuse, so only verified ones are compared.
 */
export function * faultsOfSharing (organizations: readonly Organization[]): Generator<Fault> {
  for (const { code, at, a, b } of sharers(organizations, areaClaims)) yield sharedCode('area', code, at, a, b)
  for (const { code, at, a, b } of sharers(organizations, electronicClaims)) yield sharedCode('electronic', code, at, a, b)
  for (const { at, a, b } of sharers(organizations, nameClaims)) {
    yield {
      at,
      code: 'name-shared',
      message: {
        vi: `"${b.name}" (${b.id}) trùng tên với ${a.id}, cùng cấp trên và cùng thời gian. Hãy sửa tên, cấp trên hoặc ngày hiệu lực.`,
        en: `"${b.name}" (${b.id}) has the name of ${a.id}, under the same superior at the same time. Correct the name, the superior or the dates.`
      }
    }
  }
}

interface Claim {
  key: string
  code: string
  /** Pointer below the organization. */
  at: string
}

// The organs of one area share its code: it must be unique among bodies of one kind.
const areaClaims = ({ kind, level, area }: Organization): Claim[] =>
  area?.code === undefined || area.codeVerified !== true || level === 'agency' ? [] : [{ key: `${kind} ${area.code}`, code: area.code, at: '/area/code' }]

const electronicClaims = ({ electronicCodes }: Organization): Claim[] =>
  (electronicCodes ?? []).flatMap(({ code, verified }, index) =>
    verified ? [{ key: code.replace(/^(?:000\.00\.00\.)/, ''), code, at: `/electronicCodes/${index}/code` }] : [])

// With diacritics: Hoà An and Hòa Ân are two communes of one district. Where the tone mark stands makes no difference.
const nameClaims = ({ name, superiorId }: Organization): Claim[] =>
  [{ key: `${spelling(name)} ${superiorId ?? ''}`, code: '', at: '/name' }]

function * sharers (organizations: readonly Organization[], claimsOf: (organization: Organization) => Claim[]): Generator<{ code: string, at: string, a: Organization, b: Organization }> {
  const holders = new Map<string, Organization[]>()
  for (const [index, organization] of organizations.entries()) {
    for (const { key, code, at } of claimsOf(organization)) {
      const earlier = holders.get(key) ?? []
      const rival = earlier.find(each => each.id !== organization.id && surelyOverlap(each, organization))
      if (rival !== undefined) yield { code, at: `/organizations/${index}${at}`, a: rival, b: organization }
      holders.set(key, [...earlier, organization])
    }
  }
}

const sharedCode = (what: 'area' | 'electronic', code: string, at: string, a: Organization, b: Organization): Fault => ({
  at,
  code: 'code-shared',
  message: {
    vi: `${what === 'area' ? 'Mã đơn vị hành chính' : 'Mã định danh điện tử'} "${code}" của "${b.name}" đang được "${a.name}" dùng trong cùng thời gian. Mỗi mã chỉ thuộc một tổ chức tại một thời điểm.`,
    en: `The ${what === 'area' ? 'area code' : 'electronic identification code'} "${code}" of "${b.name}" is held by "${a.name}" at the same time. A code belongs to one organization at a time.`
  }
})
