import type { Relation } from '../domain/citation.ts'
import type { LeftOutReason } from '../domain/effect/effect.ts'
import type { EffectStatus } from '../domain/effect/standing.ts'
import type { Resolution } from '../domain/family.ts'
import { type Level, vietnameseLevel } from '../domain/level.ts'
import type { Message } from '../domain/message.ts'
import { type PartialDate, printDate } from '../domain/partial-date.ts'
import { type DocumentType, vietnameseTypeName } from '../domain/document-type.ts'
import type { FindingCounts } from '../plans/finding.queries.ts'
import { vietnameseRelation } from '../domain/relation-words.ts'
import type { Status } from '../domain/status.ts'
import type { Language } from './terminal.ts'

// The words of the API are English; a clerk reads the same in the words of the registers.

const STATUSES: Record<Status, string> = {
  stub: 'chưa đăng ký',
  conforming: 'đạt',
  nonconforming: 'chưa đạt'
}

const EFFECT_STATUSES: Record<EffectStatus, string> = {
  draft: 'chưa ban hành',
  issued: 'chưa có hiệu lực',
  'in-force': 'còn hiệu lực',
  amended: 'còn hiệu lực, đã được sửa đổi',
  'partly-expired': 'hết hiệu lực một phần',
  suspended: 'ngưng hiệu lực',
  replaced: 'hết hiệu lực, đã bị thay thế',
  repealed: 'hết hiệu lực, đã bị bãi bỏ',
  expired: 'hết hiệu lực theo giai đoạn',
  unknown: 'chưa xác định'
}

const SEVERITIES: Record<keyof FindingCounts, string> = {
  error: 'lỗi',
  warning: 'cảnh báo',
  info: 'ghi chú',
  waived: 'miễn trừ'
}

const RESOLUTIONS: Record<Resolution, string> = {
  resolved: 'có trong sổ',
  stub: 'chưa đăng ký',
  ambiguous: 'chưa rõ văn bản nào',
  unidentified: 'không đủ thông tin'
}

const LEFT_OUT_REASONS: Record<LeftOutReason, Message> = {
  'not-yet': { vi: 'chưa bắt đầu vào ngày đó', en: 'not begun on that day' },
  unclear: { vi: 'chưa rõ đã bắt đầu chưa', en: 'the dates do not tell whether it has begun' },
  over: { vi: 'đã hết', en: 'over' },
  unread: { vi: 'nội dung sửa chưa nhập', en: 'its record does not say what changes' }
}

const choose = <Value extends string>(words: Record<Value, string>) => (value: Value, language: Language): string =>
  language === 'vi' ? words[value] : value

export const leftOutWord = (reason: LeftOutReason, language: Language): string => LEFT_OUT_REASONS[reason][language]
export const effectWord = choose(EFFECT_STATUSES)
export const statusWord = choose(STATUSES)
export const severityWord = choose(SEVERITIES)
export const resolutionWord = choose(RESOLUTIONS)

export const countWords = (counts: FindingCounts, language: Language): string =>
  (['error', 'warning', 'info', 'waived'] as const).map(kind => `${severityWord(kind, language)} ${counts[kind]}`).join(' · ')

export const relationWord = (relation: Relation, language: Language): string => language === 'vi' ? vietnameseRelation(relation) : relation
export const levelWord = (level: Level, language: Language): string => language === 'vi' ? vietnameseLevel(level) : level
export const typeWord = (type: DocumentType, language: Language): string => language === 'vi' ? vietnameseTypeName(type) : type

/** `07/9/2022` for a clerk, `2022-09-07` for an engineer; what is not known is said. */
export function dateWord (date: PartialDate | undefined, language: Language): string {
  if (date === undefined) return language === 'vi' ? 'không rõ ngày' : 'date unknown'
  return language === 'vi' ? printDate(date) : date
}
