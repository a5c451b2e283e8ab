/** A JSON Pointer (RFC 6901) from the steps of a path. */
export const pointer = (steps: readonly PropertyKey[]): string =>
  steps.map(step => '/' + String(step).replaceAll('~', '~0').replaceAll('/', '~1')).join('')
