import { extname } from 'node:path'

export const FORMATS = ['ndjson', 'json', 'csv', 'xlsx', 'edxml'] as const

export type Format = (typeof FORMATS)[number]

/** The media types that name a format; the first is the one to send. */
export const MEDIA_TYPES: Record<Format, readonly string[]> = {
  ndjson: ['application/x-ndjson', 'application/ndjson', 'application/jsonl', 'application/x-jsonlines'],
  json: ['application/json'],
  csv: ['text/csv', 'text/tab-separated-values'],
  xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.ms-excel.sheet.macroenabled.12'],
  edxml: ['application/edxml', 'application/xml', 'text/xml']
}

const EXTENSIONS: Record<string, Format> = {
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.json': 'json',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.xlsx': 'xlsx',
  '.xlsm': 'xlsx',
  '.edxml': 'edxml',
  '.xml': 'edxml'
}

export const formatOfMediaType = (type: string): Format | undefined => FORMATS.find(format => MEDIA_TYPES[format].includes(type))

export const formatOfName = (name: string): Format | undefined => EXTENSIONS[extname(name).toLowerCase()]

/** The essence of a Content-Type: lower case, without parameters. */
export const essenceOf = (contentType: string | undefined): string => (contentType ?? '').split(';')[0]!.trim().toLowerCase()
