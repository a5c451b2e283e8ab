import { readCsv } from '../files/csv/read-csv.ts'
import { readEdxml } from '../files/edxml/read-edxml.ts'
import { readJsonArray } from '../files/json-array/read-json-array.ts'
import { readNdjson } from '../files/ndjson/read-ndjson.ts'
import type { Reader } from '../files/row.ts'
import { readXlsx } from '../files/xlsx/read-xlsx.ts'
import type { Format } from '../files/formats.ts'

export const READERS: Record<Format, Reader> = {
  ndjson: readNdjson,
  json: readJsonArray,
  csv: readCsv,
  xlsx: readXlsx,
  edxml: readEdxml
}
