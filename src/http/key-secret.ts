import { createHash, timingSafeEqual } from 'node:crypto'

/** The two halves of an API key, `thac_<id>_<secret>`: the id is public and may be logged, the secret has 256 random bits. */
export interface KeyHalves {
  id: string
  secret: string
}

const ID_BYTES = 8
const SECRET_BYTES = 32
const KEY_FORM = /^thac_([0-9a-f]{16})_([0-9a-f]{64})$/

/** `random(n)` gives n random bytes, such as crypto.randomBytes. */
export const makeKey = (random: (bytes: number) => Buffer): KeyHalves =>
  ({ id: random(ID_BYTES).toString('hex'), secret: random(SECRET_BYTES).toString('hex') })

export const printKey = ({ id, secret }: KeyHalves): string => `thac_${id}_${secret}`

export function parseKey (text: string): KeyHalves | undefined {
  const [, id, secret] = KEY_FORM.exec(text) ?? []
  return id === undefined || secret === undefined ? undefined : { id, secret }
}

/** What is kept of a secret. A slow hash protects guessable secrets; this one has 256 random bits. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Takes the same time whatever is wrong, a key that does not exist (no hash) included. */
export const isSecretOf = (secretHash: string | undefined, secret: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(secretHash ?? hashOf(''))) && secretHash !== undefined
