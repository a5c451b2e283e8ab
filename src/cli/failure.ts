import { databaseProblem } from '../db/constraints.ts'
import { Problem } from '../problem.ts'
import { SeveralPlans } from './one-plan.ts'
import { candidateList } from './plan-line.ts'
import { withOptions } from './option-words.ts'
import type { Terminal } from './terminal.ts'

/** More candidates than this help nobody to choose. */
const MOST_CANDIDATES = 20

/** What a person is told of a failure: what happened and what to do. */
export function failureInWords (error: unknown, terminal: Terminal): string {
  const { language } = terminal
  if (error instanceof SeveralPlans) {
    // On stderr nothing is styled or broken.
    const plain = { ...terminal, styled: false }
    return [error.detail[language], candidateList(error.candidates.slice(0, MOST_CANDIDATES), plain)].join('\n')
  }
  if (error instanceof Problem) {
    return withOptions([error.detail[language], ...(error.faults ?? []).map(({ at, message }) => `  ${at} ${message[language]}`)].join('\n'))
  }
  const portWords = wordsOfPort(error as NodeJS.ErrnoException)
  if (portWords !== undefined) return portWords[language]
  if (databaseProblem(error) !== undefined) {
    const reason = reasonOf(error)
    return language === 'vi'
      ? `Cơ sở dữ liệu không trả lời: ${reason}. Hãy khởi động cơ sở dữ liệu hoặc sửa DATABASE_URL.`
      : `The database does not answer: ${reason}. Start it, or correct DATABASE_URL.`
  }
  return (error instanceof Error && error.message) || String(error)
}

function wordsOfPort ({ code, syscall, port, address }: NodeJS.ErrnoException & { port?: number, address?: string }): Problem['detail'] | undefined {
  if (syscall !== 'listen') return undefined
  if (code === 'EADDRINUSE') {
    return {
      vi: `Cổng ${port} của ${address} đang được chương trình khác dùng. Hãy dừng chương trình đó, hoặc chọn cổng khác: PORT=${port! + 1}`,
      en: `Port ${port} of ${address} is in use by another program. Stop that one, or choose another port: PORT=${port! + 1}`
    }
  }
  if (code === 'EACCES') {
    return {
      vi: `Tài khoản này không được mở cổng ${port}. Hãy chọn cổng từ 1024 trở lên: PORT=3000`,
      en: `This account may not open port ${port}. Choose one from 1024 up: PORT=3000`
    }
  }
  return undefined
}

/** The innermost reason, in the words of the driver; Node gathers several under an error without words of its own. */
function reasonOf (error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ')
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}
