import { Problem, type Fault } from '../problem.ts'

const MOST_FAULTS = 100

/** Every fault of a set of organizations, as the caller is told of them; nothing of the set was stored. */
export function refused (faults: readonly Fault[]): Problem {
  const [first] = faults
  const others = faults.length - 1
  return new Problem('organizations-refused', first && {
    vi: `${first.at}: ${first.message.vi}${others > 0 ? ` Và ${others} chỗ khác.` : ''}`,
    en: `${first.at}: ${first.message.en}${others > 0 ? ` And ${others} more.` : ''}`
  }, { faults: faults.slice(0, MOST_FAULTS).map(({ at, code, message }) => ({ at, code, message })) })
}
