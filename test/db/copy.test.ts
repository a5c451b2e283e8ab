import { sql } from 'drizzle-orm'
import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import fc from 'fast-check'
import t from 'tap'
import { copyAll, toCopied } from '../../src/db/copy.ts'
import { RolledBack, withSession } from '../../src/db/session.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase(t)

const rows = pgTable('copied', { number: integer(), text: text(), list: text().array(), document: jsonb() })

// PostgreSQL keeps no NUL in a text; everything else that COPY reads as a sign has to come through.
const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom('\\', '\n', '\r', '\t', 'N', '.', '"', 'ế', '😀', ' ') }),
  fc.string({ unit: 'grapheme' }).filter(one => !one.includes('\u0000')),
  // Longer than what is sent at once.
  fc.constantFrom('a'.repeat(300_000), 'ệ'.repeat(200_000))
)
const anyId = fc.constantFrom('01234567-89ab-7def-8123-456789abcdef', '01234567-89ab-7def-8123-456789abcdee')
const anyName = fc.constantFrom('a', 'b\\n', 'c"')
const anyScalar = fc.oneof(anyText, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => value + 0), fc.constant(null), fc.constant(undefined), fc.boolean())
const anyFrozen = fc.dictionary(anyName, anyScalar).map(one => Object.freeze(one))
const anyInner = fc.oneof(anyScalar, fc.array(anyScalar), fc.dictionary(anyName, anyScalar), anyFrozen, fc.constant(new Date(0)), fc.array(fc.oneof(anyFrozen, fc.dictionary(anyName, fc.array(anyScalar)))))
const anyDocument = fc.oneof(fc.dictionary(anyName, anyInner), anyFrozen)
const anyRow = fc.record({
  number: fc.option(fc.nat(1000)),
  text: fc.option(anyText),
  list: fc.array(anyId),
  document: anyDocument
})

t.test('whatever a row says comes through COPY as it was', async t => {
  await fc.assert(fc.asyncProperty(fc.array(anyRow, { maxLength: 30 }), async given => {
    const kept = await withSession(db, {}, async session => {
      await session.tx.execute(sql`create temporary table copied (place serial, number integer, text text, list text[], document jsonb)`)
      const copied = toCopied(rows, given)
      await copyAll(session, copied === undefined ? [] : [copied])
      const { rows: found } = await session.tx.execute(sql`select number, text, list, document from copied order by place`)
      throw new RolledBack(found)
    })
    t.strictSame(kept, given.map(row => ({ ...row, document: JSON.parse(JSON.stringify(row.document)) })))
  }), { numRuns: 60 })
})

t.test('a frozen document that many rows have comes through with each of them', async t => {
  const shared = Object.freeze({ text: 'chỉ tiêu \\ "nghèo"', list: [1, 2] })
  const given = Array.from({ length: 500 }, (_, number) => ({ number, text: null, list: [], document: number % 2 === 0 ? shared : { told: [shared, { of: shared }] } }))
  const kept = await withSession(db, {}, async session => {
    await session.tx.execute(sql`create temporary table copied (number integer, text text, list text[], document jsonb)`)
    await copyAll(session, [toCopied(rows, given)!])
    throw new RolledBack((await session.tx.execute(sql`select number, text, list, document from copied order by number`)).rows)
  })
  t.strictSame(kept, given.map(row => ({ ...row, document: JSON.parse(JSON.stringify(row.document)) })))
})
