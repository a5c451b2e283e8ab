import type { LightMyRequestResponse } from 'fastify'
import { bearer, type TestService } from '../helpers/service.ts'

export const ndjson = (rows: unknown[]): string => rows.map(row => JSON.stringify(row) + '\n').join('')

export type Send = (body: string | Buffer, query?: string, headers?: Record<string, string>) => Promise<LightMyRequestResponse>

/** POST /v1/imports of NDJSON with the key of every scope, unless headers say otherwise. */
export const importer = ({ app, key }: Pick<TestService, 'app' | 'key'>): Send => async (payload, query = '', headers = {}) =>
  await app.inject({
    method: 'POST', url: `/v1/imports${query}`, payload, headers: { ...bearer(key), 'content-type': 'application/x-ndjson', ...headers }
  })

/** Several files as a browser sends them. */
export function form (files: { name: string, type: string, bytes: string | Buffer }[]): { payload: Buffer, headers: Record<string, string> } {
  const boundary = 'a-boundary-of-this-test'
  return {
    payload: Buffer.concat([
      ...files.flatMap(({ name, type, bytes }) => [
        Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`), Buffer.from(bytes), Buffer.from('\r\n')
      ]),
      Buffer.from(`--${boundary}--\r\n`)
    ]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }
  }
}

/** Plans of the Prime Minister that rest on the resolution of the examples, one a number. */
export const decisions = (count: number, first = 1): { code: string }[] => Array.from({ length: count }, (_, index) => ({
  code: `${first + index}/QĐ-TTg`,
  title: `Kế hoạch số ${first + index}`,
  issuer: 'Thủ tướng Chính phủ',
  issuedOn: '2022-06-02',
  period: { from: '2021', to: '2025' },
  citations: [{ relation: 'implements', code: '24/2021/QH15', issuer: 'Quốc hội', issuedOn: '2021-07-28' }]
}))
