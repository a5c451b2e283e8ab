import t from 'tap'
import { layout, table, width } from '../../src/cli/terminal.ts'

const plain = { styled: false }

t.test('a Vietnamese letter takes one cell, composed or not', async t => {
  t.equal(width('Tỷ lệ nghèo'), 11)
  t.equal(width('Tỷ lệ nghèo'.normalize('NFD')), 11)
})

t.test('columns stand under each other whether diacritics are composed or not', async t => {
  t.equal(table(plain, [['Cấp'.normalize('NFD'), 'tỉnh'], ['Giai đoạn', '2021–2025']]).normalize('NFC'), [
    'Cấp        tỉnh',
    'Giai đoạn  2021–2025'
  ].join('\n'))
})

t.test('the last column is broken at spaces and goes on under itself', async t => {
  t.equal(table({ styled: false, columns: 38 }, [['Chương trình', 'Vì người nghèo - Không để ai bị bỏ lại phía sau']]), [
    'Chương trình  Vì người nghèo - Không',
    '              để ai bị bỏ lại phía sau'
  ].join('\n'))
})

t.test('styles take no cells, in a column or in a line', async t => {
  const rows = (['ok', 'wrong'] as const).map(word => [['green', word] as const, 'node'])
  t.equal(table({ styled: true }, rows), '\u001b[32mok\u001b[0m     node\n\u001b[32mwrong\u001b[0m  node')
  t.same(layout({ styled: true, columns: 24 }, [['bold', 'mười hai chữ cái'], 'và mười hai chữ nữa']),
    ['\u001b[1mmười hai chữ cái\u001b[0m và mười', 'hai chữ nữa'])
})

t.test('no style runs over the end of a line into the rails of the next', async t => {
  t.same(layout({ styled: true, columns: 26 }, [['yellow', 'một hai ba bốn năm sáu bảy']], '│ '),
    ['│ \u001b[33mmột hai ba bốn năm sáu\u001b[0m', '│ \u001b[33mbảy\u001b[0m'])
})

t.test('a word longer than the line stays whole', async t => {
  t.same(layout({ styled: false, columns: 24 }, ['a', 'x'.repeat(40), 'b']), ['a', 'x'.repeat(40), 'b'])
})

t.test('without a width nothing is broken', async t => {
  const text = 'từ '.repeat(200).trim()
  t.same(layout(plain, [text]), [text])
})
