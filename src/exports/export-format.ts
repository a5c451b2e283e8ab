import { MEDIA_TYPES as READ_TYPES } from '../files/formats.ts'

export const EXPORT_FORMATS = ['ndjson', 'csv', 'xlsx'] as const

export type ExportFormat = (typeof EXPORT_FORMATS)[number]

const typeOf = (format: ExportFormat): string => READ_TYPES[format][0]!

/** What is written is sent as the type under which it is taken back. */
export const MEDIA_TYPES: Record<ExportFormat, string> = { ndjson: typeOf('ndjson'), csv: typeOf('csv'), xlsx: typeOf('xlsx') }
