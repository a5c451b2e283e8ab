import t from 'tap'
import { DOCUMENT_TYPES, canonicalTypeSymbol, typeOfPartySymbol, typeOfSymbol, typeOfVietnameseName, vietnameseTypeName, yearInCode } from '../../src/domain/document-type.ts'

t.test('every type is known by its name and by its symbol, and no two share either', async t => {
  for (const record of DOCUMENT_TYPES) {
    t.equal(typeOfVietnameseName(record.vi), record.type)
    t.equal(vietnameseTypeName(record.type), record.vi)
    if ('symbol' in record) {
      t.equal(typeOfSymbol(record.symbol), record.type)
      t.equal(canonicalTypeSymbol(record.symbol), record.symbol)
      t.equal(canonicalTypeSymbol(record.symbol.toLowerCase()), record.symbol)
    }
  }
  t.equal(new Set(DOCUMENT_TYPES.map(({ type }) => type)).size, DOCUMENT_TYPES.length)
})

t.test('a name is known without its diacritics, and unknown names are no type', async t => {
  t.equal(typeOfVietnameseName('KE  HOACH'), 'plan')
  t.equal(typeOfVietnameseName('Chương trình hành động'), 'programme')
  t.equal(typeOfVietnameseName('Bộ luật'), 'law')
  t.equal(typeOfVietnameseName('Văn bản'), undefined)
  t.equal(typeOfSymbol('XYZ'), undefined)
})

t.test('Đ typed as D is put right where no other symbol is written that way', async t => {
  t.equal(canonicalTypeSymbol('QD'), 'QĐ')
  t.equal(canonicalTypeSymbol('HD'), 'HD', 'hướng dẫn, not hợp đồng')
  t.equal(canonicalTypeSymbol('DA'), 'DA', 'dự án, not đề án')
  t.equal(canonicalTypeSymbol('UBND'), undefined)
})

t.test('QĐ of the Party is a decision or a rule, so it names no type', async t => {
  t.equal(typeOfPartySymbol('QĐ'), undefined)
  t.equal(typeOfPartySymbol('NQ'), 'resolution')
})

t.test('a decree always carries its year, a decision sometimes, a plan never', async t => {
  t.equal(yearInCode('decree'), 'always')
  t.equal(yearInCode('decision'), 'sometimes')
  t.equal(yearInCode('plan'), 'never')
})
