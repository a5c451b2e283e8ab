import { z } from 'zod'
import { line } from '../http/schemas.ts'
import { SCOPES } from '../http/scopes.ts'
import type { IssuedKey } from './key.queries.ts'

const scope = z.enum(SCOPES)

export const keyBody = z.strictObject({
  name: line(200).meta({ description: 'Who uses the key, for people.' }),
  scopes: z.array(scope).min(1).max(SCOPES.length).transform(scopes => SCOPES.filter(one => scopes.includes(one))),
  expiresAt: z.iso.datetime({ offset: true }).max(40).transform(text => new Date(text)).refine(instant => instant.getTime() > Date.now(), {
    params: {
      code: 'already-past',
      vi: 'Thời điểm hết hạn đã qua; hãy ghi một thời điểm trong tương lai hoặc bỏ trường này.',
      en: 'The expiry has passed already; give a moment in the future or leave it out.'
    }
  }).optional().meta({ description: 'Absent: the key does not expire.' })
}).meta({ id: 'KeyBody' })

export const keyId = z.string().regex(/^[0-9a-f]{16}$/).meta({ description: 'The public part of the key, thac_<id>_<secret>.' })

export const keyReply = z.strictObject({
  id: z.string(),
  name: z.string(),
  scopes: z.array(scope),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().optional(),
  revokedAt: z.iso.datetime().optional()
}).meta({ id: 'Key' })

export const newKeyReply = z.strictObject({
  ...keyReply.shape,
  key: z.string().meta({ description: 'The whole key. It is shown this once and kept nowhere.' })
}).meta({ id: 'NewKey' })

/** As it is sent. */
export type KeyBody = z.input<typeof keyBody>

export function toReply ({ id, name, scopes, createdAt, expiresAt, revokedAt }: IssuedKey): z.infer<typeof keyReply> {
  return {
    id,
    name,
    scopes,
    createdAt: createdAt.toISOString(),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    ...(revokedAt && { revokedAt: revokedAt.toISOString() })
  }
}
