import fc from 'fast-check'
import t from 'tap'
import { fold, spellingKey, tidy } from '../../src/domain/text.ts'

const text = fc.string({ unit: 'binary' })

t.test('tidying changes white space and composition only', async t => {
  t.equal(tidy('  Kế\t hoạch \n'), 'Kế hoạch')
  t.equal(tidy('Kế hoạch'.normalize('NFD')), 'Kế hoạch')
  t.equal(tidy('22/NQ-TU – ĐẢNG'), '22/NQ-TU – ĐẢNG')
})

t.test('names meet whatever their diacritics, case, dashes and tone-mark position', async t => {
  t.equal(fold('Hoà Bình'), fold('Hòa Bình'))
  t.equal(fold('Bà Rịa – Vũng Tàu'), 'ba ria vung tau')
  t.equal(fold('BÀ RỊA-VŨNG TÀU'), 'ba ria vung tau')
  t.equal(fold('Đắk Lắk'), fold('Ðăk Lăk'), 'eth for Đ')
  t.equal(fold('Thanh\u200B Hóa'), 'thanh hoa', 'zero-width space')
  t.equal(fold('ТНÁI BÌNH'), 'thai binh', 'Cyrillic Т and Н')
  t.equal(fold('Văn hóa, Thể thao & Du lịch'), 'van hoa the thao du lich')
  t.equal(fold('Thái Bình'.normalize('NFD')), 'thai binh')
})

t.test('folding twice is folding once, on any text', async () => {
  fc.assert(fc.property(text, value => fold(fold(value)) === fold(value)))
})

t.test('a folded text has no capitals, no marks and single spaces', async () => {
  fc.assert(fc.property(text, value => !/\p{M}|\s\s|^\s|\s$|[A-ZĐđ]/u.test(fold(value))))
})

t.test('places that differ by their diacritics alone stay apart; where the tone mark stands does not matter', async t => {
  t.not(spellingKey('Tân Thành'), spellingKey('Tân Thạnh'))
  t.not(spellingKey('Vĩnh Hòa'), spellingKey('Vĩnh Hóa'))
  t.equal(spellingKey('huyện Thuỷ Nguyên'), spellingKey('HUYỆN Thủy Nguyên'))
  t.equal(spellingKey('Đắk Tô'), spellingKey('Đăk Tô'))
})
