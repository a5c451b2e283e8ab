import type { Db } from '../db/connect.ts'
import { INDICATORS, type Indicator, findIndicator, unitsTaken } from '../domain/target/indicator.ts'
import { unitRecord } from '../domain/target/unit.ts'
import { nearest } from '../text/nearest.ts'
import { shorten } from '../text/shorten.ts'
import { Problem } from '../problem.ts'
import { countPlansWith } from './indicator.queries.ts'
import type { IndicatorDetail, IndicatorReply } from './indicator.schemas.ts'

export const toIndicatorReply = ({ code, vi, en, aliases, definition, kind, better, units, inheritable }: Indicator): IndicatorReply =>
  ({ code, name: { vi, en }, aliases, definition, kind, better, units, inheritable })

const MEASURES = ['level', 'change', 'multiple'] as const

export async function describeIndicator (db: Db, code: string): Promise<IndicatorDetail> {
  const indicator = findIndicator(code)
  if (indicator === undefined) throw notFound(code)
  const { units: ofLevel, ...rest } = toIndicatorReply(indicator)
  const isStatus = ofLevel.length === 0
  const taken = isStatus ? [] : MEASURES.map(measure => ({ measure, units: unitsTaken(indicator, measure) }))
  return {
    ...rest,
    plans: await countPlansWith(db, code),
    units: [...new Set(taken.flatMap(({ units }) => units))].map(unit => {
      const { vi, en, dimension, factor, additive } = unitRecord(unit)
      return {
        code: unit,
        name: { vi, en },
        dimension,
        factor,
        additive,
        measures: taken.filter(({ units }) => units.includes(unit)).map(({ measure }) => measure)
      }
    })
  }
}

function notFound (code: string): Problem {
  const near = nearest(code, INDICATORS.map(indicator => indicator.code))
  const shown = shorten(code)
  return new Problem('indicator-not-found', {
    vi: `Danh mục không có chỉ số “${shown}”.${near === undefined ? '' : ` Gần nhất: ${near}.`} Tìm theo tên bằng GET /v1/indicators?text=….`,
    en: `The registry has no indicator “${shown}”.${near === undefined ? '' : ` The nearest is ${near}.`} Look it up by name with GET /v1/indicators?text=….`
  }, near === undefined ? {} : { instead: { code: near } })
}
