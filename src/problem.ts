import type { Message } from './domain/message.ts'
import type { Finding } from './domain/rules/rule.ts'

interface Entry {
  status: number
  /** What happened. */
  title: Message
  /** Why, and what the caller can do. */
  repair: Message
}

/**
 * Every failure that a caller can act on. The code is the contract: stable, kebab-case and never used again for
 * something else. `/problems/<code>` on the service itself shows the entry; docs/problems.md is made from it.
 */
export const PROBLEMS = {
  'malformed-json': {
    status: 400,
    title: { vi: 'Nội dung gửi lên không phải JSON hợp lệ', en: 'The body is not valid JSON' },
    repair: {
      vi: 'Gửi một tài liệu JSON mã hóa UTF-8 không có BOM, lồng nhau không quá 32 tầng, không trùng tên trường, số viết được chính xác. Vị trí lỗi ghi trong faults.',
      en: 'Send one JSON document in UTF-8 without a BOM, nested at most 32 deep, without repeated member names, with numbers that are held exactly. The place is in faults.'
    }
  },
  'malformed-request': {
    status: 400,
    title: { vi: 'Yêu cầu không đúng giao thức HTTP', en: 'The request is not well-formed HTTP' },
    repair: {
      vi: 'Kiểm tra thư viện HTTP hoặc máy chủ trung gian: tiêu đề, độ dài nội dung và cách mã hóa phải khớp nhau.',
      en: 'Check the HTTP library or the proxy in between: headers, content length and encoding must agree.'
    }
  },
  'malformed-url': {
    status: 400,
    title: { vi: 'Địa chỉ mã hóa sai', en: 'The URL is wrongly encoded' },
    repair: {
      vi: 'Mã hóa từng phần của địa chỉ bằng UTF-8 theo RFC 3986 (ví dụ dấu / trong số, ký hiệu thành %2F).',
      en: 'Percent-encode each part of the URL as UTF-8 (RFC 3986); a / inside a code becomes %2F.'
    }
  },
  'invalid-request': {
    status: 400,
    title: { vi: 'Yêu cầu có chỗ không hợp lệ', en: 'The request has invalid parts' },
    repair: {
      vi: 'Sửa từng chỗ ghi trong faults rồi gửi lại: mọi lỗi của phần bị từ chối được liệt kê cùng lúc.',
      en: 'Repair each place listed in faults and send again: every fault of the refused part is listed at once.'
    }
  },
  'file-encoding': {
    status: 400,
    title: { vi: 'Tệp không phải văn bản UTF-8', en: 'The file is not UTF-8 text' },
    repair: {
      vi: 'Lưu lại tệp dạng UTF-8 (trong Excel: “CSV UTF-8”) rồi gửi lại. CSV cũng nhận dạng “Unicode Text” (UTF-16 có BOM).',
      en: 'Save the file as UTF-8 (in Excel: “CSV UTF-8”) and send it again. CSV is also taken as “Unicode Text” (UTF-16 with a BOM).'
    }
  },
  'file-unreadable': {
    status: 400,
    title: { vi: 'Không đọc được tệp theo định dạng đã nêu', en: 'The file cannot be read in the format that was named' },
    repair: {
      vi: 'Sửa chỗ ghi trong detail, hoặc gửi đúng định dạng: NDJSON, mảng JSON, CSV, XLSX hay edXML.',
      en: 'Repair the place in detail, or send the right format: NDJSON, a JSON array, CSV, XLSX or edXML.'
    }
  },
  'file-truncated': {
    status: 400,
    title: { vi: 'Tệp bị cắt cụt', en: 'The file stops before its end' },
    repair: {
      vi: 'Tệp dừng giữa một hàng: xuất hoặc tải lại trọn tệp rồi gửi lại.',
      en: 'The file stops in the middle of a row: export or copy the whole file again, and send it again.'
    }
  },
  'file-columns': {
    status: 400,
    title: { vi: 'Tên cột của tệp chưa đúng', en: 'The columns of the file are not those of a plan' },
    repair: {
      vi: 'Sửa tên các cột ghi trong faults; tên cột bằng tiếng Việt hoặc tiếng Anh đều được, không phân biệt hoa thường và dấu.',
      en: 'Repair the names of the columns in faults; Vietnamese and English names are taken, whatever their case and diacritics.'
    }
  },
  'upload-empty': {
    status: 400,
    title: { vi: 'Tệp gửi lên rỗng', en: 'The upload is empty' },
    repair: {
      vi: 'Gửi ít nhất một tệp có nội dung, trong thân yêu cầu hoặc dạng multipart/form-data.',
      en: 'Send at least one file that holds something, as the body or as multipart/form-data.'
    }
  },
  'cursor-invalid': {
    status: 400,
    title: { vi: 'Con trỏ trang không dùng được', en: 'The page cursor cannot be used' },
    repair: {
      vi: 'Con trỏ chỉ dùng cho đúng bộ lọc đã sinh ra nó và phải giữ nguyên từng ký tự. Bỏ tham số cursor để đọc lại từ trang đầu.',
      en: 'A cursor belongs to the filters that produced it and must be sent back unchanged. Leave cursor out to start from the first page.'
    }
  },
  'key-missing': {
    status: 401,
    title: { vi: 'Thiếu khóa truy cập', en: 'No API key was sent' },
    repair: {
      vi: 'Gửi tiêu đề Authorization: Bearer thac_<mã>_<bí mật>. Người quản trị cấp khóa bằng POST /v1/keys.',
      en: 'Send the header Authorization: Bearer thac_<id>_<secret>. An administrator issues keys with POST /v1/keys.'
    }
  },
  'key-invalid': {
    status: 401,
    title: { vi: 'Khóa truy cập không dùng được', en: 'The API key is not valid' },
    repair: {
      vi: 'Khóa sai, đã hết hạn hoặc đã bị thu hồi. Kiểm tra đã chép đủ khóa, hoặc xin người quản trị khóa mới.',
      en: 'The key is wrong, expired or revoked. Check that it was copied whole, or ask an administrator for a new one.'
    }
  },
  'scope-missing': {
    status: 403,
    title: { vi: 'Khóa truy cập không có quyền này', en: 'The API key lacks this right' },
    repair: {
      vi: 'Dùng khóa có quyền ghi trong detail, hoặc xin người quản trị cấp khóa như vậy.',
      en: 'Use a key with the scope named in detail, or ask an administrator for one.'
    }
  },
  'route-not-found': {
    status: 404,
    title: { vi: 'Không có địa chỉ này', en: 'There is nothing at this URL' },
    repair: {
      vi: 'Các địa chỉ của dịch vụ được liệt kê tại /docs và /openapi.json.',
      en: 'What the service serves is listed at /docs and /openapi.json.'
    }
  },
  'plan-not-found': {
    status: 404,
    title: { vi: 'Không có văn bản này', en: 'There is no such plan' },
    repair: {
      vi: 'Kiểm tra id; tìm văn bản theo số, ký hiệu bằng GET /v1/plans?code=….',
      en: 'Check the id; look the plan up by its code with GET /v1/plans?code=….'
    }
  },
  'import-not-found': {
    status: 404,
    title: { vi: 'Không có lần nhập này', en: 'There is no such import' },
    repair: {
      vi: 'Kiểm tra id; GET /v1/imports liệt kê các lần nhập của khóa này. Tệp và báo cáo chỉ được giữ đến hạn ghi trong expiresAt.',
      en: 'Check the id; GET /v1/imports lists the imports of this key. An upload and its report are kept until expiresAt.'
    }
  },
  'key-not-found': {
    status: 404,
    title: { vi: 'Không có khóa truy cập này', en: 'There is no such API key' },
    repair: {
      vi: 'Dùng phần mã (thac_<mã>_…) của khóa; GET /v1/keys liệt kê các khóa.',
      en: 'Use the id part of the key (thac_<id>_…); GET /v1/keys lists the keys.'
    }
  },
  'target-not-found': {
    status: 404,
    title: { vi: 'Văn bản không có chỉ tiêu này', en: 'The plan has no such target' },
    repair: {
      vi: 'Kiểm tra mã chỉ tiêu (key); GET /v1/plans/{id}/targets liệt kê các chỉ tiêu của văn bản.',
      en: 'Check the key of the target; GET /v1/plans/{id}/targets lists those of the plan.'
    }
  },
  'indicator-not-found': {
    status: 404,
    title: { vi: 'Không có chỉ số này trong danh mục', en: 'The registry has no such indicator' },
    repair: {
      vi: 'Kiểm tra mã; tìm chỉ số theo tên bằng GET /v1/indicators?text=….',
      en: 'Check the code; look the indicator up by its name with GET /v1/indicators?text=….'
    }
  },
  'organization-not-found': {
    status: 404,
    title: { vi: 'Không có tổ chức này', en: 'There is no such organization' },
    repair: {
      vi: 'Kiểm tra mã; tìm tổ chức theo tên bằng GET /v1/organizations?text=….',
      en: 'Check the id; look the organization up by its name with GET /v1/organizations?text=….'
    }
  },
  'nothing-resolved': {
    status: 404,
    title: { vi: 'Không văn bản nào khớp với dẫn chiếu', en: 'The reference names no plan that is held' },
    repair: {
      vi: 'Bổ sung cơ quan ban hành và năm, hoặc đăng ký văn bản còn thiếu.',
      en: 'Add the issuer and the year, or record the missing plan.'
    }
  },
  'problem-not-found': {
    status: 404,
    title: { vi: 'Không có mã lỗi này', en: 'There is no such problem code' },
    repair: { vi: 'GET /problems liệt kê mọi mã lỗi.', en: 'GET /problems lists every code.' }
  },
  'method-not-allowed': {
    status: 405,
    title: { vi: 'Địa chỉ này không nhận phương thức đó', en: 'This URL does not take that method' },
    repair: {
      vi: 'Dùng một phương thức ghi trong tiêu đề Allow.',
      en: 'Use one of the methods in the Allow header.'
    }
  },
  'not-acceptable': {
    status: 406,
    title: { vi: 'Không có định dạng được yêu cầu', en: 'The requested format is not offered' },
    repair: {
      vi: 'Đổi tiêu đề Accept thành một định dạng ghi trong detail.',
      en: 'Change the Accept header to a format named in detail.'
    }
  },
  'request-timeout': {
    status: 408,
    title: { vi: 'Yêu cầu đến quá chậm', en: 'The request arrived too slowly' },
    repair: {
      vi: 'Gửi lại trọn yêu cầu; nếu lặp lại, kiểm tra đường truyền hoặc chia nhỏ nội dung.',
      en: 'Send the whole request again; if it happens again, check the network or send less at a time.'
    }
  },
  'identity-taken': {
    status: 409,
    title: { vi: 'Văn bản này đã được đăng ký', en: 'This plan is already recorded' },
    repair: {
      vi: 'Cùng cơ quan ban hành, năm, loại, số và ký hiệu chỉ có một văn bản: xem văn bản đã có ở links, cập nhật nó hoặc sửa lại số, năm.',
      en: 'One issuer, year, type and code name one plan: see the existing one in links, update it, or correct the code or year.'
    }
  },
  'plan-is-stub': {
    status: 409,
    title: { vi: 'Văn bản này chưa được đăng ký', en: 'This plan is a stub: nobody has recorded its document' },
    repair: {
      vi: 'Đăng ký văn bản bằng POST /v1/plans; văn bản sẽ nhận đúng id này và mọi trích dẫn tới nó.',
      en: 'Record the document with POST /v1/plans; it takes over this id and every citation of it.'
    }
  },
  'import-ended': {
    status: 409,
    title: { vi: 'Lần nhập đã kết thúc', en: 'The import has ended' },
    repair: {
      vi: 'Lần nhập đã xong, thất bại hoặc bị hủy thì không hủy được nữa; xem báo cáo của nó.',
      en: 'An import that is done, failed or cancelled cannot be cancelled; see its report.'
    }
  },
  'import-not-ready': {
    status: 409,
    title: { vi: 'Báo cáo của lần nhập chưa có', en: 'The import has no report yet' },
    repair: {
      vi: 'Chờ đến khi state là done rồi gửi lại; nếu lần nhập thất bại hoặc bị hủy, hãy gửi lại tệp.',
      en: 'Wait until its state is done and ask again; send the file again if the import failed or was cancelled.'
    }
  },
  'import-not-workbook': {
    status: 409,
    title: { vi: 'Lần nhập này không phải từ tệp XLSX', en: 'The import is not of a workbook' },
    repair: {
      vi: 'Chỉ tệp XLSX mới được trả lại với các ô lỗi đã đánh dấu; xem lỗi của các dạng tệp khác ở GET /v1/imports/{id}/entries.',
      en: 'Only a workbook is given back with its bad cells marked; the faults of other files are at GET /v1/imports/{id}/entries.'
    }
  },
  'not-suspect': {
    status: 409,
    title: { vi: 'Không có gì cần rà soát ở đây', en: 'There is nothing to review here' },
    repair: {
      vi: 'Chỉ rà soát được liên kết đang cần rà soát; kết luận đã ghi mà nhầm thì sửa bằng một kết luận khác. GET /v1/plans/{id}/suspects cho biết văn bản nào cần rà soát, vì sao và qua văn bản nào.',
      en: 'Only a link that is suspect can be reviewed; a mistaken review is corrected by another verdict. GET /v1/plans/{id}/suspects tells which plan is suspect, why and through whom.'
    }
  },
  'version-mismatch': {
    status: 412,
    title: { vi: 'Văn bản đã được người khác thay đổi', en: 'The plan was changed by someone else' },
    repair: {
      vi: 'Đọc lại văn bản, áp thay đổi lên bản mới rồi gửi với ETag mới trong If-Match.',
      en: 'Read the plan again, apply the change to the new version, and send it with the new ETag in If-Match.'
    }
  },
  'payload-too-large': {
    status: 413,
    title: { vi: 'Nội dung gửi lên quá lớn', en: 'The body is too large' },
    repair: {
      vi: 'Chia nội dung thành nhiều yêu cầu nhỏ hơn giới hạn ghi trong detail.',
      en: 'Split the body into requests below the limit named in detail.'
    }
  },
  'file-over-limit': {
    status: 413,
    title: { vi: 'Tệp vượt giới hạn', en: 'The file is over a limit' },
    repair: {
      vi: 'Bỏ phần vượt giới hạn ghi trong detail, hoặc chia thành nhiều tệp.',
      en: 'Leave out what is over the limit named in detail, or send several files.'
    }
  },
  'url-too-long': {
    status: 414,
    title: { vi: 'Địa chỉ quá dài', en: 'The URL is too long' },
    repair: { vi: 'Rút ngắn phần tham số trong địa chỉ.', en: 'Shorten the parameter in the URL.' }
  },
  'unsupported-media-type': {
    status: 415,
    title: { vi: 'Không nhận kiểu nội dung này', en: 'This kind of body is not accepted' },
    repair: {
      vi: 'Gửi nội dung không nén, đặt Content-Type thành một kiểu ghi trong detail.',
      en: 'Send the body uncompressed with a Content-Type named in detail.'
    }
  },
  'expectation-failed': {
    status: 417,
    title: { vi: 'Không đáp ứng được tiêu đề Expect', en: 'The Expect header cannot be met' },
    repair: { vi: 'Bỏ tiêu đề Expect.', en: 'Leave the Expect header out.' }
  },
  'draft-without-effect': {
    status: 422,
    title: { vi: 'Dự thảo không tác động đến văn bản này', en: 'The draft does nothing to this plan' },
    repair: {
      vi: 'Dự thảo phải có một trích dẫn với quan hệ amends, supplements, corrects, replaces, repeals hoặc suspends chỉ đúng văn bản trong địa chỉ; chắc chắn nhất là ghi planId.',
      en: 'The draft needs a citation with relation amends, supplements, corrects, replaces, repeals or suspends that names the plan of the URL; planId names it beyond doubt.'
    }
  },
  'plan-refused': {
    status: 422,
    title: { vi: 'Văn bản bị từ chối vì có lỗi theo quy tắc', en: 'The plan is refused: it breaks rules' },
    repair: {
      vi: 'Sửa văn bản theo từng kết quả kiểm tra trong findings; hoặc ghi lý do miễn trừ trong waivers; hoặc ghi nhận đúng như đã ban hành nếu khóa có quyền đó.',
      en: 'Repair the plan as each of the findings says; or give reasons in waivers; or record it as issued if the key has that right.'
    }
  },
  'idempotency-key-reused': {
    status: 422,
    title: { vi: 'Idempotency-Key đã dùng cho nội dung khác', en: 'The Idempotency-Key belongs to another request' },
    repair: {
      vi: 'Mỗi khóa Idempotency-Key chỉ dùng cho một nội dung với cùng tham số: dùng khóa mới cho nội dung mới.',
      en: 'An Idempotency-Key goes with one content and its parameters: use a new key for new content.'
    }
  },
  'issuer-relative': {
    status: 422,
    title: { vi: 'Tên cơ quan chưa đủ để biết là cơ quan nào', en: 'The name of the issuer does not say which one' },
    repair: {
      vi: 'Ghi đủ tên, ví dụ “UBND tỉnh Thái Bình”, hoặc cho biết cơ quan hay văn bản nhắc đến nó.',
      en: 'Give the full name, “UBND tỉnh Thái Bình”, or say which issuer or plan speaks of it.'
    }
  },
  'organizations-refused': {
    status: 422,
    title: { vi: 'Danh sách tổ chức bị từ chối', en: 'The organizations are refused' },
    repair: {
      vi: 'Sửa từng chỗ ghi trong faults rồi gửi lại cả danh sách; chưa có gì được ghi.',
      en: 'Repair each place listed in faults and send the whole set again; nothing was stored.'
    }
  },
  'cited-plan-not-found': {
    status: 422,
    title: { vi: 'Văn bản được dẫn theo id không tồn tại', en: 'A plan cited by its id does not exist' },
    repair: {
      vi: 'Sửa planId ghi trong faults, hoặc bỏ planId và dẫn bằng số, ký hiệu, cơ quan ban hành, ngày.',
      en: 'Correct the planId listed in faults, or leave it out and cite by code, issuer and date.'
    }
  },
  'precondition-required': {
    status: 428,
    title: { vi: 'Thiếu tiêu đề If-Match', en: 'The If-Match header is missing' },
    repair: {
      vi: 'Gửi ETag của bản đang sửa trong If-Match, để không ghi đè thay đổi của người khác.',
      en: 'Send the ETag of the version being changed in If-Match, so that nobody else’s change is overwritten.'
    }
  },
  'too-many-requests': {
    status: 429,
    title: { vi: 'Quá nhiều yêu cầu sai', en: 'Too many failed requests' },
    repair: {
      vi: 'Chờ số giây ghi trong tiêu đề Retry-After; kiểm tra lại khóa truy cập.',
      en: 'Wait for the seconds in the Retry-After header; check the API key.'
    }
  },
  'headers-too-large': {
    status: 431,
    title: { vi: 'Phần tiêu đề của yêu cầu quá lớn', en: 'The request headers are too large' },
    repair: {
      vi: 'Giữ dòng đầu và các tiêu đề dưới 16 KiB; bỏ cookie và tham số thừa.',
      en: 'Keep the request line and headers below 16 KiB; drop cookies and needless parameters.'
    }
  },
  internal: {
    status: 500,
    title: { vi: 'Dịch vụ gặp lỗi', en: 'The service failed' },
    repair: {
      vi: 'Lỗi của dịch vụ, không phải của yêu cầu. Báo người quản trị mã ghi trong instance: nhật ký có cùng mã.',
      en: 'The fault is the service’s, not the request’s. Tell the administrator the id in instance: the log carries the same.'
    }
  },
  'import-given-up': {
    status: 500,
    title: { vi: 'Lần nhập bị bỏ dở sau quá nhiều lần chạy', en: 'The import was given up after too many runs' },
    repair: {
      vi: 'Tiến trình xử lý đã tắt giữa chừng quá nhiều lần. Chia tệp thành nhiều lần nhập rồi gửi lại; nếu vẫn vậy, báo người quản trị mã của lần nhập.',
      en: 'The process that worked on it has died too many times. Split the file into several imports and send these; should that not help, tell the administrator the id of the import.'
    }
  },
  'database-unavailable': {
    status: 503,
    title: { vi: 'Cơ sở dữ liệu tạm thời không dùng được', en: 'The database cannot be used at the moment' },
    repair: {
      vi: 'Gửi lại nguyên yêu cầu sau số giây ghi trong tiêu đề Retry-After.',
      en: 'Send the same request again after the seconds in the Retry-After header.'
    }
  },
  'try-again': {
    status: 503,
    title: { vi: 'Yêu cầu vướng một thay đổi cùng lúc', en: 'The request met a change made at the same time' },
    repair: {
      vi: 'Chưa có gì được ghi. Gửi lại nguyên yêu cầu sau số giây ghi trong tiêu đề Retry-After.',
      en: 'Nothing was stored. Send the same request again after the seconds in the Retry-After header.'
    }
  },
  'exports-busy': {
    status: 503,
    title: { vi: 'Máy đang xuất dữ liệu cho nhiều người', en: 'This node is busy with other exports' },
    repair: {
      vi: 'Gửi lại sau số giây ghi trong tiêu đề Retry-After; xuất một văn bản với cấp trên, cấp dưới của nó thì nhanh hơn xuất tất cả.',
      en: 'Send again after the seconds in the Retry-After header; the cascade of one plan is quicker to export than everything.'
    }
  },
  'not-ready': {
    status: 503,
    title: { vi: 'Máy chưa sẵn sàng nhận yêu cầu', en: 'This node is not ready to take requests' },
    repair: {
      vi: 'Gửi yêu cầu tới máy khác; điều còn thiếu ghi trong faults.',
      en: 'Send requests to another node; what is missing is in faults.'
    }
  }
} as const satisfies Record<string, Entry>

