import type { Examples } from '../http/openapi-document.ts'
import type { BulkReviewBody, ReviewBody } from './staleness.schemas.ts'

export const reviewExamples: Examples = {
  valid: {
    summary: 'The plan holds although its parent changed',
    value: { verdict: 'valid', reason: 'Chỉ tiêu của tỉnh đã cao hơn mức mới của Thủ tướng Chính phủ.' } satisfies ReviewBody
  },
  amended: {
    summary: 'The plan is about to be amended',
    value: {
      verdict: 'will-be-amended',
      reason: 'Đang trình kế hoạch sửa đổi theo mức mới.',
      amendment: { code: '210/KH-UBND', by: '2026-12' }
    } satisfies ReviewBody
  }
}

export const bulkReviewExamples: Examples = {
  under: {
    summary: 'Every suspect plan below one',
    value: {
      verdict: 'valid',
      reason: 'Sửa đổi không đụng đến phần việc của các đơn vị này.',
      under: '019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50'
    } satisfies BulkReviewBody
  },
  links: {
    summary: 'Links that are named',
    value: {
      verdict: 'invalid',
      reason: 'Phải ban hành kế hoạch mới theo quyết định đã sửa đổi.',
      links: [{ planId: '019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50' }]
    } satisfies BulkReviewBody
  }
}
