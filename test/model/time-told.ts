import type { TestService } from '../helpers/service.ts'
import type { Fingerprints } from './time-answers.ts'

export interface Tally {
  steps: number
  changes: number
  refusals: number
  reviews: number
  whatIfs: number
  compared: number
  /** Suspect plans among what was compared. */
  suspects: number
}

/** The service as one cascade of it is told and asked; `series` keeps its plans apart from those of all others. */
export class Told {
  readonly service: TestService
  readonly series: number
  readonly tally: Tally
  readonly fingerprints: Fingerprints

  constructor (service: TestService, series: number, tally: Tally, fingerprints: Fingerprints) {
    this.service = service
    this.series = series
    this.tally = tally
    this.fingerprints = fingerprints
  }
}
