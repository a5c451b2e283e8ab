import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import { pageOf, readCursor, writeCursor } from '../../src/http/paging.ts'
import { Problem } from '../../src/problem.ts'

const position = z.tuple([z.string(), z.int()])

/** What became of a cursor: its position or the code of the problem. */
function outcome (cursor: string, filters: object) {
  try {
    return readCursor(cursor, { ...filters }, position)
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

t.test('a cursor gives back its position to the same filters, in whatever order they are written', async t => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }).filter(text => !text.includes('\0')), fc.integer(), fc.string(), (name, id, issuer) => {
    const cursor = writeCursor([name, id], { issuer, level: 'district', type: undefined })
    t.same(outcome(cursor, { level: 'district', issuer }), [name, id])
  }))
})

t.test('a cursor of other filters is refused', async t => {
  const cursor = writeCursor(['a', 1], { issuer: 'UBND tỉnh Thái Bình' })
  for (const other of [{}, { issuer: 'UBND tỉnh Hưng Yên' }, { issuer: 'UBND tỉnh Thái Bình', level: 'district' }]) {
    t.equal(outcome(cursor, other), 'cursor-invalid')
  }
})

t.test('a cursor with any character changed, added or left out is refused', async t => {
  const cursor = writeCursor(['Thái Bình', 7], {})
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ %\u0000Đ'
  for (let at = 0; at <= cursor.length; at++) {
    for (const put of alphabet) {
      const changed = cursor.slice(0, at) + put + cursor.slice(at + 1)
      if (changed !== cursor) t.equal(outcome(changed, {}), 'cursor-invalid', changed)
      t.equal(outcome(cursor.slice(0, at) + put + cursor.slice(at), {}), 'cursor-invalid')
    }
    if (at < cursor.length) t.equal(outcome(cursor.slice(0, at) + cursor.slice(at + 1), {}), 'cursor-invalid')
  }
})

t.test('a cursor that somebody computed for a position of another form is refused', async t => {
  for (const forged of [[1, 2], ['a'], ['a', '1'], ['a', 1, 2], ['a\u0000', 1], { length: 2 } as never]) {
    t.equal(outcome(writeCursor(forged, {}), {}), 'cursor-invalid')
  }
})

t.test('pages one after the other are the whole list, each row once', async t => {
  fc.assert(fc.property(fc.uniqueArray(fc.nat(1000), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (ids, limit) => {
    const list = ids.sort((a, b) => a - b)
    const read: number[] = []
    let after = -1
    for (;;) {
      const found = list.filter(id => id > after).slice(0, limit + 1)
      const { rows, nextCursor } = pageOf(found, limit, {}, id => [id])
      read.push(...rows)
      if (nextCursor === undefined) break
      after = readCursor(nextCursor, {}, z.tuple([z.int()]))[0]
    }
    t.same(read, list)
  }))
})
