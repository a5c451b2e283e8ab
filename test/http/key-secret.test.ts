import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { hashOf, isSecretOf, makeKey, parseKey, printKey } from '../../src/http/key-secret.ts'

t.test('a key that is printed is parsed into its halves again', async t => {
  const key = makeKey(randomBytes)
  t.match(printKey(key), /^thac_[0-9a-f]{16}_[0-9a-f]{64}$/)
  t.same(parseKey(printKey(key)), key)
})

t.test('a key takes its id and 256 bits of secret from the source of randomness', async t => {
  const asked: number[] = []
  const key = makeKey(bytes => {
    asked.push(bytes)
    return Buffer.alloc(bytes, asked.length)
  })
  t.same(asked, [8, 32])
  t.same(key, { id: '01'.repeat(8), secret: '02'.repeat(32) })
})

t.test('nothing but a whole key is a key', async t => {
  const key = printKey(makeKey(randomBytes))
  for (const wrong of ['', 'thac_', key + '0', key.slice(1), key.toUpperCase(), ` ${key}`, `${key}\n`, key.replace('_', '-')]) {
    t.equal(parseKey(wrong), undefined, wrong)
  }
  fc.assert(fc.property(fc.string(), text => { t.equal(parseKey(text), undefined) }))
})

t.test('only the secret whose hash is kept is accepted', async t => {
  const { secret } = makeKey(randomBytes)
  t.ok(isSecretOf(hashOf(secret), secret))
  t.notOk(isSecretOf(hashOf(secret), secret.replace(/.$/, last => last === '0' ? '1' : '0')))
  t.notOk(isSecretOf(hashOf(secret), hashOf(secret)), 'the hash is no secret')
  t.notOk(isSecretOf(undefined, ''), 'of a key that does not exist nothing is the secret')
})
