import type { Message } from '../../domain/message.ts'

interface Guide {
  meaning: Message
  /** As a clerk would write it. */
  example: string
}

/** What to write in each column of the template, by `guideKey`; the examples are one plan. */
export const COLUMN_GUIDE: Readonly<Record<string, Guide>> = {
  '/code': {
    meaning: { vi: 'Số và ký hiệu như in trên văn bản. Văn bản không có số thì để trống.', en: 'Number and symbol as printed. Leave it empty when the document has none.' },
    example: '119/KH-UBND'
  },
  '/type': {
    meaning: { vi: 'Chọn trong danh sách; để trống nếu đã rõ từ ký hiệu.', en: 'Choose from the list; may stay empty when the symbol says it.' },
    example: 'Kế hoạch'
  },
  '/title': {
    meaning: { vi: 'Trích yếu nội dung. Phải có trích yếu hoặc số, ký hiệu.', en: 'What the document is about. A title or a code is needed.' },
    example: 'Kế hoạch thực hiện phong trào “Vì người nghèo - Không để ai bị bỏ lại phía sau” giai đoạn 2021-2025'
  },
  '/issuer': {
    meaning: { vi: 'Tên đầy đủ của cơ quan ban hành, theo tên vào ngày ban hành.', en: 'The full name of the organization that issued it, by its name on that day.' },
    example: 'UBND tỉnh Thái Bình'
  },
  '/level': {
    meaning: { vi: 'Chọn trong danh sách; để trống nếu đã rõ từ cơ quan ban hành.', en: 'Choose from the list; may stay empty when the issuer says it.' },
    example: 'Cấp tỉnh'
  },
  '/issuedOn': {
    meaning: { vi: 'Ngày/tháng/năm, hoặc tháng/năm, hoặc năm nếu chỉ biết đến đó. Không rõ thì để trống.', en: 'Day/month/year; month/year or a year when no more is known. Leave it empty when it is not known.' },
    example: '07/9/2022'
  },
  '/effectiveFrom': {
    meaning: { vi: 'Ngày có hiệu lực, nếu khác ngày ban hành.', en: 'When it takes effect, unless on the day of issue.' },
    example: ''
  },
  '/draft': {
    meaning: { vi: '“có” nếu mới là dự thảo; văn bản đã ban hành thì để trống.', en: '“có” (yes) for a draft; leave it empty for what has been issued.' },
    example: ''
  },
  '/period/from': {
    meaning: { vi: 'Năm (hoặc ngày) bắt đầu giai đoạn của văn bản.', en: 'The year (or date) in which the period of the plan begins.' },
    example: '2021'
  },
  '/period/to': {
    meaning: { vi: 'Năm (hoặc ngày) kết thúc giai đoạn.', en: 'The year (or date) in which the period ends.' },
    example: '2025'
  },
  '/programme': {
    meaning: { vi: 'Chương trình hoặc phong trào mà văn bản thuộc về.', en: 'The programme or movement that the plan belongs to.' },
    example: 'Vì người nghèo - Không để ai bị bỏ lại phía sau'
  },
  'implements/code': {
    meaning: { vi: 'Số và ký hiệu của văn bản cấp trên mà văn bản này triển khai. Có nhiều văn bản thì thêm cột “Triển khai văn bản số 2” …', en: 'The code of the parent that this plan implements. For more parents add columns “Triển khai văn bản số 2” …' },
    example: '1705/QĐ-TTg'
  },
  'implements/issuer': {
    meaning: { vi: 'Cơ quan ban hành văn bản cấp trên đó.', en: 'Who issued that parent.' },
    example: 'Thủ tướng Chính phủ'
  },
  'implements/issuedOn': {
    meaning: { vi: 'Ngày ban hành văn bản cấp trên đó.', en: 'When that parent was issued.' },
    example: '12/10/2021'
  },
  'basis/code': {
    meaning: { vi: 'Số và ký hiệu của văn bản là căn cứ pháp lý (không phải văn bản cấp trên được triển khai).', en: 'The code of a document that is a legal basis and no parent.' },
    example: ''
  },
  'basis/issuer': {
    meaning: { vi: 'Cơ quan ban hành văn bản căn cứ.', en: 'Who issued that document.' },
    example: ''
  },
  'basis/issuedOn': {
    meaning: { vi: 'Ngày ban hành văn bản căn cứ.', en: 'When it was issued.' },
    example: ''
  },
  '/targets': {
    meaning: { vi: 'Chỉ tiêu, dạng JSON như trong API; để trống nghĩa là không có chỉ tiêu; bỏ cả cột thì chỉ tiêu đã ghi trong sổ được giữ nguyên.', en: 'Targets, in JSON as in the API; empty: there are none; without the column those of the record stay.' },
    example: ''
  },
  '/targetsIncomplete': {
    meaning: { vi: '“có” nếu chưa nhập đủ chỉ tiêu của văn bản.', en: '“có” (yes) when not every target of the document is entered.' },
    example: 'có'
  }
}
