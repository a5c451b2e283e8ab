import type { Relation } from './citation.ts'

/** What clerks call the relations, after the summaries of the official registers (lược đồ văn bản). */
const VIETNAMESE: Record<Relation, string> = {
  implements: 'triển khai',
  basis: 'căn cứ',
  amends: 'sửa đổi',
  supplements: 'bổ sung',
  replaces: 'thay thế',
  repeals: 'bãi bỏ',
  suspends: 'đình chỉ',
  corrects: 'đính chính',
  guides: 'hướng dẫn',
  references: 'dẫn chiếu',
  proposal: 'theo đề nghị'
}

export const vietnameseRelation = (relation: Relation): string => VIETNAMESE[relation]
