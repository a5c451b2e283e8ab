import { type Area, organsOf, successionsOfOrgans } from '../../src/domain/organization/organization-area.ts'
import type { Organization, Succession } from '../../src/domain/organization/organization.ts'

/** A small country: two provinces that were merged, a district and a commune of one, and a department of two masters. */

const LAST = '2025-06-30'
const FIRST = '2025-07-01'
const SOURCE = 'written for a test'

export const HEADS = { committee: 'chinh-phu', council: 'quoc-hoi', party: 'trung-uong-dang' }

export const anOrganization = (over: Partial<Organization> & Pick<Organization, 'id'>): Organization => ({
  name: `Sở ${over.id}`, aliases: [], kind: 'department', level: 'agency', symbols: [], source: SOURCE, ...over
})

export const AREAS: Area[] = [
  { id: 'tinh-thai-binh', code: '34', codeVerified: true, name: 'Thái Bình', type: 'province', validTo: LAST, source: SOURCE, electronicCodes: [{ code: 'H54', verified: false }] },
  { id: 'tinh-hung-yen', code: '33', codeVerified: true, name: 'Hưng Yên', type: 'province', validTo: LAST, source: SOURCE },
  { id: 'tinh-hung-yen-2025', code: '33', codeVerified: true, name: 'Hưng Yên', type: 'province', validFrom: FIRST, source: SOURCE },
  { id: 'huyen-dong-hung', code: '340', name: 'Đông Hưng', type: 'district', within: 'tinh-thai-binh', validTo: LAST, source: SOURCE },
  { id: 'xa-hoa-tien', code: '12700', name: 'Hòa Tiến', type: 'commune', within: 'huyen-dong-hung', validTo: LAST, source: SOURCE },
  { id: 'xa-tien-hung-2025', code: '12700', name: 'Tiên Hưng', type: 'commune', within: 'tinh-hung-yen-2025', validFrom: FIRST, source: SOURCE },
  { id: 'tinh-bac-giang', code: '24', codeVerified: true, name: 'Bắc Giang', type: 'province', validTo: LAST, source: SOURCE },
  { id: 'tinh-bac-ninh-2025', code: '24', codeVerified: true, name: 'Bắc Ninh', type: 'province', validFrom: FIRST, source: SOURCE },
  { id: 'tinh-dak-lak', code: '66', codeVerified: true, name: 'Đắk Lắk', type: 'province', source: SOURCE, electronicCodes: [{ code: '000.00.00.H15', verified: true }] },
  { id: 'tinh-ba-ria-vung-tau', code: '77', codeVerified: true, name: 'Bà Rịa - Vũng Tàu', type: 'province', source: SOURCE }
]

const became = (predecessorId: string, successorId: string, kind: Succession['kind'] = 'merged'): Succession =>
  ({ predecessorId, successorId, on: FIRST, kind, source: SOURCE })

export const AREA_SUCCESSIONS: Succession[] = [
  became('tinh-thai-binh', 'tinh-hung-yen-2025'),
  became('tinh-hung-yen', 'tinh-hung-yen-2025'),
  became('huyen-dong-hung', 'tinh-hung-yen-2025', 'replaced'),
  became('xa-hoa-tien', 'xa-tien-hung-2025'),
  became('tinh-bac-giang', 'tinh-bac-ninh-2025')
]

export const BODIES: Organization[] = [
  anOrganization({ id: 'quoc-hoi', name: 'Quốc hội', kind: 'national-assembly', level: 'decree', symbols: ['QH'] }),
  anOrganization({ id: 'trung-uong-dang', name: 'Ban Chấp hành Trung ương Đảng', kind: 'party-central', level: 'decree', symbols: ['TW'] }),
  anOrganization({ id: 'chinh-phu', name: 'Chính phủ', kind: 'government', level: 'national', symbols: ['CP'] }),
  anOrganization({ id: 'bo-van-hoa', name: 'Bộ Văn hóa, Thể thao và Du lịch', kind: 'ministry', level: 'ministry', symbols: ['BVHTTDL'], superiorId: 'chinh-phu' }),
  anOrganization({
    id: 'so-van-hoa-thai-binh',
    name: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình',
    symbols: ['SVHTTDL'],
    validTo: LAST,
    superiorId: 'ubnd-tinh-thai-binh',
    functionalSuperiorId: 'bo-van-hoa',
    area: { id: 'tinh-thai-binh', code: '34', codeVerified: true, name: 'Thái Bình', type: 'province' }
  }),
  // It begins under Thái Bình and goes on under whoever answers for Thái Bình.
  anOrganization({
    id: 'so-khoa-hoc-thai-binh',
    name: 'Sở Khoa học và Công nghệ tỉnh Thái Bình',
    validTo: '2025-12-31',
    superiorId: 'ubnd-tinh-thai-binh',
    area: { id: 'tinh-thai-binh', code: '34', codeVerified: true, name: 'Thái Bình', type: 'province' }
  })
]

export const ORGANIZATIONS: Organization[] = [...BODIES, ...AREAS.flatMap(area => organsOf(area, HEADS))]

export const SUCCESSIONS: Succession[] = AREA_SUCCESSIONS.flatMap(successionsOfOrgans)
