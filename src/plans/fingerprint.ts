import { createHash } from 'node:crypto'
import { canonicalize } from 'json-canonicalize'

/** SHA-256, base64url, of the canonical JSON (RFC 8785): equal contents have equal fingerprints, on every node and for ever. */
export const fingerprintOf = (substance: object): string =>
  createHash('sha256').update(canonicalize(substance)).digest('base64url')
