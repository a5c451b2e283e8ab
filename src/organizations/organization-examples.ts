import type { Examples } from '../http/openapi-document.ts'
import type { OrganizationsBody } from './organization.schemas.ts'

export const organizationExamples: Examples = {
  merged: {
    summary: 'Two schools of a province that were merged into one',
    value: {
      organizations: [
        { id: 'truong-cao-dang-nghe-a', name: 'Trường Cao đẳng Nghề A', kind: 'department', level: 'unit', symbols: ['CĐNA'], validTo: '2024-12-31', source: 'Quyết định sáp nhập trường' },
        { id: 'truong-trung-cap-b', name: 'Trường Trung cấp B', kind: 'department', level: 'unit', validTo: '2024-12-31', source: 'Quyết định sáp nhập trường' },
        { id: 'truong-cao-dang-ab', name: 'Trường Cao đẳng AB', kind: 'department', level: 'unit', symbols: ['CĐAB'], validFrom: '2025-01-01', source: 'Quyết định sáp nhập trường' }
      ],
      successions: [
        { predecessorId: 'truong-cao-dang-nghe-a', successorId: 'truong-cao-dang-ab', on: '2025-01-01', kind: 'merged', source: 'Quyết định sáp nhập trường' },
        { predecessorId: 'truong-trung-cap-b', successorId: 'truong-cao-dang-ab', on: '2025-01-01', kind: 'merged', source: 'Quyết định sáp nhập trường' }
      ]
    } satisfies OrganizationsBody
  }
}
