import { type PartialDate, compareDates } from './partial-date.ts'

/** From the head of the cascade down. */
export const LEVELS = ['decree', 'national', 'ministry', 'provincial', 'agency', 'district', 'commune', 'unit'] as const

export type Level = (typeof LEVELS)[number]

const VIETNAMESE: Record<Level, string> = {
  decree: 'văn bản đứng đầu',
  national: 'cấp quốc gia',
  ministry: 'cấp bộ',
  provincial: 'cấp tỉnh',
  agency: 'cấp sở, ngành',
  district: 'cấp huyện',
  commune: 'cấp xã',
  unit: 'đơn vị trực thuộc'
}

export const vietnameseLevel = (level: Level): string => VIETNAMESE[level]

/**
 * `direct`: the usual step. `allowed`: a crossing that real cascades make and nobody should be warned of.
 * `skips`: real, but somebody in between is passed over. `not-above`: no parent.
 */
export type Crossing = 'direct' | 'allowed' | 'skips' | 'not-above'

/**
 * What may stand above each level. Read a row as "a plan of this level may implement one of …".
 * A strict "one level up" would refuse real documents: criteria decrees bind districts, councils bind committees of
 * their own level, a five-year plan heads the annual plan of the same issuer, and a department answers the province and
 * the ministry (Luật Tổ chức chính quyền địa phương: song trùng trực thuộc).
 */
const ABOVE: Record<Level, { direct: Level[], allowed: Level[] }> = {
  decree: { direct: [], allowed: ['decree'] },
  national: { direct: ['decree'], allowed: ['national'] },
  ministry: { direct: ['national'], allowed: ['decree', 'ministry'] },
  provincial: { direct: ['national'], allowed: ['decree', 'ministry', 'provincial'] },
  agency: { direct: ['provincial'], allowed: ['ministry', 'agency'] },
  district: { direct: ['provincial'], allowed: ['agency', 'district'] },
  commune: { direct: ['district'], allowed: ['provincial', 'agency', 'commune'] },
  unit: { direct: ['agency', 'district', 'commune'], allowed: ['provincial', 'ministry', 'unit'] }
}

/**
 * How a parent of one level stands to a child of another, issued on a day. The districts ended on 2025-06-30 (Luật Tổ chức
 * chính quyền địa phương 72/2025/QH15): before, a commune that answers its province passes its district over; since, that
 * is the usual step.
 */
export function crossing (upper: Level, lower: Level, on?: PartialDate): Crossing {
  if (upper === 'provincial' && lower === 'commune' && on !== undefined) {
    const toEnd = compareDates(on, '2025-07-01')
    if (toEnd !== 'unclear') return toEnd === 'before' ? 'skips' : 'direct'
  }
  if (ABOVE[lower].direct.includes(upper)) return 'direct'
  if (ABOVE[lower].allowed.includes(upper)) return 'allowed'
  return LEVELS.indexOf(upper) < LEVELS.indexOf(lower) ? 'skips' : 'not-above'
}
