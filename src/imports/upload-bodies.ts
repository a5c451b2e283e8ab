import { z } from 'zod'
import { type Format, FORMATS, MEDIA_TYPES } from '../files/formats.ts'
import type { Examples } from '../http/openapi-document.ts'
import { HEAD, NATIONAL } from '../plans/plan-examples.ts'
import { rowBody } from './import.schemas.ts'

interface Body {
  schema: z.ZodType
  examples?: Examples
}

const ROWS = [HEAD, NATIONAL]

const CSV = `\
Số, ký hiệu;Loại văn bản;Trích yếu;Cơ quan ban hành;Ngày ban hành;Giai đoạn từ;Giai đoạn đến;Triển khai văn bản số 1;Triển khai văn bản số 1 - cơ quan;Triển khai văn bản số 1 - ngày
24/2021/QH15;Nghị quyết;Phê duyệt chủ trương đầu tư Chương trình mục tiêu quốc gia giảm nghèo bền vững;Quốc hội;28/7/2021;2021;2025;;;
666/QĐ-TTg;Quyết định;Ban hành Kế hoạch tổ chức phong trào thi đua;Thủ tướng Chính phủ;2/6/2022;2021;2025;24/2021/QH15;Quốc hội;28/7/2021
`

const EDXML = `\
<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">
  <edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">
    <edXML:edXMLHeader>
      <edXML:MessageHeader>
        <edXML:From><edXML:OrganId>000.00.00.H54</edXML:OrganId><edXML:OrganName>UBND tỉnh Thái Bình</edXML:OrganName></edXML:From>
        <edXML:DocumentId>000.00.00.H54,2022/09/07,119/KH-UBND</edXML:DocumentId>
        <edXML:Code><edXML:CodeNumber>119</edXML:CodeNumber><edXML:CodeNotation>KH-UBND</edXML:CodeNotation></edXML:Code>
        <edXML:PromulgationInfo><edXML:Place>Thái Bình</edXML:Place><edXML:PromulgationDate>2022/09/07</edXML:PromulgationDate></edXML:PromulgationInfo>
        <edXML:DocumentType><edXML:TypeName>Kế hoạch</edXML:TypeName></edXML:DocumentType>
        <edXML:Subject>Tổ chức thực hiện phong trào thi đua trên địa bàn tỉnh</edXML:Subject>
      </edXML:MessageHeader>
      <edXML:TraceHeaderList><edXML:Bussiness><edXML:BussinessDocType>0</edXML:BussinessDocType></edXML:Bussiness></edXML:TraceHeaderList>
    </edXML:edXMLHeader>
  </edXML:edXMLEnvelope>
  <AttachmentEncoded/>
</edXML>
`

/** The examples have one name: Swagger UI looks for the example of one media type in the next one. */
const OF_FORMATS: Record<Format, Body> = {
  ndjson: {
    schema: z.string().meta({ description: 'One plan on each line, as in the items of the JSON array.' }),
    examples: { plans: { summary: 'A resolution and the decision that implements it', value: ROWS.map(row => JSON.stringify(row) + '\n').join('') } }
  },
  json: {
    schema: z.array(rowBody),
    examples: { plans: { summary: 'A resolution and the decision that implements it', value: ROWS } }
  },
  csv: {
    schema: z.string().meta({
      description: 'A header of column names, Vietnamese or English, and a plan in each row; separated by semicolons, commas or tabs. ' +
        'The columns are those of the workbook of GET /v1/imports/template.'
    }),
    examples: { plans: { summary: 'The parent in columns of its own', value: CSV } }
  },
  xlsx: { schema: z.string().meta({ format: 'binary', description: 'A workbook such as GET /v1/imports/template hands out, filled in.' }) },
  edxml: {
    schema: z.string().meta({
      description: 'One packet of the document axis (QCVN 102:2016/BTTTT), of the kinds new, recall, update and replace. ' +
        'A packet cites nothing: a plan that is not held yet takes asIssued=true, or is refused because it names no parent.'
    }),
    examples: { plans: { summary: 'A new document', value: EDXML } }
  }
}

/** What POST /v1/imports takes, by media type. */
export const uploadBodies: Record<string, Body> = {
  ...Object.fromEntries(FORMATS.map(format => [MEDIA_TYPES[format][0]!, OF_FORMATS[format]])),
  'multipart/form-data': {
    schema: z.object({
      file: z.array(z.string().meta({ format: 'binary' })).min(1).max(100).meta({
        description: 'Each part with a file name is one file, whatever the part is called: `curl -F file=@a.xlsx -F file=@b.csv`. ' +
          'What format it has is told by `format` in the query, else by the extension of its name, else by its Content-Type. ' +
          'A part without a file name is refused: the parameters of the import stand in the query.'
      })
    })
  }
}