export type ProblemCode = keyof typeof PROBLEMS

/** One place of the request that must be repaired. */
export interface Fault {
  /**
   * The first character says where: `/targets/0/unit` (or empty) is a JSON Pointer into the body, `?limit` a query
   * parameter, `{id}` a part of the path, `@if-match` a header.
   */
  at: string
  code: string
  message: Message
  /** The valid name or value nearest to what was sent. */
  near?: string
}

export interface ProblemExtras {
  faults?: Fault[]
  findings?: Finding[]
  /** Where the caller can go on, such as the plan that is already there: relation → path. */
  links?: Record<string, string>
  /** What comes nearest to what was asked for, and what the caller could do instead; members of the answer. */
  instead?: Record<string, unknown>
  /** Sent as the Retry-After header. */
  retryAfterSeconds?: number
  /** Further headers that belong to the answer, such as Allow. */
  headers?: Record<string, string>
  /** The failure underneath, for the log; never sent. */
  cause?: unknown
}

/** A failure that the caller can act on; http/problems.ts answers it as RFC 9457. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly detail: Message
  readonly faults?: Fault[]
  readonly findings?: Finding[]
  readonly links?: Record<string, string>
  readonly instead?: Record<string, unknown>
  readonly retryAfterSeconds?: number
  readonly headers?: Record<string, string>

  constructor (code: ProblemCode, detail: Message = PROBLEMS[code].repair, extras: ProblemExtras = {}) {
    super(`${code}: ${detail.en}`, { cause: extras.cause })
    this.name = 'Problem'
    this.code = code
    this.status = PROBLEMS[code].status
    this.detail = detail
    this.faults = extras.faults
    this.findings = extras.findings
    this.links = extras.links
    this.instead = extras.instead
    this.retryAfterSeconds = extras.retryAfterSeconds
    this.headers = extras.headers
  }
}
