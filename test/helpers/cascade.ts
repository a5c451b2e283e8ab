import type t from 'tap'
import { citeDecision, decision, department, perYear, provincial, resolution } from './bodies.ts'
import { type TestService, testService } from './service.ts'

export const poverty = (low: string, high: string, over: object = {}) => perYear('poverty', low, high, over)

export const inheritsPoverty = { inherits: [{ key: 'poverty', how: 'adopts' }] }

export interface Cascade extends TestService {
  head: any
  national: any
  province: any
  agency: any
}

/** Four steps on a database of their own: resolution → decision → province → department; the decision asks for 1–1.5 a year and all inherit it. */
export async function recordCascade (test: Pick<typeof t, 'teardown'>): Promise<Cascade> {
  const service = await testService(test)
  const head = (await service.record(resolution())).plan
  const national = (await service.record(decision({ targets: [poverty('1', '1.5')] }))).plan
  const province = (await service.record(provincial({ targets: [poverty('1', '1.5', inheritsPoverty)] }))).plan
  const agency = (await service.record(department({ targets: [poverty('1', '1.5', inheritsPoverty)] }))).plan
  return { ...service, head, national, province, agency }
}

/** The Prime Minister amends the decision from 2023 on: 2–3 a year. */
export const amendment = (over: object = {}, changes: object = { targets: [poverty('2', '3')] }) => ({
  code: '700/QĐ-TTg',
  title: 'Sửa đổi kế hoạch tổ chức phong trào thi đua',
  issuer: 'Thủ tướng Chính phủ',
  issuedOn: '2023-01-10',
  citations: [{ ...citeDecision, relation: 'amends', changes }],
  ...over
})
