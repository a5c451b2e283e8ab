import { ISSUER_KINDS } from '../issuer/issuer-words.ts'
import { LEVELS } from '../level.ts'
import type { Message } from '../message.ts'
import { type Fault, type FaultCode, malformedDate } from './organization-fault.ts'
import { type Organization, type Succession, AREA_TYPES } from './organization.ts'
import { faultsOfSharing } from './organization-sharing.ts'
import { faultsOfSuccessions } from './organization-succession-faults.ts'
import { firstDay, isPartialDate, lastDay } from '../partial-date.ts'

/** Every fault of the whole set at once, in the order of the set; empty when it may be loaded. */
export function faultsOfOrganizations (organizations: readonly Organization[], successions: readonly Succession[]): Fault[] {
  const byId = new Map(organizations.map(each => [each.id, each]))
  return [
    ...organizations.flatMap((each, index) => [...faultsOfOne(each, `/organizations/${index}`, byId)]),
    ...faultsOfRepeatedIds(organizations),
    ...faultsOfSuperiorCycles(organizations, byId),
    ...faultsOfSharing(organizations),
    ...faultsOfSuccessions(successions, byId)
  ]
}

const ELECTRONIC_CODE = /^(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.[0-9A-Z]{1,5}){0,5})$/

function * faultsOfOne (organization: Organization, at: string, byId: ReadonlyMap<string, Organization>): Generator<Fault> {
  const { id, name, kind, level, area, validFrom, validTo, superiorId, functionalSuperiorId } = organization
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) {
    yield {
      at: `${at}/id`,
      code: 'id-malformed',
      message: {
        vi: `Mã "${id}" phải gồm chữ thường không dấu, chữ số và gạch nối, ví dụ ubnd-tinh-thai-binh.`,
        en: `The id "${id}" must be lower-case ASCII letters and digits joined by hyphens, such as ubnd-tinh-thai-binh.`
      }
    }
  }
  if (name.trim() === '') {
    yield {
      at: `${at}/name`,
      code: 'name-missing',
      message: { vi: `Tổ chức "${id}" chưa có tên. Hãy ghi tên đầy đủ.`, en: `The organization "${id}" has no name. Give its full name.` }
    }
  }
  if (!ISSUER_KINDS.includes(kind)) yield unknownWord(`${at}/kind`, 'kind-unknown', name, kind, ISSUER_KINDS, { vi: 'loại cơ quan', en: 'kind' })
  if (!LEVELS.includes(level)) yield unknownWord(`${at}/level`, 'level-unknown', name, level, LEVELS, { vi: 'cấp', en: 'level' })
  if (area !== undefined && !AREA_TYPES.includes(area.type)) {
    yield unknownWord(`${at}/area/type`, 'area-type-unknown', name, area.type, AREA_TYPES, { vi: 'loại đơn vị hành chính', en: 'type of area' })
  }
  for (const [field, date] of [['validFrom', validFrom], ['validTo', validTo]] as const) {
    if (date !== undefined && !isPartialDate(date)) yield malformedDate(`${at}/${field}`, name, date)
  }
  if (validFrom !== undefined && validTo !== undefined && lastDay(validTo) < firstDay(validFrom)) {
    yield {
      at: `${at}/validTo`,
      code: 'ends-before-it-begins',
      message: {
        vi: `"${name}" kết thúc ngày ${validTo}, trước khi bắt đầu ngày ${validFrom}. Hãy kiểm tra lại hai ngày này.`,
        en: `"${name}" ends on ${validTo}, before it begins on ${validFrom}. Check the two dates.`
      }
    }
  }
  for (const [index, { code }] of (organization.electronicCodes ?? []).entries()) {
    if (ELECTRONIC_CODE.test(code)) continue
    yield {
      at: `${at}/electronicCodes/${index}/code`,
      code: 'electronic-code-malformed',
      message: {
        vi: `Mã định danh điện tử "${code}" của "${name}" không đúng dạng 000.00.00.H49 hoặc H49.01.02 (Quyết định 20/2020/QĐ-TTg).`,
        en: `The electronic identification code "${code}" of "${name}" is neither of the form 000.00.00.H49 nor H49.01.02 (Decision 20/2020/QĐ-TTg).`
      }
    }
  }
  for (const [field, target, code] of [
    ['superiorId', superiorId, 'superior-unknown'], ['functionalSuperiorId', functionalSuperiorId, 'functional-superior-unknown']
  ] as const) {
    if (target === undefined || byId.has(target)) continue
    yield {
      at: `${at}/${field}`,
      code,
      message: {
        vi: `Cấp trên "${target}" của "${name}" không có trong danh sách. Hãy thêm tổ chức đó hoặc sửa mã.`,
        en: `"${target}", the superior of "${name}", is not in the list. Add that organization or correct the id.`
      }
    }
  }
}

const unknownWord = (at: string, code: FaultCode, name: string, word: string, words: readonly string[], what: Message): Fault => ({
  at,
  code,
  message: {
    vi: `"${word}" của "${name}" không phải là ${what.vi} được biết đến. Hãy dùng một trong: ${words.join(', ')}.`,
    en: `"${word}" of "${name}" is not a known ${what.en}. Use one of: ${words.join(', ')}.`
  }
})

function * faultsOfRepeatedIds (organizations: readonly Organization[]): Generator<Fault> {
  const first = new Map<string, number>()
  for (const [index, { id, name }] of organizations.entries()) {
    const earlier = first.get(id)
    if (earlier === undefined) first.set(id, index)
    else {
      yield {
        at: `/organizations/${index}/id`,
        code: 'id-repeated',
        message: {
          vi: `Mã "${id}" của "${name}" đã dùng cho tổ chức thứ ${earlier + 1} trong danh sách. Mỗi tổ chức cần một mã riêng.`,
          en: `The id "${id}" of "${name}" is already that of organization ${earlier + 1} in the list. Each organization needs its own.`
        }
      }
    }
  }
}

function * faultsOfSuperiorCycles (organizations: readonly Organization[], byId: ReadonlyMap<string, Organization>): Generator<Fault> {
  const cleared = new Set<string>()
  for (const [index, organization] of organizations.entries()) {
    const path = new Set<string>()
    let at: Organization | undefined = organization
    while (at !== undefined && !cleared.has(at.id) && !path.has(at.id)) {
      path.add(at.id)
      at = at.superiorId === undefined ? undefined : byId.get(at.superiorId)
    }
    if (at !== undefined && path.has(at.id)) {
      const names = [...path].slice([...path].indexOf(at.id)).map(id => byId.get(id)!.name)
      const circle = [...names, at.name].join(' → ')
      yield {
        at: `/organizations/${index}/superiorId`,
        code: 'superior-cycle',
        message: {
          vi: `Quan hệ cấp trên đi thành vòng: ${circle}. Hãy bỏ một cấp trên trong vòng này.`,
          en: `The line of superiors runs in a circle: ${circle}. Remove one superior of it.`
        }
      }
    }
    for (const id of path) cleared.add(id)
  }
}
