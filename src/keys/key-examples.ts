import type { Examples } from '../http/openapi-document.ts'
import type { KeyBody } from './key.schemas.ts'

export const keyExamples: Examples = {
  writer: {
    summary: 'For a system that records plans',
    value: { name: 'Phần mềm quản lý văn bản của Sở Nội vụ', scopes: ['plans:read', 'plans:write'] } satisfies KeyBody
  }
}
