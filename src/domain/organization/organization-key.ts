import { remembered } from '../remembered.ts'
import { fold, latinized } from '../text.ts'

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu

/**
 * The name with its diacritics, but wherever the tone mark stands and whichever dash is used: Hoà Bình and Hòa Bình meet,
 * Hòa An and Hòa Ân do not.
 */
export const spelling = (name: string): string =>
  (latinized(name.normalize('NFD')).toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [])
    .map(word => word.replace(TONES, '') + (word.match(TONES) ?? []).join(''))
    .join(' ')

/** Whether someone wrote it without any diacritics, so that nothing can be told from their absence. */
export const isPlain = (name: string): boolean => !/[\p{M}đ]/u.test(name.normalize('NFD').toLowerCase())

const ABBREVIATIONS = new Map([
  ['ubnd', 'uy ban nhan dan'],
  ['hdnd', 'hoi dong nhan dan'],
  ['ubmttq', 'uy ban mat tran to quoc'],
  ['mttq', 'mat tran to quoc'],
  ['tp', 'thanh pho'],
  ['tx', 'thi xa'],
  ['tphcm', 'thanh pho ho chi minh'],
  ['hcm', 'ho chi minh'],
  ['btv', 'ban thuong vu'],
  ['bch', 'ban chap hanh'],
  ['tw', 'trung uong'],
  ['ldtbxh', 'lao dong thuong binh va xa hoi'],
  ['gddt', 'giao duc va dao tao'],
  ['gtvt', 'giao thong van tai'],
  ['khdt', 'ke hoach va dau tu'],
  ['khcn', 'khoa hoc va cong nghe'],
  ['nnptnt', 'nong nghiep va phat trien nong thon'],
  ['nnmt', 'nong nghiep va moi truong'],
  ['tnmt', 'tai nguyen va moi truong'],
  ['tttt', 'thong tin va truyen thong'],
  ['vhttdl', 'van hoa the thao va du lich']
])

/** The folded name with the usual abbreviations written out, Đắk, Đăk and Đắc made one, and "&" and "và" left out. */
export const nameKey = remembered((name: string): string => {
  const words = fold(name).split(' ').flatMap(word => (ABBREVIATIONS.get(word) ?? word).split(' '))
  return words.filter(word => word !== 'va').map(word => word === 'dac' ? 'dak' : word).join(' ')
}, { most: 200_000 })
