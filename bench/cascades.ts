import { sql } from 'drizzle-orm'
import type { Db } from '../src/db/connect.ts'

/** A committee with the place it stands under. */
interface Committee {
  id: string
  name: string
  superiorId: string | null
}

/** How many plans of each kind one programme has under each of its provinces. */
const DEPARTMENTS = ['Sở Lao động - Thương binh và Xã hội', 'Sở Y tế', 'Sở Giáo dục và Đào tạo', 'Sở Tài chính', 'Sở Nội vụ', 'Sở Xây dựng']

const poverty = (low: string, high: string, inherits?: object[]) => ({
  key: 'poverty',
  indicator: 'multidimensional-poverty-rate',
  goal: { measure: 'change-per-year', direction: 'decrease', amount: { comparator: 'between', low, high, unit: 'percentage-point' } },
  text: `Giảm tỷ lệ nghèo đa chiều ${low}-${high}%/năm`,
  ...(inherits !== undefined && { inherits })
})

const share = (key: string, percent: string, inherits?: object[]) => ({
  key,
  indicator: `share-${key}`,
  goal: { measure: 'level', amount: { comparator: 'at-least', value: percent, unit: 'percent' }, by: '2025' },
  text: `Đến hết năm 2025 đạt ít nhất ${percent}%`,
  ...(inherits !== undefined && { inherits })
})

/** One is taken over as it is, the others are raised from level to level: by so many tenths above what the programme asks. */
const targets = (raised: number, inherited?: string) => {
  const link = (key: string) => inherited === undefined ? undefined : [{ key, plan: inherited, how: raised === 0 ? 'adopts' : 'tightens' }]
  return [
    poverty('1', '1.5', inherited === undefined ? undefined : [{ key: 'poverty', plan: inherited, how: 'adopts' }]),
    share('water', String(95 + raised / 10), link('water')),
    share('insurance', String(90 + raised / 5), link('insurance'))
  ]
}

/**
 * Plans of five-year programmes as the administration issues them: a decision, a plan of each province, and plans of its
 * departments, districts and communes, parents first. The committees are those of the reference data, so that the names
 * have to be found among fifty thousand, and codes repeat from province to province as they really do.
 */
export async function * cascades (db: Db, count: number): AsyncGenerator<Record<string, unknown>> {
  const { rows } = await db.execute<Committee & { level: string } & Record<string, unknown>>(sql`
    select id, name, level, superior_id as "superiorId" from organizations
     where kind = 'peoples-committee' and valid_to = '2025-06-30' and valid_from is null order by id`)
  const below = grouped(rows)
  const provinces = rows.filter(({ level }) => level === 'provincial')
  let made = 0
  for (let programme = 1; made < count; programme++) {
    const year = 2021 + programme % 4
    const name = `Chương trình mục tiêu ${programme}`
    const period = { from: '2021', to: '2025' }
    const head = { code: `${programme}/${year}/QH15`, type: 'resolution', title: `Phê duyệt chủ trương đầu tư ${name}`, issuer: 'Quốc hội', issuedOn: `${year}-01-15`, period, programme: name }
    const decision = { code: `${1000 + programme}/QĐ-TTg`, title: `Phê duyệt ${name}`, issuer: 'Thủ tướng Chính phủ', issuedOn: `${year}-02-20`, period, programme: name, citations: [cite(head)], targets: targets(0) }
    const plans = function * () {
      yield head
      yield decision
      for (const [order, province] of provinces.entries()) {
        const plan = { code: `${100 + programme}/KH-UBND`, title: `Thực hiện ${name} trên địa bàn`, issuer: province.name, issuedOn: `${year}-03-${day(order)}`, period, programme: name, citations: [cite(decision), { relation: 'basis', code: head.code, issuer: head.issuer, issuedOn: head.issuedOn }], targets: targets(order % 5, decision.code) }
        yield plan
        const place = province.name.replace(/^UBND /, '')
        for (const [index, department] of DEPARTMENTS.entries()) {
          yield { code: `${200 + programme}/KH-${['SLĐTBXH', 'SYT', 'SGDĐT', 'STC', 'SNV', 'SXD'][index]}`, title: `Thực hiện Kế hoạch số ${plan.code}`, issuer: `${department} ${place}`, issuedOn: `${year}-04-${day(order + index)}`, period, programme: name, citations: [{ ...cite(plan), issuer: 'UBND tỉnh' }].map(one => province.name.startsWith('UBND tỉnh') ? one : cite(plan)), targets: targets(order % 5 + index, plan.code) }
        }
        for (const [number, district] of (below.get(province.id) ?? []).entries()) {
          const own = { code: `${50 + programme}/KH-UBND`, title: `Thực hiện ${name}`, issuer: `${district.name}, ${place}`, issuedOn: `${year}-05-${day(order)}`, period, programme: name, citations: [cite(plan)], targets: targets(order % 5 + number % 7, plan.code) }
          yield own
          for (const [index, commune] of (below.get(district.id) ?? []).entries()) {
            yield { code: `${100 * programme + index}/KH-UBND`, title: `Thực hiện ${name}`, issuer: `${commune.name}, ${own.issuer.replace(/^UBND /, '')}`, issuedOn: `${year}-06-${day(index)}`, period, programme: name, citations: [cite(own)], targets: targets(order % 5 + number % 7 + index % 11, own.code) }
          }
        }
      }
    }
    for (const plan of plans()) {
      yield plan
      if (++made >= count) return
    }
  }
}

const day = (number: number): string => String(number % 28 + 1).padStart(2, '0')

const cite = ({ code, issuer, issuedOn }: { code: string, issuer: string, issuedOn: string }) => ({ relation: 'implements', code, issuer, issuedOn })

function grouped (rows: Committee[]): Map<string, Committee[]> {
  const groups = new Map<string, Committee[]>()
  for (const row of rows) if (row.superiorId !== null) groups.set(row.superiorId, [...groups.get(row.superiorId) ?? [], row])
  return groups
}
