import t from 'tap'
import { readIssuer } from '../../../src/domain/issuer/issuer.ts'
import { standing } from '../../../src/domain/issuer/standing.ts'
import type { Standing } from '../../../src/domain/issuer/standing.ts'

function stands (superior: string, subordinate: string, on?: string): Standing {
  const [above, below] = [readIssuer(superior), readIssuer(subordinate)]
  if (above === undefined || below === undefined) throw new Error(`${superior} or ${subordinate} was not read`)
  return standing(above, below, on)
}

const CASES: [string, string, Standing][] = [
  ['UBND tỉnh Hà Giang', 'Chủ tịch UBND tỉnh Hà Giang', 'same'],
  ['Bộ Chính trị', 'Ban Bí thư', 'same'],

  ['Ban Bí thư', 'Quốc hội', 'superior'],
  ['Quốc hội', 'Thủ tướng Chính phủ', 'superior'],
  ['Thủ tướng Chính phủ', 'Quốc hội', 'not-superior'],
  ['Chính phủ', 'Thủ tướng Chính phủ', 'superior'],
  ['Thủ tướng Chính phủ', 'Chính phủ', 'superior'],
  ['Thủ tướng Chính phủ', 'Bộ Giao thông vận tải', 'superior'],
  ['Thủ tướng Chính phủ', 'UBND tỉnh Ninh Thuận', 'superior'],
  ['Thủ tướng Chính phủ', 'UBND huyện Trùng Khánh', 'superior'],
  ['Bộ Y tế', 'Bộ Tài chính', 'unknown'],
  ['Bộ Y tế', 'Văn phòng Chính phủ', 'unknown'],
  ['Bộ Y tế', 'Chính phủ', 'not-superior'],
  ['Văn phòng Chính phủ', 'UBND tỉnh Hà Giang', 'unknown'],

  ['Bộ Lao động - Thương binh và Xã hội', 'UBND tỉnh Ninh Bình', 'functional-superior'],
  ['Bộ Y tế', 'Sở Y tế tỉnh Thanh Hóa', 'functional-superior'],
  ['Bộ Y tế', 'Sở Tài chính tỉnh Thanh Hóa', 'unknown'],
  ['Ủy ban Dân tộc', 'Ban Dân tộc tỉnh Gia Lai', 'functional-superior'],
  ['Bộ Công an', 'Công an tỉnh Đắk Nông', 'functional-superior'],
  ['Sở Y tế tỉnh Thanh Hóa', 'Phòng Y tế huyện Như Xuân, tỉnh Thanh Hóa', 'functional-superior'],

  ['Tỉnh ủy Hà Giang', 'UBND tỉnh Hà Giang', 'superior'],
  ['Tỉnh ủy Hà Giang', 'Ủy ban MTTQ Việt Nam tỉnh Hà Giang', 'superior'],
  ['HĐND tỉnh Phú Yên', 'UBND tỉnh Phú Yên', 'superior'],
  ['UBND tỉnh Phú Yên', 'HĐND tỉnh Phú Yên', 'not-superior'],
  ['UBND tỉnh Phú Yên', 'Tỉnh ủy Phú Yên', 'not-superior'],
  ['UBND tỉnh Thái Bình', 'Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình', 'superior'],
  ['UBND tỉnh Thái Bình', 'Sở Nội vụ tỉnh Nam Định', 'not-superior'],
  ['UBND tỉnh Thái Bình', 'UBND tỉnh Nam Định', 'not-superior'],
  ['UBND tỉnh Thanh Hóa', 'UBND huyện Như Xuân, tỉnh Thanh Hóa', 'superior'],
  ['UBND tỉnh Thanh Hóa', 'UBND huyện Như Xuân', 'unknown'],
  ['UBND huyện Như Xuân, tỉnh Thanh Hóa', 'UBND xã Cát Vân, huyện Như Xuân, tỉnh Thanh Hóa', 'superior'],
  ['UBND huyện Như Xuân, tỉnh Thanh Hóa', 'UBND xã Cát Vân, tỉnh Thanh Hóa', 'unknown'],
  ['UBND huyện Như Xuân, tỉnh Thanh Hóa', 'UBND xã Cát Vân, huyện Như Xuân', 'unknown'],
  ['UBND thị xã Long Khánh, tỉnh Đồng Nai', 'UBND phường Xuân An, thành phố Long Khánh, tỉnh Đồng Nai', 'unknown'],
  ['UBND xã Cát Vân, huyện Như Xuân, tỉnh Thanh Hóa', 'UBND huyện Như Xuân, tỉnh Thanh Hóa', 'not-superior'],
  ['Sở Nội vụ tỉnh Thái Bình', 'Sở Y tế tỉnh Thái Bình', 'not-superior'],
  ['Sở Nội vụ tỉnh Thái Bình', 'UBND tỉnh Thái Bình', 'not-superior'],
  ['Sở Nội vụ tỉnh Thái Bình', 'UBND huyện Vũ Thư, tỉnh Thái Bình', 'unknown'],
  ['UBND tỉnh Hà Giang', 'Ủy ban MTTQ Việt Nam tỉnh Hà Giang', 'unknown'],
  ['Ủy ban Trung ương MTTQ Việt Nam', 'Ủy ban MTTQ Việt Nam tỉnh Hà Giang', 'superior'],
  ['Trung ương Đoàn', 'Tỉnh đoàn Nghệ An', 'superior'],
  ['Trung ương Đoàn', 'Liên đoàn Lao động tỉnh Nghệ An', 'unknown'],
  ['Tỉnh đoàn Nghệ An', 'Huyện đoàn Đô Lương, tỉnh Nghệ An', 'superior']
]

t.test('how one body stands to another follows from what they are and where', async t => {
  for (const [superior, subordinate, expected] of CASES) t.equal(stands(superior, subordinate), expected, `${superior} → ${subordinate}`)
})

t.test('no two bodies stand above each other, the Government and its head apart', async t => {
  const names = [...new Set(CASES.flatMap(([one, other]) => [one, other]))].filter(name => !['Chính phủ', 'Thủ tướng Chính phủ'].includes(name))
  for (const one of names) {
    for (const other of names) {
      if (stands(one, other) === 'superior') t.not(stands(other, one), 'superior', `${one} ⇄ ${other}`)
    }
  }
})

t.test('a merged province answers as its successor from the merger on, and as itself before', async t => {
  const [old, today] = ['UBND tỉnh Thái Bình', 'Sở Nội vụ tỉnh Hưng Yên']
  t.equal(stands(old, today, '2025-12-01'), 'superior')
  t.equal(stands(old, today, '2025-07-01'), 'superior')
  t.equal(stands(old, today, '2022-09-07'), 'not-superior')
  t.equal(stands(old, today, '2025'), 'unknown')
  t.equal(stands(old, today), 'unknown')
})
