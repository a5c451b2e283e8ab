import { Problem } from '../problem.ts'

/** A strong validator made from the version of the record, not from bytes, so that it survives compression. */
export const entityTag = (version: number): string => `"${version}"`

/** The version that If-Match names; a write without one could overwrite what its sender never saw. */
export function versionOf (ifMatch: string | undefined): number {
  if (ifMatch === undefined) throw new Problem('precondition-required')
  // A proxy that compresses weakens the tag of the same version to W/"3".
  const [, digits] = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch.trim()) ?? []
  if (digits === undefined) {
    throw new Problem('invalid-request', undefined, {
      faults: [{
        at: '@if-match',
        code: 'not-an-entity-tag',
        message: {
          vi: 'If-Match phải là đúng một ETag như dịch vụ đã trả, ví dụ "3" (kể cả dấu ngoặc kép).',
          en: 'If-Match must be exactly one ETag as the service gave it, such as "3", quotes included.'
        }
      }]
    })
  }
  return Number(digits)
}
