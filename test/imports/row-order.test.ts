import fc from 'fast-check'
import t from 'tap'
import { rowKeysReader } from '../../src/imports/row-keys.ts'
import { RowGraph, type RowKeys } from '../../src/imports/row-order.ts'
import { citeDecision, citeProvincial, decision, department, provincial, resolution } from '../helpers/bodies.ts'

const orderOf = (rows: RowKeys[]) => {
  const graph = new RowGraph()
  for (const row of rows) graph.add(row)
  const order = graph.close()
  return { rows: [...order.rows], above: (row: number) => [...order.above(row)] }
}

const orderOfPlans = (plans: object[]) => {
  const keysOf = rowKeysReader()
  return orderOf(plans.map(plan => keysOf(plan as never)))
}

/** Rows by number, each with the numbers of rows that it needs, of which none needs it in turn. */
const acyclic = fc.array(fc.array(fc.nat(30), { maxLength: 3 }), { minLength: 1, maxLength: 30 })
  .chain(wants => fc.shuffledSubarray(wants.map((_, index) => index), { minLength: wants.length })
    .map(names => wants.map((wanted, index) => ({ code: String(names[index]), wants: wanted.filter(one => one < index).map(one => ({ code: String(names[one]) })) })))
    .chain(rows => fc.shuffledSubarray(rows, { minLength: rows.length })))

t.test('every row comes once, and after all that it needs', async () => {
  fc.assert(fc.property(acyclic, rows => {
    const { rows: order } = orderOf(rows)
    const placeOf = new Map(order.map((row, place) => [rows[row]!.code, place]))
    return order.length === rows.length && placeOf.size === rows.length &&
      rows.every(row => row.wants.every(({ code }) => placeOf.get(code)! < placeOf.get(row.code)!))
  }), { numRuns: 300 })
})

t.test('a file that has its parents first is recorded in its own order', async () => {
  fc.assert(fc.property(acyclic, rows => {
    const sorted = orderOf(rows).rows.map(row => rows[row]!)
    return orderOf(sorted).rows.every((row, place) => row === place)
  }), { numRuns: 300 })
})

t.test('rows that need one another in a circle all come, once', async () => {
  fc.assert(fc.property(fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: 1, maxLength: 10 }), wants => {
    const { rows } = orderOf(wants.map((wanted, index) => ({ code: String(index), wants: wanted.map(one => ({ code: String(one) })) })))
    return new Set(rows).size === wants.length && rows.length === wants.length
  }), { numRuns: 300 })
})

t.test('a chain of 200,000 rows, the last one first, is put in order', async t => {
  const { rows } = orderOf(Array.from({ length: 200_000 }, (_, index) => ({ code: String(index), wants: [{ code: String(index + 1) }] })))
  t.equal(rows[0], 199_999)
  t.equal(rows.at(-1), 0)
})

t.test('a child finds its parent by code, year and issuer, however these are written', async t => {
  const rows = [department(), provincial(), decision(), resolution()]
  t.strictSame(orderOfPlans(rows).rows, [3, 2, 1, 0], '“UBND tỉnh” is that of the department')
  const other = { ...provincial(), issuer: 'UBND tỉnh Sóc Trăng' }
  t.strictSame(orderOfPlans([department(), other, provincial()]).above(0), [2], 'not the 119/KH-UBND of another province')
  t.strictSame(orderOfPlans([department(), provincial({ issuedOn: '2021-09-07' })]).above(0), [1], 'a year that no row has falls back to the code')
  t.strictSame(orderOfPlans([{ ...department(), citations: [{ ...citeProvincial, relation: 'references' }] }, provincial()]).above(0), [], 'what is only referred to may come later')
  t.strictSame(orderOfPlans([{ code: '1/QĐ-TTg', citations: [{ ...citeDecision, relation: 'amends' }] }, decision()]).above(0), [1], 'what is amended comes first')
})

t.test('a code that more than sixteen rows have means none of them', async t => {
  const namesakes = (count: number) => orderOf([{ code: '2', wants: [{ code: '1' }] }, ...Array.from({ length: count }, () => ({ code: '1', wants: [] }))])
  t.equal(namesakes(16).above(0).length, 16)
  t.strictSame(namesakes(17).above(0), [])
  t.equal(namesakes(17).rows[0], 0, 'the row keeps its place')
})

t.test('a row finds the one it cites by id, and one without a number by its title', async t => {
  const id = '01890000-0000-7000-8000-000000000000'
  t.strictSame(orderOfPlans([{ code: '1/KH-UBND', citations: [{ relation: 'implements', planId: id }] }, { id, title: 'Kế hoạch' }]).above(0), [1])
  const title = 'Kế hoạch tổ chức phong trào'
  t.strictSame(orderOfPlans([
    { code: '1/KH-UBND', issuer: 'UBND tỉnh Thái Bình', citations: [{ relation: 'implements', title, issuer: 'UBND tỉnh', issuedOn: '2022' }] },
    { title, issuer: 'Ủy ban nhân dân tỉnh Thái Bình', issuedOn: '2022-01-05' }
  ]).above(0), [1])
})
